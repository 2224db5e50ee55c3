import { readFile } from "node:fs/promises";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test, unique } from "./actors.ts";
import { clientOf, refusal } from "./clients.ts";

const PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

interface Found {
  documents: { _id: string; title: string }[];
}

const openMaya = async (page: Page) => {
  await page.goto("/students");
  await page.getByRole("link", { name: /^Maya Doyle/ }).click();
  await expect(page.getByRole("heading", { name: "Documents" })).toBeVisible();
  return /students\/([^/?]+)/u.exec(page.url())?.[1] ?? "";
};
const panelOf = (page: Page) => page.getByRole("region", { name: "Documents" });
const itemOf = (page: Page, title: string) =>
  panelOf(page).getByRole("listitem").filter({ hasText: title });

/** The way that files take, without a page. */
async function routesOf(request: APIRequestContext) {
  const { token } = (await (await request.get("/api/auth/convex/token")).json()) as {
    token: string;
  };
  const headers = { authorization: `Bearer ${token}` };
  return {
    send: (about: object, content: Buffer | string) =>
      request.post("/api/documents", {
        headers: {
          ...headers,
          "content-type": "application/octet-stream",
          "x-trellis-document": encodeURIComponent(JSON.stringify(about)),
        },
        data: content,
      }),
    fetch: (ticket: string) => request.get(`/api/documents?ticket=${ticket}`, { headers }),
  };
}

test("a court order is uploaded, shared and removed, and the mother's open page follows", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const title = `Custody order ${unique()}`;
  const teacher = await open("caseManager");
  const studentId = await openMaya(teacher);
  const mother = await open("parentOfTwo");
  await openMaya(mother);
  await expect(mother.getByRole("button", { name: "Add a document" })).toBeHidden();

  await teacher.getByRole("button", { name: "Add a document" }).click();
  const dialog = teacher.getByRole("dialog");
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(dialog.getByText("Please fill this in.").first()).toBeVisible();
  const choose = async (name: string, buffer: Buffer) => {
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "application/pdf", buffer });
    await dialog.getByRole("button", { name: "Upload" }).click();
  };
  await dialog.getByRole("textbox", { name: "What it is" }).fill(title);
  await dialog.getByRole("combobox", { name: "Kind" }).click();
  await teacher.getByRole("option", { name: "court order" }).click();
  await choose("order.pdf", Buffer.from("<!doctype html><script>alert(1)</script>"));
  await expect(dialog.getByText(/whatever its name says/)).toBeVisible();
  await choose("order.pdf", Buffer.alloc(21 * 1024 * 1024, PDF));
  await expect(dialog.getByText("The file is larger than 20 MB.")).toBeVisible();
  await choose("Órden 2026.pdf", Buffer.from(PDF));
  await expect(dialog).toBeHidden();
  await expect(itemOf(teacher, title)).toContainText("court order");
  await expect(itemOf(mother, title)).toBeHidden();

  const choice = async (name: string) => {
    await teacher.getByRole("button", { name: `Actions for ${title}` }).click();
    await teacher.getByRole("menuitem", { name, exact: true }).click();
  };
  await choice("Share with the family");
  // Without loading the page again.
  const button = mother.getByRole("button", { name: `Download: ${title}` });
  await expect(button).toBeVisible();
  const downloading = mother.waitForEvent("download");
  await button.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("Órden 2026.pdf");
  expect(await readFile(await download.path(), "utf8")).toBe(PDF);
  await mother.goto(`/students/${studentId}/access`);
  await expect(mother.getByText("Downloaded a document").first()).toBeVisible();
  await mother.goBack();
  await expect(button).toBeVisible();

  await choice("Mark as confidential");
  await expect(itemOf(teacher, title)).toContainText("Confidential");
  await expect(button).toBeHidden();
  await choice("Remove");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Why" }).fill("Of another child");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(itemOf(teacher, title)).toContainText("Removed by Priya Raman");
  await expect(itemOf(teacher, title)).toContainText("Of another child");
});

test("a file is handed out once, to whom it was opened, to be kept and never shown", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const teacher = await open("caseManager");
  const studentId = await openMaya(teacher);
  const client = await clientOf(teacher.request);
  const routes = await routesOf(teacher.request);
  const about = (more: object = {}) => ({
    ...{ studentId, title: `Letter ${unique()}`, fileName: "letter.pdf", kind: "medical" },
    ...{ isConfidential: true, clientMutationId: unique() },
    ...more,
  });

  // What happens at once happens once.
  const letter = about();
  const both = await Promise.all([routes.send(letter, PDF), routes.send(letter, PDF)]);
  const [first, second] = (await Promise.all(both.map((answer) => answer.json()))) as {
    documentId: string;
  }[];
  expect(first?.documentId).toBeTruthy();
  expect(second).toEqual(first);
  const { documents } = await client.query<Found>("documents:listDocuments", { studentId });
  expect(documents.filter(({ title }) => title === letter.title)).toHaveLength(1);

  const documentId = first?.documentId;
  const ticket = await client.mutation<string>("documents:openDocument", { documentId });
  const file = await routes.fetch(ticket);
  expect(file.status()).toBe(200);
  expect((await file.body()).toString()).toBe(PDF);
  expect(file.headers()).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="letter.pdf"; filename*=UTF-8''letter.pdf`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  const fresh = await client.mutation<string>("documents:openDocument", { documentId });
  const outsider = await open("foreignAdmin");
  const strangers = await routesOf(outsider.request);
  const nothing = [
    await routes.fetch(ticket),
    await routes.fetch("x"),
    await strangers.fetch(fresh),
    // The address alone, as somebody finds it in a log, with the session's cookies.
    await teacher.request.get(`/api/documents?ticket=${fresh}`),
  ];
  for (const answer of nothing) {
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toBe("There is nothing here.");
  }
  expect((await routes.fetch(fresh)).status()).toBe(200);

  const foreign = await clientOf(outsider.request);
  const notFound = { code: "NOT_FOUND" };
  expect(await refusal(foreign.mutation("documents:openDocument", { documentId }))).toEqual(
    notFound,
  );
  const intruding = await strangers.send(about(), PDF);
  expect(intruding.status()).toBe(404);
  expect(await intruding.json()).toEqual(notFound);

  for (const [content, code] of [
    ["<!doctype html><html></html>", "fileType"],
    ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "fileType"],
    [Buffer.alloc(21 * 1024 * 1024, PDF), "fileTooLarge"],
  ] as const) {
    const answer = await routes.send(about(), content);
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({
      ...{ code: "INVALID", problems: [{ field: "file", code }] },
    });
  }
  // As large as it may be.
  const large = Buffer.concat([Buffer.from(PDF), Buffer.alloc(20 * 1024 * 1024 - 128, " ")]);
  const whole = Buffer.concat([large, Buffer.from("%%EOF\n")]);
  expect((await routes.send(about(), whole)).status()).toBe(200);
});
