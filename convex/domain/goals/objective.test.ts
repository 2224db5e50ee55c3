import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { checkMetOn, checkObjective, OBJECTIVE_STATUSES } from "./objective";

const goal = { baselineData: { date: "2026-09-01" }, targetCriteria: { timeframe: "2027-06-05" } };
const fine = { description: "Reads ten words", criterion: "8 of 10", by: "2027-01-15" };

test("a step between the baseline and the goal's day is fine; the last day is, the first is not", () => {
  expect(checkObjective(fine, goal)).toEqual([]);
  expect(checkObjective({ ...fine, by: "2027-06-05" }, goal)).toEqual([]);
  expect(checkObjective({ ...fine, by: "2026-09-02" }, goal)).toEqual([]);
  expect(checkObjective({ ...fine, by: "2026-09-01" }, goal)).toMatchObject([
    { field: "by", code: "mustBeAfter" },
  ]);
  expect(checkObjective({ ...fine, by: "2027-06-06" }, goal)).toMatchObject([
    { field: "by", code: "mustNotBeAfter" },
  ]);
});

test("only days strictly after the baseline and up to the goal's day", () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 700 }), (days) => {
      const by = addDays("2026-09-01", days);
      const inside = days > 0 && by <= "2027-06-05";
      return (checkObjective({ ...fine, by }, goal).length === 0) === inside;
    }),
  );
});

test("a day belongs to what is met, and to nothing else; never to the future", () => {
  for (const status of OBJECTIVE_STATUSES)
    expect(checkMetOn(status, undefined, "2026-11-28")).toHaveLength(status === "met" ? 1 : 0);
  expect(checkMetOn("met", "2026-11-28", "2026-11-28")).toEqual([]);
  expect(checkMetOn("met", "2026-11-29", "2026-11-28")).toMatchObject([{ code: "inFuture" }]);
  expect(checkMetOn("met", "2026-11-31", "2026-11-28")).toMatchObject([{ code: "notADate" }]);
  expect(checkMetOn("inProgress", "2026-11-28", "2026-11-28")).toHaveLength(1);
});
