/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { MOST_BYTES } from "./domain/documents/document";
import { as, refusal, routesAs } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

const PDF = "%PDF-1.7\nThe custody of Ada was given to her aunt\n%%EOF\n";

let app: TestApp;
let world: World;
let studentId: Id<"students">;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  ({ studentId } = world.own.record);
});
afterEach(() => vi.useRealTimers());

const about = (more: object = {}) => ({
  ...{ studentId, title: "Custody order 12-345", fileName: "Órden.exe", kind: "courtOrder" },
  ...{ isConfidential: false, clientMutationId: "upload-1" },
  ...more,
});
const send = (actor: Actor, content: BodyInit = PDF, more: object = {}) =>
  routesAs(app, actor).fetch("/api/documents", {
    method: "POST",
    body: content,
    headers: { "x-trellis-document": encodeURIComponent(JSON.stringify(about(more))) },
  });
const refused = async (asked: Promise<Response>) => {
  const response = await asked;
  return { status: response.status, data: (await response.json()) as unknown };
};
const add = async (actor: Actor = "caseManager", content: BodyInit = PDF, more: object = {}) => {
  const response = await send(actor, content, more);
  expect(response.status).toBe(200);
  return ((await response.json()) as { documentId: Id<"documents"> }).documentId;
};
const listed = async (actor: Actor) =>
  (await as(app, actor).query(api.documents.listDocuments, { studentId })).documents.filter(
    ({ title }) => title.startsWith("Custody order 12"),
  );
const ticketOf = (actor: Actor, documentId: Id<"documents">) =>
  as(app, actor).mutation(api.documents.openDocument, { documentId });
const download = (actor: Actor, ticket: string) =>
  routesAs(app, actor).fetch(`/api/documents?ticket=${ticket}`);
const files = () => app.run((ctx) => ctx.db.system.query("_storage").collect());
const invalid = (field: string, code: string, params?: object) => ({
  status: 422,
  data: {
    code: "INVALID",
    problems: [{ field, code, ...(params === undefined ? {} : { params }) }],
  },
});
const share = (documentId: Id<"documents">, sharedWithFamily = true) =>
  as(app, "caseManager").mutation(api.documents.shareDocument, { documentId, sharedWithFamily });
const mark = (documentId: Id<"documents">, isConfidential = true) =>
  as(app, "caseManager").mutation(api.documents.markDocument, { documentId, isConfidential });
const remove = (documentId: Id<"documents">, reason = "Of somebody else") =>
  as(app, "caseManager").mutation(api.documents.removeDocument, { documentId, reason });

describe("an upload", () => {
  test("becomes a document, whose type and name follow its bytes, and that nobody of the family sees yet", async () => {
    await add();
    const [document] = await listed("teamTeacher");
    expect(document).toMatchObject({
      ...{ title: "Custody order 12-345", fileName: "Órden.pdf", mediaType: "application/pdf" },
      ...{ size: PDF.length, isConfidential: false, sharedWithFamily: false, removed: null },
      uploadedBy: { firstName: "caseManager" },
    });
    expect(await listed("guardian")).toEqual([]);
    expect(await listed("student")).toEqual([]);
  });

  test("is sealed in the storage, and its words are in no table", async () => {
    await add();
    const [file] = await files();
    const stored = await app.run(async (ctx) => {
      const blob = file === undefined ? null : await ctx.storage.get(file._id);
      return blob === null ? "" : new TextDecoder("latin1").decode(await blob.arrayBuffer());
    });
    expect(stored.length).toBe(PDF.length + 16);
    expect(stored).not.toContain("PDF");
    const rows = await app.run(async (ctx) => [
      ...(await ctx.db.query("documents").collect()),
      ...(await ctx.db.query("auditEntries").collect()),
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/12-345|rden/u);
  });

  test("sent twice is one document and one file", async () => {
    const first = await add();
    expect(await add()).toBe(first);
    expect(await files()).toHaveLength(1);
  });

  test.each([
    ["HTML that is called a PDF", "<!doctype html><script>alert(1)</script>"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ["a program", "MZ\u0000\u0001"],
  ])("%s leaves nothing", async (_, content) => {
    expect(await refused(send("caseManager", content, { fileName: "order.pdf" }))).toEqual(
      invalid("file", "fileType"),
    );
    expect(await files()).toEqual([]);
    expect(await listed("caseManager")).toEqual([]);
  });

  test("that is too large or empty is refused, whatever the header says of its length", async () => {
    const large = new Uint8Array(MOST_BYTES + 1).fill(0x20);
    large.set(new TextEncoder().encode("%PDF-1.7"));
    const tooLarge = invalid("file", "fileTooLarge", { max: 20 });
    expect(await refused(send("caseManager", large))).toEqual(tooLarge);
    expect(await refused(send("caseManager", ""))).toEqual(invalid("file", "fileEmpty"));
    const claimed = routesAs(app, "caseManager").fetch("/api/documents", {
      ...{ method: "POST", body: PDF },
      headers: {
        "content-length": String(MOST_BYTES + 1),
        "x-trellis-document": encodeURIComponent(JSON.stringify(about())),
      },
    });
    expect(await refused(claimed)).toEqual(tooLarge);
    expect(await files()).toEqual([]);
  });

  test.each([
    ["title", { title: " " }, "required"],
    ["title", { title: "a".repeat(201) }, "tooLong"],
    ["kind", { kind: "diary" }, "unknownValue"],
    ["title", { isConfidential: "no" }, "required"],
  ])("without a good %s (%o): %s", async (field, more, code) => {
    const params = code === "tooLong" ? { max: 200 } : undefined;
    expect(await refused(send("caseManager", PDF, more))).toEqual(invalid(field, code, params));
  });

  test("is for those who work with the record; a refusal is noted, and nothing is kept", async () => {
    const codes: Partial<Record<Actor, string>> = {};
    for (const actor of ["paraprofessional", "guardian", "student", "otherTeacher"] as const)
      codes[actor] = ((await refused(send(actor))).data as { code: string }).code;
    for (const actor of ["foreignAdmin", "formerTeacher", "signedOut", "sisterAdmin"] as const)
      codes[actor] = ((await refused(send(actor))).data as { code: string }).code;
    expect(codes).toEqual({
      ...{ paraprofessional: "FORBIDDEN", guardian: "FORBIDDEN", student: "FORBIDDEN" },
      ...{ otherTeacher: "NOT_FOUND", foreignAdmin: "NOT_FOUND", sisterAdmin: "NOT_FOUND" },
      ...{ formerTeacher: "FORBIDDEN", signedOut: "UNAUTHENTICATED" },
    });
    expect(await files()).toEqual([]);
    const notes = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    expect(notes.map(({ action, outcome }) => `${action} ${outcome}`)).toContain(
      "document.add refused",
    );
    for (const actor of ["districtAdmin", "specialist"] as const)
      await add(actor, PDF, { clientMutationId: actor });
  });

  test("an id of nothing and one of a foreign student are the same", async () => {
    const foreign = { studentId: world.foreign.record.studentId };
    const elsewhere = await refused(send("districtAdmin", PDF, foreign));
    expect(elsewhere).toEqual({ status: 404, data: { code: "NOT_FOUND" } });
    expect(await refused(send("districtAdmin", PDF, { studentId: "x" }))).toEqual(elsewhere);
  });
});

describe("a download", () => {
  test("gives the file as it was, to be kept and never shown as a page, and is in the record of access", async () => {
    const documentId = await add();
    const response = await download("teamTeacher", await ticketOf("teamTeacher", documentId));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(PDF);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="_rden.pdf"; filename*=UTF-8''%C3%93rden.pdf`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    const { page } = await as(app, "guardian").query(api.records.listRecordOfAccess, {
      ...{ studentId, paginationOpts: { numItems: 20, cursor: null } },
    });
    expect(page).toContainEqual(
      expect.objectContaining({
        ...{ action: "document.read", scope: "document", relation: "teamMember" },
      }),
    );
    const entries = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    expect(entries.find(({ action }) => action === "document.read")?.changes).toEqual([
      { table: "documents", id: documentId, kind: "read", fields: [] },
    ]);
  });

  test("a used, an expired, a foreign and a made-up ticket open nothing, all alike", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const documentId = await add();
    const used = await ticketOf("caseManager", documentId);
    expect((await download("caseManager", used)).status).toBe(200);
    const late = await ticketOf("caseManager", documentId);
    vi.setSystemTime(Date.now() + 61_000);
    const fresh = await ticketOf("caseManager", documentId);
    const answers = [
      await download("caseManager", used),
      await download("caseManager", late),
      await download("districtAdmin", fresh),
      await download("foreignAdmin", fresh),
      await download("signedOut", fresh),
      await download("caseManager", "x".repeat(43)),
      await routesAs(app, "caseManager").fetch("/api/documents"),
    ];
    const seen = await Promise.all(
      answers.map(async (response) => [
        ...[response.status, await response.text(), Object.fromEntries(response.headers)],
      ]),
    );
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(seen[0]?.[0]).toBe(404);
    // Those who tried it took nothing away from the one whose it is.
    expect((await download("caseManager", fresh)).status).toBe(200);
  });

  test("a ticket opens nothing once its owner may not read the document any more", async () => {
    const documentId = await add();
    await share(documentId);
    const ticket = await ticketOf("guardian", documentId);
    await share(documentId, false);
    expect((await download("guardian", ticket)).status).toBe(404);
  });
});

describe("who reads a document", () => {
  const readers = async (documentId: Id<"documents">) => {
    const actors = ["districtAdmin", "caseManager", "teamTeacher", "guardian", "student"] as const;
    const found: Actor[] = [];
    for (const actor of actors) {
      const refusedWith = await refusal(ticketOf(actor, documentId));
      const isListed = (await listed(actor)).some(({ _id }) => _id === documentId);
      expect(isListed, actor).toBe(refusedWith === null);
      if (refusedWith === null) found.push(actor);
      else expect(refusedWith).toEqual({ code: "NOT_FOUND" });
    }
    return found;
  };

  test("the educators; the family once it was shared; of a confidential one, who was asked for it", async () => {
    const documentId = await add("teamTeacher");
    const staff = ["districtAdmin", "caseManager", "teamTeacher"];
    expect(await readers(documentId)).toEqual(staff);
    await share(documentId);
    expect(await readers(documentId)).toEqual([...staff, "guardian", "student"]);
    await mark(documentId);
    // Also from the one who uploaded it; and the family is asked about anew.
    expect(await readers(documentId)).toEqual(["districtAdmin", "caseManager"]);
    await share(documentId);
    expect(await readers(documentId)).toEqual([
      ...["districtAdmin", "caseManager", "guardian", "student"],
    ]);
    await mark(documentId, false);
    expect(await readers(documentId)).toEqual([...staff, "guardian", "student"]);
    expect(await refusal(ticketOf("paraprofessional", documentId))).toEqual({ code: "NOT_FOUND" });
    expect(await refusal(ticketOf("guardianWithoutRights", documentId))).toEqual({
      code: "NOT_FOUND",
    });
  });
});

test("a guardianship rests on a document: told to whoever may read it", async () => {
  const documentId = await add();
  const { guardianshipId } = world.own.record;
  await as(app, "caseManager").mutation(api.guardianships.changeGuardianship, {
    ...{ studentId, guardianshipId, documentId, relationship: "aunt", basis: "" },
    hasEducationalRights: false,
  });
  const papers = async (actor: Actor) =>
    (await as(app, actor).query(api.guardianships.listGuardianships, { studentId })).find(
      ({ _id }) => _id === guardianshipId,
    )?.documents;
  expect(await papers("teamTeacher")).toEqual(["Custody order 12-345"]);
  expect(await papers("guardian")).toEqual([]);
  await share(documentId);
  expect(await papers("guardian")).toEqual(["Custody order 12-345"]);
  const end = (paper: Id<"documents">) =>
    as(app, "caseManager").mutation(api.guardianships.endGuardianship, {
      ...{ studentId, guardianshipId, documentId: paper, endReason: "courtOrder", basis: "" },
    });
  const notThere = { code: "NOT_FOUND" };
  expect(await refusal(end(world.own.sisterRecord.documentId))).toEqual(notThere);
  await remove(documentId);
  expect(await papers("caseManager")).toEqual([]);
  expect(await refusal(end(documentId))).toEqual(notThere);
});

describe("removing", () => {
  test("takes the file and its key, keeps that it was there, and is for its keepers alone", async () => {
    const documentId = await add();
    await share(documentId);
    const ticket = await ticketOf("guardian", documentId);
    expect(await refusal(remove(documentId, " "))).toMatchObject({ code: "INVALID" });
    expect(await files()).toHaveLength(1);
    await remove(documentId);
    await remove(documentId, "Again");
    expect(await files()).toEqual([]);
    const row = await app.run((ctx) => ctx.db.get("documents", documentId));
    expect(row).not.toHaveProperty("fileKey");
    expect(row).not.toHaveProperty("storageId");
    expect((await listed("caseManager"))[0]?.removed).toMatchObject({
      ...{ reason: "Of somebody else", by: { firstName: "caseManager" } },
    });
    expect(await listed("teamTeacher")).toEqual([]);
    expect(await listed("guardian")).toEqual([]);
    expect((await download("guardian", ticket)).status).toBe(404);
    const removed = { code: "CONFLICT", reason: "documentRemoved" };
    expect(await refusal(ticketOf("caseManager", documentId))).toEqual(removed);
    expect(await refusal(share(documentId))).toEqual(removed);
    expect(await refusal(mark(documentId))).toEqual(removed);
  });

  test("what failed uploads and unused tickets left behind goes after a while, and nothing else", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const documentId = await add();
    await ticketOf("caseManager", documentId);
    await app.run((ctx) => ctx.storage.store(new Blob(["left over"])));
    const { removeLeftovers } = internal.jobs.documents;
    await app.mutation(removeLeftovers, {});
    expect(await files()).toHaveLength(2);
    vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
    await app.mutation(removeLeftovers, {});
    expect(await files()).toHaveLength(1);
    expect(await app.run((ctx) => ctx.db.query("documentTickets").collect())).toEqual([]);
    const ticket = await ticketOf("caseManager", documentId);
    expect((await download("caseManager", ticket)).status).toBe(200);
  });
});
