/** Between the log sheet and the raw observation, both ways. */
import type {
  GoalMeasurement,
  IntervalMark,
  Measurement,
  MeasurementKind,
  MeasurementOf,
  PromptLevel,
  StepResult,
  Trial,
} from "../../../convex/domain/progress/shape";
import { type LogEntry, timerSeconds } from "./logEntry";

type Read = (entry: LogEntry, goal: GoalMeasurement, now: number) => Measurement | null;

/** A minute, where nobody said how long a timing takes. */
export const timingOf = ({ timingSeconds }: GoalMeasurement): number => timingSeconds ?? 60;

/** Seconds that were measured; null while there are none. */
const measured = (entry: LogEntry, now: number): number | null =>
  entry.value === null && entry.runningSince === null ? null : Math.round(timerSeconds(entry, now));

/** Of a timing: what the clock measured, or its whole length. */
export const timed = (entry: LogEntry, goal: GoalMeasurement, now: number): number => {
  const seconds = measured(entry, now);
  return seconds === null || seconds === 0 ? timingOf(goal) : seconds;
};

const countsUpTo = ({ countsUpTo: most = "independent" }: GoalMeasurement) => most;

/** "+verbal": right with a verbal prompt. */
export const trialMark = ({ correct, prompt }: Trial): string => `${correct ? "+" : "-"}${prompt}`;
export const trialOf = (mark: string): Trial => ({
  correct: mark.startsWith("+"),
  prompt: mark.slice(1) as PromptLevel,
});

const probe =
  (kind: "digitsCorrect" | "maze"): Read =>
  (entry, goal, now) =>
    entry.count === null && entry.errors === null
      ? null
      : {
          ...{ kind, correct: entry.count ?? 0, errors: entry.errors ?? 0 },
          seconds: timed(entry, goal, now),
        };

const READ: Record<MeasurementKind, Read> = {
  trials: ({ correct, incorrect }) =>
    correct + incorrect === 0 ? null : { kind: "trials", correct, total: correct + incorrect },
  trialByTrial: ({ marks }, goal) =>
    marks.length === 0
      ? null
      : { kind: "trialByTrial", trials: marks.map(trialOf), countsUpTo: countsUpTo(goal) },
  percent: ({ value }) => (value === null ? null : { kind: "percent", percent: value }),
  workSample: ({ count, possible }, goal) => {
    const all = possible ?? goal.pointsPossible ?? null;
    return count === null || all === null
      ? null
      : { kind: "workSample", points: count, possible: all };
  },
  taskAnalysis: ({ marks }, goal) => {
    const steps = (goal.steps ?? []).map((_, index) => marks[index] ?? "");
    return steps.length === 0 || steps.includes("")
      ? null
      : { kind: "taskAnalysis", steps: steps as StepResult[], countsUpTo: countsUpTo(goal) };
  },
  count: ({ value }) => (value === null ? null : { kind: "count", count: value }),
  rate: (entry, goal, now) =>
    entry.count === null
      ? null
      : { kind: "rate", count: entry.count, seconds: timed(entry, goal, now) },
  duration: (entry, _goal, now) => {
    const seconds = measured(entry, now);
    return seconds === null ? null : { kind: "duration", seconds };
  },
  latency: (entry, _goal, now) => {
    const seconds = measured(entry, now);
    return seconds === null ? null : { kind: "latency", seconds };
  },
  interResponse: ({ marks }) => {
    const instants = marks.map(Number);
    const gaps = instants.slice(1).map((at, index) => (at - (instants[index] ?? at)) / 1000);
    return gaps.length === 0 ? null : { kind: "interResponse", gaps };
  },
  interval: ({ marks }, goal) =>
    marks.every((mark) => mark === "" || mark === "missed")
      ? null
      : {
          kind: "interval",
          method: goal.intervalMethod ?? "partial",
          intervalSeconds: goal.intervalSeconds ?? 10,
          marks: marks.map((mark) => (mark === "" ? "missed" : (mark as IntervalMark))),
        },
  rating: ({ value }) => (value === null ? null : { kind: "rating", level: value }),
  yesNo: ({ value }) => (value === null ? null : { kind: "yesNo", yes: value === 1 }),
  oralReading: (entry, goal, now) =>
    entry.count === null
      ? null
      : {
          ...{ kind: "oralReading", words: entry.count, errors: entry.errors ?? 0 },
          seconds: timed(entry, goal, now),
        },
  digitsCorrect: probe("digitsCorrect"),
  maze: probe("maze"),
  abc: ({ value, behavior }) => {
    if (value !== null) return { kind: "abc", occurrences: value };
    return behavior.trim() === "" ? null : { kind: "abc", occurrences: 1 };
  },
};

/** The observation on the sheet, or null as long as there is none. */
export function observationOf(
  entry: LogEntry,
  goal: GoalMeasurement,
  now: number,
): Measurement | null {
  return READ[goal.kind](entry, goal, now);
}

const FIELDS: { [Kind in MeasurementKind]: (seen: MeasurementOf<Kind>) => Partial<LogEntry> } = {
  trials: ({ correct, total }) => ({ correct, incorrect: total - correct }),
  trialByTrial: ({ trials }) => ({ marks: trials.map(trialMark) }),
  percent: ({ percent }) => ({ value: percent }),
  workSample: ({ points, possible }) => ({ count: points, possible }),
  taskAnalysis: ({ steps }) => ({ marks: steps }),
  count: ({ count }) => ({ value: count }),
  rate: ({ count, seconds }) => ({ count, value: seconds }),
  duration: ({ seconds }) => ({ value: seconds }),
  latency: ({ seconds }) => ({ value: seconds }),
  interResponse: ({ gaps }) => {
    const instants = [0];
    for (const gap of gaps) instants.push((instants.at(-1) ?? 0) + gap * 1000);
    return { marks: instants.map(String) };
  },
  interval: ({ marks }) => ({ marks }),
  rating: ({ level }) => ({ value: level }),
  yesNo: ({ yes }) => ({ value: yes ? 1 : 0 }),
  oralReading: ({ words, errors, seconds }) => ({ count: words, errors, value: seconds }),
  digitsCorrect: ({ correct, errors, seconds }) => ({ count: correct, errors, value: seconds }),
  maze: ({ correct, errors, seconds }) => ({ count: correct, errors, value: seconds }),
  abc: ({ occurrences }) => ({ value: occurrences }),
};

/** What the sheet shows of an observation that is there already. */
export function fieldsOf(measurement: Measurement): Partial<LogEntry> {
  return (FIELDS[measurement.kind] as (seen: Measurement) => Partial<LogEntry>)(measurement);
}
