import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import type { Figure, FigurePart } from "./figure";
import { reportFigure, type ReportedGoal, scaleBeyondGoal } from "./reportFigure";

const words = {
  ...{ label: "chart", goal: "goal", data: "data", aim: "aim line", trend: "trend" },
  ...{ tick: String, day: (date: string) => date },
};
const goal: ReportedGoal = {
  ...{ goalNumber: 1, baseline: { date: "2026-09-01", value: 40 } },
  target: { date: "2027-06-01", value: 80 },
  measurement: { kind: "oralReading", direction: "increase", unit: "words" },
  chart: [
    { date: "2026-09-08", value: 42 },
    { date: "2026-09-15", value: 43 },
    { date: "2026-09-22", value: 47 },
  ],
  phases: [],
};
const lines = ({ parts }: Figure, look: string) =>
  parts.flatMap((part) => (part.kind === "line" && part.look === look ? [part.points] : []));
const marks = ({ parts }: Figure) =>
  parts.filter((part): part is Extract<FigurePart, { kind: "mark" }> => part.kind === "mark");
const texts = ({ parts }: Figure) =>
  parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
const rounded = (points: readonly { x: number; y: number }[] | undefined) =>
  points?.map(({ x, y }) => [Math.round(x), Math.round(y)]);

test("dates to scale from the baseline to the goal's date, values from zero up", () => {
  const figure = reportFigure(goal, words);
  // 600 wide: 50 at the left, 14 at the right; 178 high between 30 and 208, for 0 to 100.
  expect(rounded(lines(figure, "aim")[0])).toEqual([
    [50, 137],
    [586, 66],
  ]);
  // 7 of 273 days: 13.7 to the right.
  expect(rounded(marks(figure))?.[0]).toEqual([64, 133]);
  expect(texts(figure)).toEqual(
    expect.arrayContaining(["0", "20", "100", "goal", "data", "trend"]),
  );
});

test("a later report of the same goal lies on the former one, unless a score goes beyond the scale", () => {
  const later = {
    ...goal,
    chart: [...goal.chart, { date: "2027-02-02", value: 71 }, { date: "2027-03-02", value: 66 }],
  };
  const [first, second] = [reportFigure(goal, words), reportFigure(later, words)];
  for (const look of ["grid", "aim", "goal"])
    expect(lines(second, look)).toEqual(lines(first, look));
  expect(marks(second).slice(0, 3)).toEqual(marks(first).slice(0, 3));
  expect(scaleBeyondGoal(later)).toBe(null);
  const high = { ...goal, chart: [...goal.chart, { date: "2027-02-02", value: 140 }] };
  expect(scaleBeyondGoal(high)).toBe(200);
  const percent = { ...goal.measurement, kind: "trials" };
  expect(scaleBeyondGoal({ ...high, measurement: percent })).toBe(null);
});

test("no line crosses the beginning of a phase; each phase has a mark and a trend of its own", () => {
  const weeks = Array.from({ length: 10 }, (_, week) => ({
    date: addDays("2026-09-01", 7 * week),
    value: 40 + week,
  }));
  const start = weeks[5]?.date ?? "";
  const figure = reportFigure(
    { ...goal, chart: weeks, phases: [{ name: "Repeated reading", startDate: start }] },
    words,
  );
  const [border] = lines(figure, "phase")[0] ?? [];
  for (const look of ["data", "trend"]) {
    // The sample in the legend is the last one.
    const both = lines(figure, look).slice(0, 2);
    expect(Math.max(...(both[0] ?? []).map(({ x }) => x))).toBeLessThan(border?.x ?? 0);
    expect(Math.min(...(both[1] ?? []).map(({ x }) => x))).toBeGreaterThanOrEqual(border?.x ?? 0);
  }
  expect(texts(figure)).toContain("Repeated reading");
  expect(
    new Set(
      marks(figure)
        .slice(0, 10)
        .map(({ phase }) => phase),
    ),
  ).toEqual(new Set([0, 1]));
});

test("whatever the data, nothing is drawn outside of the figure, on a phone as on paper", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          day: fc.integer({ min: -20, max: 400 }),
          value: fc.integer({ min: 0, max: 900 }),
        }),
        {
          maxLength: 40,
        },
      ),
      fc.constantFrom("oralReading", "trials", "maze", "duration", "count", "unheardOf"),
      fc.constantFrom(300, 600),
      (points, kind, width) => {
        const chart = points
          .sort((a, b) => a.day - b.day)
          .map(({ day, value }) => ({
            date: addDays("2026-09-01", day),
            value: kind === "trials" ? value / 9 : kind === "maze" ? value - 300 : value,
          }));
        const figure = reportFigure(
          { ...goal, chart, measurement: { ...goal.measurement, kind } },
          words,
          width,
        );
        for (const part of figure.parts)
          for (const { x, y } of part.kind === "line" ? part.points : [part]) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(width);
            expect(y).toBeGreaterThanOrEqual(0);
            expect(y).toBeLessThanOrEqual(figure.height);
          }
      },
    ),
    { numRuns: 60 },
  );
});
