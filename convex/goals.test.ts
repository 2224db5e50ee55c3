/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { TenantWriter } from "./access/tenantDb";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { insertPoint } from "./model/progress";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
const record = () => world.own.record;
const teacher = () => as(app, "caseManager");
const write = <T>(run: (db: TenantWriter) => Promise<T>) =>
  app.run((ctx) => run(new TenantWriter(ctx.db, world.own.organizationId)));
/** Percent of ten trials on these days ago, of one goal. */
const log = (goalId: Id<"goals">, ...entries: [daysAgo: number, correct: number][]) =>
  write(async (db) => {
    const goal = await db.require("goals", goalId);
    const ids: Id<"progressData">[] = [];
    for (const [daysAgo, correct] of entries)
      ids.push(
        await insertPoint(
          db,
          goal,
          {
            recordedDate: addDays(today(), -daysAgo),
            measurement: { kind: "trials", correct, total: 10 },
            settingType: "other",
          },
          {
            ...{ recordedBy: world.users.caseManager, sequence: 9 - daysAgo, loggedAt: 5 },
            clientMutationId: `${goalId}-${String(daysAgo)}`,
          },
        ),
      );
    return ids;
  });
const input = (baselineData: { value: number; date: string; pointIds?: Id<"progressData">[] }) => ({
  ...{ domain: "academic" as const, description: "Reads words", evaluationMethod: "Probes" },
  frequency: "Weekly",
  baselineData: { measurement: "words", context: "", ...baselineData },
  targetCriteria: {
    ...{ measurement: "words", target: 90, timeframe: addMonths(today(), 6) },
    ...{ accuracy: "", conditions: "" },
  },
  measurement: { kind: "trials" as const, direction: "increase" as const, unit: "words" },
});
const create = (goal: ReturnType<typeof input>) =>
  teacher().mutation(api.goals.createGoal, {
    ...{ iepId: record().draftId, responsibleProviderId: world.users.caseManager, goal },
    ...{ selfMonitored: false, clientMutationId: "new" },
  });

describe("a baseline from data", () => {
  test("is offered from the goals that have some, newest points last", async () => {
    await log(record().goalId, [3, 4], [2, 7]);
    const sources = await teacher().query(api.goals.listBaselineSources, {
      iepId: record().draftId,
    });
    expect(sources).toHaveLength(1);
    expect(sources[0]?.points.map(({ value }) => value)).toEqual([40, 70, 50]);
  });

  test("is the median of its points, on the day of the last one, and names them", async () => {
    const pointIds = await log(record().goalId, [4, 4], [3, 7], [2, 6]);
    const goalId = await create(input({ ...{ value: 60, date: addDays(today(), -2) }, pointIds }));
    const goal = await teacher().query(api.goals.getGoal, { goalId });
    expect(goal.baselineData).toMatchObject({ value: 60, pointIds });
  });

  test("that is not what its points say is refused: value, day, somebody else's, another unit", async () => {
    const pointIds = await log(record().goalId, [4, 4], [3, 7], [2, 6]);
    const date = addDays(today(), -2);
    expect(await refusal(create(input({ value: 61, date, pointIds })))).toMatchObject({
      problems: [{ field: "baselineData.value", code: "notTheSame" }],
    });
    expect(await refusal(create(input({ value: 60, date: today(), pointIds })))).toMatchObject({
      problems: [{ field: "baselineData.date", code: "notTheSame" }],
    });
    const sisters = await log(world.own.sisterRecord.goalId, [2, 6]);
    expect(await refusal(create(input({ value: 60, date, pointIds: sisters })))).toMatchObject({
      code: "NOT_FOUND",
    });
    const other = input({ value: 60, date, pointIds });
    expect(
      await refusal(create({ ...other, measurement: { ...other.measurement, unit: "sums" } })),
    ).toMatchObject({ problems: [{ code: "wrongKind" }] });
    await write((db) =>
      db.patch("progressData", pointIds[0] ?? record().pointId, { voided: true }),
    );
    expect(await refusal(create(input({ value: 60, date, pointIds })))).toMatchObject({
      problems: [{ code: "notTheSame" }],
    });
  });
});

describe("a goal's life", () => {
  test("of one year is that year; a goal of the next one with its lineage joins it, a stranger does not", async () => {
    const life = () => teacher().query(api.goals.getGoalLife, { goalId: record().draftGoalId });
    expect(await life()).toHaveLength(1);
    await write((db) => db.patch("goals", record().draftGoalId, { lineage: record().goalId }));
    expect((await life()).map(({ goalId, points }) => [goalId, points.length])).toEqual([
      [record().goalId, 1],
      [record().draftGoalId, 0],
    ]);
    const guardian = await as(app, "guardian").query(api.goals.getGoalLife, {
      goalId: record().goalId,
    });
    // The draft is not theirs yet.
    expect(guardian.map(({ goalId }) => goalId)).toEqual([record().goalId]);
  });
});

test("a criterion is kept with the goal, and one that cannot be is refused", async () => {
  const criterion = {
    ...{ comparator: "atLeast" as const, level: 80, met: 4, outOf: 5, of: "sessions" as const },
    ...{ window: "last" as const, consecutive: false, alsoWithinTrials: true },
  };
  const goal = { ...input({ value: 40, date: today() }), criterion };
  const goalId = await create(goal);
  expect((await teacher().query(api.goals.getGoal, { goalId })).criterion).toEqual(criterion);
  const edit = (changed: object) =>
    teacher().mutation(api.goals.editGoal, {
      ...{ goalId, responsibleProviderId: world.users.caseManager, selfMonitored: false },
      ...{ goal: { ...goal, ...changed }, expectedVersion: 1 },
    });
  expect(await refusal(edit({ criterion: { ...criterion, met: 6 } }))).toMatchObject({
    problems: [{ field: "criterion.met", code: "moreThanTotal" }],
  });
  const percent = { ...goal.measurement, kind: "percent" as const };
  expect(await refusal(edit({ measurement: percent }))).toMatchObject({
    problems: [{ field: "criterion.alsoWithinTrials", code: "wrongKind" }],
  });
  const { criterion: _gone, ...without } = goal;
  await teacher().mutation(api.goals.editGoal, {
    ...{ goalId, responsibleProviderId: world.users.caseManager, selfMonitored: false },
    ...{ goal: without, expectedVersion: 1 },
  });
  expect((await teacher().query(api.goals.getGoal, { goalId })).criterion).toBeUndefined();
});
