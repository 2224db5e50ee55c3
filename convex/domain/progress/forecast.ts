/**
 * "Expected by the date: yes, no, not sure, because …": the only forecast there is. Goal page, decisions, progress reports
 * and dashboards say what it says.
 *
 * The line is that of least squares through the points of the phase that counts now, on their real dates. The chance that
 * one observation on the goal's date reaches the target, if everything goes on as in these points, is Student's t with
 * n − 2 degrees of freedom at (ŷ − target) / (s √(1 + 1/n + (x₀ − x̄)² / Σ(x − x̄)²)): the further the date, the wider. From
 * 75 % on it is expected, below 40 % it is not (the bands of aimswebPlus); between them it may go either way.
 *
 * Three limits keep it honest.
 * - Minimum: as many points and weeks of one phase as the district asks for (aimswebPlus: four points, week 6).
 * - Horizon: no further ahead than the points reach back. A straight line is an assumption that data support only where
 *   they are; "the number of forecast intervals should never exceed the length of the historical series" (CA MICS, Capacity
 *   Planner Option Guide, 6.2), and how sure the slope of a curriculum-based measurement is depends on how many weeks it
 *   spans and how much the probes scatter (Christ 2006, abstract). Further ahead the answer is "not sure", with the day from which it can be given.
 * - Certainty: never above 95 % nor below 5 %. Few points without scatter, or an error that happens to be small, prove
 *   nothing about illness, holidays or a new teacher.
 */
import { addDays, daysBetween } from "../calendar/calendarDate";
import { BAND_MINIMUM, fitLine, type Interval, leverage, trendValue } from "./bands";
import { betterSign } from "./charted";
import { studentCdf, studentQuantile } from "./distributions";
import type { GoalMeasurement } from "./shape";
import { type DatedValue, median } from "./trend";

/** From here on the goal is expected to be reached; below `UNCERTAIN`, not to be. */
export const LIKELY = 0.75;
export const UNCERTAIN = 0.4;
/** No likelihood is said to be nearer to certainty than this. */
export const MOST_CERTAIN = 0.95;
/** Older data do not say how somebody does now. */
export const FRESH_DAYS = 30;
/** Of so many newest points the median is how somebody does now. */
export const LEVEL_POINTS = 3;

export type ForecastReason =
  | "noData"
  | "oldData"
  | "tooFewPoints"
  | "tooShort"
  | "tooFar"
  | "reached"
  | "datePassed"
  | "trendReaches"
  | "trendFallsShort"
  | "bandCrosses";

interface Amount {
  points: number;
  weeks: number;
}

export interface Forecast {
  expected: "yes" | "no" | "unsure";
  because: ForecastReason;
  by: string;
  /** Of the phase. */
  points: number;
  /** Median of the three newest points, if there are so many. */
  level: number | null;
  /**
   * The line's value on the goal's date, where a single observation then lies with 95 %, and the likelihood that it reaches
   * the target; null where one of the limits forbids to say so.
   */
  projected: (Interval & { value: number; probability?: number }) | null;
  /** What a likelihood takes, and what there is. */
  enough?: { needed: Amount; have: Amount };
  /** Where the date is too far: the day from which it can be said, if data go on. */
  possibleFrom?: string;
}

export interface ForecastGoal {
  targetCriteria: { timeframe: string; target: number };
  measurement: Pick<GoalMeasurement, "direction" | "keep">;
}

/**
 * @param points those of the phase that counts, by date
 * @param minimum what the district asks for
 * @param asOf the day that it looks from
 */
export function forecast(
  points: readonly DatedValue[],
  goal: ForecastGoal,
  { minimum, asOf }: { minimum: Amount; asOf: string },
): Forecast {
  const { timeframe: by, target } = goal.targetCriteria;
  const better = betterSign(goal.measurement);
  const newest = points.slice(-LEVEL_POINTS).map(({ value }) => value);
  const level = newest.length < LEVEL_POINTS ? null : median(newest);
  const first = points[0];
  const last = points.at(-1);
  const days = first === undefined || last === undefined ? 0 : daysBetween(first.date, last.date);
  const needed = { points: Math.max(BAND_MINIMUM, minimum.points), weeks: minimum.weeks };
  const answer = (
    expected: Forecast["expected"],
    because: ForecastReason,
    projected: Forecast["projected"] = null,
  ): Forecast => ({
    ...{ expected, because, by, level, projected, points: points.length },
    enough: { needed, have: { points: points.length, weeks: Math.floor(days / 7) } },
  });
  if (first === undefined || last === undefined) return answer("unsure", "noData");
  if (daysBetween(last.date, asOf) > FRESH_DAYS) return answer("unsure", "oldData");
  const unsaid = whyUnsaid();
  const projected = unsaid === null ? project(points, goal) : null;
  if (level !== null && better * (level - target) >= 0) return answer("yes", "reached", projected);
  if (by < asOf) return answer("no", "datePassed");
  if (unsaid === "tooFar") {
    const possibleFrom = addDays(first.date, Math.ceil(daysBetween(first.date, by) / 2));
    return { ...answer("unsure", "tooFar"), possibleFrom };
  }
  if (unsaid !== null || projected === null) return answer("unsure", unsaid ?? "tooShort");
  if (projected.probability >= LIKELY) return answer("yes", "trendReaches", projected);
  if (projected.probability < UNCERTAIN) return answer("no", "trendFallsShort", projected);
  return answer("unsure", "bandCrosses", projected);

  function whyUnsaid(): "tooFewPoints" | "tooShort" | "tooFar" | null {
    if (points.length < needed.points) return "tooFewPoints";
    if (days < 7 * needed.weeks || days === 0) return "tooShort";
    return daysBetween(last?.date ?? by, by) > days ? "tooFar" : null;
  }
}

/** Null where there is no line. */
function project(
  points: readonly DatedValue[],
  { targetCriteria: { timeframe, target }, measurement }: ForecastGoal,
): (Interval & { value: number; probability: number }) | null {
  const fit = fitLine(points);
  if (fit === null) return null;
  const value = trendValue(fit.trend, timeframe);
  const error = fit.scatter * Math.sqrt(1 + leverage(fit, timeframe));
  const half = studentQuantile(0.975, fit.freedom) * error;
  const distance = betterSign(measurement) * (value - target);
  // Without any scatter the line says on which side it ends, and no more than that.
  const close = 1e-9 * Math.max(1, Math.abs(target));
  const computed =
    error <= close ? Number(distance >= -close) : studentCdf(distance / error, fit.freedom);
  const probability = Math.min(MOST_CERTAIN, Math.max(1 - MOST_CERTAIN, computed));
  return { value, low: value - half, high: value + half, probability };
}
