/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import type { Doc, Id } from "./_generated/dataModel";
import { addDays } from "./domain/calendar/calendarDate";
import { plansIn } from "./testing/plans.helpers";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => vi.useRealTimers());

const manager = () => as(app, "caseManager");
const ids = () => world.own.record;
const read = (reportId: Id<"progressReports">, actor: Parameters<typeof as>[1] = "caseManager") =>
  as(app, actor).query(api.reports.getReport, { studentId: ids().studentId, reportId });

/** The period that runs gets the whole year, so that whatever day it is, it runs. */
async function secondPeriod(
  change: Partial<Doc<"organizations">["settings"]["reportingPeriods"][0]> = {},
) {
  const period = {
    name: "Now",
    start: addDays(today(), -20),
    end: addDays(today(), 20),
    ...change,
  };
  await app.run(async (ctx) => {
    const { organizationId } = world.own;
    const row = await ctx.db.get("organizations", organizationId);
    if (row === null) throw new Error("No district");
    const former = { name: "Former", start: "2020-01-01", end: "2020-02-01" };
    await ctx.db.patch("organizations", organizationId, {
      settings: { ...row.settings, reportingPeriods: [former, period] },
    });
  });
  return period.start;
}
const prepare = (periodStart: string, clientMutationId = "begin") =>
  manager().mutation(api.reports.prepareReport, {
    ...{ studentId: ids().studentId, periodStart, clientMutationId },
  });
const issue = (reportId: Id<"progressReports">) =>
  manager().mutation(api.reports.issueReport, { studentId: ids().studentId, reportId });
const entry = {
  ...{ code: "someProgress" as const, narrative: "Reads more words.", narrativeSpanish: "" },
  ...{ explanation: "", expectedVersion: 0 },
};
const voidAll = () =>
  manager().mutation(api.progress.voidPoint, { pointId: ids().pointId, reason: "wrong child" });
const write = (reportId: Id<"progressReports">, change: Partial<typeof entry> = {}) =>
  manager().mutation(api.reports.saveEntry, {
    ...{ goalId: ids().goalId, reportId },
    ...{ ...entry, ...change },
  });

describe("writing a report", () => {
  test.each([
    ["goes on", false],
    ["is left out", true],
  ])("keeps a goal that %s when the plan is amended meanwhile", async (_, leftOut) => {
    const plans = plansIn(app, world);
    const reportId = await prepare(await secondPeriod());
    await write(reportId);
    const amendmentId = await manager().mutation(api.versions.openAmendment, {
      ...{ iepId: ids().iepId, withMeeting: true, reason: "Fewer minutes" },
      ...{ agreedWith: "", agreedOn: "", clientMutationId: "amend" },
    });
    const goals = async () =>
      (await read(reportId)).draft?.goals.map(({ goalId, narrative }) => ({ goalId, narrative }));
    const written = [{ goalId: ids().goalId, narrative: entry.narrative }];
    expect(await goals()).toEqual(written);
    if (leftOut)
      await app.run(async (ctx) => {
        for (const goal of await ctx.db.query("goals").collect())
          if (goal.iepId === amendmentId)
            await ctx.db.patch("goals", goal._id, { lineage: goal._id });
      });
    for (const to of ["in_review", "ready_to_sign"] as const) await plans.move(to, amendmentId);
    expect(await goals()).toEqual(written);
    await plans.move("active", amendmentId);
    if (leftOut) {
      // The one that came in its place has no data yet.
      expect(await goals()).toEqual([
        { goalId: expect.anything() as unknown, narrative: "" },
        ...written,
      ]);
      // Neither code nor explanation.
      expect(await issue(reportId)).toHaveLength(2);
    } else {
      expect(await goals()).toEqual(written);
      expect(await issue(reportId)).toEqual([]);
    }
  });

  test("begun twice it is one; its figures follow the data until it is issued", async () => {
    const start = await secondPeriod();
    const reportId = await prepare(start);
    expect(await prepare(start, "again")).toBe(reportId);
    const before = await read(reportId);
    expect(before.draft?.goals).toMatchObject([
      { points: 1, pointsInPeriod: 1, latest: { value: 50 }, code: null, version: 0 },
    ]);
    await manager().mutation(api.progress.logPoint, {
      ...{ goalId: ids().goalId, recordedDate: today(), settingType: "other" },
      measurement: { kind: "trials", correct: 6, total: 10 },
      clientMutationId: "more",
    });
    expect((await read(reportId)).draft?.goals[0]).toMatchObject({
      points: 2,
      latest: { value: 60 },
    });
  });

  test("two people never overwrite each other; a retry of the same save is the same save", async () => {
    const reportId = await prepare(await secondPeriod());
    expect(await write(reportId)).toBe(1);
    expect(await write(reportId)).toBe(1);
    expect(await refusal(write(reportId, { narrative: "Something else" }))).toMatchObject({
      ...{ code: "CONFLICT", reason: "changedMeanwhile" },
    });
    expect(await write(reportId, { narrative: "Better", expectedVersion: 1 })).toBe(2);
    expect((await read(reportId)).draft?.goals[0]).toMatchObject({
      ...{ narrative: "Better", version: 2, editedByName: "caseManager Tester" },
    });
  });

  test("a period that is none, and a text that is too long, change nothing", async () => {
    expect(await refusal(prepare("1999-01-01"))).toMatchObject({ reason: "noSuchPeriod" });
    const reportId = await prepare(await secondPeriod());
    expect(await refusal(write(reportId, { narrative: "x".repeat(2001) }))).toMatchObject({
      code: "INVALID",
      problems: [{ field: "narrative", code: "tooLong" }],
    });
    expect((await read(reportId)).draft?.goals[0]?.version).toBe(0);
  });

  test("a goal of the draft plan is not reported, even by who may write it", async () => {
    const reportId = await prepare(await secondPeriod());
    const wrong = manager().mutation(api.reports.saveEntry, {
      ...{ ...entry, goalId: ids().draftGoalId, reportId },
    });
    expect(await refusal(wrong)).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("issuing it", () => {
  test("is refused while a goal has neither data nor an explanation (34 CFR 300.320(a)(3))", async () => {
    const reportId = await prepare(await secondPeriod());
    await voidAll();
    expect(await issue(reportId)).toEqual([
      { goalNumber: 1, reason: "noDataNoExplanation" },
      { goalNumber: 1, reason: "noCode" },
    ]);
    expect((await read(reportId)).state).toBe("draft");
    await write(reportId, { explanation: "In hospital since October." });
    expect(await issue(reportId)).toEqual([]);
    expect((await read(reportId)).issued?.content.goals[0]).toMatchObject({
      ...{ code: "someProgress", explanation: "In hospital since October.", latest: null },
      forecast: { expected: "unsure", because: "noData" },
    });
  });

  test("freezes what it says: later data, words and names change nothing of it", async () => {
    const reportId = await prepare(await secondPeriod());
    await write(reportId);
    expect(await issue(reportId)).toEqual([]);
    const issued = (await read(reportId)).issued;
    expect(issued).toMatchObject({ intact: true, content: { student: { firstName: "Ada" } } });
    await voidAll();
    await app.run((ctx) => ctx.db.patch("students", ids().studentId, { firstName: "Other" }));
    expect(await refusal(write(reportId, { expectedVersion: 1 }))).toMatchObject({
      reason: "reportIssued",
    });
    expect(await issue(reportId)).toEqual([]);
    expect((await read(reportId)).issued).toEqual(issued);
  });

  test("whoever changes the stored content is found out by the hash", async () => {
    const { reportId } = ids();
    const other = world.own.sisterRecord.reportId;
    await app.run(async (ctx) => {
      const forged = await ctx.db.get("progressReports", other);
      await ctx.db.patch("progressReports", reportId, { content: forged?.content });
    });
    expect((await read(reportId)).issued?.intact).toBe(false);
  });

  test("families read what was issued, not what is being written, and get a mail without a name", async () => {
    const reportId = await prepare(await secondPeriod());
    expect(await refusal(read(reportId, "guardian"))).toMatchObject({ code: "NOT_FOUND" });
    const listed = () =>
      as(app, "guardian").query(api.reports.listReports, { studentId: ids().studentId });
    expect((await listed()).reports).toHaveLength(1);
    await app.run(async (ctx) => {
      for (const { _id } of await ctx.db.query("mails").collect())
        await ctx.db.delete("mails", _id);
    });
    await write(reportId);
    expect(await issue(reportId)).toEqual([]);
    expect((await listed()).reports.map(({ state }) => state)).toEqual(["issued", "issued"]);
    expect((await read(reportId, "guardian")).issued?.content.goals[0]?.plain.es).toContain(
      "La meta es",
    );
    const mails = await app.run((ctx) => ctx.db.query("mails").collect());
    // The case manager is the aunt, too; whoever has no rights, or has them no more, gets none.
    expect(mails.map(({ to }) => to).sort()).toEqual([
      ...["casemanager@example.org", "guardian@example.org"],
    ]);
    expect(JSON.stringify(mails)).not.toContain("Ada");
  });

  test("a correction names the report that it takes the place of, and both stay", async () => {
    const { reportId, draftReportId } = ids();
    const again = manager().mutation(api.reports.correctReport, {
      ...{ studentId: ids().studentId, reportId, reason: "Another", clientMutationId: "another" },
    });
    expect(await refusal(again)).toMatchObject({ code: "CONFLICT", reason: "notTheIssued" });
    const before = (await read(reportId)).issued;
    // The correction looks from the same day, with the data as they are now, and begins with the same words.
    expect((await read(draftReportId)).draft).toMatchObject({
      ...{ asOf: before?.content.asOf, goals: [{ explanation: "Absent in October" }] },
    });
    expect(await issue(draftReportId)).toEqual([]);
    expect(await read(reportId, "guardian")).toMatchObject({
      ...{ state: "corrected", correctedBy: { _id: draftReportId }, issued: before },
    });
    expect(await read(draftReportId, "guardian")).toMatchObject({
      ...{ state: "issued", corrects: { _id: reportId }, correctionReason: "A wrong date" },
    });
  });
});

describe("a draft that nobody will issue", () => {
  const move = (
    reportId: Id<"progressReports">,
    how: "discardReport" | "restoreReport",
    actor: Parameters<typeof as>[1] = "caseManager",
  ) => as(app, actor).mutation(api.reports[how], { studentId: ids().studentId, reportId });
  const listed = () => manager().query(api.reports.listReports, { studentId: ids().studentId });

  test("is discarded once or twice, keeps its words, and leaves its period free", async () => {
    const start = await secondPeriod();
    const reportId = await prepare(start);
    await write(reportId, { narrative: "Reads to his sister." });
    await move(reportId, "discardReport");
    await move(reportId, "discardReport");
    expect(await read(reportId)).toMatchObject({
      state: "discarded",
      draft: {
        discarded: { byName: "caseManager Tester" },
        goals: [{ narrative: "Reads to his sister.", canWrite: false }],
      },
    });
    expect((await listed()).periods.map((period) => period.start)).toContain(start);
    expect(await refusal(write(reportId, { expectedVersion: 1 }))).toMatchObject({
      ...{ code: "CONFLICT", reason: "reportDiscarded" },
    });
    expect(await refusal(issue(reportId))).toMatchObject({ reason: "reportDiscarded" });
    expect(await refusal(read(reportId, "guardian"))).toMatchObject({ code: "NOT_FOUND" });
  });

  test("is taken up again, unless another one took its place", async () => {
    const start = await secondPeriod();
    const reportId = await prepare(start);
    await move(reportId, "discardReport");
    await move(reportId, "restoreReport");
    await move(reportId, "restoreReport");
    expect((await read(reportId)).state).toBe("draft");
    expect(await write(reportId)).toBe(1);
    await move(reportId, "discardReport");
    const other = await prepare(start, "anew");
    expect(other).not.toBe(reportId);
    expect(await refusal(move(reportId, "restoreReport"))).toMatchObject({
      ...{ code: "CONFLICT", reason: "reportBegunAnew" },
    });
  });

  test("that was to correct a report leaves that one as it is, to be corrected again", async () => {
    const { reportId, draftReportId, studentId } = ids();
    await move(draftReportId, "discardReport");
    expect((await read(reportId)).state).toBe("issued");
    const again = await manager().mutation(api.reports.correctReport, {
      ...{ studentId, reportId, reason: "Another", clientMutationId: "another" },
    });
    expect(await refusal(move(draftReportId, "restoreReport"))).toMatchObject({
      reason: "reportBegunAnew",
    });
    await move(again, "discardReport");
    await move(draftReportId, "restoreReport");
    expect((await read(draftReportId)).state).toBe("draft");
  });

  test("is no issued one: that stays, and a teammate may not discard", async () => {
    const { reportId, draftReportId } = ids();
    expect(await refusal(move(reportId, "discardReport"))).toMatchObject({
      ...{ code: "CONFLICT", reason: "reportIssued" },
    });
    expect(await refusal(move(draftReportId, "discardReport", "teamTeacher"))).toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("a whole caseload", () => {
  const start = (kind: "prepare" | "issue", periodStart: string) =>
    manager().mutation(api.reports.startBatch, { kind, periodStart, clientMutationId: kind });
  const run = async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    vi.useRealTimers();
  };
  const batch = (periodStart: string) => manager().query(api.reports.getBatch, { periodStart });

  test("is begun and issued in the background; what cannot go out is listed and stays", async () => {
    const periodStart = await secondPeriod();
    await start("prepare", periodStart);
    await run();
    expect(await batch(periodStart)).toMatchObject({ state: "done", total: 1, done: 1, failed: 0 });
    await voidAll();
    const first = await start("issue", periodStart);
    expect(await start("issue", periodStart)).toBe(first);
    await run();
    expect(await batch(periodStart)).toMatchObject({
      ...{ state: "done", done: 0, failed: 1 },
      failures: [{ firstName: "Ada", failure: "incomplete" }],
    });
    const list = await manager().query(api.reports.getCaseloadReports, { periodStart });
    expect(list.students).toMatchObject([{ firstName: "Ada", state: "draft", missing: 1 }]);
  });

  test.each(["suspended", "ended"] as const)(
    "of somebody whose membership is %s meanwhile goes no further",
    async (status) => {
      const periodStart = await secondPeriod();
      const batchId = await start("prepare", periodStart);
      await app.run((ctx) =>
        ctx.db.patch("memberships", world.memberships.caseManager, { status }),
      );
      await run();
      const {
        batch: done,
        items,
        reports,
      } = await app.run(async (ctx) => ({
        batch: await ctx.db.get("reportBatches", batchId),
        items: await ctx.db.query("reportBatchItems").collect(),
        reports: await ctx.db.query("progressReports").collect(),
      }));
      expect(done).toMatchObject({ state: "done", done: 0, failed: 1 });
      expect(items.map(({ failure }) => failure)).toEqual(["notYours"]);
      expect(reports.filter((report) => report.periodStart === periodStart)).toEqual([]);
    },
  );

  test("the same step twice does nothing; one that a failure stopped goes on", async () => {
    const periodStart = await secondPeriod();
    const batchId = await start("prepare", periodStart);
    const step = () => app.mutation(internal.jobs.reports.continueBatch, { batchId, step: 0 });
    await step();
    await step();
    expect(await batch(periodStart)).toMatchObject({ state: "done", done: 1 });
    await app.run((ctx) =>
      ctx.db.patch("reportBatches", batchId, { state: "running", movedAt: 0 }),
    );
    await app.mutation(internal.jobs.reports.resumeBatches, {});
    await run();
    expect(await batch(periodStart)).toMatchObject({ state: "done", done: 1 });
  });
});

describe("reminders", () => {
  const mails = () =>
    app.run(async (ctx) =>
      (await ctx.db.query("mails").collect()).map(({ to, subject }) => ({ to, subject })),
    );
  const remind = () =>
    app.mutation(internal.jobs.reports.remindIn, {
      ...{ organizationId: world.own.organizationId, cursor: null },
    });
  const everybody = async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await remind();
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    vi.useRealTimers();
  };

  test("case managers with open reports, once for each date, without a student's name", async () => {
    await app.run(async (ctx) => {
      for (const { _id } of await ctx.db.query("mails").collect())
        await ctx.db.delete("mails", _id);
    });
    const periodStart = await secondPeriod({ end: addDays(today(), 7) });
    await everybody();
    await everybody();
    const about = { subject: "Progress reports of Now are due soon" };
    expect((await mails()).sort((a, b) => a.to.localeCompare(b.to))).toEqual([
      { to: "casemanager@example.org", ...about },
      { to: "movedteacher@example.org", ...about },
    ]);
    await secondPeriod({
      end: addDays(today(), -8),
      issueBy: addDays(today(), -1),
      start: periodStart,
    });
    await everybody();
    expect((await mails()).filter(({ subject }) => subject.endsWith("are late"))).toHaveLength(2);
  });

  test("nobody whose reports went out, and nobody long before the end", async () => {
    await secondPeriod({ end: addDays(today(), 8) });
    const before = await mails();
    await everybody();
    expect(await mails()).toEqual(before);
    const reportId = await prepare(await secondPeriod({ end: addDays(today(), 3) }));
    await write(reportId);
    expect(await issue(reportId)).toEqual([]);
    await everybody();
    const reminded = (await mails()).filter(({ subject }) => subject.includes("due soon"));
    expect(reminded.map(({ to }) => to)).toEqual(["movedteacher@example.org"]);
  });
});
