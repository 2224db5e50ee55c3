import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { type DatedValue, median, ordinaryLeastSquares, theilSen } from "./trend";

/** Observations a week apart each, so that x counts weeks. */
const weekly = (values: readonly number[], weeks = values.map((_, index) => index)): DatedValue[] =>
  values.map((value, index) => ({
    value,
    date: addDays("2026-01-05", 7 * (weeks[index] ?? 0)),
  }));

const computed = (trend: ReturnType<typeof theilSen>) => {
  if (trend.status !== "computed") throw new Error("There is no trend");
  return trend;
};

describe("published and hand-computed figures", () => {
  test("statpsych's example of Theil and Sen: 0.5, with tied x left out", () => {
    const y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19];
    const x = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51];
    expect(computed(theilSen(weekly(y, x))).slopePerWeek).toBeCloseTo(0.5, 12);
  });

  test("five points: least squares 1.9 and -1.7 at week 0, Theil and Sen 1.75", () => {
    const points = weekly([1, 2, 3, 5, 9], [1, 2, 3, 4, 5]);
    const line = computed(ordinaryLeastSquares(points));
    expect(line.slopePerWeek).toBeCloseTo(1.9, 12);
    // The line begins at the first point, a week after week 0.
    expect(line.intercept).toBeCloseTo(-1.7 + 1.9, 12);
    expect(computed(theilSen(points)).slopePerWeek).toBeCloseTo(1.75, 12);
  });

  test.each([
    [[55, 58, 52], 55],
    [[56, 58, 53, 57], 56.5],
    [[87, 81, 80, 89, 90, 82], 84.5],
    [[80, 81, 82, 88, 89, 90], 85],
  ])("the median of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

test("weeks are days by seven: three points in two days have a steep line", () => {
  const points = [0, 1, 2].map((day) => ({ date: addDays("2026-01-05", day), value: day }));
  expect(computed(ordinaryLeastSquares(points)).slopePerWeek).toBeCloseTo(7, 12);
});

test("fewer than three points, or all on one day, are not enough", () => {
  expect(ordinaryLeastSquares(weekly([1, 2]))).toEqual({
    ...{ status: "notEnoughData", needed: 3, have: 2 },
  });
  const oneDay = [1, 2, 3].map((value) => ({ value, date: "2026-01-05" }));
  expect(theilSen(oneDay).status).toBe("notEnoughData");
  expect(ordinaryLeastSquares([]).status).toBe("notEnoughData");
});

const series = fc
  .uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 3, maxLength: 30 })
  .chain((days) =>
    fc.tuple(
      ...days.map((day) =>
        fc
          .integer({ min: -1000, max: 1000 })
          .map((value) => ({ value, date: addDays("2026-01-05", day) })),
      ),
    ),
  );

test.each([
  ["least squares", ordinaryLeastSquares],
  ["Theil and Sen", theilSen],
])(
  "%s: the order of entry is nothing, a straight line is found, twice the values twice the slope",
  (_name, trend) => {
    fc.assert(
      fc.property(series, (points) => {
        const { slopePerWeek, intercept } = computed(trend(points));
        expect(computed(trend([...points].reverse()))).toMatchObject({ slopePerWeek, intercept });
        const doubled = points.map(({ date, value }) => ({ date, value: 2 * value }));
        expect(computed(trend(doubled)).slopePerWeek).toBeCloseTo(2 * slopePerWeek, 6);
      }),
    );
    fc.assert(
      fc.property(series, fc.integer({ min: -50, max: 50 }), (points, slope) => {
        const line = points.map(({ date }) => ({
          date,
          value: 3 + slope * ((Date.parse(date) - Date.parse("2026-01-05")) / (7 * 86_400_000)),
        }));
        expect(computed(trend(line)).slopePerWeek).toBeCloseTo(slope, 6);
      }),
    );
  },
);
