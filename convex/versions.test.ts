/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { canonicalJson } from "./domain/ieps/canonical";
import { goWithout } from "./testing/completeness.helpers";
import { plansIn } from "./testing/plans.helpers";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let plans: ReturnType<typeof plansIn>;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  plans = plansIn(app, world);
});
const student = () => world.own.record.studentId;
const draft = () => world.own.record.draftId;

describe("a draft that is shared", () => {
  test("is read as it was, whatever is written later, until it is shared again", async () => {
    const first = await plans.share();
    await plans.editGoal("Reads 50 words");
    expect((await plans.planOf("guardian", first)).goals[0]?.description).toBe("Reads words");
    const second = await plans.share();
    expect(second).not.toBe(first);
    expect((await plans.planOf("guardian", second)).goals[0]?.description).toBe("Reads 50 words");
    expect((await plans.planOf("guardian", first)).goals[0]?.description).toBe("Reads words");
    expect((await plans.getVersion("guardian", first)).newest._id).toBe(second);
  });

  test("unchanged is the same version, and the family hears of it once", async () => {
    expect(await plans.share()).toBe(await plans.share());
    const sent = await plans.mails();
    expect(sent.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      "guardian@example.org: A draft plan is ready for you to read",
    ]);
    expect(sent[0]?.text).not.toContain("Ada");
  });

  test("is on the family's first page, to read and then to sign, until it is signed", async () => {
    const waiting = async () => {
      const { students } = await as(app, "guardian").query(api.goals.listFamilyGoals, {});
      return students.find(({ studentId }) => studentId === student())?.version;
    };
    expect(await waiting()).toBeNull();
    const shared = await plans.share();
    expect(await waiting()).toEqual({ versionId: shared, waitsFor: "reading" });
    const final = await plans.finalize();
    expect(await waiting()).toEqual({ versionId: final, waitsFor: "signature" });
    await plans.sign("guardian", final);
    expect(await waiting()).toEqual({ versionId: final, waitsFor: "nothing" });
    await plans.move("active");
    expect(await waiting()).toBeNull();
  });

  test("the draft itself stays with the team", async () => {
    await plans.share();
    expect(
      await refusal(as(app, "guardian").query(api.ieps.getIEPWithGoals, { iepId: draft() })),
    ).toMatchObject({ code: "NOT_FOUND" });
    const listed = await as(app, "guardian").query(api.versions.listVersions, {
      studentId: student(),
    });
    expect(listed.map(({ kind, isNewest }) => [kind, isNewest])).toEqual([
      ["shared", true],
      ["activated", true],
      ["final", false],
    ]);
  });

  test("is asked about part by part, and answered", async () => {
    const versionId = await plans.share();
    const ask = () =>
      as(app, "guardian").mutation(api.planQuestions.askQuestion, {
        ...{ studentId: student(), versionId, part: "goals", text: " Why words? " },
        clientMutationId: "why",
      });
    const questionId = await ask();
    expect(await ask()).toBe(questionId);
    expect((await plans.lifeOf(draft())).openQuestions).toBe(1);
    await as(app, "teamTeacher").mutation(api.planQuestions.answerQuestion, {
      ...{ studentId: student(), questionId, text: "They come first.", clientMutationId: "so" },
    });
    expect((await plans.lifeOf(draft())).openQuestions).toBe(0);
    const { questions } = await plans.getVersion("guardian", versionId);
    expect(questions).toMatchObject([
      { text: "Why words?", fromFamily: true, writtenByName: "guardian Tester" },
      { text: "They come first.", fromFamily: false, replyTo: questionId },
    ]);
    expect((await plans.mails()).map(({ to }) => to)).toEqual([
      ...["guardian@example.org", "casemanager@example.org", "guardian@example.org"],
    ]);
    expect(
      await refusal(
        as(app, "guardian").mutation(api.planQuestions.askQuestion, {
          ...{ studentId: student(), versionId, part: "nowhere", text: "", clientMutationId: "x" },
        }),
      ),
    ).toMatchObject({ code: "INVALID", problems: [{ field: "part" }, { field: "text" }] });
  });
});

describe("in force", () => {
  test("what was signed is what comes into force, whatever happened meanwhile", async () => {
    const versionId = await plans.finalize();
    await plans.editGoal("Slipped in");
    await plans.move("active");
    const version = await plans.newest();
    expect(version.kind).toBe("activated");
    expect(version.hash).toBe((await plans.getVersion("caseManager", versionId)).version.hash);
    expect((await plans.lifeOf(world.own.record.iepId)).status).toBe("superseded");
  });

  test("two plans at once: one is in force, and the other superseded", async () => {
    const other = await plans.inDb(async (db) => {
      const { _id, _creationTime, organizationId, ...plan } = await db.unseal(
        "ieps",
        await db.require("ieps", draft()),
      );
      const iepId = await db.insert("ieps", { ...plan, version: 3, status: "ready_to_sign" });
      const goal = await db.unseal(
        "goals",
        await db.require("goals", world.own.record.draftGoalId),
      );
      const { _id: _goal, _creationTime: _made, organizationId: _tenant, ...said } = goal;
      await db.insert("goals", { ...said, iepId });
      return iepId;
    });
    await plans.finalize();
    const { revision } = await plans.lifeOf(draft());
    const activate = (iepId: Id<"ieps">, expectedRevision: number) =>
      as(app, "caseManager").mutation(api.ieps.moveIEP, {
        ...{ iepId, to: "active" as const, expectedRevision },
      });
    for (const iepId of [draft(), other]) await goWithout(app, iepId);
    await Promise.allSettled([activate(draft(), revision), activate(other, 1)]);
    const listed = await as(app, "caseManager").query(api.ieps.listIEPs, { studentId: student() });
    expect(listed.map(({ status }) => status).sort()).toEqual([
      ...["active", "superseded", "superseded"],
    ]);
  });

  test("an amendment leaves the plan in force until it is activated; goals keep their data", async () => {
    const { iepId, goalId, pointId } = world.own.record;
    const open = (change: object) =>
      as(app, "caseManager").mutation(api.versions.openAmendment, {
        ...{ iepId, withMeeting: false, reason: "More minutes", agreedWith: "Ada's mother" },
        ...{ agreedOn: today(), clientMutationId: "amend", ...change },
      });
    expect(await refusal(open({ agreedWith: "", agreedOn: "2199-01-01" }))).toMatchObject({
      problems: [{ field: "agreedWith" }, { field: "agreedOn", code: "inFuture" }],
    });
    const amendmentId = await open({});
    expect(await open({})).toBe(amendmentId);
    expect(await refusal(open({ clientMutationId: "other" }))).toMatchObject({
      reason: "amendmentOpen",
    });
    const plan = await as(app, "caseManager").query(api.ieps.getIEPWithGoals, {
      iepId: amendmentId,
    });
    expect(plan.goals.map(({ description }) => description)).toEqual(["Reads words"]);
    const copyId = plan.goals[0]?._id;
    if (copyId === undefined) throw new Error("The goal was not copied");
    await plans.inDb((db) => db.patch("goals", copyId, { description: "Reads 90 words" }));
    expect((await plans.lifeOf(iepId)).status).toBe("active");
    expect((await plans.lifeOf(iepId)).openAmendmentId).toBe(amendmentId);
    expect((await plans.lifeOf(amendmentId)).amendment).toMatchObject({
      ...{ amends: iepId, withMeeting: false, agreedWith: "Ada's mother" },
    });
    await plans.move("in_review", amendmentId);
    await plans.move("ready_to_sign", amendmentId);
    await plans.move("active", amendmentId);
    const version = await plans.newest(amendmentId);
    expect(version.kind).toBe("amendment");
    const said = await plans.planOf("guardian", version._id);
    expect(said).toMatchObject({ kind: "amendment", goals: [{ lineage: goalId }] });
    expect((await plans.lifeOf(iepId)).status).toBe("superseded");
    const goal = await as(app, "guardian").query(api.goals.getGoal, { goalId });
    expect(goal).toMatchObject({ iepId: amendmentId, description: "Reads 90 words" });
    expect(goal.isActive).toBe(true);
    const point = await plans.inDb((db) => db.require("progressData", pointId));
    expect(point.goalId).toBe(goalId);
    const former = await as(app, "caseManager").query(api.ieps.getIEPWithGoals, { iepId });
    expect(former.goals.map(({ description }) => description)).toEqual(["Reads words"]);
  });

  test("a plan that took its place leaves nothing to amend", async () => {
    const amendmentId = await as(app, "caseManager").mutation(api.versions.openAmendment, {
      ...{ iepId: world.own.record.iepId, withMeeting: true, reason: "More minutes" },
      ...{ agreedWith: "", agreedOn: "", clientMutationId: "amend" },
    });
    await plans.move("in_review", amendmentId);
    await plans.move("ready_to_sign", amendmentId);
    await plans.finalize();
    await plans.move("active");
    expect(await refusal(plans.move("active", amendmentId))).toMatchObject({
      reason: "amendsNotInForce",
    });
  });

  test("a typing error is put right with a trail; what was signed stays", async () => {
    const { iepId, versionInForceId } = world.own.record;
    const correct = (change: object) =>
      as(app, "caseManager").mutation(api.versions.correctPlan, {
        ...{ iepId, part: "strengths", before: "storys", after: "stories", reason: "Spelling" },
        ...{ expectedVersionId: versionInForceId, ...change },
      });
    expect(await refusal(correct({ before: "nothing" }))).toMatchObject({
      problems: [{ field: "before", code: "notThereOnce" }],
    });
    const madeId = await correct({});
    expect(await refusal(correct({}))).toMatchObject({ reason: "changedMeanwhile" });
    const version = await plans.newest(iepId);
    expect(version).toMatchObject({
      ...{ _id: madeId, kind: "correction", number: 3, corrects: versionInForceId },
      correction: { part: "strengths", before: "storys", after: "stories", reason: "Spelling" },
    });
    expect(canonicalJson(await plans.planOf("guardian", madeId))).toContain("likes stories");
    expect(canonicalJson(await plans.planOf("guardian", versionInForceId))).toContain(
      "likes storys",
    );
    expect((await plans.lifeOf(iepId)).status).toBe("active");
    expect(
      await refusal(
        as(app, "caseManager").mutation(api.versions.correctPlan, {
          ...{ iepId: draft(), part: "goals", before: "a", after: "b", reason: "c" },
          expectedVersionId: versionInForceId,
        }),
      ),
    ).toMatchObject({ reason: "stillADraft" });
  });
});

describe("the proof", () => {
  const verify = (versionId: Id<"iepVersions">, hash = "") =>
    as(app, "guardian").query(api.versions.verifyVersion, {
      ...{ studentId: student(), versionId, hash },
    });
  /** A change that goes past everything: of the row itself. */
  const tamper = (versionId: Id<"iepVersions">, change: object) =>
    plans.inDb((_db, ctx) => ctx.db.patch("iepVersions", versionId, change));

  test("an untouched version is unchanged, and says whether a link means it", async () => {
    const versionId = await plans.finalize();
    await plans.sign("guardian", versionId);
    const { hash } = await plans.newest();
    expect(await verify(versionId)).toMatchObject({
      ...{ integrity: { state: "unchanged", found: hash }, matchesGiven: null },
      signatures: [{ isIntact: true, decision: "accept" }],
    });
    expect((await verify(versionId, ` ${hash.toUpperCase()} `)).matchesGiven).toBe(true);
    expect((await verify(versionId, "0".repeat(64))).matchesGiven).toBe(false);
  });

  test("other words under the old fingerprint, and other words with their own", async () => {
    const versionId = await plans.finalize();
    await plans.sign("guardian", versionId);
    const forged = await plans.inDb(async (db) => {
      const plan = await plans.planOf("caseManager", versionId);
      const text = canonicalJson({ ...plan, goals: [] });
      const id = await db.insert("iepVersions", {
        ...{ studentId: student(), iepId: draft(), kind: "shared", number: 99, text },
        ...{ hash: "f".repeat(64), createdBy: world.users.caseManager, createdAt: 1 },
      });
      return db.require("iepVersions", id);
    });
    await tamper(versionId, { text: forged.text });
    expect((await verify(versionId)).integrity.state).toBe("changed");
    // Whoever changes the fingerprint, too, does not reach those that were signed.
    const { found } = (await verify(versionId)).integrity;
    await tamper(versionId, { hash: found });
    expect((await verify(versionId)).integrity.state).toBe("changed");
  });

  test("a broken seal shows nothing, and says so", async () => {
    const versionId = await plans.finalize();
    const row = await plans.inDb((db) => db.require("iepVersions", versionId));
    const box = new Uint8Array(row.text.box.slice(0));
    box[20] = (box[20] ?? 0) ^ 1;
    await tamper(versionId, { text: { ...row.text, box: box.buffer } });
    expect((await verify(versionId)).integrity).toEqual({ state: "unreadable", found: null });
    expect((await plans.getVersion("guardian", versionId)).text).toBeNull();
  });

  test("a signature that somebody turned is told from the one that was made", async () => {
    const versionId = await plans.finalize();
    const signatureId = await plans.sign("guardian", versionId, { decision: "decline" });
    await plans.inDb((_db, ctx) => ctx.db.patch("signatures", signatureId, { decision: "accept" }));
    expect((await verify(versionId)).signatures).toMatchObject([{ isIntact: false }]);
  });
});
