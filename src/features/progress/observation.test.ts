import fc from "fast-check";
import { expect, test } from "vitest";
import { chartedValue } from "../../../convex/domain/progress/charted";
import { checkMeasurement } from "../../../convex/domain/progress/checkMeasurement";
import {
  type GoalMeasurement,
  MEASUREMENT_KINDS,
  type Measurement,
  PROMPT_LEVELS,
} from "../../../convex/domain/progress/shape";
import { newEntry, tapped, untapped } from "./logEntry";
import { fieldsOf, observationOf } from "./observation";
import { intervalAt, marksUntil, withMark } from "./intervals";
import { readColumn, sheetDates, sheetRows } from "./sheet";

const usual = { settingType: "home", promptLevel: "" };
const goalOf = (kind: GoalMeasurement["kind"]): GoalMeasurement => ({
  ...{ kind, direction: "increase", unit: "x", steps: ["Open", "Wash", "Dry"] },
  ...{ ratingLevels: ["a", "b", "c"], intervalMethod: "whole", intervalSeconds: 15 },
});

const EXAMPLES: Measurement[] = [
  { kind: "trials", correct: 3, total: 5 },
  {
    kind: "trialByTrial",
    trials: [
      { correct: true, prompt: "independent" },
      { correct: true, prompt: "verbal" },
      { correct: false, prompt: "independent" },
    ],
    countsUpTo: "independent",
  },
  { kind: "percent", percent: 42.5 },
  { kind: "workSample", points: 17, possible: 20 },
  {
    kind: "taskAnalysis",
    steps: ["independent", "notDone", "fullPhysical"],
    countsUpTo: "independent",
  },
  { kind: "count", count: 7 },
  { kind: "rate", count: 12, seconds: 90 },
  { kind: "duration", seconds: 75 },
  { kind: "latency", seconds: 4 },
  { kind: "interResponse", gaps: [2, 6] },
  { kind: "interval", method: "whole", intervalSeconds: 15, marks: ["yes", "no", "missed"] },
  { kind: "rating", level: 2 },
  { kind: "yesNo", yes: false },
  { kind: "oralReading", words: 80, errors: 5, seconds: 60 },
  { kind: "digitsCorrect", correct: 30, errors: 2, seconds: 120 },
  { kind: "maze", correct: 14, errors: 3, seconds: 180 },
  { kind: "abc", occurrences: 1 },
];

test("there is an example of every kind", () => {
  expect(new Set(EXAMPLES.map(({ kind }) => kind))).toEqual(new Set(MEASUREMENT_KINDS));
});

test.each(EXAMPLES)("$kind: what is corrected is on the sheet as it was taken", (measurement) => {
  const goal = goalOf(measurement.kind);
  expect(checkMeasurement(measurement, goal)).toEqual([]);
  const entry = { ...newEntry(usual), ...fieldsOf(measurement) };
  expect(observationOf(entry, goal, 0)).toEqual(measurement);
});

test("an untouched sheet has no observation, whatever the kind: nothing is never zero", () => {
  for (const kind of MEASUREMENT_KINDS)
    expect(observationOf(newEntry(usual), goalOf(kind), 1_000_000)).toBeNull();
});

test("a task of which one step is open has no observation", () => {
  const entry = { ...newEntry(usual), marks: ["independent", "", "verbal"] };
  expect(observationOf(entry, goalOf("taskAnalysis"), 0)).toBeNull();
});

test("a tap is taken back, and the one before it", () => {
  const start = newEntry(usual);
  const once = tapped(start, { correct: 1 });
  const twice = tapped(once, { correct: 2 });
  expect(untapped(twice)).toEqual(once);
  expect(untapped(untapped(twice))).toEqual(start);
  expect(untapped(start)).toEqual(start);
});

test("any taps are taken back one by one, down to the empty sheet", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PROMPT_LEVELS), { maxLength: 50 }), (prompts) => {
      const start = newEntry(usual);
      let entry = start;
      for (const prompt of prompts) entry = tapped(entry, { marks: [...entry.marks, prompt] });
      for (let tap = 0; tap < prompts.length; tap++) entry = untapped(entry);
      expect(entry).toEqual(start);
    }),
  );
});

test("intervals follow the wall clock: a locked screen loses none, and those nobody marked are open", () => {
  const recording = { runningSince: 10_000, seconds: 15, planned: 4 };
  expect(intervalAt(recording, 10_000)).toEqual({ index: 0, left: 15, over: false });
  expect(intervalAt(recording, 26_000)).toEqual({ index: 1, left: 14, over: false });
  expect(intervalAt(recording, 999_000)).toEqual({ index: 4, left: 0, over: true });
  expect(intervalAt({ ...recording, runningSince: null }, 10_000)).toBeNull();
  expect(withMark(["yes"], 2, "no")).toEqual(["yes", "", "no"]);
  expect(marksUntil(["yes", "", "no"], 4)).toEqual(["yes", "", "no", ""]);
});

test("a sheet has ten school days from a Monday, and rows of its kind", () => {
  // November 28, 2026 is a Saturday.
  expect(sheetDates("2026-11-28")).toEqual([
    ...["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"],
    ...["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"],
  ]);
  expect(sheetRows(goalOf("taskAnalysis"))).toEqual([
    ...[{ text: "Open" }, { text: "Wash" }, { text: "Dry" }],
  ]);
});

test.each<[Measurement["kind"], string[], number]>([
  ["trials", ["3", "4"], 75],
  ["trialByTrial", ["+", "+v", "-", ""], 100 / 3],
  ["taskAnalysis", ["I", "-", "g"], 100 / 3],
  ["interval", ["+", "", "-", "+"], 200 / 3],
  ["percent", ["62,5"], 62.5],
  ["workSample", ["17", "20"], 85],
  ["rate", ["12", "90"], 8],
  ["interResponse", ["2", "6", ""], 4],
  ["oralReading", ["80", "5", ""], 75],
  ["digitsCorrect", ["30", "2", "120"], 15],
  ["maze", ["14", "3", "180"], 11],
  ["yesNo", ["n"], 0],
  ["abc", ["2"], 2],
])("a column of %s %j is charted as %d", (kind, cells, value) => {
  const column = readColumn(goalOf(kind), cells, "");
  expect(column.state).toBe("measured");
  if (column.state === "measured") expect(chartedValue(column.measurement)).toBeCloseTo(value, 10);
});

test("an empty column is no entry, a letter is a mark, and what cannot be read is said", () => {
  for (const kind of MEASUREMENT_KINDS) {
    expect(readColumn(goalOf(kind), ["", " "], "")).toEqual({ state: "empty" });
    expect(readColumn(goalOf(kind), [""], "a")).toEqual({ state: "mark", mark: "absent" });
    expect(readColumn(goalOf(kind), [""], "x")).toEqual({ state: "wrong" });
  }
  expect(readColumn(goalOf("trialByTrial"), ["+", "?"], "")).toEqual({ state: "wrong" });
});
