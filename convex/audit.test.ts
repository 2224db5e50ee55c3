/// <reference types="vite/client" />
import { beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import type { Doc } from "./_generated/dataModel";
import { as, plainSession } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const entries = () => app.run((ctx) => ctx.db.query("auditEntries").collect());
const seal = () => app.mutation(internal.jobs.auditChain.sealAuditEntries, {});
const page = { numItems: 100, cursor: null };
const verify = () => as(app, "districtAdmin").query(api.audit.verifyAuditChain, {});

describe("what was done", () => {
  test("an observation: who, as what, whose record, which fields, from where; no value", async () => {
    const { goalId, studentId } = world.own.record;
    await as(app, "paraprofessional").mutation(api.progress.logPoint, {
      ...{ goalId, recordedDate: "2026-11-02", settingType: "other", clientMutationId: "a" },
      measurement: { kind: "trials", correct: 7, total: 10 },
      observationNotes: "Cried at first",
    });
    const [entry, ...more] = await entries();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      actorId: world.users.paraprofessional,
      ...{ role: "paraprofessional", relation: "paraprofessional", action: "progress.log" },
      ...{ outcome: "done", studentId, risk: "low" },
      ...{ ipAddress: "192.0.2.7", userAgent: "paraprofessional's device" },
    });
    const fields = entry?.changes.flatMap((change) => change.fields.map(({ field }) => field));
    expect(fields).toContain("observationNotes");
    expect(JSON.stringify(entry)).not.toContain("Cried");
  });

  test("what changes nothing leaves no entry, and a retry none of its own", async () => {
    const { goalId } = world.own.record;
    const log = () =>
      as(app, "caseManager").mutation(api.progress.logPoint, {
        ...{ goalId, recordedDate: "2026-11-02", settingType: "other", clientMutationId: "a" },
        measurement: { kind: "trials", correct: 7, total: 10 },
      });
    await log();
    await log();
    await as(app, "caseManager").mutation(api.goals.reopenGoal, { goalId });
    expect(await entries()).toHaveLength(1);
  });

  test("a membership that ends: the old and the new state, high risk", async () => {
    await as(app, "districtAdmin").mutation(api.memberships.endMembership, {
      membershipId: world.memberships.caseManager,
    });
    const [entry] = await entries();
    expect(entry).toMatchObject({ action: "member.end", risk: "high" });
    expect(entry?.changes[0]?.fields).toContainEqual({
      ...{ field: "status", before: '"active"', after: '"ended"' },
    });
  });

  test("a plan that runs out: the system did it", async () => {
    await app.run((ctx) =>
      ctx.db.patch("ieps", world.foreign.record.iepId, { expirationDate: "2020-01-01" }),
    );
    await app.mutation(internal.jobs.expiry.expirePlans, {});
    const [entry] = await entries();
    expect(entry).toMatchObject({
      action: "iep.expire",
      studentId: world.foreign.record.studentId,
    });
    expect(entry?.actorId).toBeUndefined();
  });
});

describe("what was refused", () => {
  const logAs = (actor: "otherTeacher" | "guardian" | "foreignAdmin") =>
    plainSession(app, actor).mutation(api.progress.logPoint, {
      ...{ goalId: world.own.record.goalId, recordedDate: "2026-11-02", settingType: "other" },
      ...{ clientMutationId: "x", measurement: { kind: "trials", correct: 7, total: 10 } },
    });

  test("is noted, with the student if there is one here, and changes nothing", async () => {
    expect(await logAs("otherTeacher")).toEqual({ trellisRefusal: "NOT_FOUND" });
    expect(await logAs("guardian")).toEqual({ trellisRefusal: "FORBIDDEN" });
    const noted = await entries();
    expect(noted).toMatchObject([
      { actorId: world.users.otherTeacher, outcome: "refused", code: "NOT_FOUND", risk: "medium" },
      { actorId: world.users.guardian, outcome: "refused", code: "FORBIDDEN" },
    ]);
    expect(noted.map(({ studentId }) => studentId)).toEqual([
      world.own.record.studentId,
      world.own.record.studentId,
    ]);
    const points = await app.run((ctx) => ctx.db.query("progressData").collect());
    expect(points.filter(({ clientMutationId }) => clientMutationId === "x")).toEqual([]);
  });

  test("from another district it is noted there, without this district's student", async () => {
    expect(await logAs("foreignAdmin")).toEqual({ trellisRefusal: "NOT_FOUND" });
    const [entry] = await entries();
    expect(entry?.organizationId).toBe(world.foreign.organizationId);
    expect(entry?.studentId).toBeUndefined();
  });
});

describe("a refused query", () => {
  test("leaves a line in the deployment's log: which session, by opaque ids, and not what was asked", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { studentId } = world.own.record;
    await expect(
      as(app, "teamTeacher").query(api.audit.listAuditEntries, { paginationOpts: page, studentId }),
    ).rejects.toThrow("FORBIDDEN");
    expect(warn.mock.calls).toEqual([
      [
        JSON.stringify({
          ...{ refusedQuery: "FORBIDDEN", subject: "auth-teamTeacher" },
          sessionId: "session-teamTeacher",
        }),
      ],
    ]);
    warn.mockClear();
    await as(app, "districtAdmin").query(api.audit.listAuditEntries, { paginationOpts: page });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe("opening a record", () => {
  const detail = (session = plainSession(app, "caseManager")) =>
    session.query(api.students.getStudentDetail, { studentId: world.own.record.studentId });
  const open = (actor: Parameters<typeof plainSession>[1], scope: "record" | "progress") =>
    plainSession(app, actor).mutation(api.records.openRecords, {
      records: [{ table: "students", id: world.own.record.studentId, scope }],
    });
  const closed = { data: { code: "RECORD_NOT_OPEN" } };

  test("before it nothing is shown, not even to the case manager; after it there is one entry", async () => {
    await expect(detail()).rejects.toMatchObject(closed);
    await open("caseManager", "record");
    await open("caseManager", "record");
    expect((await detail()).firstName).toBe("Ada");
    expect(await entries()).toMatchObject([
      { action: "record.open", scope: "record", relation: "caseManager", outcome: "done" },
    ]);
  });

  test("progress data alone do not open the rest; the rest opens them, too", async () => {
    const goal = () =>
      plainSession(app, "caseManager").query(api.goals.getGoal, {
        goalId: world.own.record.goalId,
      });
    await expect(goal()).rejects.toMatchObject(closed);
    await open("caseManager", "progress");
    expect((await goal()).goalNumber).toBe(1);
    await expect(detail()).rejects.toMatchObject(closed);
    await open("caseManager", "record");
    expect((await detail()).firstName).toBe("Ada");
    expect((await entries()).map(({ scope }) => scope)).toEqual(["progress", "record"]);
  });

  test("an opening is one session's, ends after hours, and is no right", async () => {
    await open("caseManager", "record");
    const elsewhere = app.withIdentity({ subject: "auth-caseManager", sessionId: "another" });
    await expect(detail(elsewhere)).rejects.toMatchObject(closed);
    await app.run(async (ctx) => {
      for (const grant of await ctx.db.query("recordGrants").collect())
        await ctx.db.patch("recordGrants", grant._id, { expiresAt: Date.now() - 1 });
    });
    await expect(detail()).rejects.toMatchObject(closed);
    await open("teamTeacher", "record");
    const places = await app.run((ctx) => ctx.db.query("studentTeam").collect());
    const place = places.find(({ userId }) => userId === world.users.teamTeacher);
    if (place === undefined) throw new Error("no place");
    await as(app, "caseManager").mutation(api.students.endTeamMember, {
      ...{ studentId: world.own.record.studentId, studentTeamId: place._id },
    });
    await expect(detail(plainSession(app, "teamTeacher"))).rejects.toMatchObject(closed);
    expect(await open("teamTeacher", "record")).toEqual({ trellisRefusal: "NOT_FOUND" });
  });

  test("several at once: all or none, and a stranger's try is noted", async () => {
    const both = [world.own.record.studentId, world.own.sisterRecord.studentId];
    const records = both.map((id) => ({
      table: "students" as const,
      id,
      scope: "record" as const,
    }));
    const tried = await plainSession(app, "schoolAdmin").mutation(api.records.openRecords, {
      records,
    });
    expect(tried).toEqual({ trellisRefusal: "NOT_FOUND" });
    expect(await app.run((ctx) => ctx.db.query("recordGrants").collect())).toEqual([]);
    const [entry] = await entries();
    expect(entry).toMatchObject({
      ...{ action: "record.open", outcome: "refused", studentId: world.own.sisterRecord.studentId },
    });
  });

  test("openings that have run out are removed", async () => {
    await open("caseManager", "record");
    await app.run(async (ctx) => {
      for (const grant of await ctx.db.query("recordGrants").collect())
        await ctx.db.patch("recordGrants", grant._id, { expiresAt: 1 });
    });
    await open("teamTeacher", "record");
    await app.mutation(internal.jobs.auditChain.removeExpiredGrants, {});
    const left = await app.run((ctx) => ctx.db.query("recordGrants").collect());
    expect(left.map(({ userId }) => userId)).toEqual([world.users.teamTeacher]);
  });

  test("the record of access tells the family who looked, not who was refused", async () => {
    await as(app, "caseManager").query(api.students.getStudentDetail, {
      studentId: world.own.record.studentId,
    });
    await open("otherTeacher", "record");
    const { page: lines } = await as(app, "guardian").query(api.records.listRecordOfAccess, {
      studentId: world.own.record.studentId,
      paginationOpts: page,
    });
    expect(lines.map(({ actor, relation, scope }) => [actor?.userId, relation, scope])).toEqual([
      [world.users.guardian, "guardian", "record"],
      [world.users.caseManager, "caseManager", "record"],
    ]);
    expect(JSON.stringify(lines)).not.toContain("192.0.2.7");
  });
});

describe("the log", () => {
  async function someEntries(): Promise<Doc<"auditEntries">[]> {
    for (const name of ["One", "Two", "Three", "Four"])
      await as(app, "caseManager")
        .mutation(api.goals.addPhase, {
          ...{
            goalId: world.own.record.goalId,
            name,
            startDate: `2026-10-0${String(name.length)}`,
          },
        })
        .catch(() => undefined);
    await as(app, "districtAdmin").mutation(api.organizations.addSchool, {
      ...{ name: "Third", street: "1 Elm", city: "Town", state: "IL", zipCode: "60000" },
      ...{ phone: "+1 555 010 0000", email: "third@example.org" },
    });
    await as(app, "foreignAdmin").mutation(api.audit.noteExport, {});
    await seal();
    const all = await entries();
    return all.filter(({ organizationId }) => organizationId === world.own.organizationId);
  }

  test("is sealed, each organization's by itself, and verified", async () => {
    const own = await someEntries();
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1));
    expect(await verify()).toMatchObject({ verified: own.length, complete: true, broken: null });
    expect(await as(app, "foreignAdmin").query(api.audit.verifyAuditChain, {})).toMatchObject({
      verified: 1,
      broken: null,
    });
    // What comes later is sealed behind it.
    await as(app, "districtAdmin").mutation(api.audit.noteExport, {});
    await seal();
    expect(await verify()).toMatchObject({ verified: own.length + 1, broken: null });
  });

  test("an edit is found", async () => {
    const [, second] = await someEntries();
    if (second === undefined) throw new Error("no entry");
    await app.run((ctx) =>
      ctx.db.patch("auditEntries", second._id, { actorId: world.users.guardian }),
    );
    expect((await verify()).broken).toEqual({ sequence: 2, problem: "edited" });
  });

  test("a deletion is found, in the middle and at the end", async () => {
    const own = await someEntries();
    const last = own.at(-1);
    if (last === undefined || own[1] === undefined) throw new Error("no entry");
    await app.run((ctx) => ctx.db.delete("auditEntries", last._id));
    expect((await verify()).broken).toEqual({ sequence: own.length, problem: "missing" });
    const second = own[1]._id;
    await app.run((ctx) => ctx.db.delete("auditEntries", second));
    expect((await verify()).broken).toEqual({ sequence: 2, problem: "missing" });
  });

  test("an exchange is found, also with the hashes exchanged", async () => {
    const [first, second] = await someEntries();
    if (first === undefined || second === undefined) throw new Error("no entry");
    const place = ({ sequence, hash }: Doc<"auditEntries">) => ({
      ...(sequence === undefined ? {} : { sequence }),
      ...(hash === undefined ? {} : { hash }),
    });
    await app.run(async (ctx) => {
      await ctx.db.patch("auditEntries", first._id, place(second));
      await ctx.db.patch("auditEntries", second._id, place(first));
    });
    expect((await verify()).broken).toEqual({ sequence: 1, problem: "edited" });
  });

  test("is filtered by person, student, outcome, attention and day", async () => {
    const own = await someEntries();
    await plainSession(app, "guardian").mutation(api.goals.reopenGoal, {
      goalId: world.own.record.goalId,
    });
    const list = async (filters: object) =>
      (
        await as(app, "districtAdmin").query(api.audit.listAuditEntries, {
          ...{ ...filters, paginationOpts: page },
        })
      ).page.map(({ action, actor }) => [action, actor?.firstName]);
    expect(await list({})).toHaveLength(own.length + 1);
    expect(await list({ actorId: world.users.districtAdmin })).toEqual([
      ["organization.addSchool", "districtAdmin"],
    ]);
    expect(await list({ outcome: "refused" })).toEqual([["goal.close", "guardian"]]);
    expect(await list({ outcome: "refused", actorId: world.users.caseManager })).toEqual([]);
    expect(await list({ studentId: world.own.record.studentId })).toHaveLength(own.length);
    expect(await list({ risk: "high" })).toEqual([]);
    expect(await list({ until: "2020-01-01" })).toEqual([]);
    expect(await list({ from: "2020-01-01" })).toHaveLength(own.length + 1);
    await expect(list({ from: "yesterday" })).rejects.toMatchObject({ data: { code: "INVALID" } });
  });
});
