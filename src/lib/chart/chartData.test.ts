import { describe, expect, test } from "vitest";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { chartData, type ChartGoal, roundUp, thinOut } from "./chartData";

const goalOf = (kind: GoalMeasurement["kind"], phases: ChartGoal["phases"] = []): ChartGoal => ({
  baselineData: { date: "2026-09-01", value: 20 },
  targetCriteria: { timeframe: "2027-06-08", target: 60 },
  measurement: { kind, direction: "increase", unit: "words", ratingLevels: ["a", "b", "c"] },
  phases,
});
const on = (days: number, value: number) => ({
  ...{ id: `p${String(days)}`, date: addDays("2026-09-01", days), value },
});

describe("the horizontal axis", () => {
  test("shows the data so far with room for more, or the whole plan", () => {
    const points = [on(0, 20), on(40, 30)];
    const soFar = chartData(goalOf("count"), points, "data");
    expect(soFar.lastDay).toBe(47);
    // 47 of 280 days along the line from 20 to 60.
    expect(soFar.aim[1]).toEqual({ day: 47, value: 20 + (40 * 47) / 280 });
    const plan = chartData(goalOf("count"), points, "plan");
    expect(plan.lastDay).toBe(280);
    expect(plan.aim[1]).toEqual({ day: 280, value: 60 });
  });

  test("begins with data from before the baseline", () => {
    const data = chartData(goalOf("count"), [on(-10, 12)], "data");
    expect(data.firstDate).toBe("2026-08-22");
    expect(data.aim[0]).toEqual({ day: 10, value: 20 });
  });

  test("has few enough ticks to be read", () => {
    for (const range of ["data", "plan"] as const)
      expect(chartData(goalOf("count"), [on(90, 1)], range).ticks.length).toBeLessThanOrEqual(8);
  });
});

describe("the vertical axis", () => {
  test("is the whole scale of percentages and levels, whatever the data", () => {
    expect(chartData(goalOf("percent"), [on(1, 30)], "data")).toMatchObject({
      ...{ minimum: 0, maximum: 100 },
    });
    expect(chartData(goalOf("rating"), [on(1, 2)], "data")).toMatchObject({
      ...{ minimum: 1, maximum: 3 },
    });
  });

  test("holds counts, target and baseline", () => {
    expect(chartData(goalOf("count"), [on(1, 88)], "data").maximum).toBe(100);
    expect([0, 0.3, 1, 7, 21, 60, 501].map(roundUp)).toEqual([1, 0.5, 1, 10, 25, 100, 1000]);
  });
});

describe("lines", () => {
  const weekly = [0, 7, 14, 21, 28, 35].map((days) => on(days, days));

  test("cross no phase change, and each phase has its own trend", () => {
    const phases = [
      { name: "A", startDate: "2026-09-01" },
      { name: "B", startDate: addDays("2026-09-01", 20) },
    ];
    const { segments, phaseLines } = chartData(goalOf("count", phases), weekly, "data");
    expect(segments.map(({ phase, points }) => [phase, points.map(({ day }) => day)])).toEqual([
      ["A", [0, 7, 14]],
      ["B", [21, 28, 35]],
    ]);
    expect(segments.map(({ trend }) => trend?.map(({ value }) => Math.round(value)))).toEqual([
      [0, 14],
      [21, 35],
    ]);
    expect(phaseLines.map(({ day }) => day)).toEqual([0, 20]);
  });

  test("leave a gap where no data were taken for more than three weeks", () => {
    const { segments } = chartData(goalOf("count"), [on(0, 1), on(21, 2), on(43, 3)], "data");
    expect(segments.map(({ points }) => points.length)).toEqual([2, 1]);
    expect(segments.flatMap(({ points }) => points)).toHaveLength(3);
  });
});

describe("objectives", () => {
  test("are steps from the baseline on, each at its date", () => {
    const step = (days: number, value: number) => ({
      ...{ date: addDays("2026-09-01", days), value, label: "" },
    });
    const { steps } = chartData(goalOf("count"), [], "plan", {
      steps: [step(200, 50), step(100, 30), step(400, 99)],
    });
    expect(steps).toEqual([
      { day: 0, value: 20 },
      { day: 100, value: 20 },
      { day: 100, value: 30 },
      { day: 200, value: 30 },
      { day: 200, value: 50 },
    ]);
  });
});

test("long times without data are marked", () => {
  const { breaks } = chartData(goalOf("count"), [on(0, 1), on(21, 2), on(43, 3)], "data");
  expect(breaks).toEqual([{ from: 21, to: 43 }]);
});

test("change by factors is shown over 20 weeks, its trend through doubling values doubles", () => {
  const points = [on(0, 2), on(7, 4), on(14, 8)];
  const data = chartData(goalOf("count"), points, "factor");
  expect(data.lastDay).toBe(140);
  const [trend] = data.segments.map((segment) => segment.trend);
  expect(trend?.map(({ value }) => Math.round(value * 1000) / 1000)).toEqual([2, 8]);
});

describe("thinned out", () => {
  const many = Array.from({ length: 2000 }, (_, day) => ({
    ...{ id: String(day), day, value: (day * 7919) % 101 },
  }));

  test("two thousand points are at most four for each part, with both ends and all extremes", () => {
    const drawn = thinOut(many, 100);
    expect(drawn.length).toBeLessThanOrEqual(404);
    expect(drawn[0]).toBe(many[0]);
    expect(drawn.at(-1)).toBe(many.at(-1));
    const values = drawn.map(({ value }) => value);
    expect([Math.min(...values), Math.max(...values)]).toEqual([0, 100]);
    expect(drawn.map(({ day }) => day)).toEqual(drawn.map(({ day }) => day).sort((a, b) => a - b));
  });

  test("few are left as they are", () => {
    expect(thinOut(many.slice(0, 40), 100)).toHaveLength(40);
  });
});
