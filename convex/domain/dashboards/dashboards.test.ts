import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { counted, isNothing, NO_COUNTS, sumOf } from "./counts";
import { goalState, STANDINGS } from "./standing";

/** 20 on September 1, 2 more each week, 96 after 38 weeks. */
const goal = (direction: "increase" | "decrease" = "increase", target = 96) => ({
  baselineData: { date: "2026-09-01", value: 20 },
  targetCriteria: { timeframe: "2027-05-25", target },
  measurement: { direction },
});
const weekly = (...values: number[]) =>
  values.map((value, index) => ({ date: addDays("2026-09-01", 7 * (index + 1)), value }));

describe("how a goal stands", () => {
  test("on the line and rising enough: on track", () => {
    expect(goalState(weekly(22, 24, 26, 28), goal(), "2026-10-01")).toEqual({
      ...{ standing: "onTrack", rule: null, lastDataOn: "2026-09-29", quiet: false },
      // The 15th day after the last point.
      nextChangeOn: "2026-10-14",
    });
  });

  test("behind and flat: off track; the rule needs six points", () => {
    expect(goalState(weekly(20, 20, 20, 20, 20), goal(), "2026-10-06")).toMatchObject({
      ...{ standing: "offTrack", rule: null },
    });
    expect(goalState(weekly(20, 20, 20, 20, 20, 20), goal(), "2026-10-13")).toMatchObject({
      ...{ standing: "offTrack", rule: "fourBehind" },
    });
  });

  test("four behind the line are off track, however steep the trend is", () => {
    // The line is at 22, 24, 26, 28, 30, 32.
    const found = goalState(weekly(0, 5, 10, 20, 25, 31), goal(), "2026-10-13");
    expect(found).toMatchObject({ standing: "offTrack", rule: "fourBehind" });
  });

  test("a point on the line breaks the run", () => {
    expect(goalState(weekly(20, 20, 20, 20, 30, 20), goal(), "2026-10-13").rule).toBe(null);
  });

  test("ahead but sinking, or behind but rising: watch", () => {
    expect(goalState(weekly(60, 50, 45, 40), goal(), "2026-10-01").standing).toBe("watch");
    expect(goalState(weekly(2, 12, 22, 27), goal(), "2026-10-01").standing).toBe("watch");
  });

  test("four ahead: the goal may be raised", () => {
    expect(goalState(weekly(30, 35, 40, 45, 50, 55), goal(), "2026-10-13")).toMatchObject({
      ...{ standing: "onTrack", rule: "fourAhead" },
    });
  });

  test("a goal that goes down", () => {
    const down = goal("decrease", 1);
    expect(goalState(weekly(19, 18, 17, 16), down, "2026-10-01").standing).toBe("onTrack");
    expect(goalState(weekly(20, 21, 22, 23), down, "2026-10-01").standing).toBe("offTrack");
  });

  test.each([
    ["2026-10-13", "onTrack", false, "2026-10-14"],
    ["2026-10-14", "onTrack", true, "2026-11-11"],
    ["2026-11-10", "onTrack", true, "2026-11-11"],
    ["2026-11-11", "unknown", true, null],
  ])("time alone: on %s %s", (today, standing, quiet, nextChangeOn) => {
    expect(goalState(weekly(22, 24, 26, 28), goal(), today)).toMatchObject({
      ...{ standing, quiet, nextChangeOn },
    });
  });

  test("never any data: unknown, and quiet two weeks after the baseline", () => {
    expect(goalState([], goal(), "2026-09-15")).toEqual({
      ...{ standing: "unknown", rule: null, lastDataOn: null, quiet: false },
      nextChangeOn: "2026-09-16",
    });
    expect(goalState([], goal(), "2026-09-16")).toMatchObject({ quiet: true, nextChangeOn: null });
  });

  test("nothing changes before the day that it says", () => {
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 10 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 120 }), (series, days) => {
        const points = weekly(...series);
        const today = addDays("2026-11-15", days);
        const { nextChangeOn, ...state } = goalState(points, goal(), today);
        const until = nextChangeOn === null ? addDays(today, 400) : addDays(nextChangeOn, -1);
        expect(goalState(points, goal(), until)).toEqual({ ...state, nextChangeOn });
        if (nextChangeOn !== null)
          expect(goalState(points, goal(), nextChangeOn)).not.toEqual({ ...state, nextChangeOn });
      }),
    );
  });
});

test("sums: what is added and taken away again is nothing", () => {
  const state = fc.record({
    standing: fc.constantFrom(...STANDINGS),
    quiet: fc.boolean(),
    fired: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(state), (states) => {
      const all = states.reduce((sum, each) => counted(sum, each, 1), NO_COUNTS);
      expect(all.goals).toBe(states.length);
      expect(all.onTrack + all.watch + all.offTrack + all.unknown).toBe(all.goals);
      const none = states.reduce((sum, each) => counted(sum, each, -1), all);
      expect(isNothing(none)).toBe(true);
      expect(sumOf(all, NO_COUNTS)).toEqual(all);
    }),
  );
});
