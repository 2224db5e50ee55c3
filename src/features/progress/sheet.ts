/** A data sheet made from the goal: its rows, and the way from a filled column to an observation. */
import { addDays, weekday } from "../../../convex/domain/calendar/calendarDate";
import {
  type GoalMeasurement,
  type IntervalMark,
  type Mark,
  MARKS,
  type Measurement,
  type MeasurementKind,
  PROMPT_LEVELS,
  type PromptLevel,
  type StepResult,
  type Trial,
} from "../../../convex/domain/progress/shape";
import { timingOf } from "./observation";

/** What a row asks for: one of the words of the interface, or a text of the goal, or a number in a series. */
export type SheetRow =
  | { word: RowWord }
  | { text: string }
  | { series: "trial" | "interval" | "response"; number: number };
export type RowWord =
  | "correct"
  | "tried"
  | "percent"
  | "points"
  | "possible"
  | "number"
  | "seconds"
  | "level"
  | "yesOrNo"
  | "wordsRead"
  | "errors"
  | "events";

/** Of a series whose length nobody planned. */
const SERIES = 10;
const series = (name: "trial" | "interval" | "response", length: number): SheetRow[] =>
  Array.from({ length: Math.min(40, length) }, (_, index) => ({ series: name, number: index + 1 }));
const words = (...names: RowWord[]): SheetRow[] => names.map((word) => ({ word }));

const ROWS: Record<MeasurementKind, (goal: GoalMeasurement) => SheetRow[]> = {
  trials: () => words("correct", "tried"),
  trialByTrial: ({ trialsPerSession = SERIES }) => series("trial", trialsPerSession),
  percent: () => words("percent"),
  workSample: () => words("points", "possible"),
  taskAnalysis: ({ steps = [] }) => steps.map((text) => ({ text })),
  count: () => words("number"),
  rate: () => words("number", "seconds"),
  duration: () => words("seconds"),
  latency: () => words("seconds"),
  interResponse: () => series("response", SERIES),
  interval: ({ intervals = SERIES }) => series("interval", intervals),
  rating: () => words("level"),
  yesNo: () => words("yesOrNo"),
  oralReading: () => words("wordsRead", "errors", "seconds"),
  digitsCorrect: () => words("correct", "errors", "seconds"),
  maze: () => words("correct", "errors", "seconds"),
  abc: () => words("events"),
};

export const sheetRows = (goal: GoalMeasurement): SheetRow[] => ROWS[goal.kind](goal);

/** Monday to Friday of two weeks, from the Monday on or before a date. */
export function sheetDates(date: string): string[] {
  const monday = addDays(date, -weekday(date));
  return [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((days) => addDays(monday, days));
}

/** The letter of each mark and of each level of help, as the sheet's legend says. */
export const MARK_LETTERS: Record<Mark, string> = {
  absent: "A",
  declined: "D",
  noOpportunity: "N",
  makeUp: "U",
};
export const PROMPT_LETTERS: Record<PromptLevel, string> = {
  independent: "I",
  gestural: "G",
  verbal: "V",
  model: "M",
  partialPhysical: "P",
  fullPhysical: "F",
};

const promptOf = (letter: string): PromptLevel | null =>
  PROMPT_LEVELS.find((level) => PROMPT_LETTERS[level] === letter.toUpperCase()) ?? null;

/** Both ways of writing a fraction. */
const numberOf = (cell: string): number | null => {
  const text = cell.trim().replace(",", ".");
  return text === "" ? null : Number(text);
};

type Parse = (cells: readonly string[], goal: GoalMeasurement) => Measurement | null;

const pair =
  (make: (first: number, second: number, goal: GoalMeasurement) => Measurement): Parse =>
  ([first = "", second = ""], goal) => {
    const [a, b] = [numberOf(first), numberOf(second)];
    return a === null ? null : make(a, b ?? Number.NaN, goal);
  };
const single =
  (make: (value: number) => Measurement): Parse =>
  ([cell = ""]) => {
    const value = numberOf(cell);
    return value === null ? null : make(value);
  };
const timedProbe =
  (make: (right: number, errors: number, seconds: number) => Measurement): Parse =>
  ([right = "", errors = "", seconds = ""], goal) => {
    const value = numberOf(right);
    return value === null
      ? null
      : make(value, numberOf(errors) ?? 0, numberOf(seconds) ?? timingOf(goal));
  };
const countsUpTo = ({ countsUpTo: most = "independent" }: GoalMeasurement) => most;

/** "+V": right with a verbal prompt; "+" alone: right without help. */
function trialOf(cell: string): Trial | null {
  const [sign = "", letter = "I"] = cell.trim();
  const prompt = promptOf(letter);
  return (sign !== "+" && sign !== "-") || prompt === null
    ? null
    : { correct: sign === "+", prompt };
}

const PARSE: Record<MeasurementKind, Parse> = {
  trials: pair((correct, total) => ({ kind: "trials", correct, total })),
  trialByTrial: (cells, goal) => {
    const trials = filled(cells).map(trialOf);
    return trials.some((trial) => trial === null)
      ? null
      : { kind: "trialByTrial", trials: trials as Trial[], countsUpTo: countsUpTo(goal) };
  },
  percent: single((percent) => ({ kind: "percent", percent })),
  workSample: ([points = "", possible = ""], goal) => {
    const value = numberOf(points);
    const all = numberOf(possible) ?? goal.pointsPossible ?? Number.NaN;
    return value === null ? null : { kind: "workSample", points: value, possible: all };
  },
  taskAnalysis: (cells, goal) => {
    const steps = cells.map((cell): StepResult | null =>
      cell.trim() === "-" ? "notDone" : promptOf(cell.trim()),
    );
    return steps.some((step) => step === null)
      ? null
      : { kind: "taskAnalysis", steps: steps as StepResult[], countsUpTo: countsUpTo(goal) };
  },
  count: single((count) => ({ kind: "count", count })),
  rate: ([count = "", seconds = ""], goal) => {
    const value = numberOf(count);
    return value === null
      ? null
      : { kind: "rate", count: value, seconds: numberOf(seconds) ?? timingOf(goal) };
  },
  duration: single((seconds) => ({ kind: "duration", seconds })),
  latency: single((seconds) => ({ kind: "latency", seconds })),
  interResponse: (cells) => ({
    kind: "interResponse",
    gaps: filled(cells).map((cell) => numberOf(cell) ?? Number.NaN),
  }),
  interval: (cells, goal) => {
    const marks = trimmed(cells).map((cell): IntervalMark | null =>
      cell === "" ? "missed" : cell === "+" ? "yes" : cell === "-" ? "no" : null,
    );
    return marks.some((mark) => mark === null)
      ? null
      : {
          kind: "interval",
          method: goal.intervalMethod ?? "partial",
          intervalSeconds: goal.intervalSeconds ?? 10,
          marks: marks as IntervalMark[],
        };
  },
  rating: single((level) => ({ kind: "rating", level })),
  yesNo: ([cell = ""]) => {
    const letter = cell.trim().toUpperCase();
    if (["Y", "S", "1", "+"].includes(letter)) return { kind: "yesNo", yes: true };
    return ["N", "0", "-"].includes(letter) ? { kind: "yesNo", yes: false } : null;
  },
  oralReading: timedProbe((read, errors, seconds) => ({
    ...{ kind: "oralReading", words: read, errors, seconds },
  })),
  digitsCorrect: timedProbe((correct, errors, seconds) => ({
    ...{ kind: "digitsCorrect", correct, errors, seconds },
  })),
  maze: timedProbe((correct, errors, seconds) => ({
    ...{ kind: "maze", correct, errors, seconds },
  })),
  // Only how many, or that there were none: what happened is entered event by event.
  abc: single((occurrences) => ({ kind: "abc", occurrences })),
};

const filled = (cells: readonly string[]): string[] =>
  cells.map((cell) => cell.trim()).filter((cell) => cell !== "");

/** Without what was left empty at the end. */
function trimmed(cells: readonly string[]): string[] {
  const texts = cells.map((cell) => cell.trim());
  return texts.slice(0, texts.findLastIndex((cell) => cell !== "") + 1);
}

export type Column =
  | { state: "empty" }
  | { state: "wrong" }
  | { state: "mark"; mark: Mark }
  | { state: "measured"; measurement: Measurement };

/** What a filled column says; a letter in the row for marks goes before everything else. */
export function readColumn(goal: GoalMeasurement, cells: readonly string[], mark: string): Column {
  const letter = mark.trim().toUpperCase();
  if (letter !== "") {
    const found = MARKS.find((name) => MARK_LETTERS[name] === letter);
    return found === undefined ? { state: "wrong" } : { state: "mark", mark: found };
  }
  if (filled(cells).length === 0) return { state: "empty" };
  const measurement = PARSE[goal.kind](cells, goal);
  return measurement === null ? { state: "wrong" } : { state: "measured", measurement };
}
