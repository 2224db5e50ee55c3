/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
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

describe("signing", () => {
  test("a parent signs in part, the case manager whole; what was read, how and when is kept", async () => {
    const versionId = await plans.finalize();
    await plans.sign("guardian", versionId, {
      ...{ decision: "partly", exceptions: "The minutes of speech", language: "es" },
    });
    await plans.sign("caseManager", versionId);
    const { signatures } = await plans.lifeOf(draft());
    expect(signatures).toMatchObject([
      {
        ...{ capacity: "parent", decision: "partly", exceptions: "The minutes of speech" },
        ...{ signerName: "guardian Tester", channel: "online", signedOn: today() },
        ...{ method: "password", isIntact: true, isReplaced: false },
      },
      { capacity: "caseManager", decision: "accept", isOwn: true },
    ]);
    expect(signatures[0]?.approval).toContain("Yo, guardian Tester, leí la versión");
    expect(signatures[0]?.understanding).toContain("Entiendo");
    const row = await plans.inDb((db) => db.rows("signatures", "by_student").first());
    expect(row?.evidence).toEqual({
      ...{ sessionId: "session-guardian", method: "password" },
      ...{ ipAddress: "192.0.2.7", userAgent: "guardian's device" },
    });
    expect(row?.versionHash).toBe((await plans.newest()).hash);
  });

  test("once is once; a change of mind is another signature, and the later counts", async () => {
    const versionId = await plans.finalize();
    const first = await plans.sign("guardian", versionId, { decision: "decline" });
    expect(await plans.sign("guardian", versionId, { decision: "decline" })).toBe(first);
    await plans.sign("guardian", versionId, { clientMutationId: "again" });
    const { signatures } = await plans.lifeOf(draft());
    expect(signatures.map(({ decision, isReplaced }) => [decision, isReplaced])).toEqual([
      ["decline", true],
      ["accept", false],
    ]);
  });

  test("nothing is signed but the final version, as it was read", async () => {
    const shared = await plans.share();
    expect(await refusal(plans.sign("guardian", shared))).toMatchObject({ reason: "notTheFinal" });
    const versionId = await plans.finalize();
    expect(
      await refusal(plans.sign("guardian", versionId, { versionHash: "0".repeat(64) })),
    ).toMatchObject({ reason: "changedMeanwhile" });
    expect(await refusal(plans.sign("guardian", versionId, { understands: false }))).toMatchObject({
      ...{ code: "INVALID", problems: [{ field: "understands", code: "required" }] },
    });
    await plans.move("in_review");
    expect(await refusal(plans.sign("guardian", versionId))).toMatchObject({ reason: "notToSign" });
    expect((await plans.lifeOf(draft())).signatures).toEqual([]);
  });

  test("nobody signs for another, for another student, or once the plan is superseded", async () => {
    const versionId = await plans.finalize();
    for (const actor of ["guardianWithoutRights", "formerGuardian", "otherParent"] as const)
      expect(await refusal(plans.sign(actor, versionId)), actor).toEqual({ code: "NOT_FOUND" });
    // Before the age of majority the parents sign.
    expect(await refusal(plans.sign("student", versionId))).toEqual({ code: "FORBIDDEN" });
    const { sisterRecord } = world.own;
    const { hash: versionHash } = await plans.newest();
    const elsewhere = as(app, "guardian").mutation(api.signatures.signVersion, {
      ...{ studentId: student(), versionId: sisterRecord.versionId, versionHash },
      ...{ decision: "accept", exceptions: "", mark: { kind: "typed", name: "A Person" } },
      ...{ understands: true, language: "en", clientMutationId: "elsewhere" },
    });
    expect(await refusal(elsewhere)).toEqual({ code: "NOT_FOUND" });
    await plans.move("active");
    await plans.inDb((db) => db.patch("ieps", draft(), { status: "superseded" }));
    expect(await refusal(plans.sign("guardian", versionId))).toMatchObject({ reason: "notToSign" });
    const rows = await plans.inDb((db) => db.rows("signatures", "by_student").collect());
    expect(rows).toEqual([]);
  });

  test("a plan that goes back keeps its signatures with the version that was signed; unchanged, they count again", async () => {
    const first = await plans.finalize();
    await plans.sign("guardian", first);
    await plans.move("in_review");
    await plans.move("ready_to_sign");
    expect((await plans.newest())._id).toBe(first);
    await plans.move("in_review");
    await plans.editGoal("Reads 50 words");
    await plans.move("ready_to_sign");
    const second = await plans.newest();
    expect(second._id).not.toBe(first);
    const { signatures } = await plans.lifeOf(draft());
    expect(signatures.map(({ versionId }) => versionId)).toEqual([first]);
    expect((await plans.getVersion("guardian", first)).isToSign).toBe(false);
    expect((await plans.getVersion("guardian", second._id)).isToSign).toBe(true);
  });

  test("on paper: who signed, when, the scan; and how a copy was handed over", async () => {
    const versionId = await plans.finalize();
    const { documentId } = world.own.record;
    const paper = {
      ...{ studentId: student(), versionId, signerName: "A  Father", capacity: "parent" as const },
      ...{ decision: "accept" as const, exceptions: "", clientMutationId: "paper" },
    };
    const record = (change: object) =>
      as(app, "caseManager").mutation(api.signatures.recordPaperSignature, {
        ...{ ...paper, signedOn: today(), documentId, ...change },
      });
    expect(await refusal(record({ signedOn: "2199-01-01" }))).toMatchObject({
      problems: [{ field: "signedOn", code: "inFuture" }],
    });
    expect(await refusal(record({ documentId: world.own.sisterRecord.documentId }))).toMatchObject({
      code: "NOT_FOUND",
    });
    await record({});
    await as(app, "caseManager").mutation(api.signatures.recordDelivery, {
      ...{ studentId: student(), versionId, way: "mail", recipient: "A Father", note: "" },
      ...{ deliveredOn: today(), clientMutationId: "sent" },
    });
    const { signatures, deliveries } = await plans.getVersion("guardian", versionId);
    expect(signatures).toMatchObject([
      { channel: "paper", signerName: "A Father", recordedByName: "caseManager Tester" },
    ]);
    expect(deliveries).toMatchObject([{ way: "mail", recipient: "A Father" }]);
  });

  test("under a first plan a parent says whether services may begin", async () => {
    await plans.inDb((db) => db.patch("ieps", world.own.record.iepId, { status: "discarded" }));
    const versionId = await plans.finalize();
    expect(await refusal(plans.sign("guardian", versionId))).toMatchObject({
      problems: [{ field: "servicesConsent", code: "required" }],
    });
    await plans.sign("guardian", versionId, { servicesConsent: false });
    await plans.sign("caseManager", versionId, { servicesConsent: true });
    const { signatures, isFirst } = await plans.lifeOf(draft());
    expect(isFirst).toBe(true);
    expect(signatures.map(({ servicesConsent }) => servicesConsent)).toEqual([false, undefined]);
    expect(signatures[0]?.approval).toContain("I do not give my consent");
  });
});
