/** What an observation may be: the rules of each kind of data. */
import { checkNumber, type Problem, problem } from "../validation/problem";
import { chartedValue, valueRange } from "./charted";
import {
  type GoalMeasurement,
  INTERVAL_METHODS,
  type Measurement,
  type MeasurementKind,
  type MeasurementOf,
  PROMPT_LEVELS,
  type PromptLevel,
} from "./shape";

const MOST = {
  trials: 1000,
  count: 100_000,
  seconds: 86_400,
  words: 2000,
  points: 10_000,
} as const;

const field = (name: string): string => `measurement.${name}`;
const whole = (name: string, value: number, max: number, min = 0): Problem[] =>
  checkNumber(field(name), value, { min, max, whole: true });
const seconds = (value: number): Problem[] =>
  checkNumber(field("seconds"), value, { min: 1, max: MOST.seconds });

/** `part` is some of the `total`; asked only once both are numbers. */
const partOf = (problems: Problem[], name: string, part: number, total: number): Problem[] =>
  problems.length === 0 && part > total ? [problem(field(name), "moreThanTotal")] : problems;

function listLength(name: string, length: number, max: number): Problem[] {
  if (length === 0) return [problem(field(name), "required")];
  return length > max ? [problem(field(name), "tooMany", { max })] : [];
}

const isPrompt = (value: string): boolean => (PROMPT_LEVELS as readonly string[]).includes(value);

/** The rule of the goal is the rule of its observations. */
function checkCountsUpTo(value: PromptLevel, goal: GoalMeasurement): Problem[] {
  return value === (goal.countsUpTo ?? "independent")
    ? []
    : [problem(field("countsUpTo"), "wrongKind")];
}

type Check<Kind extends MeasurementKind> = (
  measurement: MeasurementOf<Kind>,
  goal: GoalMeasurement,
) => Problem[];

const CHECKS: { [Kind in MeasurementKind]: Check<Kind> } = {
  trials: ({ correct, total }) =>
    partOf(
      [...whole("total", total, MOST.trials, 1), ...whole("correct", correct, MOST.trials)],
      "correct",
      correct,
      total,
    ),
  trialByTrial: ({ trials, countsUpTo }, goal) => [
    ...listLength("trials", trials.length, MOST.trials),
    ...(trials.every(({ prompt }) => isPrompt(prompt))
      ? []
      : [problem(field("trials"), "unknownValue")]),
    ...checkCountsUpTo(countsUpTo, goal),
  ],
  percent: ({ percent }) => checkNumber(field("percent"), percent, { min: 0, max: 100 }),
  workSample: ({ points, possible }) =>
    partOf(
      [
        ...checkNumber(field("possible"), possible, { min: 0.1, max: MOST.points }),
        ...checkNumber(field("points"), points, { min: 0, max: MOST.points }),
      ],
      "points",
      points,
      possible,
    ),
  taskAnalysis: ({ steps, countsUpTo }, goal) => [
    ...listLength("steps", steps.length, 40),
    ...(goal.steps !== undefined && steps.length !== goal.steps.length
      ? [problem(field("steps"), "required")]
      : []),
    ...(steps.every((step) => step === "notDone" || isPrompt(step))
      ? []
      : [problem(field("steps"), "unknownValue")]),
    ...checkCountsUpTo(countsUpTo, goal),
  ],
  // Fractions of a count are allowed: published and averaged counts have them.
  count: ({ count }) => checkNumber(field("count"), count, { min: 0, max: MOST.count }),
  rate: (rate) => [
    ...checkNumber(field("count"), rate.count, { min: 0, max: MOST.count }),
    ...seconds(rate.seconds),
  ],
  duration: (duration) =>
    checkNumber(field("seconds"), duration.seconds, { min: 0, max: MOST.seconds }),
  latency: (latency) =>
    checkNumber(field("seconds"), latency.seconds, { min: 0, max: MOST.seconds }),
  interResponse: ({ gaps }) => [
    ...listLength("gaps", gaps.length, MOST.trials),
    ...gaps.flatMap((gap) => checkNumber(field("gaps"), gap, { min: 0, max: MOST.seconds })),
  ],
  interval: ({ method, intervalSeconds, marks }, goal) => [
    ...listLength("marks", marks.length, MOST.trials),
    ...(marks.length > 0 && marks.every((mark) => mark === "missed")
      ? [problem(field("marks"), "required")]
      : []),
    ...checkNumber(field("intervalSeconds"), intervalSeconds, { min: 1, max: 3600 }),
    ...(INTERVAL_METHODS.includes(method) && method === (goal.intervalMethod ?? "partial")
      ? []
      : [problem(field("method"), "wrongKind")]),
  ],
  rating: ({ level }, goal) => whole("level", level, goal.ratingLevels?.length ?? 10, 1),
  yesNo: () => [],
  oralReading: ({ words, errors, seconds: time }) =>
    partOf(
      [
        ...whole("words", words, MOST.words),
        ...whole("errors", errors, MOST.words),
        ...seconds(time),
      ],
      "errors",
      errors,
      words,
    ),
  digitsCorrect: (probe) => [
    ...whole("correct", probe.correct, MOST.words),
    ...whole("errors", probe.errors, MOST.words),
    ...seconds(probe.seconds),
  ],
  maze: (probe) => [
    ...whole("correct", probe.correct, MOST.trials),
    ...whole("errors", probe.errors, MOST.trials),
    ...seconds(probe.seconds),
  ],
  abc: ({ occurrences }) => whole("occurrences", occurrences, 1000),
};

/** The rules of its kind, the goal's own, and the goal's range for what is charted. */
export function checkMeasurement(measurement: Measurement, goal: GoalMeasurement): Problem[] {
  if (measurement.kind !== goal.kind) return [problem(field("kind"), "wrongKind")];
  const check = CHECKS[measurement.kind] as Check<MeasurementKind>;
  const problems = check(measurement, goal);
  if (problems.length > 0 || (goal.min === undefined && goal.max === undefined)) return problems;
  return checkNumber("measurement", chartedValue(measurement), valueRange(goal));
}
