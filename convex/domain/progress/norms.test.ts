import { describe, expect, test } from "vitest";
import { neededRateOfImprovement } from "./aimLine";
import { celeration, celerationBetween } from "./celeration";
import { fluencyNorms, goalFromRate } from "./norms";

test("IRIS Center, Louisa: 55 + 0.90 x 32 = 83.8 words", () => {
  expect(goalFromRate(55, 0.9, 32)).toBeCloseTo(83.8, 10);
});

test("AIMSweb: (92 - 58) / 15 weeks = 2.27 words a week", () => {
  const aim = { baselineDate: "2026-01-05", targetDate: "2026-04-20" };
  expect(neededRateOfImprovement({ ...aim, baselineValue: 58, targetValue: 92 })).toBeCloseTo(
    ...([2.27, 2] as const),
  );
});

describe("Hasbrouck and Tindal (2017): weekly improvement", () => {
  /** As printed, by grade; `null` where the printed figure disagrees with the formula that is printed with it. */
  const printed = {
    50: [1.9, 1.6, 0.9, 1.2, 0.8, null],
    25: [1.1, 1.1, 1.0, 0.9, 1.0, 0.3],
    10: [null, 0.6, 0.7, 0.7, null, 0.1],
  } as const;
  test("agrees with the printed figures", () => {
    for (const [percentile, weekly] of Object.entries(printed))
      weekly.forEach((expected, index) => {
        const norm = fluencyNorms(String(index + 1))?.find(
          (candidate) => String(candidate.percentile) === percentile,
        );
        if (expected !== null)
          expect(Math.abs((norm?.weekly ?? 0) - expected), `${percentile}, ${String(index + 1)}`)
            // Printed with one digit.
            .toBeLessThanOrEqual(0.0501);
      });
  });

  test("except three, where the formula is what we show", () => {
    const weekly = (grade: string, percentile: number) =>
      fluencyNorms(grade)?.find((norm) => norm.percentile === percentile)?.weekly;
    // Printed 0.3.
    expect(weekly("6", 50)).toBeCloseTo(0.4375, 10);
    // Printed 1.9.
    expect(weekly("5", 10)).toBeCloseTo(1.1875, 10);
    // Printed 0.5.
    expect(weekly("1", 10)).toBeCloseTo(0.5625, 10);
  });

  test("knows six grades", () => {
    expect(fluencyNorms("K")).toBeNull();
    expect(fluencyNorms("7")).toBeNull();
    expect(fluencyNorms("1")?.[0]).toMatchObject({ fall: null, winter: 29, spring: 60 });
  });
});

describe("celeration", () => {
  test("10 to 25 a minute in 4 weeks is x 1.257 a week", () => {
    expect(celerationBetween(10, 25, 4)).toBeCloseTo(1.257, 3);
  });

  test("doubling every week is x 2, whatever zeros lie between", () => {
    const points = [
      { date: "2026-01-05", value: 1 },
      { date: "2026-01-12", value: 2 },
      { date: "2026-01-15", value: 0 },
      { date: "2026-01-19", value: 4 },
    ];
    expect(celeration(points).factor).toBeCloseTo(2, 10);
    expect(celeration(points).zeros).toBe(1);
    expect(celeration(points.slice(0, 2)).factor).toBeNull();
  });
});
