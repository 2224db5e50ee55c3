import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { fitLine, forecast, lineInterval, slopeInterval, theilSenInterval } from "./bands";
import { studentCdf, studentQuantile } from "./distributions";
import type { DatedValue } from "./trend";

const START = "2026-01-05";
const weekly = (values: readonly number[], weeks = values.map((_, index) => index)): DatedValue[] =>
  values.map((value, index) => ({ value, date: addDays(START, 7 * (weeks[index] ?? 0)) }));

describe("Student's t", () => {
  // Any table of the distribution.
  test.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [10, 2.22814],
    [30, 2.04227],
  ])("97.5 %% with %d degrees of freedom is %d", (freedom, expected) => {
    expect(studentQuantile(0.975, freedom)).toBeCloseTo(expected, 4);
    expect(studentCdf(expected, freedom)).toBeCloseTo(0.975, 5);
  });

  test("is symmetric", () => {
    expect(studentCdf(-1.3, 7) + studentCdf(1.3, 7)).toBeCloseTo(1, 12);
    expect(studentCdf(0, 4)).toBeCloseTo(0.5, 12);
  });
});

describe("bands", () => {
  // x = 1..5, y = 1, 2, 3, 5, 9: line 1.9 x - 1.7, residuals 0.8, -0.1, -1, -0.9, 1.2; squares sum to 3.9, so that
  // s² = 1.3; Σ(x - 3)² = 10; t(97.5 %, 3) = 3.18245.
  const five = weekly([1, 2, 3, 5, 9], [1, 2, 3, 4, 5]);
  const fit = fitLine(five);
  if (fit === null) throw new Error("There is no line");

  test("of the slope: 1.9 ± 3.18245 √(1.3 / 10)", () => {
    const half = 3.18245 * Math.sqrt(0.13);
    expect(slopeInterval(fit).low).toBeCloseTo(1.9 - half, 4);
    expect(slopeInterval(fit).high).toBeCloseTo(1.9 + half, 4);
  });

  test("of the line in its middle: 4 ± 3.18245 √(1.3 / 5); wider at its end", () => {
    const half = 3.18245 * Math.sqrt(1.3 / 5);
    const middle = lineInterval(fit, addDays(START, 21));
    expect(middle.low).toBeCloseTo(4 - half, 4);
    expect(middle.high).toBeCloseTo(4 + half, 4);
    const end = lineInterval(fit, addDays(START, 35));
    expect(end.high - end.low).toBeGreaterThan(middle.high - middle.low);
  });

  test("statpsych's published interval of Theil and Sen: 0.3243243 to 0.75", () => {
    const y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19];
    const x = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51];
    const interval = theilSenInterval(weekly(y, x));
    expect(interval?.low).toBeCloseTo(0.3243243, 7);
    expect(interval?.high).toBeCloseTo(0.75, 12);
  });

  test("three points have a line and no band", () => {
    expect(fitLine(weekly([1, 3, 2]))).toBeNull();
    expect(theilSenInterval(weekly([1, 3, 2]))).toBeNull();
  });
});

describe("the forecast", () => {
  const goal = (target: number, direction: "increase" | "decrease" = "increase") => ({
    targetCriteria: { timeframe: addDays(START, 7 * 20), target },
    measurement: { direction },
  });
  const minimum = { points: 4, weeks: 6 };

  test("is even where the line ends at the target", () => {
    const points = weekly([1, 2, 3, 5, 9], [1, 3, 5, 7, 9]);
    const fit = fitLine(points);
    if (fit === null) throw new Error("There is no line");
    const end = fit.trend.intercept + fit.trend.slopePerWeek * 19;
    const result = forecast(points, goal(end), minimum);
    expect(result).toMatchObject({ status: "computed", words: "uncertain" });
    if (result.status === "computed") expect(result.probability).toBeCloseTo(0.5, 9);
  });

  test("waits for the fourth point and for week 6", () => {
    expect(forecast(weekly([1, 2, 3], [0, 4, 8]), goal(9), minimum)).toMatchObject({
      status: "notEnoughData",
      have: { points: 3, weeks: 8 },
    });
    expect(forecast(weekly([1, 2, 3, 4]), goal(9), minimum)).toMatchObject({
      status: "notEnoughData",
      have: { points: 4, weeks: 3 },
    });
    expect(forecast([], goal(9), minimum).status).toBe("notEnoughData");
  });

  test("without scatter is certain, and turned round for a goal that goes down", () => {
    const falling = weekly([9, 8, 7, 6], [0, 2, 4, 6]);
    expect(forecast(falling, goal(2, "decrease"), minimum)).toMatchObject({ probability: 1 });
    expect(forecast(falling, goal(2, "increase"), minimum)).toMatchObject({ probability: 0 });
  });

  test("a higher target is never likelier", () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 7, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.nat(60), fc.nat(40), (ys, target, more) => {
        const low = forecast(weekly(ys), goal(target), minimum);
        const high = forecast(weekly(ys), goal(target + more), minimum);
        if (low.status !== "computed" || high.status !== "computed") throw new Error("No forecast");
        expect(high.probability).toBeLessThanOrEqual(low.probability + 1e-9);
        expect(low.probability).toBeGreaterThanOrEqual(0);
        expect(low.probability).toBeLessThanOrEqual(1);
      }),
    );
  });
});
