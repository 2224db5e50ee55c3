/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import { addDays } from "./domain/calendar/calendarDate";
import { NO_COUNTS } from "./domain/dashboards/counts";
import { PROGRESS_DEFAULTS } from "./domain/progress/rules";
import { as } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => vi.useRealTimers());

const counts = (actor: "districtAdmin" | "schoolAdmin" | "sisterAdmin" = "districtAdmin") =>
  as(app, actor).query(api.dashboards.getOrganizationCounts, {});
let logged = 0;
const log = (correct: number, daysAgo: number) =>
  as(app, "caseManager").mutation(api.progress.logPoint, {
    ...{ goalId: world.own.record.goalId, recordedDate: addDays(today(), -daysAgo) },
    measurement: { kind: "trials", correct, total: 10 },
    ...{ settingType: "other", clientMutationId: `log-${String((logged += 1))}` },
  });
/** 50 % yesterday, 90 % three times today. */
const good = async () => {
  for (let times = 0; times < 3; times++) await log(9, 0);
};
/** What the sums would be if somebody counted. */
const recount = () =>
  app.run(async (ctx) => {
    const rows = await ctx.db.query("goalStandings").collect();
    const own = rows.filter(({ organizationId }) => organizationId === world.own.organizationId);
    return {
      goals: own.length,
      onTrack: own.filter(({ standing }) => standing === "onTrack").length,
      watch: own.filter(({ standing }) => standing === "watch").length,
      offTrack: own.filter(({ standing }) => standing === "offTrack").length,
      unknown: own.filter(({ standing }) => standing === "unknown").length,
      quiet: own.filter(({ quiet }) => quiet).length,
      fired: own.filter(({ fired }) => fired).length,
    };
  });

describe("sums follow what happens, in the same transaction", () => {
  test("one point is not enough to know; three good ones are on track; a voided one counts no more", async () => {
    expect((await counts()).counts).toEqual({ ...NO_COUNTS, goals: 2, unknown: 2 });
    await good();
    expect((await counts()).counts).toMatchObject({ goals: 2, unknown: 1, onTrack: 1 });
    expect((await counts("schoolAdmin")).counts).toMatchObject({ goals: 1, onTrack: 1 });
    expect((await counts("sisterAdmin")).counts).toMatchObject({ goals: 1, unknown: 1 });
    const points = await as(app, "caseManager").query(api.progress.listPoints, {
      ...{ goalId: world.own.record.goalId, paginationOpts: { numItems: 10, cursor: null } },
    });
    for (const { _id } of points.page.slice(0, 2))
      await as(app, "caseManager").mutation(api.progress.voidPoint, { pointId: _id, reason: "x" });
    expect((await counts()).counts).toMatchObject({ unknown: 2, onTrack: 0 });
    expect((await counts()).counts).toEqual(await recount());
  });

  test("a corrected value moves the sum", async () => {
    await good();
    const { pointId } = await log(9, 2);
    const rows = await as(app, "caseManager").query(api.progress.listPoints, {
      ...{ goalId: world.own.record.goalId, paginationOpts: { numItems: 10, cursor: null } },
    });
    for (const { _id, recordedDate } of rows.page.filter(
      ({ measurementValue }) => measurementValue === 90,
    ))
      await as(app, "caseManager").mutation(api.progress.correctPoint, {
        ...{ pointId: _id, recordedDate, measurement: { kind: "trials", correct: 1, total: 10 } },
        ...{ settingType: "other", reason: "x", clientMutationId: `correct-${_id}` },
      });
    expect(pointId).toBeDefined();
    expect((await counts()).counts).toMatchObject({ watch: 1, onTrack: 0 });
    expect((await counts()).counts).toEqual(await recount());
  });

  test("a closed goal is counted no more, and again when it is reopened", async () => {
    await good();
    const { goalId } = world.own.record;
    await as(app, "caseManager").mutation(api.goals.closeGoal, {
      ...{ goalId, reason: "mastered", date: today() },
    });
    expect((await counts()).counts).toMatchObject({ goals: 1, onTrack: 0 });
    await as(app, "caseManager").mutation(api.goals.reopenGoal, { goalId });
    expect((await counts()).counts).toMatchObject({ goals: 2, onTrack: 1 });
  });

  test("a student who moves takes the goals along; one who leaves takes them away", async () => {
    await good();
    const { studentId } = world.own.record;
    const move = { studentId, schoolId: world.own.sisterSchoolId, expectedVersion: 2 };
    await as(app, "districtAdmin").mutation(api.students.transferToSchool, move);
    expect((await counts("schoolAdmin")).counts).toEqual(NO_COUNTS);
    expect((await counts("sisterAdmin")).counts).toMatchObject({ goals: 2, onTrack: 1 });
    await as(app, "districtAdmin").mutation(api.students.changeEnrollment, {
      ...{ studentId, status: "inactive", expectedVersion: 3 },
    });
    expect((await counts()).counts).toMatchObject({ goals: 1, onTrack: 0 });
    expect((await counts()).counts).toEqual(await recount());
  });

  test("a plan that runs out takes its goals out of the sums", async () => {
    await app.run((ctx) =>
      ctx.db.patch("ieps", world.own.record.iepId, { expirationDate: addDays(today(), -1) }),
    );
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await app.mutation(internal.jobs.expiry.expirePlans, { cursor: null });
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    vi.useRealTimers();
    expect((await counts("schoolAdmin")).counts).toEqual(NO_COUNTS);
  });
});

describe("days that pass", () => {
  test("make a goal quiet, by the job, once its day has come", async () => {
    await good();
    await app.run(async (ctx) => {
      for (const point of await ctx.db.query("progressData").collect())
        await ctx.db.patch("progressData", point._id, {
          recordedDate: addDays(point.recordedDate, -20),
        });
      const row = (await ctx.db.query("goalStandings").collect()).find(
        ({ goalId }) => goalId === world.own.record.goalId,
      );
      if (row !== undefined)
        await ctx.db.patch("goalStandings", row._id, { nextChangeOn: addDays(today(), 1) });
    });
    await refreshAll();
    expect((await counts("schoolAdmin")).counts.quiet).toBe(0);
    await app.run(async (ctx) => {
      for (const row of await ctx.db.query("goalStandings").collect())
        await ctx.db.patch("goalStandings", row._id, { nextChangeOn: today() });
    });
    await refreshAll();
    expect((await counts("schoolAdmin")).counts.quiet).toBe(1);
    expect((await counts()).counts).toEqual(await recount());
  });

  test("so many as the district says", async () => {
    await log(9, 5);
    await app.run(async (ctx) => {
      for (const { _id, recordedDate } of await ctx.db.query("progressData").collect())
        if (recordedDate > addDays(today(), -5)) await ctx.db.delete("progressData", _id);
    });
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const admin = as(app, "districtAdmin");
    const quietAfter = async (quietDays: number) => {
      const { settings, settingsVersion } = await admin.query(
        api.organizations.getOrganization,
        {},
      );
      if (settings === null) throw new Error("No settings");
      await admin.mutation(api.organizations.changeSettings, {
        settings: { ...settings, progressSettings: { ...PROGRESS_DEFAULTS, quietDays } },
        expectedVersion: settingsVersion,
      });
      await app.finishAllScheduledFunctions(vi.runAllTimers);
      const found = await counts("schoolAdmin");
      expect(found.quietDays).toBe(quietDays);
      return found.counts.quiet;
    };
    expect(await quietAfter(4)).toBe(1);
    expect(await quietAfter(5)).toBe(0);
  });

  test("what was lost is made again, and what is right stays", async () => {
    await good();
    const before = (await counts()).counts;
    await app.run(async (ctx) => {
      for (const { _id } of await ctx.db.query("goalStandings").collect())
        await ctx.db.delete("goalStandings", _id);
      for (const { _id } of await ctx.db.query("standingCounts").collect())
        await ctx.db.delete("standingCounts", _id);
    });
    const rebuild = () =>
      app.mutation(internal.jobs.standings.rebuildIn, {
        ...{ organizationId: world.own.organizationId, cursor: null },
      });
    await rebuild();
    await rebuild();
    expect((await counts()).counts).toEqual(before);
  });

  async function refreshAll() {
    let cursor: string | null = null;
    for (let tenant = 0; tenant < 2; tenant++) {
      await app.mutation(internal.jobs.standings.refreshDue, { cursor });
      cursor = await app.run(async (ctx) => {
        const page = await ctx.db
          .query("organizations")
          .withIndex("by_parent", (q) => q.eq("parentId", undefined))
          .paginate({ cursor: null, numItems: 1 });
        return page.continueCursor;
      });
    }
  }
});

describe("lists", () => {
  test("a teacher sees the own students, goal by goal", async () => {
    await good();
    const dashboard = await as(app, "teamTeacher").query(api.dashboards.getCaseload, {});
    expect(dashboard.counts).toMatchObject({ goals: 1, onTrack: 1 });
    expect(dashboard.students).toMatchObject([
      { firstName: "Ada", relation: "teamMember", goals: [{ standing: "onTrack", goalNumber: 1 }] },
    ]);
    const other = await as(app, "otherTeacher").query(api.dashboards.getCaseload, {});
    expect(other).toMatchObject({ students: [], counts: { goals: 0 } });
  });

  test("behind each sum are the students that it counts, of the own school only", async () => {
    await good();
    const list = (actor: "districtAdmin" | "schoolAdmin", filter: "onTrack" | "unknown") =>
      as(app, actor).query(api.dashboards.listGoals, { filter, cursor: null });
    expect((await list("districtAdmin", "onTrack")).students).toMatchObject([{ firstName: "Ada" }]);
    expect((await list("districtAdmin", "unknown")).students).toMatchObject([{ firstName: "Bo" }]);
    expect((await list("schoolAdmin", "unknown")).students).toEqual([]);
  });
});
