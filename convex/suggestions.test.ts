/** What others suggest, on the server's side: whatever steps a client forges, the case manager alone decides about it. */
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { deriveSectionDocument } from "./model/sections";
import { documentOf } from "./model/sectionText";
import { inTenant } from "./testing/sections.helpers";
import { as, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let id: Id<"iepSections">;
let version: number;

type Json = Record<string, unknown>;
const mark = (type: string, name: string): Json => ({ type, attrs: { id: name } });
const text = (words: string, ...marks: Json[]): Json => ({
  ...{ type: "text", text: words },
  ...(marks.length === 0 ? {} : { marks }),
});
const put = (from: number, to: number, ...content: Json[]): Json => ({
  ...{ stepType: "replace", from, to },
  ...(content.length === 0 ? {} : { slice: { content } }),
});
const unmark = (from: number, to: number, type: string, name: string): Json => ({
  ...{ stepType: "removeMark", mark: mark(type, name), from, to },
});
const addMark = (from: number, to: number, type: string, name: string): Json => ({
  ...{ stepType: "addMark", mark: mark(type, name), from, to },
});

async function submit(actor: Actor, ...steps: Json[]): Promise<unknown> {
  const result = await as(app, actor).mutation(api.collaboration.submitSteps, {
    ...{ id, version, clientId: actor, steps: steps.map((step) => JSON.stringify(step)) },
  });
  version += steps.length;
  return result;
}
const inSection = <T>(act: Parameters<typeof inTenant<T>>[2]) => inTenant(app, world, act);
const whole = () =>
  inSection(
    async (ctx) => (await documentOf(ctx, await ctx.db.require("iepSections", id))).doc.textContent,
  );
const said = () =>
  inSection(async (ctx) =>
    JSON.stringify(await deriveSectionDocument(ctx, await ctx.db.require("iepSections", id))),
  );

/** "Ada reads [40][52] words": the specialist suggests 52 instead of 40. */
let hers: string;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  id = world.own.record.sectionId;
  version = 1;
  hers = `${world.users.specialist}.s1`;
  await submit("caseManager", put(1, 1, text("Ada reads 40 words")));
  await submit(
    "specialist",
    addMark(11, 13, "deletion", hers),
    put(13, 13, text("52", mark("insertion", hers))),
  );
});

describe("a teacher of the team who may write in the section", () => {
  const other = () => `${world.users.teamTeacher}.t1`;
  test.each<[string, () => Json[]]>([
    ["accepts what goes in", () => [unmark(13, 15, "insertion", hers)]],
    ["accepts all of it", () => [unmark(13, 15, "insertion", hers), put(11, 13)]],
    ["rejects it", () => [put(13, 15), unmark(11, 13, "deletion", hers)]],
    ["takes out what was to stay until it is decided", () => [put(11, 13)]],
    ["deletes all around it", () => [put(5, 19)]],
    ["types it anew, as plain words", () => [put(11, 15, text("52"))]],
    [
      "types it anew, as a suggestion of their own",
      () => [put(13, 15, text("52", mark("insertion", other())))],
    ],
    ["lays a suggestion of their own upon it", () => [addMark(11, 13, "deletion", other())]],
    ["puts other words into it", () => [put(14, 14, text("0", mark("insertion", hers)))]],
    [
      "suggests in her name",
      () => [put(1, 1, text("Not ", mark("insertion", `${world.users.specialist}.s2`)))],
    ],
    ["suggests in nobody's name", () => [put(1, 1, text("Not ", mark("insertion", "1")))]],
    [
      "suggests in a name that begins like hers",
      () => [put(1, 1, text("Not ", mark("insertion", `${world.users.teamTeacher}x.s2`)))],
    ],
    [
      "hides it among other steps",
      () => [put(1, 1, text("So ")), unmark(16, 18, "insertion", hers), put(1, 4)],
    ],
  ])("cannot decide: %s", async (_, steps) => {
    const before = await whole();
    expect(await refusal(submit("teamTeacher", ...steps()))).toEqual({ code: "FORBIDDEN" });
    expect(await whole()).toBe(before);
  });

  test("writes beside it, suggests beside it, and takes their own back", async () => {
    await submit("teamTeacher", put(21, 21, text(" aloud")), put(1, 1, text("Now ")));
    const own = other();
    await submit("teamTeacher", put(1, 1, text("And ", mark("insertion", own))));
    await submit("teamTeacher", put(1, 5));
    expect(await whole()).toBe("Now Ada reads 4052 words aloud");
  });

  test("cannot decide by taking up an earlier text, from before it or from before it was decided", async () => {
    const restore = (to: number) =>
      as(app, "teamTeacher").mutation(api.sectionHistory.restoreVersion, {
        ...{ id, version: to, clientMutationId: `restore ${String(to)}` },
      });
    const refused = { code: "CONFLICT", reason: "othersSuggestions" };
    expect(await refusal(restore(2))).toEqual(refused);
    const open = version;
    await submit("caseManager", put(13, 15), unmark(11, 13, "deletion", hers));
    expect(await refusal(restore(open))).toEqual(refused);
    expect(await whole()).toBe("Ada reads 40 words");
  });

  test("the refusal is in the log, with the section's student", async () => {
    await refusal(submit("teamTeacher", unmark(13, 15, "insertion", hers)));
    const entries = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    expect(entries.at(-1)).toMatchObject({
      ...{ outcome: "refused", code: "FORBIDDEN", action: "section.write" },
      studentId: world.own.record.studentId,
    });
  });
});

test("its author withdraws it, or says it otherwise", async () => {
  await submit("specialist", put(13, 15, text("53", mark("insertion", hers))));
  await submit("specialist", put(13, 15), unmark(11, 13, "deletion", hers));
  expect(await whole()).toBe("Ada reads 40 words");
});

test.each([
  ["accepts", () => [unmark(13, 15, "insertion", hers), put(11, 13)], "Ada reads 52 words"],
  ["rejects", () => [put(13, 15), unmark(11, 13, "deletion", hers)], "Ada reads 40 words"],
])("the case manager %s it", async (_, steps, after) => {
  await submit("caseManager", ...steps());
  expect(await whole()).toBe(after);
});

describe("forged suggestions, after which nobody could read what the plan says", () => {
  const doesNotFit = {
    code: "INVALID",
    problems: [{ field: "steps", code: "doesNotFit" }],
  };
  const modified = (attrs: Json): Json => ({
    ...{ stepType: "replace", from: 0, to: 0 },
    slice: {
      content: [
        {
          ...{ type: "heading", attrs: { level: 3 }, content: [text("Reading")] },
          marks: [
            { type: "modification", attrs: { id: `${world.users.teamTeacher}.m`, ...attrs } },
          ],
        },
      ],
    },
  });
  test.each([
    ["a level that no heading has", { type: "attr", attrName: "level", previousValue: 99 }],
    ["a heading that was a list", { type: "nodeType", previousValue: "bulletList" }],
    ["a heading that was a table's row", { type: "nodeType", previousValue: "tableRow" }],
  ])("%s", async (_, attrs) => {
    expect(await refusal(submit("teamTeacher", modified(attrs)))).toEqual(doesNotFit);
    expect(await said()).toContain("40");
  });

  test("lists in lists, deeper than anything can hold", async () => {
    let nested: Json = { type: "paragraph" };
    for (let depth = 0; depth < 20; depth += 1)
      nested = {
        type: "bulletList",
        content: [{ type: "listItem", content: [{ type: "paragraph" }, nested] }],
      };
    const step = { stepType: "replace", from: 0, to: 0, slice: { content: [nested] } };
    expect(await refusal(submit("teamTeacher", step))).toEqual(doesNotFit);
  });
});
