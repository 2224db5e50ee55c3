/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api } from "./_generated/api";
import { addDays } from "./domain/calendar/calendarDate";
import { judgedPoints, judgeGoal } from "./domain/progress/judgement";
import { PROGRESS_DEFAULTS } from "./domain/progress/rules";
import { plansIn } from "./testing/plans.helpers";
import { as } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => vi.useRealTimers());

const manager = () => as(app, "caseManager");
const goalId = () => world.own.record.goalId;
let logged = 0;
const log = (correct: number, daysAgo: number) =>
  manager().mutation(api.progress.logPoint, {
    ...{ goalId: goalId(), recordedDate: addDays(today(), -daysAgo), settingType: "other" },
    measurement: { kind: "trials", correct, total: 10 },
    clientMutationId: `judged-${String((logged += 1))}`,
  });
/** 10 % for seven weeks: far behind the aim line, which leads from 40 to 80 %. */
async function fallBehind() {
  await manager().mutation(api.progress.voidPoint, {
    ...{ pointId: world.own.record.pointId, reason: "wrong child" },
  });
  for (const ago of [50, 43, 36, 29, 22, 15, 8]) await log(1, ago);
  return (await log(1, 0)).pointId;
}

/** What the goal page shows: computed in the browser, from what it loads. */
async function onThePage() {
  const { goal, progressData } = await manager().query(api.progress.getGoalProgress, {
    goalId: goalId(),
  });
  const { decisions, settings } = await manager().query(api.decisions.listDecisions, {
    goalId: goalId(),
  });
  const points = judgedPoints(
    goal.measurement.kind,
    progressData.map(({ _id, recordedDate, measurementValue }) => ({
      ...{ id: String(_id), date: recordedDate, value: measurementValue },
    })),
  );
  const [newest] = decisions;
  return judgeGoal(points, goal, {
    ...{ settings, asOf: today() },
    decided:
      newest === undefined ? null : { date: newest.throughDate, pointIds: newest.throughPoints },
  });
}
/** What the dashboard has of the goal; null where it is not counted. */
async function onTheDashboard(id = goalId()) {
  const { students } = await manager().query(api.dashboards.getCaseload, {});
  const goals = students.flatMap((student) => student.goals);
  return goals.find((goal) => goal.goalId === id) ?? null;
}
/** How the goal stands; the page, the dashboard and the family's list agree on it. */
async function standing() {
  const page = await onThePage();
  const row = await onTheDashboard();
  const family = await as(app, "guardian").query(api.goals.listFamilyGoals, {});
  expect(row?.standing).toBe(page.standing);
  expect(row?.asks?.rule).toBe(page.firings[0]?.rule);
  expect(family.students[0]?.goals[0]?.live?.standing).toBe(page.standing);
  const open = await manager().query(api.decisions.listOpenDecisions, {});
  const asked = open.students.flatMap(({ goals }) => goals.flatMap(({ firings }) => firings));
  expect(asked).toEqual(page.firings);
  return page.standing;
}

test("goal page, dashboard, family, decisions and report say the same, whatever is logged", async () => {
  const period = { name: "Now", start: addDays(today(), -30), end: addDays(today(), 30) };
  await app.run(async (ctx) => {
    const row = await ctx.db.get("organizations", world.own.organizationId);
    if (row === null) throw new Error("No district");
    const settings = { ...row.settings, reportingPeriods: [period] };
    await ctx.db.patch("organizations", row._id, { settings });
  });
  const { studentId } = world.own.record;
  const reportId = await manager().mutation(api.reports.prepareReport, {
    ...{ studentId, periodStart: period.start, clientMutationId: "begin" },
  });
  const seen = new Set<string>();
  // The same on every run: no luck is needed to see several answers.
  let random = 7;
  const next = (below: number) => (random = (random * 75 + 74) % 65_537) % below;
  for (const most of [3, 11, 5, 11]) {
    for (let count = 0; count < 6; count++) await log(next(most), next(56));
    seen.add(await standing());
    const report = await manager().query(api.reports.getReport, { studentId, reportId });
    const page = await onThePage();
    expect(report.draft?.goals[0]?.forecast).toEqual(page.forecast);
    expect(report.draft?.goals[0]?.slopePerWeek).toBe(
      page.leastSquares.status === "computed" ? page.leastSquares.slopePerWeek : null,
    );
  }
  expect(seen.size).toBeGreaterThan(1);
});

describe("how a goal stands follows in the same transaction", () => {
  test("a phase that is marked, and one that is removed", async () => {
    await fallBehind();
    expect(await standing()).toBe("offTrack");
    await manager().mutation(api.goals.addPhase, {
      ...{ goalId: goalId(), name: "Small group", startDate: addDays(today(), -5) },
    });
    expect(await standing()).toBe("unknown");
    const { goal } = await manager().query(api.progress.getGoalProgress, { goalId: goalId() });
    const added = goal.phases.find(({ name }) => name === "Small group");
    if (added === undefined) throw new Error("No phase");
    await manager().mutation(api.goals.removePhase, { goalId: goalId(), phaseId: added._id });
    expect(await standing()).toBe("offTrack");
  });

  test("a decision: the team has answered, and watches", async () => {
    const newest = await fallBehind();
    expect(await onTheDashboard()).toMatchObject({ asks: { rule: "fourPoint" } });
    await manager().mutation(api.decisions.decide, {
      ...{ goalId: goalId(), choice: "continue", reason: "She was ill", seenPoints: [newest] },
      clientMutationId: "decide",
    });
    expect(await standing()).toBe("watch");
  });

  test("settings: all goals of the district are judged anew", async () => {
    await fallBehind();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { settings, settingsVersion } = await as(app, "districtAdmin").query(
      api.organizations.getOrganization,
      {},
    );
    if (settings === null) throw new Error("No settings");
    await as(app, "districtAdmin").mutation(api.organizations.changeSettings, {
      settings: {
        ...settings,
        progressSettings: { ...PROGRESS_DEFAULTS, fourPoint: false, trend: false },
      },
      expectedVersion: settingsVersion,
    });
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    vi.useRealTimers();
    expect(await standing()).toBe("watch");
  });

  test("an import, and its being taken back", async () => {
    await fallBehind();
    const rows = [7, 6, 5, 4, 3, 2, 1].map((ago, index) => ({
      ...{ row: index + 2, recordedDate: addDays(today(), -ago), importKey: `#${String(ago)}` },
      measurement: { kind: "trials" as const, correct: 9, total: 10 },
    }));
    const { importRunId } = await manager().mutation(api.imports.importObservations, {
      ...{ fileName: "data.csv", fileHash: "aa", clientMutationId: "import" },
      goals: [{ goalId: goalId(), points: rows, phases: [] }],
    });
    expect(await standing()).toBe("onTrack");
    await manager().mutation(api.imports.undoImport, { importRunId });
    expect(await standing()).toBe("offTrack");
  });

  test("an amendment that is activated brings its baseline, target and date along", async () => {
    const plans = plansIn(app, world);
    for (const ago of [3, 2, 1]) await log(5, ago);
    expect(await standing()).toBe("onTrack");
    const amendmentId = await manager().mutation(api.versions.openAmendment, {
      ...{ iepId: world.own.record.iepId, withMeeting: true, reason: "A higher goal" },
      ...{ agreedWith: "", agreedOn: "", clientMutationId: "amend" },
    });
    const plan = await manager().query(api.ieps.getIEPWithGoals, { iepId: amendmentId });
    const [copy] = plan.goals;
    if (copy === undefined) throw new Error("The goal was not copied");
    await plans.inDb(async (db) => {
      const { baselineData, targetCriteria } = await db.require("goals", copy._id);
      await db.patch("goals", copy._id, {
        baselineData: { ...baselineData, value: 70 },
        targetCriteria: { ...targetCriteria, target: 100 },
      });
    });
    await plans.move("in_review", amendmentId);
    await plans.move("ready_to_sign", amendmentId);
    await plans.move("active", amendmentId);
    expect(await standing()).toBe("watch");
  });

  test("a new plan that is activated takes the goals of the former one out", async () => {
    const { draftGoalId } = world.own.record;
    expect(await onTheDashboard(draftGoalId)).toBe(null);
    const plans = plansIn(app, world);
    await plans.finalize();
    await plans.move("active");
    expect(await onTheDashboard(draftGoalId)).toMatchObject({ standing: "unknown" });
    expect(await onTheDashboard()).toBe(null);
  });
});
