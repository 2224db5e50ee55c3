import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { fitLine, lineInterval, slopeInterval, theilSenInterval } from "./bands";
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
