import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { aimLineValue, neededRateOfImprovement } from "./aimLine";
import { phaseAt, segments } from "./phases";
import { type GoalToSummarize, summarizeProgress } from "./summary";

const goal = (
  direction: "increase" | "decrease",
  baseline: number,
  target: number,
): GoalToSummarize => ({
  baselineData: { date: "2026-09-01", value: baseline },
  targetCriteria: { timeframe: "2027-06-08", target },
  measurement: { direction },
});
const rising = goal("increase", 20, 60);

describe("the aim line", () => {
  const aim = {
    baselineDate: "2026-09-01",
    baselineValue: 20,
    targetDate: "2026-09-11",
    targetValue: 70,
  };

  test("is straight from baseline to target, and has no value outside", () => {
    expect(aimLineValue(aim, "2026-09-01")).toBe(20);
    expect(aimLineValue(aim, "2026-09-05")).toBe(40);
    expect(aimLineValue(aim, "2026-09-11")).toBe(70);
    expect(aimLineValue(aim, "2026-08-31")).toBeNull();
    expect(aimLineValue(aim, "2026-09-12")).toBeNull();
    expect(aimLineValue({ ...aim, targetDate: aim.baselineDate }, aim.baselineDate)).toBeNull();
  });

  test("needs (92 - 58) / 15 words a week in AIMSweb's example", () => {
    const fifteenWeeks = { baselineDate: "2026-09-01", targetDate: addDays("2026-09-01", 105) };
    const rate = neededRateOfImprovement({ ...fifteenWeeks, baselineValue: 58, targetValue: 92 });
    expect(rate).toBeCloseTo(2.2667, 4);
    expect(neededRateOfImprovement({ ...aim, targetDate: "2026-08-01" })).toBeNull();
  });
});

describe("the summary", () => {
  test("of no data has no figures", () => {
    expect(summarizeProgress([], rising)).toMatchObject({
      ...{ count: 0, latest: null, changeSinceBaseline: null, fractionOfTheWay: null, best: null },
      expectedAtLatest: null,
    });
  });

  test("halfway in time the line is halfway, too", () => {
    // 280 days long: after 140 days the line is at 40.
    const summary = summarizeProgress([{ date: "2027-01-19", value: 50 }], rising);
    expect(summary).toMatchObject({
      ...{ expectedAtLatest: 40, fractionOfTheWay: 0.75, changeSinceBaseline: 30 },
    });
  });

  test("for a goal that goes down the lowest is best", () => {
    const falling = goal("decrease", 20, 0);
    const at = (value: number) => summarizeProgress([{ date: "2027-01-19", value }], falling);
    expect(at(4)).toMatchObject({ expectedAtLatest: 10, fractionOfTheWay: 0.8 });
    const points = [3, 8].map((value, index) => ({ date: addDays("2026-10-01", index), value }));
    expect(summarizeProgress(points, falling).best).toBe(3);
  });

  test("data from before the baseline are history; of one day the last entry counts", () => {
    const summary = summarizeProgress(
      [
        { date: "2026-10-02", value: 30 },
        { date: "2026-10-02", value: 33 },
        { date: "2026-08-01", value: 90 },
      ],
      rising,
    );
    expect(summary).toMatchObject({ count: 2, latest: { value: 33 }, best: 33 });
  });

  const points = fc
    .uniqueArray(fc.integer({ min: 0, max: 280 }), { minLength: 1, maxLength: 25 })
    .map((days) =>
      days.map((day) => ({ date: addDays("2026-09-01", day), value: (day * 37) % 100 })),
    );

  test("does not depend on the order of entry", () => {
    fc.assert(
      fc.property(points, (some) => {
        const sorted = [...some].sort((a, b) => (a.date < b.date ? -1 : 1));
        expect(summarizeProgress(some, rising)).toEqual(summarizeProgress(sorted, rising));
      }),
    );
  });
});

describe("phases", () => {
  const phases = [
    { name: "B", startDate: "2026-10-01" },
    { name: "A", startDate: "2026-09-01" },
  ];

  test("begin on their first day, whatever their order", () => {
    expect(phaseAt(phases, "2026-08-31")).toBeNull();
    expect(phaseAt(phases, "2026-09-30")?.name).toBe("A");
    expect(phaseAt(phases, "2026-10-01")?.name).toBe("B");
  });

  test("no group of points lies across a border, and none is lost", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 30 }), (days) => {
        const points = days
          .sort((a, b) => a - b)
          .map((day) => ({ date: addDays("2026-08-20", day) }));
        const groups = segments(points, phases);
        expect(groups.flatMap((group) => group.points)).toEqual(points);
        for (const { phase, points: inPhase } of groups)
          for (const { date } of inPhase) expect(phaseAt(phases, date)).toBe(phase);
      }),
    );
  });
});
