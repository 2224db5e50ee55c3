import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agreementsOf,
  checkObserved,
  type Observed,
  strictest,
  summarizeAgreement,
} from "./agreement";

describe("the examples of Reed and Azulay (2011)", () => {
  test("figure 1: 15 intervals, five responses each, hardly any of them the same", () => {
    const first = [1, 1, 1, 2, ...Array<number>(11).fill(0)];
    const second = [0, 0, 0, 1, ...Array<number>(10).fill(0), 4];
    const figures = agreementsOf({ kind: "counts", first, second });
    expect(figures.totalCount).toBe(100);
    // 0 in the first three and the last, 50 % in the fourth, 100 % in ten: 10.5 / 15.
    expect(figures.meanCountPerInterval).toBeCloseTo(70, 10);
    expect(figures.exactCountPerInterval).toBeCloseTo((100 * 10) / 15, 10);
    expect(strictest(figures)).toBeCloseTo(66.67, 2);
  });

  test("figure 2: 7 intervals, disagreement in the first and the last", () => {
    const figures = agreementsOf({
      kind: "intervals",
      first: [true, false, false, false, true, true, false],
      second: [false, false, false, false, true, true, true],
    });
    expect(figures.intervalByInterval).toBeCloseTo(71.4, 1);
    expect(figures.scoredInterval).toBe(50);
    // Without the fifth and the sixth: 3 of 5.
    expect(figures.unscoredInterval).toBe(60);
  });

  test("figure 3: of four occurrences 99.7, 2.3, 69.2 and 92.7 %: 66 % in the mean", () => {
    const first = [1000, 23, 692, 927];
    const second = [997, 1000, 1000, 1000];
    const figures = agreementsOf({ kind: "durations", first, second });
    expect(figures.meanDurationPerOccurrence).toBeCloseTo(65.975, 10);
    expect(figures.totalDuration).toBeCloseTo((100 * 2642) / 3997, 10);
  });
});

test("trial by trial: 8 of 10", () => {
  const first = [true, true, false, true, false, true, true, true, false, true];
  const second = [true, true, true, true, false, true, false, true, false, true];
  expect(agreementsOf({ kind: "trials", first, second })).toEqual({ trialByTrial: 80 });
});

test("two totals: the smaller by the larger; nothing and nothing agree", () => {
  expect(agreementsOf({ kind: "total", first: 8, second: 10 }).totalCount).toBe(80);
  expect(agreementsOf({ kind: "total", first: 0, second: 0 }).totalCount).toBe(100);
  expect(agreementsOf({ kind: "total", first: 0, second: 3 }).totalCount).toBe(0);
});

test("where no interval is left to compare, there is no figure", () => {
  const figures = agreementsOf({ kind: "intervals", first: [false], second: [false] });
  expect(figures).toEqual({ intervalByInterval: 100, scoredInterval: null, unscoredInterval: 100 });
  expect(strictest({})).toBeNull();
});

const marks = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 40 }).map(
  (pairs): Observed => ({
    ...{ kind: "intervals", first: pairs.map(([a]) => a), second: pairs.map(([, b]) => b) },
  }),
);
const counts = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 40 }).map(
  (pairs): Observed => ({
    ...{ kind: "counts", first: pairs.map(([a]) => a), second: pairs.map(([, b]) => b) },
  }),
);

test("it does not matter who is called first; all lie between 0 and 100; exact is the strictest", () => {
  fc.assert(
    fc.property(fc.oneof(marks, counts), (observed) => {
      const { first, second } = observed;
      const turned = { ...observed, first: second, second: first } as Observed;
      const figures = agreementsOf(observed);
      expect(agreementsOf(turned)).toEqual(figures);
      for (const figure of Object.values(figures))
        if (figure !== null) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(100);
        }
      if (observed.kind === "counts")
        expect(figures.exactCountPerInterval).toBeLessThanOrEqual(
          (figures.meanCountPerInterval ?? 0) + 1e-9,
        );
    }),
  );
});

test("records of different length, or none, are refused", () => {
  expect(checkObserved({ kind: "trials", first: [true], second: [] })).toHaveLength(1);
  expect(checkObserved({ kind: "counts", first: [], second: [] })).toHaveLength(1);
  expect(checkObserved({ kind: "counts", first: [1], second: [-1] })).toEqual([
    { field: "observed.second", code: "negative" },
  ]);
  expect(checkObserved({ kind: "total", first: 1, second: 2 })).toEqual([]);
});

test("the convention: 80 % and a fifth of the sessions", () => {
  expect(summarizeAgreement(10, [90, 80])).toMatchObject({
    ...{ share: 0.2, mean: 85, acceptable: true, enough: true },
  });
  expect(summarizeAgreement(11, [70, 80])).toMatchObject({ acceptable: false, enough: false });
  expect(summarizeAgreement(0, [])).toMatchObject({ mean: null, share: null, acceptable: null });
});
