/** Comments on a section: they stay with their words, reach whom they mention, and are no part of the plan. */
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { commentsIn } from "./editor/comments";
import { documentOf } from "./model/sectionText";
import { planAsItStands } from "./model/iepVersions";
import { deriveSectionDocument } from "./model/sections";
import { inTenant } from "./testing/sections.helpers";
import { as, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let id: Id<"iepSections">;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  id = world.own.record.sectionId;
});

const type = (actor: Actor, version: number, text: string, at: number, to = at) =>
  as(app, actor).mutation(api.collaboration.submitSteps, {
    ...{ id, version, clientId: "w" },
    steps: [
      JSON.stringify({
        stepType: "replace",
        ...{ from: at, to },
        ...(text === "" ? {} : { slice: { content: [{ type: "text", text }] } }),
      }),
    ],
  });
interface Start {
  passage?: { version: number; from: number; to: number };
  text?: string;
  mentions?: Id<"users">[];
  clientMutationId?: string;
}
const start = (actor: Actor, { text = "Is this so?", mentions = [], ...more }: Start = {}) =>
  as(app, actor).mutation(api.sectionComments.startThread, {
    ...{ id, text, mentions, clientMutationId: "thread", ...more },
  });
const reply = (
  actor: Actor,
  threadId: Id<"sectionThreads">,
  text: string,
  mentions: Id<"users">[] = [],
) =>
  as(app, actor).mutation(api.sectionComments.replyToThread, {
    ...{ id, threadId, text, mentions, clientMutationId: text },
  });
/** Without the one that the world begins with. */
const threads = async (actor: Actor = "teamTeacher") =>
  (await as(app, actor).query(api.sectionComments.listThreads, { id })).threads.slice(1);
const settle = (actor: Actor, threadId: Id<"sectionThreads">, isOpen: boolean) =>
  as(app, actor).mutation(api.sectionComments.settleThread, { id, threadId, isOpen });
const marked = () =>
  inTenant(app, world, async (ctx) => {
    const { doc } = await documentOf(ctx, await ctx.db.require("iepSections", id));
    return Object.fromEntries(
      [...commentsIn(doc)].map(([threadId, { from, to }]) => [
        threadId,
        doc.textBetween(from, to, " "),
      ]),
    );
  });
const mails = () => app.run(async (ctx) => ctx.db.query("mails").collect());

describe("a comment", () => {
  test("stays with its words, whatever was written since they were selected and after", async () => {
    await type("caseManager", 1, "Ada reads well.", 1);
    // The specialist selected "reads" in this version; meanwhile somebody wrote before it.
    await type("caseManager", 2, "Little ", 1);
    const threadId = await start("specialist", { passage: { version: 2, from: 5, to: 10 } });
    expect(await marked()).toEqual({ [threadId]: "reads" });
    expect(await threads()).toMatchObject([{ _id: threadId, quote: "reads", isOpen: true }]);
    await type("teamTeacher", 4, "Today ", 1);
    await type("teamTeacher", 5, "-and-", 20);
    expect(await marked()).toEqual({ [threadId]: "re-and-ads" });
  });

  test("keeps its words as a quotation when they are taken out", async () => {
    await type("caseManager", 1, "Ada reads well.", 1);
    await start("specialist", { passage: { version: 2, from: 5, to: 10 } });
    await type("caseManager", 3, "", 4, 11);
    expect(await marked()).toEqual({});
    expect(await threads()).toMatchObject([{ quote: "reads" }]);
  });

  test("is refused where the words are gone, and nothing is written", async () => {
    await type("caseManager", 1, "Ada reads well.", 1);
    await type("caseManager", 2, "", 4, 11);
    const late = start("specialist", { passage: { version: 2, from: 5, to: 10 } });
    expect(await refusal(late)).toEqual({ code: "CONFLICT", reason: "passageGone" });
    expect(await threads()).toEqual([]);
    for (const passage of [
      { version: 9, from: 1, to: 2 },
      { version: 1, from: 5, to: 2 },
      { version: 1, from: -1, to: 0.5 },
    ])
      expect(await refusal(start("specialist", { passage }))).toMatchObject({ code: "INVALID" });
  });

  test("sent twice is there once, with one mark and one mail", async () => {
    await type("caseManager", 1, "Ada reads well.", 1);
    const once = {
      passage: { version: 2, from: 1, to: 4 },
      mentions: [world.users.teamTeacher, world.users.teamTeacher],
    };
    expect(await start("specialist", once)).toBe(await start("specialist", once));
    expect(Object.values(await marked())).toEqual(["Ada"]);
    expect(await threads()).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
  });

  test("may be about a section that somebody else writes, and says nothing of its state", async () => {
    await as(app, "caseManager").mutation(api.sections.assignSection, {
      ...{ id, ownerId: world.users.specialist, openToTeam: false, dueDate: null },
    });
    await type("specialist", 1, "Ada reads well.", 1);
    await as(app, "specialist").mutation(api.sections.markSection, { id, state: "complete" });
    for (const [index, actor] of (["teamTeacher", "schoolAdmin"] as const).entries())
      await start(actor, {
        ...{ passage: { version: 2, from: 1, to: 4 }, clientMutationId: String(index) },
      });
    expect(Object.values(await marked())).toEqual(["Ada", "Ada"]);
    const [section] = (
      await as(app, "caseManager").query(api.sections.listSections, {
        iepId: world.own.record.draftId,
      })
    ).sections;
    expect(section?.state).toBe("complete");
  });

  test("is no part of what the plan says: not derived, not shared, not in the hash", async () => {
    await type("caseManager", 1, "Ada reads well.", 1);
    const says = () =>
      inTenant(app, world, async (ctx) => ({
        plan: await planAsItStands(ctx, await ctx.db.require("ieps", world.own.record.draftId)),
        section: await deriveSectionDocument(ctx, await ctx.db.require("iepSections", id)),
      }));
    const before = await says();
    await start("specialist", {
      ...{ passage: { version: 2, from: 1, to: 10 }, text: "Strabismus, I think" },
    });
    expect(Object.values(await marked())).toEqual(["Ada reads"]);
    expect(await says()).toEqual(before);
    expect(JSON.stringify(before)).toContain("Ada reads well.");
    const { text } = await as(app, "caseManager")
      .query(api.sectionHistory.getVersions, {
        ...{ id, before: 2 },
      })
      .then(({ after }) => ({ text: after }));
    expect(text).toBe("Ada reads well.");
  });

  test("lies sealed", async () => {
    await type("caseManager", 1, "Nystagmus seen", 1);
    await start("specialist", {
      ...{ passage: { version: 2, from: 1, to: 10 }, text: "Strabismus, I think" },
    });
    const rows = await app.run(async (ctx) => [
      ...(await ctx.db.query("sectionThreads").collect()),
      ...(await ctx.db.query("sectionComments").collect()),
      ...(await ctx.db.query("auditEntries").collect()),
      ...(await ctx.db.query("mails").collect()),
    ]);
    const dump = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof ArrayBuffer ? "sealed" : value,
    );
    expect(dump).not.toContain("Strabismus");
    expect(dump).not.toContain("Nystagmus");
    const [thread] = await threads();
    expect(thread?.comments[0]?.text).toBe("Strabismus, I think");
  });
});

describe("a thread", () => {
  test("has answers in their order, by whom and when; it is settled, and open again when there is more to say", async () => {
    const threadId = await start("specialist");
    await reply("caseManager", threadId, "It is.");
    await reply("caseManager", threadId, "It is.");
    await settle("teamTeacher", threadId, false);
    await settle("teamTeacher", threadId, false);
    expect(await threads()).toMatchObject([
      {
        ...{ isOpen: false, stateChangedByName: "teamTeacher Tester", quote: "" },
        comments: [
          { text: "Is this so?", authorName: "specialist Tester" },
          { text: "It is.", authorName: "caseManager Tester" },
        ],
      },
    ]);
    await settle("specialist", threadId, true);
    expect(await threads()).toMatchObject([{ isOpen: true }]);
    await settle("specialist", threadId, false);
    await reply("teamTeacher", threadId, "One more thing.");
    expect(await threads()).toMatchObject([
      { isOpen: true, stateChangedByName: "teamTeacher Tester" },
    ]);
    const noted = await app.run(async (ctx) => ctx.db.query("auditEntries").collect());
    const actions = noted.filter(({ action }) => action === "section.comment");
    // One for each that changed something: begun, answered, settled, opened, settled, answered.
    expect(actions).toHaveLength(6);
  });

  test("of another section is not there", async () => {
    await as(app, "caseManager").mutation(api.sections.prepareSections, {
      iepId: world.own.record.draftId,
    });
    const other = (
      await as(app, "caseManager").query(api.sections.listSections, {
        iepId: world.own.record.draftId,
      })
    ).sections.find(({ _id }) => _id !== id);
    const threadId = await start("specialist");
    const elsewhere = as(app, "caseManager").mutation(api.sectionComments.settleThread, {
      ...{ id: other?._id ?? id, threadId, isOpen: false },
    });
    expect(await refusal(elsewhere)).toEqual({ code: "NOT_FOUND" });
  });

  test("says something, not too much, and to people of the team who write", async () => {
    for (const text of ["", "  ", "x".repeat(2001)])
      expect(await refusal(start("specialist", { text }))).toMatchObject({ code: "INVALID" });
    const { otherTeacher, paraprofessional, guardian, teamTeacher } = world.users;
    for (const userId of [otherTeacher, paraprofessional, guardian])
      expect(await refusal(start("specialist", { mentions: [teamTeacher, userId] }))).toEqual({
        code: "NOT_FOUND",
      });
    // Of the team by an old row, but gone from the organization, in another school, or off the team.
    for (const gone of ["formerTeacher", "movedTeacher", "formerTeamTeacher"] as const)
      expect(await refusal(start("specialist", { mentions: [world.users[gone]] }))).toEqual({
        code: "NOT_FOUND",
      });
    expect(await refusal(start("specialist", { mentions: [world.users.foreignTeacher] }))).toEqual({
      code: "NOT_FOUND",
    });
    expect(await threads()).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  test("never cuts a character in two, wherever a client says that it begins", async () => {
    await type("caseManager", 1, "A🌿da 👩‍👧", 1);
    // From within the leaf; to within the leaf: then nothing is left of it.
    await start("specialist", { passage: { version: 2, from: 3, to: 6 } });
    expect(await threads()).toMatchObject([{ quote: "🌿da" }]);
    expect(Object.values(await marked())).toEqual(["🌿da"]);
    const none = { version: 2, from: 2, to: 3 };
    const second = start("specialist", { passage: none, clientMutationId: "second" });
    expect(await refusal(second)).toEqual({ code: "CONFLICT", reason: "passageGone" });
  });

  test("ends with the text, however far a client says that it goes", async () => {
    await type("caseManager", 1, "Ada", 1);
    const passage = { version: 2, from: 0, to: Number.MAX_SAFE_INTEGER };
    await start("specialist", { passage });
    expect(await threads()).toMatchObject([{ quote: "Ada" }]);
  });

  test("has an id that is one: longer texts are refused, not kept unsealed", async () => {
    const clientMutationId = "x".repeat(101);
    expect(await refusal(start("specialist", { clientMutationId }))).toMatchObject({
      ...{ code: "INVALID", problems: [{ field: "clientMutationId", code: "tooLong" }] },
    });
    const threadId = await start("specialist");
    expect(await refusal(reply("specialist", threadId, clientMutationId))).toMatchObject({
      code: "INVALID",
    });
  });

  test.each([
    ["is suspended", "FORBIDDEN"],
    ["leaves the team", "NOT_FOUND"],
  ])("whoever %s in the middle of it reads and says nothing more", async (how, code) => {
    const threadId = await start("specialist");
    expect(await threads("specialist")).toHaveLength(1);
    await app.run(async (ctx) => {
      if (how === "is suspended")
        await ctx.db.patch("memberships", world.memberships.specialist, { status: "suspended" });
      else
        for (const place of await ctx.db.query("studentTeam").collect())
          if (place.userId === world.users.specialist)
            await ctx.db.patch("studentTeam", place._id, { status: "ended" });
    });
    expect(await refusal(reply("specialist", threadId, "And now?"))).toEqual({ code });
    expect(await refusal(settle("specialist", threadId, false))).toEqual({ code });
    expect(await refusal(threads("specialist"))).toEqual({ code });
  });

  test("is over with the writing", async () => {
    const threadId = await start("specialist");
    const iepId = world.own.record.draftId;
    await as(app, "caseManager").mutation(api.ieps.moveIEP, {
      ...{ iepId, to: "in_review", expectedRevision: 1 },
    });
    // What is read before it is signed is talked about.
    await reply("teamTeacher", threadId, "In review.");
    await app.run((ctx) => ctx.db.patch("ieps", iepId, { status: "ready_to_sign" }));
    const closed = { code: "CONFLICT", reason: "notTalkedAbout" };
    expect(await refusal(reply("teamTeacher", threadId, "Late."))).toEqual(closed);
    expect(await refusal(settle("teamTeacher", threadId, false))).toEqual(closed);
    expect(await refusal(start("caseManager", { clientMutationId: "late" }))).toEqual(closed);
    const seen = await as(app, "caseManager").query(api.sectionComments.listThreads, { id });
    expect(seen.abilities).toEqual({ "section.comment": false });
    expect(seen.threads).toHaveLength(2);
  });
});

test("whoever is mentioned gets a mail without a name of the child or a word of it, and the plan counts for them", async () => {
  const { teamTeacher, specialist } = world.users;
  const threadId = await start("specialist", {
    ...{ text: "Strabismus, @caseManager?", mentions: [teamTeacher, specialist] },
  });
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: "teamteacher@example.org",
    subject: "specialist Tester mentioned you in a comment",
  });
  expect(mail?.link).toContain(`/ieps/${world.own.record.draftId}/write?section=`);
  expect(mail?.text).not.toMatch(/Strabismus|Ada/u);
  const count = async (actor: Actor) => {
    const counted = await as(app, actor).query(api.sectionComments.countThreads, {
      iepId: world.own.record.draftId,
    });
    expect(counted.map(({ sectionId }) => sectionId)).toEqual([id]);
    return { open: counted[0]?.open, mentioned: counted[0]?.mentioned };
  };
  // One is there from the beginning, and mentions nobody.
  expect(await count("teamTeacher")).toEqual({ open: 2, mentioned: 1 });
  expect(await count("caseManager")).toEqual({ open: 2, mentioned: 0 });
  await reply("teamTeacher", threadId, "Ask @caseManager", [world.users.caseManager]);
  expect(await count("caseManager")).toEqual({ open: 2, mentioned: 1 });
  await settle("caseManager", threadId, false);
  expect(await count("teamTeacher")).toEqual({ open: 1, mentioned: 0 });
  expect((await mails()).map(({ to }) => to)).toEqual([
    ...["teamteacher@example.org", "casemanager@example.org"],
  ]);
});
