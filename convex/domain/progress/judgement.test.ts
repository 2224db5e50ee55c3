import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { judgedPoints, judgeGoal, verdictOf } from "./judgement";
import { JUDGED_POINTS } from "./trend";
import { PROGRESS_DEFAULTS } from "./rules";
import type { MeasurementKind } from "./shape";
import { goalState } from "./standing";

const START = "2025-09-01";

const entries = fc
  .array(fc.record({ gap: fc.integer({ min: 0, max: 6 }), value: fc.nat(100) }), {
    maxLength: 2 * JUDGED_POINTS,
  })
  .map((steps) => {
    let day = 1;
    return steps.map(({ gap, value }, index) => {
      day += gap;
      return { id: `p${String(index)}`, date: addDays(START, day), value };
    });
  });
const goals = fc.record({
  baselineData: fc.record({ date: fc.constant(START), value: fc.nat(100) }),
  targetCriteria: fc.record({
    timeframe: fc.integer({ min: 30, max: 700 }).map((days) => addDays(START, days)),
    target: fc.nat(100),
  }),
  measurement: fc.record({ direction: fc.constantFrom("increase", "decrease", "maintain") }),
  phases: fc.array(
    fc.integer({ min: -20, max: 500 }).map((days) => ({
      name: `Phase ${String(days)}`,
      startDate: addDays(START, days),
    })),
    { maxLength: 4 },
  ),
});
const settings = fc.record({
  ...Object.fromEntries(
    Object.entries(PROGRESS_DEFAULTS).map(([name, value]) => [name, fc.constant(value)]),
  ),
  fourPoint: fc.boolean(),
  threePoint: fc.boolean(),
  trend: fc.boolean(),
  likelihoodPoints: fc.integer({ min: 4, max: 12 }),
  likelihoodWeeks: fc.integer({ min: 2, max: 12 }),
}) as fc.Arbitrary<typeof PROGRESS_DEFAULTS>;
const kinds = fc.constantFrom<MeasurementKind>("count", "abc");

test("whoever loads a year, two hundred entries or one more judges the same", () => {
  fc.assert(
    fc.property(
      ...([entries, goals, settings, kinds, fc.nat(60)] as const),
      (all, goal, chosen, kind, days) => {
        const judging = {
          ...{ settings: chosen, decided: null },
          asOf: addDays(all.at(-1)?.date ?? START, days),
        };
        // The goal page has up to 2,000 of them, decisions, reports and dashboards 201.
        const page = judgeGoal(judgedPoints(kind, all), goal, judging);
        const kept = judgedPoints(kind, all.slice(-JUDGED_POINTS - 1));
        const decision = judgeGoal(kept, goal, judging);
        expect(decision).toEqual(page);
        const report = verdictOf(kept, goal, judging);
        expect(page).toMatchObject(report);
        const row = goalState(kept, goal, judging);
        expect(row.standing).toBe(page.standing);
        expect(row.asks?.rule).toBe(page.firings[0]?.rule);
        // A forecast that says no is never a goal on track, and one that says yes never one off track without a rule.
        if (page.forecast.expected === "no") expect(row.standing).not.toBe("onTrack");
        if (page.forecast.expected === "yes" && row.asks === null)
          expect(row.standing).not.toBe("offTrack");
      },
    ),
  );
});

test("a day of events that was loaded in part has no sum", () => {
  const events = Array.from({ length: JUDGED_POINTS + 5 }, (_, index) => ({
    ...{ id: String(index), value: 1 },
    date: addDays(START, Math.floor(index / 10)),
  }));
  // 205 events, ten a day: of the first five of the newest 200, five are missing.
  const points = judgedPoints("abc", events);
  expect(points[0]).toMatchObject({ date: addDays(START, 1), value: 10 });
  expect(points.at(-1)).toMatchObject({ date: addDays(START, 20), value: 5 });
  expect(judgedPoints("count", events)).toHaveLength(JUDGED_POINTS);
});

test("a series in another order of loading, or with what came later, is judged the same", () => {
  fc.assert(
    fc.property(entries, goals, (all, goal) => {
      const points = judgedPoints("count", all);
      const asOf = points.at(-1)?.date ?? START;
      const judging = { settings: PROGRESS_DEFAULTS, decided: null, asOf };
      const later = { id: "later", date: addDays(asOf, 1), value: 0 };
      expect(judgeGoal([...points, later], goal, judging)).toEqual(
        judgeGoal(points, goal, judging),
      );
    }),
  );
});

test("another date of the goal alone changes what is asked of the data, not the data", () => {
  // One more each week, for twenty weeks, on the way from 10 to 45.
  const points = Array.from({ length: 20 }, (_, week) => ({
    ...{ id: `p${String(week)}`, date: addDays(START, 7 * (week + 1)) },
    // A little scatter, else the line would be certain.
    value: 10 + week + 1 + (week % 2),
  }));
  const judged = (weeks: number) =>
    judgeGoal(
      points,
      {
        baselineData: { date: START, value: 10 },
        targetCriteria: { timeframe: addDays(START, 7 * weeks), target: 45 },
        ...{ measurement: { direction: "increase" }, phases: [] },
      },
      {
        settings: PROGRESS_DEFAULTS,
        ...{ decided: null, asOf: addDays(START, 141) },
      },
    );
  const [near, far] = [judged(30), judged(38)];
  expect(near.leastSquares).toEqual(far.leastSquares);
  // 35 in 30 weeks is faster than one a week; 35 in 38 weeks is not.
  expect([near.forecast.expected, near.standing]).toEqual(["no", "offTrack"]);
  expect([far.forecast.expected, far.standing]).toEqual(["yes", "onTrack"]);
  expect([near.forecast.by, far.forecast.by]).toEqual([addDays(START, 210), addDays(START, 266)]);
});
