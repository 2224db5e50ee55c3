import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { forecast } from "./forecast";

const START = "2026-01-05";
const on = (week: number) => addDays(START, 7 * week);
/** In the weeks 0, 1, 2, … or in those that are named. */
const series = (values: readonly number[], weeks = values.map((_, index) => index)) =>
  values.map((value, index) => ({ value, date: on(weeks[index] ?? 0) }));
const goal = (target: number, week: number, direction: "increase" | "decrease" = "increase") => ({
  targetCriteria: { timeframe: on(week), target },
  measurement: { direction },
});
const minimum = { points: 4, weeks: 6 };
const last = (points: readonly { date: string }[]) => points.at(-1)?.date ?? START;
const said = (
  points: ReturnType<typeof series>,
  about: ReturnType<typeof goal>,
  asOf = last(points),
) => forecast(points, about, { minimum, asOf });

describe("by hand", () => {
  // x = 0, 2, 4, 6; y = 20, 24, 22, 26: mean x 3, mean y 23; Sxy = 9 − 1 − 1 + 9 = 16, Sxx = 20, b = 0.8, a = 20.6.
  // Residuals −0.6, 1.8, −1.8, 0.6: their squares sum to 7.2, s² = 3.6. Week 12: 20.6 + 9.6 = 30.2, and the error of
  // prediction is √(3.6 (1 + 1/4 + 9²/20)) = √19.08 = 4.36807.
  const points = series([20, 24, 22, 26], [0, 2, 4, 6]);
  const inWeek12 = (target: number) => said(points, goal(target, 12));

  test("even where the line ends at the target; 95 % within 4.30265 errors", () => {
    const found = inWeek12(30.2);
    expect(found).toMatchObject({ expected: "unsure", because: "bandCrosses", level: 24 });
    expect(found.projected?.probability).toBeCloseTo(0.5, 9);
    expect(found.projected?.value).toBeCloseTo(30.2, 9);
    expect(found.projected?.low).toBeCloseTo(30.2 - 4.30265 * Math.sqrt(19.08), 3);
    expect(found.projected?.high).toBeCloseTo(30.2 + 4.30265 * Math.sqrt(19.08), 3);
  });

  // With two degrees of freedom F(t) = 1/2 + t / (2 √(2 + t²)): 75 % at t = √(2/3), 40 % at t = −√(1/12).
  test.each([
    [30.2 - Math.sqrt(2 / 3) * Math.sqrt(19.08) - 0.01, "yes", "trendReaches"],
    [30.2 - Math.sqrt(2 / 3) * Math.sqrt(19.08) + 0.01, "unsure", "bandCrosses"],
    [30.2 + Math.sqrt(1 / 12) * Math.sqrt(19.08) - 0.01, "unsure", "bandCrosses"],
    [30.2 + Math.sqrt(1 / 12) * Math.sqrt(19.08) + 0.01, "no", "trendFallsShort"],
  ])("a target of %d: %s", (target, expected, because) => {
    expect(inWeek12(target)).toMatchObject({ expected, because });
  });

  test("the band widens with the horizon: one week ahead √(3.6 (1.25 + 4²/20)), six weeks ahead √19.08", () => {
    const width = (week: number) => {
      const { projected } = said(points, goal(40, week));
      return (projected?.high ?? 0) - (projected?.low ?? 0);
    };
    expect(width(7) / width(12)).toBeCloseTo(Math.sqrt((1.25 + 16 / 20) / (1.25 + 81 / 20)), 9);
  });

  test("six weeks of data say something about the next six weeks; one day more is too far", () => {
    expect(said(points, goal(40, 12)).because).not.toBe("tooFar");
    const later = {
      ...goal(40, 12),
      targetCriteria: { timeframe: addDays(on(12), 1), target: 40 },
    };
    expect(said(points, later)).toMatchObject({
      ...{ expected: "unsure", because: "tooFar", projected: null },
      // 85 days from the first point to the date: on the 43rd there are as many behind as ahead.
      possibleFrom: addDays(START, 43),
    });
  });

  test("nine months ahead nothing is certain, however straight the line is", () => {
    const straight = series([20, 22, 24, 26, 28, 30, 32, 34]);
    expect(said(straight, goal(90, 38))).toMatchObject({ because: "tooFar", projected: null });
  });
});

describe("never certain", () => {
  const straight = series([10, 12, 14, 16, 18, 20, 22]);
  test("without any scatter: 95 % or 5 %, turned round for a goal that goes down", () => {
    expect(said(straight, goal(34, 12)).projected?.probability).toBe(0.95);
    expect(said(straight, goal(34.1, 12)).projected?.probability).toBeCloseTo(0.05, 12);
    const falling = series([22, 20, 18, 16, 14, 12, 10]);
    expect(said(falling, goal(0, 11, "decrease")).projected?.probability).toBe(0.95);
  });
  test("with little of it, too", () => {
    const nearly = series([10, 12.1, 13.9, 16.1, 17.9, 20.1, 22]);
    expect(said(nearly, goal(25, 12)).projected?.probability).toBe(0.95);
  });
});

describe("what else makes it unsure, or settles it", () => {
  const rising = series([20, 22, 24, 26, 28, 30, 32]);
  test.each<[string, ReturnType<typeof series>, string, string, string]>([
    ["no data", [], on(6), "unsure", "noData"],
    ["31 days old", rising, addDays(on(6), 31), "unsure", "oldData"],
    ["30 days old", rising, addDays(on(6), 30), "yes", "trendReaches"],
    ["three points", series([20, 22, 24], [0, 4, 8]), on(8), "unsure", "tooFewPoints"],
    ["four weeks", series([20, 22, 24, 26, 28]), on(4), "unsure", "tooShort"],
    ["the last three reach it", series([20, 51, 52, 40]), on(3), "yes", "reached"],
    [
      "the date has passed",
      series([20, 21, 22], [9, 10, 11]),
      addDays(on(11), 8),
      "no",
      "datePassed",
    ],
  ])("%s", (_name, points, asOf, expected, because) => {
    expect(said(points, goal(because === "trendReaches" ? 38 : 50, 12), asOf)).toMatchObject({
      ...{ expected, because, by: on(12) },
    });
  });

  test("what it takes and what there is stand beside it; a district may ask for more", () => {
    const found = forecast(rising, goal(38, 12), { minimum: { points: 8, weeks: 7 }, asOf: on(6) });
    expect(found).toMatchObject({
      because: "tooFewPoints",
      enough: { needed: { points: 8, weeks: 7 }, have: { points: 7, weeks: 6 } },
    });
  });
});

describe("properties", () => {
  const order = { yes: 2, unsure: 1, no: 0 };
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 7, maxLength: 30 });
  const weeksAhead = fc.integer({ min: 0, max: 40 });

  test("a harder target is never likelier", () => {
    fc.assert(
      fc.property(values, weeksAhead, fc.nat(60), fc.nat(40), (ys, ahead, target, more) => {
        const points = series(ys);
        const week = points.length - 1 + ahead;
        const easy = said(points, goal(target, week));
        const hard = said(points, goal(target + more, week));
        expect(order[hard.expected]).toBeLessThanOrEqual(order[easy.expected]);
        if (easy.projected === null || hard.projected === null) return;
        expect(hard.projected.probability ?? 0).toBeLessThanOrEqual(
          (easy.projected.probability ?? 0) + 1e-9,
        );
      }),
    );
  });

  test("nothing is projected further than the data reach back, and nothing is certain", () => {
    fc.assert(
      fc.property(values, weeksAhead, fc.nat(60), (ys, ahead, target) => {
        const points = series(ys);
        const found = said(points, goal(target, points.length - 1 + ahead));
        if (ahead > points.length - 1) expect(found.projected).toBeNull();
        const { probability } = found.projected ?? {};
        if (probability === undefined) return;
        expect(probability).toBeGreaterThanOrEqual(0.05 - 1e-12);
        expect(probability).toBeLessThanOrEqual(0.95);
      }),
    );
  });

  test("from the day that it names on, it is not too far any more, if data go on", () => {
    fc.assert(
      fc.property(values, weeksAhead, (ys, ahead) => {
        const points = series(ys);
        const about = goal(1000, points.length - 1 + ahead);
        const { possibleFrom } = said(points, about);
        if (possibleFrom === undefined) return;
        const more = [...points, { date: possibleFrom, value: 1 }];
        expect(said(more, about).because).not.toBe("tooFar");
        const dayBefore = [...points, { date: addDays(possibleFrom, -1), value: 1 }];
        if (addDays(possibleFrom, -1) > last(points))
          expect(said(dayBefore, about).because).toBe("tooFar");
      }),
    );
  });
});
