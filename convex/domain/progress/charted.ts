/** From a raw observation to the number that is charted, and the scale of that number. */
import {
  type Direction,
  type GoalMeasurement,
  type Measurement,
  type MeasurementKind,
  type MeasurementOf,
  PROMPT_LEVELS,
  type PromptLevel,
} from "./shape";

/** Whether there was no more help than the most that counts. */
export function countsAs(prompt: PromptLevel, most: PromptLevel): boolean {
  return PROMPT_LEVELS.indexOf(prompt) <= PROMPT_LEVELS.indexOf(most);
}

const share = (part: number, whole: number): number => (100 * part) / whole;
const perMinute = (count: number, seconds: number): number => (60 * count) / seconds;
const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const CHARTED: { [Kind in MeasurementKind]: (measurement: MeasurementOf<Kind>) => number } = {
  trials: ({ correct, total }) => share(correct, total),
  trialByTrial: ({ trials, countsUpTo }) =>
    share(
      trials.filter(({ correct, prompt }) => correct && countsAs(prompt, countsUpTo)).length,
      trials.length,
    ),
  percent: ({ percent }) => percent,
  workSample: ({ points, possible }) => share(points, possible),
  taskAnalysis: ({ steps, countsUpTo }) =>
    share(
      steps.filter((step) => step !== "notDone" && countsAs(step, countsUpTo)).length,
      steps.length,
    ),
  count: ({ count }) => count,
  rate: ({ count, seconds }) => perMinute(count, seconds),
  duration: ({ seconds }) => seconds,
  latency: ({ seconds }) => seconds,
  interResponse: ({ gaps }) => sum(gaps) / gaps.length,
  interval: ({ marks }) => {
    const watched = marks.filter((mark) => mark !== "missed");
    return share(watched.filter((mark) => mark === "yes").length, watched.length);
  },
  rating: ({ level }) => level,
  yesNo: ({ yes }) => (yes ? 1 : 0),
  oralReading: ({ words, errors, seconds }) => perMinute(words - errors, seconds),
  digitsCorrect: ({ correct, seconds }) => perMinute(correct, seconds),
  maze: ({ correct, errors }) => correct - errors,
  abc: ({ occurrences }) => occurrences,
};

/**
 * The charted number, with all its digits.
 *
 * Shares are percent: trials and steps that were right with no more help than counts, points of the possible ones,
 * intervals of those that somebody watched. Rates are per minute: responses, words correct (words − errors: WCPM) and
 * digits correct. A maze is correct − errors, so guessing does not raise it, and it may fall below zero. Time is in
 * seconds; between responses it is the mean. A rating is its level's number, yes is 1 and no is 0, an event is 1.
 */
export function chartedValue(measurement: Measurement): number {
  return (CHARTED[measurement.kind] as (measurement: Measurement) => number)(measurement);
}

/** How the charted number is read. */
export type Scale = "percent" | "clock" | "number" | "level" | "yesNo";

const SCALES: Record<MeasurementKind, { scale: Scale; unit: string; max: number }> = {
  trials: { scale: "percent", unit: "%", max: 100 },
  trialByTrial: { scale: "percent", unit: "%", max: 100 },
  percent: { scale: "percent", unit: "%", max: 100 },
  workSample: { scale: "percent", unit: "%", max: 100 },
  taskAnalysis: { scale: "percent", unit: "%", max: 100 },
  interval: { scale: "percent", unit: "%", max: 100 },
  count: { scale: "number", unit: "count", max: 100_000 },
  rate: { scale: "number", unit: "per minute", max: 100_000 },
  duration: { scale: "clock", unit: "seconds", max: 86_400 },
  latency: { scale: "clock", unit: "seconds", max: 86_400 },
  interResponse: { scale: "clock", unit: "seconds", max: 86_400 },
  rating: { scale: "level", unit: "level", max: 10 },
  yesNo: { scale: "yesNo", unit: "yes or no", max: 1 },
  oralReading: { scale: "number", unit: "words correct per minute", max: 1000 },
  digitsCorrect: { scale: "number", unit: "digits correct per minute", max: 1000 },
  maze: { scale: "number", unit: "correct minus errors", max: 1000 },
  abc: { scale: "number", unit: "events", max: 1000 },
};

export const scaleOf = (kind: MeasurementKind): Scale => SCALES[kind].scale;

/** Unit of the charted number. */
export const measurementUnit = (kind: MeasurementKind): string => SCALES[kind].unit;

/** Smallest and largest charted value of a goal's measurement: its own, where the team chose one. */
export function valueRange(measurement: GoalMeasurement): { min: number; max: number } {
  const { scale, max } = SCALES[measurement.kind];
  if (scale === "level") return { min: 1, max: measurement.ratingLevels?.length ?? max };
  if (scale !== "number" && scale !== "clock") return { min: 0, max };
  return {
    min: measurement.min ?? (measurement.kind === "maze" ? -max : 0),
    max: measurement.max ?? max,
  };
}

/** The whole scale is always shown where it has two known ends: equal heights mean equal things. */
export function hasFixedScale({ kind, max }: GoalMeasurement): boolean {
  return ["percent", "level", "yesNo"].includes(scaleOf(kind)) || max !== undefined;
}

/**
 * What one day says about a goal whose entries are single events: their sum on each date. Of the other kinds each entry
 * is an observation of its own and stays.
 * @param points by date
 */
export function chartedSeries<Point extends { date: string; value: number }>(
  kind: MeasurementKind,
  points: readonly Point[],
): Point[] {
  if (kind !== "abc") return [...points];
  const days: Point[] = [];
  for (const point of points) {
    const day = days.at(-1);
    if (day?.date === point.date)
      days[days.length - 1] = { ...point, value: day.value + point.value };
    else days.push(point);
  }
  return days;
}

/** 1 where more is better, −1 where less is. */
export function betterSign({
  direction,
  keep,
}: {
  direction: Direction;
  keep?: GoalMeasurement["keep"];
}): 1 | -1 {
  if (direction === "maintain") return keep === "atMost" ? -1 : 1;
  return direction === "increase" ? 1 : -1;
}

/** Share of the words read that were right, in percent; null where no word was read. */
export function readingAccuracy({ words, errors }: MeasurementOf<"oralReading">): number | null {
  return words === 0 ? null : share(words - errors, words);
}
