import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import type { DecidedAt } from "./judgement";
import { PROGRESS_DEFAULTS } from "./rules";
import { goalState } from "./standing";

const START = "2026-09-01";
/** 20 on September 1, 2 more each week, 96 after 38 weeks. */
const goal = (direction: "increase" | "decrease" = "increase", target = 96) => ({
  baselineData: { date: START, value: 20 },
  targetCriteria: { timeframe: "2027-05-25", target },
  measurement: { direction },
  phases: [] as { name: string; startDate: string }[],
});
const point = (value: number, date: string) => ({ id: date, date, value });
/** In the weeks 1, 2, … */
const weekly = (...values: number[]) =>
  values.map((value, index) => point(value, addDays(START, 7 * (index + 1))));
const weeks = (count: number, value: (week: number) => number) =>
  weekly(...Array.from({ length: count }, (_, index) => value(index + 1)));
const state = (
  points: ReturnType<typeof weekly>,
  asOf: string,
  about = goal(),
  { settings = PROGRESS_DEFAULTS, decided = null as DecidedAt | null } = {},
) => goalState(points, about, { settings, decided, asOf });
/** Of a district whose rules ask nothing. */
const silent = { settings: { ...PROGRESS_DEFAULTS, fourPoint: false, trend: false } };

describe("how a goal stands", () => {
  test("on the line, the date too far to tell: on track", () => {
    expect(state(weekly(22, 24, 26, 28), "2026-10-01")).toEqual({
      ...{ standing: "onTrack", asks: null, lastDataOn: "2026-09-29", quiet: false },
      // The 15th day after the last point.
      nextChangeOn: "2026-10-14",
    });
  });

  test("behind: watch; off track once the four-point rule asks, from six points", () => {
    expect(state(weekly(20, 20, 20, 20, 20), "2026-10-06")).toMatchObject({
      ...{ standing: "watch", asks: null },
    });
    expect(state(weekly(20, 20, 20, 20, 20, 20), "2026-10-13")).toMatchObject({
      ...{ standing: "offTrack", asks: { rule: "fourPoint", advice: "change" } },
    });
  });

  test("a team that has answered watches, until new data ask again", () => {
    const points = weekly(20, 20, 20, 20, 20, 20);
    const decided = { date: "2026-10-13", pointIds: ["2026-10-13"] };
    expect(state(points, "2026-10-13", goal(), { decided }).standing).toBe("watch");
    const more = weekly(20, 20, 20, 20, 20, 20, 20, 20, 20, 20);
    expect(state(more, "2026-11-10", goal(), { decided }).standing).toBe("offTrack");
  });

  test("a point on the line breaks the run", () => {
    expect(state(weekly(20, 20, 20, 20, 30, 20), "2026-10-13").asks).toBe(null);
  });

  // After 20 of 38 weeks the line is at 60, and a forecast is possible.
  test.each([
    ["ahead, but sinking", (week: number) => 100 - 1.9 * week, "watch"],
    ["behind, but rising enough", (week: number) => 3 * week - 5, "watch"],
    ["behind, and rising too little", (week: number) => 20 + week, "offTrack"],
    ["ahead and rising", (week: number) => 21 + 2 * week, "onTrack"],
  ])("%s", (_name, value, standing) => {
    expect(state(weeks(20, value), "2027-01-20", goal(), silent).standing).toBe(standing);
  });

  test("reached is on track, even after the date", () => {
    const late = [point(97, "2027-05-20"), point(96, "2027-05-21"), point(99, "2027-05-24")];
    expect(state(late, "2027-06-01").standing).toBe("onTrack");
  });

  test("a goal that goes down", () => {
    const down = goal("decrease", 1);
    expect(state(weekly(19, 18, 17, 16), "2026-10-01", down).standing).toBe("onTrack");
    expect(state(weekly(20, 21, 22, 23), "2026-10-01", down).standing).toBe("watch");
    expect(state(weekly(20, 21, 22, 23, 24, 25), "2026-10-14", down).standing).toBe("offTrack");
  });

  test("what a former phase said is no part of it", () => {
    const about = { ...goal(), phases: [{ name: "B", startDate: "2026-10-10" }] };
    const points = weekly(0, 0, 0, 0, 0, 60, 60, 60);
    expect(state(points, "2026-10-27", about).standing).toBe("onTrack");
    expect(state(points.slice(0, 7), "2026-10-20", about).standing).toBe("unknown");
  });

  test.each([
    ["2026-10-13", "onTrack", false, "2026-10-14"],
    ["2026-10-14", "onTrack", true, "2026-10-30"],
    ["2026-10-29", "onTrack", true, "2026-10-30"],
    ["2026-10-30", "unknown", true, null],
  ])("time alone: on %s %s", (today, standing, quiet, nextChangeOn) => {
    expect(state(weekly(22, 24, 26, 28), today)).toMatchObject({ standing, quiet, nextChangeOn });
  });

  test("the goal's date passes", () => {
    const behind = [point(50, "2027-05-20"), point(50, "2027-05-21"), point(50, "2027-05-24")];
    expect(state(behind, "2027-05-25")).toMatchObject({
      ...{ standing: "watch", nextChangeOn: "2027-05-26" },
    });
    expect(state(behind, "2027-05-26").standing).toBe("offTrack");
  });

  test("never any data: unknown, and quiet two weeks after the baseline", () => {
    expect(state([], "2026-09-15")).toEqual({
      ...{ standing: "unknown", asks: null, lastDataOn: null, quiet: false },
      nextChangeOn: "2026-09-16",
    });
    expect(state([], "2026-09-16")).toMatchObject({ quiet: true, nextChangeOn: null });
  });

  test("nothing changes before the day that it says", () => {
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 300 }), (series, days) => {
        const points = weekly(...series);
        const today = addDays(points.at(-1)?.date ?? START, days);
        const { nextChangeOn, ...now } = state(points, today);
        const until = nextChangeOn === null ? addDays(today, 400) : addDays(nextChangeOn, -1);
        expect(state(points, until)).toEqual({ ...now, nextChangeOn });
        if (nextChangeOn !== null)
          expect(state(points, nextChangeOn)).not.toEqual({ ...now, nextChangeOn });
      }),
    );
  });
});
