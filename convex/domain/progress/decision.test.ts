import { expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { checkDecision, effectOf } from "./decision";

const START = "2026-01-05";
const weekly = (values: readonly number[], from = 0) =>
  values.map((value, index) => ({ value, date: addDays(START, 7 * (from + index)) }));
const decision = { since: START, throughDate: addDays(START, 14) };

test("flat before and two a week after: two more a week, two less for a goal that goes down", () => {
  const points = [...weekly([5, 5, 5]), ...weekly([5, 7, 9], 3)];
  expect(effectOf(decision, points, { direction: "increase" }).gain).toBeCloseTo(2, 10);
  expect(effectOf(decision, points, { direction: "decrease" }).gain).toBeCloseTo(-2, 10);
});

test("two points after it say nothing yet", () => {
  const points = [...weekly([5, 5, 5]), ...weekly([5, 7], 3)];
  expect(effectOf(decision, points, { direction: "increase" })).toMatchObject({
    ...{ after: { status: "notEnoughData", have: 2 }, gain: null },
  });
});

test("data of an earlier phase are not in the trend before", () => {
  const points = [
    { date: "2025-12-01", value: 100 },
    ...weekly([5, 5, 5]),
    ...weekly([5, 7, 9], 3),
  ];
  expect(effectOf(decision, points, { direction: "increase" }).gain).toBeCloseTo(2, 10);
});

test("a decision has a reason; a new phase has a name and a first day", () => {
  expect(checkDecision({ choice: "continue", reason: "Ill for two weeks" })).toEqual([]);
  expect(checkDecision({ choice: "continue", reason: " " })).toHaveLength(1);
  expect(checkDecision({ choice: "newPhase", reason: "Slow" }).map(({ field }) => field)).toEqual([
    ...["phaseName", "phaseStart"],
  ]);
});
