import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole("status", { name: /Loading|Cargando/ })).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
    page.url(),
  ).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

interface Family {
  students: { studentId: string; firstName: string }[];
}

/** The rights page of one of the family's children, as this window's person reads it. */
async function firstChild(page: Page): Promise<string> {
  const { students } = await (await clientOf(page.request)).query<Family>("goals:listFamilyGoals");
  const child = students[0];
  if (child === undefined) throw new Error("The family has no child");
  return child.studentId;
}

test("a mother asks to have the record changed: refused, heard, refused again, and her words stay in it; the administrator answers in the next window", async ({
  open,
  openNobody,
}) => {
  test.setTimeout(180_000);
  const mother = await open("parentOfTwo", { viewport: { width: 390, height: 844 } });
  await mother
    .getByRole("link", { name: /^Your rights for/ })
    .first()
    .click();
  await expect(mother.getByRole("heading", { level: 1 })).toContainText("Your rights for");
  // Others see tabs and addresses.
  await expect(mother).toHaveTitle("Rights and requests · Trellis");
  expect(mother.url()).toMatch(/\/students\/\w+\/rights$/);
  await expectAccessible(mother);

  const wrong = `The report of May, ${unique()}`;
  await mother.getByRole("button", { name: "Ask: Fix something that is wrong" }).click();
  const asking = mother.getByRole("dialog");
  await asking.getByRole("button", { name: "Send" }).click();
  await expect(asking.getByText("Please fill this in.")).toHaveCount(3);
  await expectAccessible(mother);
  await asking.getByLabel(/What is wrong\? Say where/).fill(wrong);
  // A reload loses nothing of it.
  await mother.reload();
  await mother.getByRole("button", { name: "Ask: Fix something that is wrong" }).click();
  await expect(asking.getByLabel(/What is wrong\? Say where/)).toHaveValue(wrong);
  await asking.getByRole("radio", { name: "It gives a wrong idea" }).check();
  await asking.getByLabel(/What should it say/).fill("She was ill that week.");
  await asking.getByRole("button", { name: "Send" }).click();
  const mine = mother.getByRole("article").filter({ hasText: wrong });
  await expect(mine).toContainText("45 days left");
  await expect(mine).toContainText(/Received on .*, plus 45 days: at the latest on/);

  const admin = await open("districtAdmin");
  await admin.getByRole("link", { name: "Requests", exact: true }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("Open requests of families");
  await expectAccessible(admin);
  const studentId = new URL(mother.url()).pathname.split("/")[2] ?? "";
  await admin.goto(`/students/${studentId}/rights`);
  const theirs = admin.getByRole("article").filter({ hasText: wrong });
  await expectAccessible(admin);
  await theirs.getByRole("button", { name: /^Refuse/ }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("button", { name: "Refuse" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await dialog.getByLabel(/Reason/).fill("The report tells what was seen.");
  await dialog.getByRole("button", { name: "Refuse" }).click();

  // In the mother's open window, without a reload.
  await expect(mine).toContainText("You have a right to a hearing");
  await expect(mine).toContainText("The report tells what was seen.");
  await mine.getByRole("button", { name: /^Ask for a hearing/ }).click();
  await mother.getByRole("dialog").getByRole("button", { name: "Ask for a hearing" }).click();
  await theirs.getByRole("button", { name: /^The hearing was held/ }).click();
  await dialog.getByRole("button", { name: "The hearing was held" }).click();
  await theirs.getByRole("button", { name: /^Decision: it stays/ }).click();
  await dialog.getByLabel(/Reason/).fill("Nothing in it is wrong.");
  await dialog.getByRole("button", { name: "Decision: it stays" }).click();
  await expect(mine).toContainText("Hearing: stays as it is");
  await mine.getByRole("button", { name: /^Add a statement/ }).click();
  const words = `She was ill that week. ${unique()}`;
  await mother
    .getByRole("dialog")
    .getByLabel(/Your statement/)
    .fill(words);
  await mother.getByRole("dialog").getByRole("button", { name: "Add a statement" }).click();
  await mine.getByText("History: Change the record").click();
  await expect(mine).toContainText("Added a statement to the record");
  await expectAccessible(mother);

  // Whoever reads the record reads it.
  const therapist = await open("speechTherapist");
  await therapist.goto(`/students/${studentId}`);
  await expect(therapist.getByText(words)).toBeVisible();

  const nobody = await openNobody();
  await nobody.goto("/mailbox");
  const mail = nobody.getByRole("listitem").filter({ hasText: "karen@maple.example" });
  await expect(mail.filter({ hasText: "News about your rights" }).first()).toBeVisible();
  await expect(nobody.getByText(wrong)).toHaveCount(0);
});

test("a request on paper is never fine while nobody knows its day; then it is the first that is overdue", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const mother = await open("spanishSpeakingParent");
  const studentId = await firstChild(mother);
  await mother.goto(`/students/${studentId}/rights`);
  await expect(mother.getByRole("heading", { level: 1 })).toContainText("Sus derechos");

  const admin = await open("districtAdmin");
  await admin.goto(`/students/${studentId}/rights`);
  await admin.getByRole("button", { name: "Record a request on paper" }).click();
  const dialog = admin.getByRole("dialog");
  const part = `Evaluations ${unique()}`;
  await dialog.getByLabel(/Who signed it/).fill("Rosa Jiménez");
  await dialog.getByLabel(/Received on/).fill("2199-01-01");
  await dialog.getByLabel(/Which part/).fill(part);
  await dialog.getByRole("button", { name: "Record", exact: true }).click();
  await expect(dialog.getByText("This date is in the future.")).toBeVisible();
  await dialog.getByLabel(/Received on/).fill("");
  await dialog.getByRole("button", { name: "Record", exact: true }).click();
  const card = admin.getByRole("article").filter({ hasText: part });
  await expect(card).toContainText("Last day unknown");
  const hers = mother.getByRole("article").filter({ hasText: part });
  await expect(hers).toContainText("Último día desconocido");

  await card.getByRole("button", { name: /^Change the days/ }).click();
  await dialog.getByLabel(/Received on/).fill("2026-01-05");
  await dialog.getByLabel(/Why are the days changed/).fill("The stamp says so.");
  await dialog.getByRole("button", { name: "Change the days" }).click();
  await expect(card).toContainText("days overdue");
  await expect(card).toContainText(
    /Received on January 5, 2026, plus 45 days: .*at the latest on February 19, 2026/,
  );
  await expect(hers).toContainText("días de retraso");

  await card.getByRole("button", { name: /^It was shown/ }).click();
  await dialog.getByRole("radio", { name: "As a copy" }).check();
  await dialog.getByRole("radio", { name: "Free: the fee was dropped" }).check();
  await dialog.getByRole("button", { name: "It was shown" }).click();
  await expect(hers).toContainText(/Respondida \d+ días tarde/);
  await card.getByRole("button", { name: /^Close/ }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(hers).toContainText("Cerrada");
});

test("a permission to share is used while it lasts, and taken back in the next window", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const mother = await open("parentOfTwo");
  const studentId = await firstChild(mother);
  await mother.goto(`/students/${studentId}/rights`);
  await mother.getByRole("button", { name: "Give permission" }).click();
  const giving = mother.getByRole("dialog");
  const recipient = `Dr. Ruiz ${unique()}`;
  await giving.getByLabel(/With whom/).fill(recipient);
  await giving.getByLabel(/What for/).fill("Treatment");
  await giving.getByRole("button", { name: "Give permission" }).click();
  await expect(giving.getByText("At least one is needed.")).toBeVisible();
  await expectAccessible(mother);
  await giving.getByRole("checkbox", { name: "The plan (IEP)" }).check();
  await giving.getByLabel(/Sign by typing/).fill("Karen Doyle");
  await giving.getByRole("button", { name: "Give permission" }).click();
  const hers = mother.getByRole("article").filter({ hasText: recipient });
  await expect(hers).toContainText("In force");

  const admin = await open("districtAdmin");
  await admin.goto(`/students/${studentId}/rights`);
  const card = admin.getByRole("article").filter({ hasText: recipient });
  await card.getByRole("button", { name: /^Record a disclosure/ }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await dialog.getByLabel(/How, and what exactly/).fill("The plan of August, by mail");
  await dialog.getByRole("button", { name: "Record", exact: true }).click();
  await expect(hers).toContainText("The plan of August, by mail");
  await expect(hers).toContainText("recorded by Dana Whitfield");

  await hers.getByRole("button", { name: /^Take it back/ }).click();
  await mother.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await expect(card).toContainText("Taken back by Karen Doyle");
});

test("everybody reads who may look at records; an administrator says why", async ({ open }) => {
  const father = await open("father");
  await father.getByRole("button", { name: "Your account" }).click();
  await father.getByRole("menuitem", { name: "Who may look at records" }).click();
  await expect(father.getByRole("row", { name: /Elena Petrova.*Oakridge/ })).toBeVisible();
  await expect(father.getByRole("button", { name: /Describe/ })).toHaveCount(0);
  await expectAccessible(father);

  const admin = await open("districtAdmin");
  await admin.goto("/positions");
  await admin.getByRole("button", { name: "Describe: Paraprofessional" }).click();
  const dialog = admin.getByRole("dialog");
  const why = `Collect data for goals ${unique()}`;
  await dialog.getByLabel(/What they look at/).fill(why);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(father.getByText(why)).toBeVisible();
});
