/// <reference types="vite/client" />
import betterAuth from "@convex-dev/better-auth/test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { TenantWriter } from "./access/tenantDb";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { certificateHash } from "./jobs/destruction";
import { RECORD_TABLES } from "./model/destruction";
import schema from "./schema";
import { as, refusal } from "./testing/sessions.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type TestApp,
  today,
  type World,
} from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  vi.useFakeTimers();
  app = newApp();
  betterAuth.register(app);
  world = await buildWorld(app);
  await admin().mutation(api.retention.cancelDestruction, { runId: world.own.runId });
});
afterEach(() => vi.useRealTimers());

const admin = () => as(app, "districtAdmin");
const student = () => world.own.record.studentId;
const settle = () => app.finishAllScheduledFunctions(vi.runAllTimers);
/** The student left so many days before the day on which the record is due today. */
const left = (days = 0, change: { leftOn?: undefined } = {}) =>
  app.run((ctx) =>
    new TenantWriter(ctx.db, world.own.organizationId).patch("students", student(), {
      ...{ enrollmentStatus: "graduated", leftOn: addDays(addMonths(today(), -84), -days) },
      ...change,
    }),
  );
const plan = async (clientMutationId = "plan") => {
  const runId = await admin().mutation(api.retention.planDestruction, { clientMutationId });
  await settle();
  return runId;
};
const confirm = async (runId: Id<"destructionRuns">, count: number) => {
  await admin().mutation(api.retention.confirmDestruction, { runId, count });
  await settle();
};
const getRun = (runId: Id<"destructionRuns">) => admin().query(api.retention.getRun, { runId });
const detail = (actor: Actor = "districtAdmin") =>
  refusal(as(app, actor).query(api.students.getStudentDetail, { studentId: student() }));
const TABLES = Object.keys(schema.tables) as (keyof typeof schema.tables)[];
/** The world has requests that wait for an answer. */
const closeRequests = () =>
  app.run(async (ctx) => {
    for (const request of await ctx.db.query("rightsRequests").collect())
      await ctx.db.patch("rightsRequests", request._id, { isOpen: false });
  });
/** Rows anywhere that name the student. */
const traces = () =>
  app.run(async (ctx) => {
    const found: Record<string, number> = {};
    for (const table of TABLES) {
      const rows = await ctx.db.query(table).collect();
      const naming = rows.filter(
        (row) => row._id === student() || JSON.stringify(row).includes(student()),
      );
      if (naming.length > 0) found[table] = naming.length;
    }
    return found;
  });

test("every table whose rows name a student goes with the record, or stays for a reason", () => {
  const STAY = [
    // Ids and the names of fields: who did what has to be known as long as anybody can ask.
    ...["auditEntries", "destructionItems"],
    // Run out within hours, and name ids.
    "recordGrants",
    // Named in a list: go by their own policy.
    "invitations",
  ];
  const naming = TABLES.filter((table) =>
    Object.keys(schema.tables[table].validator.fields).some((field) =>
      /^studentIds?$/u.test(field),
    ),
  );
  expect(naming.sort()).toEqual([...RECORD_TABLES, ...STAY].sort());
});

describe("a list", () => {
  test("nothing is due: it says so", async () => {
    expect(await refusal(plan())).toMatchObject({ code: "CONFLICT", reason: "nothingDue" });
    await left(-1);
    expect(await refusal(plan())).toMatchObject({ code: "CONFLICT", reason: "nothingDue" });
  });

  test("a dry run counts by table and changes nothing; again is the same list", async () => {
    await left();
    await closeRequests();
    const before = await traces();
    const runId = await plan();
    expect(await plan()).toBe(runId);
    const run = await getRun(runId);
    expect(run).toMatchObject({ state: "planned", students: 1, years: 7, destroyed: {} });
    expect(run.items).toMatchObject([
      { name: "Ada Student", reason: "retention", state: "waiting", dueFrom: today() },
    ]);
    expect(run.planned).toMatchObject({ students: 1, ieps: 2, goals: 2, progressData: 1 });
    const after = await traces();
    delete after["destructionItems"];
    delete after["auditEntries"];
    delete before["auditEntries"];
    expect(after).toEqual(before);
    expect(await refusal(plan("another"))).toMatchObject({ reason: "runWaits" });
  });

  test("who is held, is enrolled again or waits for an answer is on it, and left out", async () => {
    await left();
    await admin().mutation(api.retention.placeHold, { studentId: student(), reason: "Case 12" });
    const runId = await plan();
    const run = await getRun(runId);
    expect(run.students).toBe(0);
    expect(run.items).toMatchObject([{ state: "skipped", obstacle: "legalHold" }]);
  });

  test("a record whose family asked for it, and was granted it, is on it before its time", async () => {
    await left(-400);
    await app.run((ctx) =>
      new TenantWriter(ctx.db, world.own.organizationId).insert("rightsRequests", {
        ...{ studentId: student(), kind: "destruction", state: "approved", isOpen: false },
        ...{ channel: "online", recordedBy: world.users.guardian, about: "Old tests", version: 1 },
        clientMutationId: "destroy",
      }),
    );
    // The world's own open request keeps it.
    const first = await getRun(await plan());
    expect(first.items).toMatchObject([{ reason: "request", obstacle: "openRequest" }]);
  });
});

describe("a destruction", () => {
  beforeEach(async () => {
    await left();
    await closeRequests();
  });

  test("takes everything: no table names the student but the log; what may stay for ever stays; the certificate says what went", async () => {
    const files = () => app.run((ctx) => ctx.db.system.query("_storage").collect());
    await app.run(async (ctx) => {
      const storageId = await ctx.storage.store(new Blob(["sealed"]));
      await ctx.db.patch("documents", world.own.record.documentId, { storageId });
    });
    expect(await files()).toHaveLength(1);
    const runId = await plan();
    expect(
      await refusal(admin().mutation(api.retention.confirmDestruction, { runId, count: 2 })),
    ).toMatchObject({ code: "INVALID" });
    await confirm(runId, 1);
    const { items, ...run } = await getRun(runId);
    expect(run).toMatchObject({ state: "done", studentsDestroyed: 1, studentsSkipped: 0 });
    expect(run.destroyed).toEqual(run.planned);
    expect(items).toMatchObject([{ name: null, state: "done" }]);
    expect(await files()).toEqual([]);
    const rest = Object.keys(await traces()).filter((table) => table !== "recordGrants");
    expect(rest.sort()).toEqual(["auditEntries", "destructionItems"]);
    for (const actor of ["districtAdmin", "caseManager", "guardian", "student"] as const)
      expect(await detail(actor)).not.toBe(null);
    const list = { paginationOpts: { numItems: 10, cursor: null } };
    const found = await admin().query(api.students.getStudentsByUser, { ...list, search: "ada" });
    expect(found.page).toEqual([]);
    const { page } = await admin().query(api.retention.listPermanentRecords, list);
    expect(page).toMatchObject([{ firstName: "Ada", lastName: "Student", gradeLevel: "2" }]);
    expect(JSON.stringify(page)).not.toContain("dateOfBirth");

    const row = await app.run((ctx) => ctx.db.get("destructionRuns", runId));
    if (row === null) throw new Error("The certificate stays");
    expect(row.certificateHash).toBe(certificateHash(row));
    expect(row.certificateHash).not.toBe(certificateHash({ ...row, studentsDestroyed: 2 }));
    const log = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    const certified = log.find(({ action }) => action === "record.certify");
    expect(certified?.changes[0]?.fields).toContainEqual({
      field: "certificateHash",
      after: JSON.stringify(row.certificateHash),
    });
    expect(log.filter(({ action }) => action === "record.purge")).toMatchObject([
      { studentId: student(), actorId: world.users.districtAdmin, risk: "high", changes: [] },
    ]);
    expect(JSON.stringify(log)).not.toContain("Ada");
  });

  test("the student's own account keeps no name and no sign-in; a parent without another child belongs here no more", async () => {
    await confirm(await plan(), 1);
    const { user, memberships } = await app.run(async (ctx) => ({
      user: await ctx.db.get("users", world.users.student),
      memberships: await ctx.db.query("memberships").collect(),
    }));
    expect(user).toMatchObject({ firstName: "", lastName: "", isActive: false });
    expect(user?.email).not.toContain("@");
    const status = (actor: "student" | "guardian" | "caseManager") =>
      memberships.find(({ userId }) => userId === world.users[actor])?.status;
    expect([status("student"), status("guardian"), status("caseManager")]).toEqual([
      "ended",
      "ended",
      "active",
    ]);
  });

  test("no open list stumbles over a record of which a part is gone", async () => {
    const runId = await plan();
    await admin().mutation(api.retention.confirmDestruction, { runId, count: 1 });
    const step = await app.run(async (ctx) => (await ctx.db.get("destructionRuns", runId))?.step);
    await app.mutation(internal.jobs.destruction.continueRun, { runId, step: step ?? -1 });
    expect((await getRun(runId)).state).toBe("running");
    for (const actor of ["caseManager", "teamTeacher", "paraprofessional"] as const)
      expect(await refusal(as(app, actor).query(api.goals.listTodayGoals, {}))).toBe(null);
    const list = { paginationOpts: { numItems: 10, cursor: null } };
    expect(await refusal(as(app, "caseManager").query(api.students.getStudentsByUser, list))).toBe(
      null,
    );
    expect(
      await refusal(
        admin().query(api.memberships.getCaseload, { membershipId: world.memberships.caseManager }),
      ),
    ).toBe(null);
    await settle();
    expect(await getRun(runId)).toMatchObject({ state: "done", studentsDestroyed: 1 });
  });

  test("the list of holds names students and tells nothing of why", async () => {
    await admin().mutation(api.retention.placeHold, { studentId: student(), reason: "Case 12" });
    const { page } = await admin().query(api.retention.listHolds, {
      paginationOpts: { numItems: 10, cursor: null },
    });
    expect(page).toMatchObject([{ studentName: "Ada Student" }]);
    expect(JSON.stringify(page)).not.toContain("Case 12");
  });

  test("looks again at each record: a hold that came meanwhile keeps it", async () => {
    const runId = await plan();
    await admin().mutation(api.retention.placeHold, { studentId: student(), reason: "Case 12" });
    await confirm(runId, 1);
    expect(await getRun(runId)).toMatchObject({
      ...{ state: "done", studentsDestroyed: 0, studentsSkipped: 1, destroyed: {} },
      items: [{ state: "skipped", obstacle: "legalHold" }],
    });
    expect(await detail()).toBe(null);
  });

  test("a list can be canceled until it is confirmed, and is confirmed once", async () => {
    const runId = await plan();
    await admin().mutation(api.retention.cancelDestruction, { runId });
    expect(
      await refusal(admin().mutation(api.retention.confirmDestruction, { runId, count: 1 })),
    ).toMatchObject({ reason: "runNotPlanned" });
    const second = await plan("second");
    await confirm(second, 1);
    await confirm(second, 1);
    expect(
      await refusal(admin().mutation(api.retention.cancelDestruction, { runId: second })),
    ).toMatchObject({ reason: "runBegun" });
  });

  test("one that a failure stopped goes on by itself; the same step twice is once", async () => {
    const runId = await plan();
    await admin().mutation(api.retention.confirmDestruction, { runId, count: 1 });
    const { step } = await app.run(async (ctx) => {
      const run = await ctx.db.get("destructionRuns", runId);
      if (run === null) throw new Error("No run");
      return run;
    });
    for (let i = 0; i < 3; i++)
      await app.mutation(internal.jobs.destruction.continueRun, { runId, step });
    vi.setSystemTime(Date.now() + 11 * 60_000);
    await app.mutation(internal.jobs.destruction.resumeRuns, {});
    await settle();
    const run = await getRun(runId);
    expect(run).toMatchObject({ state: "done", studentsDestroyed: 1 });
    expect(run.destroyed).toEqual(run.planned);
  });
});

test("invitations and mail that are old are removed, by the organization's policy", async () => {
  const count = () =>
    app.run(async (ctx) => {
      const invitations = await ctx.db.query("invitations").collect();
      return invitations.filter(({ organizationId }) => organizationId === world.own.organizationId)
        .length;
    });
  const before = await count();
  await app.mutation(internal.jobs.destruction.removeOld, {});
  expect(await count()).toBe(before);
  vi.setSystemTime(Date.now() + 370 * 24 * 60 * 60 * 1000);
  await app.mutation(internal.jobs.destruction.removeOld, {});
  expect(await count()).toBe(0);
});
