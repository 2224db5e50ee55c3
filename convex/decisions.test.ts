/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays } from "./domain/calendar/calendarDate";
import { PROGRESS_DEFAULTS } from "./domain/progress/rules";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  // The world's own point lies above the line.
  await app.run((ctx) => ctx.db.patch("progressData", world.own.record.pointId, { voided: true }));
});

/** Of two months, twice a week, far below the aim line that leads from 40 to 80 %. */
async function logBelow(correct: number, days: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const ago of days) {
    const { pointId } = await as(app, "caseManager").mutation(api.progress.logPoint, {
      goalId: world.own.record.goalId,
      measurement: { kind: "trials", correct, total: 10 },
      settingType: "other",
      recordedDate: addDays(today(), -ago),
      clientMutationId: `below-${String(ago)}-${String(correct)}`,
    });
    ids.push(pointId);
  }
  return ids;
}

/** The phase of the world began 60 days ago, the baseline two months. */
const WEEKS = [50, 43, 36, 29, 22, 15, 8, 0];
const goal = () => ({ goalId: world.own.record.goalId });
const open = () => as(app, "caseManager").query(api.decisions.listOpenDecisions, {});
const list = (actor: "caseManager" | "guardian" = "caseManager") =>
  as(app, actor).query(api.decisions.listDecisions, goal());
const decide = (
  seenPoints: string[],
  change: Partial<{
    choice: "continue" | "newPhase";
    clientMutationId: string;
    phaseName: string;
    phaseStart: string;
    reason: string;
  }> = {},
  actor: "caseManager" | "teamTeacher" = "caseManager",
) =>
  as(app, actor).mutation(api.decisions.decide, {
    ...{ ...goal(), choice: "continue", reason: "She was ill", clientMutationId: "one" },
    ...{ seenPoints, ...change },
  });

test("points below the aim line ask the case manager; the decision keeps its figures and is asked once", async () => {
  expect((await open()).students).toEqual([]);
  const ids = await logBelow(1, WEEKS);
  const [student] = (await open()).students;
  expect(student?.goals[0]?.firings).toMatchObject([{ rule: "fourPoint", advice: "change" }]);

  const newest = ids.slice(-1);
  await decide(newest);
  expect((await open()).students).toEqual([]);
  const { decisions } = await list();
  expect(decisions).toMatchObject([
    {
      ...{ choice: "continue", reason: "She was ill", decidedOn: today() },
      decidedByName: "caseManager Tester",
      figures: { points: 8, latest: { date: today(), value: 10 } },
    },
  ]);
  // What is frozen stays, whatever becomes of the data.
  for (const id of ids)
    await as(app, "caseManager").mutation(api.progress.voidPoint, {
      ...{ pointId: id as never, reason: "mistake" },
    });
  expect((await list()).decisions[0]?.figures).toEqual(decisions[0]?.figures);
});

test("the same request is one decision, and nothing is asked twice", async () => {
  const ids = await logBelow(1, WEEKS);
  const first = await decide(ids);
  expect(await decide(ids)).toBe(first);
  expect((await list()).decisions).toHaveLength(1);
  expect(await refusal(decide(ids, { clientMutationId: "two" }))).toEqual({
    ...{ code: "CONFLICT", reason: "nothingAsked" },
  });
});

test("a new phase is marked with the decision; the family sees both", async () => {
  const ids = await logBelow(1, WEEKS);
  const phase = { phaseName: "Small group", phaseStart: addDays(today(), 1) };
  await decide(ids, { choice: "newPhase", ...phase });
  const { goal: about } = await as(app, "guardian").query(api.progress.getGoalProgress, goal());
  expect(about.phases.map(({ name }) => name)).toContain("Small group");
  const seen = await list("guardian");
  expect(seen.decisions[0]?.choice).toBe("newPhase");
  expect(seen.canDecide).toBe(false);
});

test("a phase without a name, or on a day that has one, changes nothing", async () => {
  const ids = await logBelow(1, WEEKS);
  const bad = { choice: "newPhase", phaseName: " ", phaseStart: "soon", reason: "" } as const;
  expect(await refusal(decide(ids, bad))).toMatchObject({
    problems: [{ field: "reason" }, { field: "phaseName" }, { field: "phaseStart" }],
  });
  const taken = { choice: "newPhase", phaseName: "B", phaseStart: addDays(today(), -60) } as const;
  expect(await refusal(decide(ids, taken))).toMatchObject({
    problems: [{ field: "phaseStart", code: "duplicate" }],
  });
  expect((await list()).decisions).toEqual([]);
});

test("whoever has not seen the newest data decides nothing", async () => {
  const ids = await logBelow(1, WEEKS);
  const seen = ids.slice(-1);
  await logBelow(2, [0]);
  expect(await refusal(decide(seen))).toEqual({ code: "CONFLICT", reason: "newerData" });
});

test("a teacher of the team who is not responsible reads, and does not decide", async () => {
  const ids = await logBelow(1, WEEKS);
  expect(await refusal(decide(ids, {}, "teamTeacher"))).toEqual({ code: "FORBIDDEN" });
  const about = await as(app, "teamTeacher").query(api.decisions.listDecisions, goal());
  expect(about.canDecide).toBe(false);
});

test("the district chooses the rules", async () => {
  await logBelow(1, WEEKS);
  const organization = await app.run((ctx) =>
    ctx.db.get("organizations", world.own.organizationId),
  );
  if (organization === null) throw new Error("There is no district");
  const change = (progressSettings: typeof PROGRESS_DEFAULTS, expectedVersion: number) =>
    as(app, "districtAdmin").mutation(api.organizations.changeSettings, {
      settings: { ...organization.settings, progressSettings },
      expectedVersion,
    });
  const { settingsVersion } = organization;
  const unknown = await refusal(change({ ...PROGRESS_DEFAULTS, minPoints: 2 }, settingsVersion));
  expect(unknown).toMatchObject({ problems: [{ field: "progressSettings.minPoints" }] });
  await change({ ...PROGRESS_DEFAULTS, fourPoint: false }, settingsVersion);
  expect((await open()).students).toEqual([]);
  expect((await list()).settings.fourPoint).toBe(false);
});
