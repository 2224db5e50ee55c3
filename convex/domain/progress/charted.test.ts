import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  betterSign,
  chartedSeries,
  chartedValue,
  countsAs,
  hasFixedScale,
  measurementUnit,
  readingAccuracy,
  scaleOf,
  valueRange,
} from "./charted";
import { checkMeasurement } from "./checkMeasurement";
import { checkGoalMeasurement } from "./goalMeasurement";
import { checkMark, checkPoint, independenceLevel } from "./measurement";
import {
  type GoalMeasurement,
  type IntervalMark,
  MARKS,
  MEASUREMENT_KINDS,
  type Measurement,
  PROMPT_LEVELS,
  type StepResult,
} from "./shape";

const goalOf = (kind: GoalMeasurement["kind"], more: Partial<GoalMeasurement> = {}) => ({
  ...{ kind, direction: "increase" as const, unit: "x" },
  ...more,
});
const right = { correct: true, prompt: "independent" } as const;
const prompted = { correct: true, prompt: "verbal" } as const;
const wrong = { correct: false, prompt: "independent" } as const;

test.each<[string, Measurement, number]>([
  // Two of four right and alone; the prompted one does not count.
  [
    "alone",
    { kind: "trialByTrial", trials: [right, right, prompted, wrong], countsUpTo: "independent" },
    50,
  ],
  // With a verbal prompt allowed it is three of four.
  [
    "with help allowed",
    { kind: "trialByTrial", trials: [right, right, prompted, wrong], countsUpTo: "verbal" },
    75,
  ],
  [
    "a step not done is no step",
    {
      kind: "taskAnalysis",
      steps: ["independent", "gestural", "notDone", "independent"],
      countsUpTo: "gestural",
    },
    75,
  ],
  ["17 of 20 points", { kind: "workSample", points: 17, possible: 20 }, 85],
  ["12 in 90 seconds", { kind: "rate", count: 12, seconds: 90 }, 8],
  ["latency", { kind: "latency", seconds: 6.5 }, 6.5],
  ["mean of the gaps", { kind: "interResponse", gaps: [2, 4, 9] }, 5],
  // Three of four watched intervals; the missed one is in neither number.
  [
    "missed intervals",
    {
      kind: "interval",
      method: "partial",
      intervalSeconds: 10,
      marks: ["yes", "missed", "yes", "no", "yes"],
    },
    75,
  ],
  ["yes", { kind: "yesNo", yes: true }, 1],
  ["no", { kind: "yesNo", yes: false }, 0],
  // WCPM: 110 words, 8 errors in a minute.
  ["words correct per minute", { kind: "oralReading", words: 110, errors: 8, seconds: 60 }, 102],
  // The student finished the passage early: 90 right words in 45 seconds.
  ["a short timing", { kind: "oralReading", words: 93, errors: 3, seconds: 45 }, 120],
  ["digits per minute", { kind: "digitsCorrect", correct: 30, errors: 4, seconds: 120 }, 15],
  ["maze", { kind: "maze", correct: 14, errors: 3, seconds: 180 }, 11],
  ["worse than guessing", { kind: "maze", correct: 2, errors: 5, seconds: 180 }, -3],
  ["an event", { kind: "abc", occurrences: 1 }, 1],
])("%s: %j is charted as %d", (_name, measurement, value) => {
  expect(chartedValue(measurement)).toBeCloseTo(value, 10);
});

test("accuracy of reading: 102 of 110 words", () => {
  const read = (words: number, errors: number) =>
    readingAccuracy({ kind: "oralReading", words, errors, seconds: 60 });
  expect(read(110, 8)).toBeCloseTo(92.7272727, 6);
  expect(read(0, 0)).toBeNull();
});

describe("what is refused", () => {
  test.each<[Measurement, string, Partial<GoalMeasurement>?]>([
    [{ kind: "trialByTrial", trials: [], countsUpTo: "independent" }, "required"],
    [{ kind: "trialByTrial", trials: [right], countsUpTo: "verbal" }, "wrongKind"],
    [{ kind: "taskAnalysis", steps: ["verbal"], countsUpTo: "independent" }, "required"],
    [{ kind: "rate", count: 3, seconds: 0 }, "outOfRange"],
    [{ kind: "rate", count: -1, seconds: 60 }, "negative"],
    [{ kind: "interResponse", gaps: [] }, "required"],
    [{ kind: "interResponse", gaps: [1, -2] }, "negative"],
    [{ kind: "interval", method: "partial", intervalSeconds: 10, marks: ["missed"] }, "required"],
    [{ kind: "interval", method: "whole", intervalSeconds: 10, marks: ["yes"] }, "wrongKind"],
    [{ kind: "oralReading", words: 10, errors: 11, seconds: 60 }, "moreThanTotal"],
    [{ kind: "workSample", points: 21, possible: 20 }, "moreThanTotal"],
    [{ kind: "workSample", points: 1, possible: 0 }, "outOfRange"],
    [{ kind: "abc", occurrences: 1.5 }, "notWhole"],
    [{ kind: "rate", count: 90, seconds: 60 }, "outOfRange", { max: 50 }],
  ])("%j: %s", (measurement, code, more = {}) => {
    const goal = goalOf(measurement.kind, { steps: ["One", "Two"], ...more });
    expect(checkMeasurement(measurement, goal).map((found) => found.code)).toContain(code);
  });

  test("an event without what was done; a day without any needs no words", () => {
    const about = {
      goal: { measurement: goalOf("abc"), baselineData: { date: "2026-09-01" } },
      today: "2026-11-28",
    };
    const event = (occurrences: number, behavior?: string) =>
      checkPoint(
        {
          recordedDate: "2026-11-20",
          measurement: { kind: "abc", occurrences },
          settingType: "home",
          ...(behavior === undefined ? {} : { behavior }),
        },
        about,
      ).map(({ field, code }) => `${field}: ${code}`);
    expect(event(1)).toEqual(["behavior: required"]);
    expect(event(1, "Left the room")).toEqual([]);
    expect(event(0)).toEqual([]);
  });
});

test("trials and steps say themselves how much help there was", () => {
  const trials = (...list: (typeof right | typeof prompted)[]): Measurement => ({
    ...{ kind: "trialByTrial", trials: list, countsUpTo: "independent" },
  });
  expect(independenceLevel(undefined, trials(right, right))).toBe("independent");
  expect(independenceLevel("independent", trials(right, prompted))).toBe("prompted");
});

test("a mark is a day and a word from the list", () => {
  const about = { goal: { baselineData: { date: "2026-09-01" } }, today: "2026-11-28" };
  for (const mark of MARKS)
    expect(checkMark({ recordedDate: "2026-11-20", mark }, about)).toEqual([]);
  expect(
    checkMark({ recordedDate: "2026-11-29", mark: "0" }, about).map(({ code }) => code),
  ).toEqual(["inFuture", "unknownValue"]);
});

test("events of one day are one number, entries of other kinds stay apart", () => {
  const points = [
    { date: "2026-11-20", value: 1 },
    { date: "2026-11-20", value: 2 },
    { date: "2026-11-21", value: 0 },
  ];
  expect(chartedSeries("abc", points).map(({ value }) => value)).toEqual([3, 0]);
  expect(chartedSeries("count", points)).toEqual(points);
});

test("a level that is kept: at least or at most the target", () => {
  expect(betterSign({ direction: "maintain" })).toBe(1);
  expect(betterSign({ direction: "maintain", keep: "atMost" })).toBe(-1);
  expect(betterSign({ direction: "decrease" })).toBe(-1);
});

test("every kind has a unit, a scale and a range; only those with two known ends are drawn whole", () => {
  for (const kind of MEASUREMENT_KINDS) {
    const goal = goalOf(kind);
    expect(measurementUnit(kind)).not.toBe("");
    expect(valueRange(goal).min).toBeLessThan(valueRange(goal).max);
    expect(hasFixedScale(goal)).toBe(["percent", "level", "yesNo"].includes(scaleOf(kind)));
  }
  expect(hasFixedScale(goalOf("rate", { max: 60 }))).toBe(true);
});

test.each<[string, GoalMeasurement, string[]]>([
  ["a task without steps", goalOf("taskAnalysis"), ["measurement.steps: required"]],
  [
    "intervals without their length",
    goalOf("interval"),
    ["measurement.intervalSeconds: required", "measurement.intervalMethod: required"],
  ],
  ["a range that is none", goalOf("rate", { min: 5, max: 5 }), ["measurement.max: mustBeAfter"]],
  [
    "help that is not offered",
    goalOf("trialByTrial", { promptLevels: ["independent"], countsUpTo: "verbal" }),
    ["measurement.countsUpTo: unknownValue"],
  ],
  ["half a digit", goalOf("count", { decimals: 0.5 }), ["measurement.decimals: notWhole"]],
])("%s is no measurement", (_name, measurement, problems) => {
  expect(checkGoalMeasurement(measurement).map(({ field, code }) => `${field}: ${code}`)).toEqual(
    problems,
  );
});

const prompts = fc.constantFrom(...PROMPT_LEVELS);
test("allowing more help never lowers what is charted, and help counts up to the most that does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ correct: fc.boolean(), prompt: prompts }), { minLength: 1 }),
      prompts,
      prompts,
      (trials, a, b) => {
        const [less, more] = countsAs(a, b) ? [a, b] : [b, a];
        const value = (countsUpTo: typeof a) =>
          chartedValue({ kind: "trialByTrial", trials, countsUpTo });
        expect(value(more)).toBeGreaterThanOrEqual(value(less));
      },
    ),
  );
});

test("missed intervals change nothing; shares are from 0 to 100", () => {
  const marks = fc.array(fc.constantFrom<IntervalMark>("yes", "no"), { minLength: 1 });
  fc.assert(
    fc.property(marks, fc.nat(20), (seen, missed) => {
      const value = (list: IntervalMark[]) =>
        chartedValue({ kind: "interval", method: "whole", intervalSeconds: 5, marks: list });
      const withMissed = [...seen, ...Array.from({ length: missed }, () => "missed" as const)];
      expect(value(withMissed)).toBe(value(seen));
      expect(value(seen)).toBeGreaterThanOrEqual(0);
      expect(value(seen)).toBeLessThanOrEqual(100);
    }),
  );
});

test("whatever passes the check has a finite number", () => {
  const number = fc.oneof(fc.double(), fc.integer({ min: -5, max: 200 }));
  const steps = fc.array(fc.constantFrom<StepResult>(...PROMPT_LEVELS, "notDone"), {
    maxLength: 5,
  });
  const any: fc.Arbitrary<Measurement> = fc.oneof(
    fc.record({ kind: fc.constant("rate" as const), count: number, seconds: number }),
    fc.record({ kind: fc.constant("workSample" as const), points: number, possible: number }),
    fc.record({ kind: fc.constant("interResponse" as const), gaps: fc.array(number) }),
    fc.record({
      kind: fc.constant("oralReading" as const),
      ...{ words: number, errors: number, seconds: number },
    }),
    fc.record({
      kind: fc.constant("maze" as const),
      ...{ correct: number, errors: number, seconds: number },
    }),
    fc.record({
      kind: fc.constant("taskAnalysis" as const),
      ...{ steps, countsUpTo: fc.constant("independent" as const) },
    }),
  );
  fc.assert(
    fc.property(any, (measurement) => {
      const problems = checkMeasurement(measurement, goalOf(measurement.kind));
      if (problems.length === 0) expect(Number.isFinite(chartedValue(measurement))).toBe(true);
    }),
  );
});
