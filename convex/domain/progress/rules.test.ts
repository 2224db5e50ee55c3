import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { type DecidedAt, judgeGoal } from "./judgement";
import { PROGRESS_DEFAULTS, type Rule } from "./rules";

const START = "2026-01-05";
const on = (week: number) => addDays(START, 7 * week);

/** From 10 to 50 in 40 weeks: one more each week, so that week w expects 10 + w. */
const rising = {
  baselineData: { date: START, value: 10 },
  targetCriteria: { timeframe: on(40), target: 50 },
  measurement: { direction: "increase" as const },
  phases: [] as { name: string; startDate: string }[],
};
const falling = {
  ...rising,
  baselineData: { date: START, value: 50 },
  targetCriteria: { timeframe: on(40), target: 10 },
  measurement: { direction: "decrease" as const },
};

/** Values of weeks 1, 2, …, as distances from the aim line. */
const around = (distances: readonly number[], slope = 1, from = 10) =>
  distances.map((distance, index) => ({
    id: `p${String(index + 1)}`,
    date: on(index + 1),
    value: from + slope * (index + 1) + distance,
  }));

const judged = (
  points: ReturnType<typeof around>,
  goal: typeof rising | typeof falling = rising,
  { settings = PROGRESS_DEFAULTS, decided = null as DecidedAt | null } = {},
) => judgeGoal(points, goal, { settings, decided, asOf: on(60) });
const adviceOf = (judgement: ReturnType<typeof judged>, rule: Rule): string => {
  const result = judgement.rules.find((candidate) => candidate.rule === rule);
  return result?.status === "judged" ? result.advice : (result?.status ?? "");
};

describe("the four-point rule", () => {
  test.each<[string, number[], string]>([
    ["four below ask for a change", [1, 1, -1, -2, -1, -3], "change"],
    ["four above ask for a higher goal", [-1, -1, 2, 1, 1, 3], "raise"],
    ["mixed ask for nothing", [-1, -1, -1, 1, -1, -1], "continue"],
    ["one exactly on the line breaks the run", [-1, -1, -1, 0, -1, -1], "continue"],
    ["five points are not enough", [-1, -1, -1, -1, -1], "notEnoughData"],
  ])("%s", (_, distances, expected) => {
    expect(adviceOf(judged(around(distances)), "fourPoint")).toBe(expected);
  });

  test("six points in four weeks are not enough", () => {
    const points = around([-1, -1, -1, -1, -1, -1]).map((point, index) => ({
      ...point,
      date: addDays(START, 4 * (index + 1)),
    }));
    expect(adviceOf(judged(points), "fourPoint")).toBe("notEnoughData");
  });

  test("is reversed for a goal that goes down", () => {
    const below = around([-3, -3, -3, -3, -3, -3], -1, 50);
    const above = around([3, 3, 3, 3, 3, 3], -1, 50);
    expect(adviceOf(judged(below, falling), "fourPoint")).toBe("raise");
    expect(adviceOf(judged(above, falling), "fourPoint")).toBe("change");
  });

  test("never looks across a phase line, and counts its weeks anew", () => {
    const points = around([-1, -1, -1, -1, -1, -1, -1, -1, -1]);
    const goal = { ...rising, phases: [{ name: "Small group", startDate: on(6) }] };
    const judgement = judged(points, goal);
    expect(judgement.points).toBe(4);
    expect(adviceOf(judgement, "fourPoint")).toBe("notEnoughData");
    expect(adviceOf(judged(points), "fourPoint")).toBe("change");
  });

  test("what lies on or before the baseline is no point of it", () => {
    const points = [{ id: "b", date: START, value: 0 }, ...around([-1, -1, -1, -1, -1])];
    expect(adviceOf(judged(points), "fourPoint")).toBe("notEnoughData");
  });

  test("asks again only after four points that the last decision did not see", () => {
    const decided = { date: on(6), pointIds: ["p6"] };
    const after = (count: number) =>
      judged(around(Array.from({ length: 6 + count }, () => -1)), rising, { decided });
    expect(adviceOf(after(0), "fourPoint")).toBe("continue");
    expect(adviceOf(after(3), "fourPoint")).toBe("continue");
    expect(after(4).firings).toMatchObject([
      { rule: "fourPoint", advice: "change", points: ["p7", "p8", "p9", "p10"] },
    ]);
  });
});

describe("the three-point rule", () => {
  const settings = { ...PROGRESS_DEFAULTS, threePoint: true, fourPoint: false };
  test("warns at three days below, by the mean of each day, and never asks for more", () => {
    const points = around([1, 1, 1, -2, -2]);
    // Twice on the last day: 1 above and 2 below, in the mean below.
    points.push({ id: "x", date: on(6), value: 17 }, { id: "y", date: on(6), value: 14 });
    const judgement = judged(points, rising, { settings });
    expect(adviceOf(judgement, "threePoint")).toBe("change");
    expect(judgement.firings[0]?.points).toEqual(["p4", "p5", "x", "y"]);
    expect(adviceOf(judgement, "fourPoint")).toBe("off");
    const above = judged(around([1, 1, 1, 1, 1, 1]), rising, { settings });
    expect(adviceOf(above, "threePoint")).toBe("continue");
  });
});

describe("the trend rule", () => {
  /** Twelve weeks along a line of this slope. */
  const line = (slope: number, from: number) =>
    around(
      Array.from({ length: 12 }, () => 0),
      slope,
      from,
    );
  test.each<[string, number, number, string]>([
    ["flatter and behind asks for a change", 0.5, 10, "change"],
    ["steeper and ahead asks for a higher goal", 2, 10, "raise"],
    ["parallel asks for nothing", 1, 9, "continue"],
    ["parallel and far behind asks for a change", 1, -5, "change"],
    ["steeper but still behind is catching up", 1.5, 0, "continue"],
    ["flatter but still ahead has time", 0.5, 20, "continue"],
  ])("%s", (_, slope, from, expected) => {
    expect(adviceOf(judged(line(slope, from)), "trend")).toBe(expected);
  });

  test("waits for ten weeks", () => {
    expect(adviceOf(judged(line(0.5, 10).slice(0, 9)), "trend")).toBe("notEnoughData");
  });
});

test("a goal and its mirror image are told the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 20 }),
      (distances) => {
        const up = judged(around(distances));
        const down = judged(
          around(
            distances.map((distance) => -distance),
            -1,
            50,
          ),
          falling,
        );
        for (const rule of ["fourPoint", "trend"] as const)
          expect(adviceOf(down, rule)).toBe(adviceOf(up, rule));
      },
    ),
  );
});
