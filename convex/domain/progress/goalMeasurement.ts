/** How a goal is measured: what has to be said for each kind of data, once, before anybody takes any. */
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";
import {
  DIRECTIONS,
  type GoalMeasurement,
  INTERVAL_METHODS,
  MEASUREMENT_KINDS,
  PROMPT_LEVELS,
} from "./shape";

const NUMBERS = {
  decimals: { min: 0, max: 3, whole: true },
  min: { min: -100_000, max: 100_000 },
  max: { min: -100_000, max: 100_000 },
  trialsPerSession: { min: 1, max: 1000, whole: true },
  intervalSeconds: { min: 1, max: 3600, whole: true },
  intervals: { min: 1, max: 1000, whole: true },
  timingSeconds: { min: 1, max: 86_400, whole: true },
  pointsPossible: { min: 1, max: 10_000 },
} as const;

const known = (name: string, value: string | undefined, values: readonly string[]): Problem[] =>
  value === undefined || values.includes(value)
    ? []
    : [problem(`measurement.${name}`, "unknownValue")];

export function checkGoalMeasurement(measurement: GoalMeasurement): Problem[] {
  const { kind, min, max } = measurement;
  return [
    ...checkText("measurement.unit", measurement.unit, { required: true, max: LIMITS.name }),
    ...known("kind", kind, MEASUREMENT_KINDS),
    ...known("direction", measurement.direction, DIRECTIONS),
    ...known("intervalMethod", measurement.intervalMethod, INTERVAL_METHODS),
    ...known("countsUpTo", measurement.countsUpTo, measurement.promptLevels ?? PROMPT_LEVELS),
    ...(measurement.promptLevels ?? []).flatMap((level) =>
      known("promptLevels", level, PROMPT_LEVELS),
    ),
    ...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).flatMap((name) => {
      const value = measurement[name];
      return value === undefined ? [] : checkNumber(`measurement.${name}`, value, NUMBERS[name]);
    }),
    ...(min !== undefined && max !== undefined && min >= max
      ? [problem("measurement.max", "mustBeAfter", { other: "measurement.min" })]
      : []),
    ...(kind === "rating" ? checkList("ratingLevels", measurement.ratingLevels, 10) : []),
    ...(kind === "taskAnalysis" ? checkList("steps", measurement.steps, 40) : []),
    ...(kind === "interval" ? required(measurement, ["intervalSeconds", "intervalMethod"]) : []),
  ];
}

function required(
  measurement: GoalMeasurement,
  names: readonly (keyof GoalMeasurement)[],
): Problem[] {
  return names
    .filter((name) => measurement[name] === undefined)
    .map((name) => problem(`measurement.${name}`, "required"));
}

/** At least two items, each with a text. */
function checkList(name: string, items: readonly string[] = [], max: number): Problem[] {
  const field = `measurement.${name}`;
  return [
    ...(items.length < 2 ? [problem(field, "required")] : []),
    ...(items.length > max ? [problem(field, "tooMany", { max })] : []),
    ...items.flatMap((item) => checkText(field, item, { required: true, max: LIMITS.title })),
  ];
}
