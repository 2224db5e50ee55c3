/** Writing a section together, on the server's side: what is kept, what is refused, and that it lies sealed. */
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { deriveSectionDocument, sectionsOf } from "./model/sections";
import { inTenant, storedText } from "./testing/sections.helpers";
import { as, plainSession, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let id: Id<"iepSections">;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  id = world.own.record.sectionId;
});

const typed = (text: string, at = 1) => ({
  stepType: "replace",
  ...{ from: at, to: at },
  slice: { content: [{ type: "text", text }] },
});
const submit = (actor: Actor, version: number, steps: unknown[], clientId: string | number = "w") =>
  as(app, actor).mutation(api.collaboration.submitSteps, {
    ...{ id, version, clientId },
    steps: steps.map((step) => JSON.stringify(step)),
  });
const steps = (actor: Actor, version: number) =>
  as(app, actor).query(api.collaboration.getSteps, { id, version });
const latest = () => as(app, "caseManager").query(api.collaboration.latestVersion, { id });
const derived = () =>
  inTenant(app, world, async (ctx) =>
    deriveSectionDocument(ctx, await ctx.db.require("iepSections", id)),
  );
const textOf = (document: unknown): string =>
  [...JSON.stringify(document).matchAll(/"text":"([^"]*)"/gu)].map(([, text]) => text).join("");
const invalid = (field: string, code: string) => ({
  code: "INVALID",
  problems: [expect.objectContaining({ field, code })],
});

describe("a section", () => {
  test("there is one for each key of a plan, empty, and making them again makes none", async () => {
    const { draftId } = world.own.record;
    const prepare = () =>
      as(app, "caseManager").mutation(api.sections.prepareSections, { iepId: draftId });
    await prepare();
    await prepare();
    const rows = await inTenant(app, world, ({ db }) => sectionsOf(db, draftId));
    expect(rows.map(({ key }) => key)).toEqual([...new Set(rows.map(({ key }) => key))]);
    expect(rows).toHaveLength(15);
    expect(await latest()).toBe(1);
    expect(await derived()).toEqual({ type: "doc", content: [{ type: "paragraph" }] });
  });

  test("what two people write one after the other, both read, and the server derives it", async () => {
    expect(await submit("caseManager", 1, [typed("Ada reads ")])).toEqual({ status: "synced" });
    expect(await submit("specialist", 2, [typed("well.", 11)])).toEqual({ status: "synced" });
    expect(textOf(await derived())).toBe("Ada reads well.");
    const seen = await steps("teamTeacher", 1);
    expect(seen.version).toBe(3);
    expect(seen.steps.map((step) => JSON.parse(step) as unknown)).toEqual([
      typed("Ada reads "),
      typed("well.", 11),
    ]);
  });

  test("windows that watch hear of the newest ten steps, and from where on", async () => {
    const newest = () => as(app, "teamTeacher").query(api.collaboration.newestSteps, { id });
    expect(await newest()).toEqual({ after: 1, steps: [], clientIds: [] });
    await submit(
      "caseManager",
      1,
      Array.from({ length: 15 }, () => typed("a")),
      "first",
    );
    await submit(
      "caseManager",
      16,
      Array.from({ length: 5 }, () => typed("b")),
      "second",
    );
    const { after, steps: kept, clientIds } = await newest();
    expect(after).toBe(11);
    expect(kept.map((step) => JSON.parse(step) as unknown)).toEqual([
      ...Array.from({ length: 5 }, () => typed("a")),
      ...Array.from({ length: 5 }, () => typed("b")),
    ]);
    expect(clientIds.map((name) => name.split("/")[1])).toEqual([
      ...Array.from({ length: 5 }, () => "first"),
      ...Array.from({ length: 5 }, () => "second"),
    ]);
  });

  test("whoever was slower gets what they missed, and nothing of theirs is kept until they have it", async () => {
    await submit("caseManager", 1, [typed("first")]);
    expect(await submit("specialist", 1, [typed("second")], 7)).toMatchObject({
      status: "needs-rebase",
      steps: [JSON.stringify(typed("first"))],
    });
    expect(await latest()).toBe(2);
  });

  test("sent twice is kept once: one's own steps come back under the window's own name", async () => {
    await submit("caseManager", 1, [typed("once")], "mine");
    const again = await submit("caseManager", 1, [typed("once")], "mine");
    expect(again).toMatchObject({ status: "needs-rebase", clientIds: ["mine"] });
    expect(textOf(await derived())).toBe("once");
  });

  test("nobody can pass for somebody else's window", async () => {
    await submit("caseManager", 1, [typed("x")], "window");
    const seen = await steps("specialist", 1);
    expect(seen.clientIds).toEqual([`${world.users.caseManager}/window`]);
  });

  test("is in progress from the first word on, and again after it was called complete", async () => {
    const state = async () =>
      (await inTenant(app, world, ({ db }) => db.require("iepSections", id))).state;
    await submit("caseManager", 1, [typed("a")]);
    expect(await state()).toBe("inProgress");
    await as(app, "caseManager").mutation(api.sections.markSection, { id, state: "complete" });
    await submit("caseManager", 2, [typed("b")]);
    expect(await state()).toBe("inProgress");
  });

  test("opening one that was written in a thousand steps applies no more than a hundred and some", async () => {
    for (let version = 1; version < 1001; version += 50)
      await submit(
        "caseManager",
        version,
        Array.from({ length: 50 }, () => typed("x")),
      );
    const { whole } = await storedText(app, id);
    expect((whole as { version: number }).version).toBeGreaterThanOrEqual(901);
    expect(textOf(await derived())).toBe("x".repeat(1000));
    const open = (version?: number) =>
      as(app, "caseManager").query(api.collaboration.getSnapshot, { id, version });
    const [newest, early] = [await open(), await open(150)];
    expect(newest.version).toBe(1001);
    expect(JSON.parse(newest.content)).toEqual(await derived());
    expect(textOf(JSON.parse(early.content))).toBe("x".repeat(149));
    expect(early.version).toBe(150);
  });
});

test.each([
  ["a short one is kept as a whole again after ten more steps", "a", 21],
  ["a long one is not", "a".repeat(20_000), 11],
])("%s", async (_, first, kept) => {
  await submit("caseManager", 1, [typed(first)]);
  for (let version = 2; version < 21; version += 1)
    await submit("caseManager", version, [typed("x")]);
  expect((await storedText(app, id)).whole).toMatchObject({ version: kept });
});

describe("refused, and the document stays as it was", () => {
  test.each([
    ["no JSON", "{"],
    ["no step", '{"stepType":"explode"}'],
    ["a place that is not there", JSON.stringify(typed("x", 99))],
    [
      "a node that the grammar does not know",
      JSON.stringify({ ...typed(""), slice: { content: [{ type: "script" }] } }),
    ],
    [
      "a link to a script",
      JSON.stringify({
        ...typed(""),
        slice: {
          content: [
            {
              type: "text",
              text: "click",
              marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }],
            },
          ],
        },
      }),
    ],
    [
      "a heading of the page",
      JSON.stringify({
        stepType: "replace",
        ...{ from: 0, to: 2 },
        slice: { content: [{ type: "heading", attrs: { level: 1 } }] },
      }),
    ],
  ])("%s", async (_, step) => {
    await submit("caseManager", 1, [typed("kept")]);
    const answer = as(app, "caseManager").mutation(api.collaboration.submitSteps, {
      ...{ id, version: 2, clientId: "w", steps: [JSON.stringify(typed("good")), step] },
    });
    expect(await refusal(answer)).toMatchObject(invalid("steps", "doesNotFit"));
    expect(textOf(await derived())).toBe("kept");
  });

  test("a version that there has not been: no gap is ever written", async () => {
    for (const version of [2, 0, 1.5, -1])
      expect(await refusal(submit("caseManager", version, [typed("x")]))).toMatchObject({
        code: "INVALID",
      });
    expect(await refusal(steps("caseManager", 2))).toMatchObject({ code: "INVALID" });
  });

  test("more than one call holds", async () => {
    const many = Array.from({ length: 1001 }, () => typed("x"));
    expect(await refusal(submit("caseManager", 1, many))).toMatchObject(
      invalid("steps", "tooMany"),
    );
    expect(await refusal(submit("caseManager", 1, [typed("x".repeat(400_000))]))).toMatchObject(
      invalid("steps", "tooLong"),
    );
  });

  test("a document that a client claims", async () => {
    await submit("caseManager", 1, [typed("true")]);
    await as(app, "caseManager").mutation(api.collaboration.submitSnapshot, {
      ...{ id, version: 2, content: JSON.stringify({ type: "doc", content: [] }) },
    });
    expect(textOf(await derived())).toBe("true");
  });

  test("writing in a plan that is no draft any more", async () => {
    await as(app, "caseManager").mutation(api.ieps.moveIEP, {
      ...{ iepId: world.own.record.draftId, to: "in_review", expectedRevision: 1 },
    });
    expect(await refusal(submit("caseManager", 1, [typed("x")]))).toEqual({
      ...{ code: "CONFLICT", reason: "notADraft" },
    });
  });
});

describe("who writes", () => {
  const assign = (ownerId: Id<"users"> | null, openToTeam = false) =>
    as(app, "caseManager").mutation(api.sections.assignSection, {
      ...{ id, ownerId, openToTeam, dueDate: "2026-12-01" },
    });

  test("the owner and the case manager; the whole team if it was opened to them", async () => {
    await assign(world.users.specialist);
    expect(await refusal(submit("teamTeacher", 1, [typed("x")]))).toEqual({ code: "FORBIDDEN" });
    expect((await steps("teamTeacher", 1)).steps).toEqual([]);
    await submit("specialist", 1, [typed("x")]);
    await submit("caseManager", 2, [typed("y")]);
    await assign(world.users.specialist, true);
    await submit("teamTeacher", 3, [typed("z")]);
    expect(textOf(await derived())).toBe("zyx");
  });

  test("somebody who is not on the team cannot be asked to", async () => {
    expect(await refusal(assign(world.users.otherTeacher))).toEqual({ code: "NOT_FOUND" });
    expect(await refusal(assign(world.users.paraprofessional))).toEqual({ code: "NOT_FOUND" });
  });

  test("before the record is opened there is nothing to read", async () => {
    const session = plainSession(app, "specialist");
    expect(await refusal(session.query(api.collaboration.getSnapshot, { id }))).toEqual({
      ...{ code: "RECORD_NOT_OPEN", records: [{ table: "iepSections", id }] },
    });
  });
});

describe("what lies in the database", () => {
  const WORD = "Strabismus";
  const stored = async () => {
    const { written, whole } = await storedText(app, id);
    const rows = await app.run(async (ctx) => [
      ...(await ctx.db.query("iepSections").collect()),
      ...(await ctx.db.query("sectionEdits").collect()),
      ...(await ctx.db.query("auditEntries").collect()),
    ]);
    return { written, whole, rows };
  };

  test("no word of the text is plain, in no step and no whole document", async () => {
    for (let version = 1; version < 121; version += 40)
      await submit(
        "caseManager",
        version,
        Array.from({ length: 40 }, () => typed(WORD)),
      );
    const { written, whole, rows } = await stored();
    expect(written.steps).toHaveLength(120);
    expect(whole.content).not.toBe(null);
    expect(JSON.stringify([written, whole, rows])).not.toContain(WORD);
    expect(atob(written.steps[0] ?? "")).not.toContain(WORD);
    expect(textOf(await derived())).toContain(WORD);
  });

  test("the log has one entry for a while of writing, and no position of a caret", async () => {
    for (let version = 1; version < 6; version += 1)
      await submit("specialist", version, [typed("x")]);
    for (const anchor of [1, 2, 3])
      await as(app, "specialist").mutation(api.collaboration.updateDocumentPresence, {
        ...{ iepId: world.own.record.draftId, clientId: "w", sectionId: id },
        caret: { version: 6, anchor, head: anchor },
      });
    const { rows } = await stored();
    const entries = rows.filter((row) => "action" in row && row.action.startsWith("section."));
    expect(entries).toHaveLength(1);
  });
});

test.each([
  ["anchor", NaN],
  ["anchor", 1.5],
  ["head", -1],
  ["head", 1e12],
  ["version", Infinity],
  ["version", 0],
])("a caret whose %s is %s reaches no other window", async (part, value) => {
  const iepId = world.own.record.draftId;
  const caret = { version: 1, anchor: 1, head: 1, [part]: value };
  const answer = as(app, "specialist").mutation(api.collaboration.updateDocumentPresence, {
    ...{ iepId, clientId: "w", sectionId: id, caret },
  });
  expect(await refusal(answer)).toMatchObject({
    code: "INVALID",
    problems: [{ field: `caret.${part}` }],
  });
  const present = await as(app, "teamTeacher").query(api.collaboration.getDocumentEditors, {
    iepId,
  });
  expect(present).toEqual([]);
});

test("who is there: each window once, gone when it is left or says nothing any more", async () => {
  const iepId = world.own.record.draftId;
  const enter = (actor: Actor, clientId: string, anchor?: number) =>
    as(app, actor).mutation(api.collaboration.updateDocumentPresence, {
      ...{ iepId, clientId, sectionId: id },
      ...(anchor === undefined ? {} : { caret: { version: 1, anchor, head: anchor } }),
    });
  const present = () =>
    as(app, "teamTeacher").query(api.collaboration.getDocumentEditors, { iepId });
  await enter("caseManager", "a", 1);
  await enter("caseManager", "a", 1);
  await enter("specialist", "a");
  expect((await present()).map(({ name, caret }) => [name, caret?.anchor ?? null]).sort()).toEqual([
    ["caseManager Tester", 1],
    ["specialist Tester", null],
  ]);
  await as(app, "specialist").mutation(api.collaboration.leaveDocument, { iepId, clientId: "a" });
  expect(await present()).toHaveLength(1);
  await app.run(async (ctx) => {
    for (const row of await ctx.db.query("sectionPresence").collect())
      await ctx.db.patch("sectionPresence", row._id, { seenAt: Date.now() - 31_000 });
  });
  await enter("specialist", "b");
  expect((await present()).map(({ name }) => name)).toEqual(["specialist Tester"]);
});

test("whoever opens window after window hides nobody", async () => {
  const iepId = world.own.record.draftId;
  const enter = (actor: Actor, clientId: string) =>
    as(app, actor).mutation(api.collaboration.updateDocumentPresence, { iepId, clientId });
  await enter("caseManager", "mine");
  for (let window = 0; window < 60; window += 1) await enter("specialist", `w${String(window)}`);
  const present = await as(app, "teamTeacher").query(api.collaboration.getDocumentEditors, {
    iepId,
  });
  expect(present.map(({ name }) => name)).toContain("caseManager Tester");
  expect(present.filter(({ userId }) => userId === world.users.specialist)).toHaveLength(8);
});

test.each([
  ["is taken off the team", "NOT_FOUND"],
  ["is suspended", "FORBIDDEN"],
])(
  "whoever %s while their window is open reads no further, and what waited there is refused",
  async (how, code) => {
    const iepId = world.own.record.draftId;
    await submit("specialist", 1, [typed("Before.")]);
    if (how === "is suspended")
      await app.run((ctx) =>
        ctx.db.patch("memberships", world.memberships.specialist, { status: "suspended" }),
      );
    else
      await inTenant(app, world, async ({ db }) => {
        const places = await db
          .rows("studentTeam", "by_student", (q) => q.eq("studentId", world.own.record.studentId))
          .collect();
        for (const { _id, userId } of places)
          if (userId === world.users.specialist)
            await db.patch("studentTeam", _id, { status: "ended" });
      });
    await submit("caseManager", 2, [typed("After.")]);
    for (const answer of [
      submit("specialist", 3, [typed("Late.")]),
      steps("specialist", 1),
      as(app, "specialist").query(api.collaboration.getSnapshot, { id }),
      as(app, "specialist").query(api.collaboration.getDocumentEditors, { iepId }),
      as(app, "specialist").query(api.sectionHistory.getVersions, { id, before: 1 }),
      as(app, "specialist").query(api.printedPlans.getPrintedPlan, { iepId }),
    ])
      expect(await refusal(answer)).toEqual({ code });
    expect(textOf(await derived())).toBe("After.Before.");
  },
);
