/**
 * "Expected by the date: yes, no, not sure, because …". A report has to tell whether the progress is enough to reach the
 * goal by the end of the year; where the data do not say, it says so.
 *
 * The line is that of least squares through the points since the baseline, on their real dates. Around its value on the
 * target's date lies one standard error of prediction to each side, s √(1 + 1/n + (x₀ − x̄)² / Σ(x − x̄)²) with
 * s² = Σ(y − ŷ)² / (n − 2). The whole band on the good side of the target: yes; the whole band short of it: no.
 */
import { daysBetween, weeksBetween } from "../calendar/calendarDate";
import { type DatedValue, median, ordinaryLeastSquares } from "../progress/trend";
import { betterSign } from "../progress/charted";
import type { GoalToSummarize } from "../progress/summary";

/** aimswebPlus shows no likelihood before the sixth week, nor of fewer than four points. */
export const FORECAST_POINTS = 4;
export const FORECAST_DAYS = 42;
/** Older data do not say how somebody does now. */
export const FRESH_DAYS = 30;
/** Of so many newest points the median is how somebody does now. */
const LEVEL_POINTS = 3;

export type ForecastReason =
  | "noData"
  | "oldData"
  | "tooFewPoints"
  | "tooShort"
  | "reached"
  | "datePassed"
  | "trendReaches"
  | "trendFallsShort"
  | "bandCrosses";

export interface Forecast {
  expected: "yes" | "no" | "unsure";
  because: ForecastReason;
  by: string;
  points: number;
  /** Median of the three newest points, if there are so many. */
  level: number | null;
  /** The line's value on the target's date, with the band around it. */
  projected: { value: number; low: number; high: number } | null;
}

/**
 * @param points valid ones, in any order; those from before the baseline do not count
 * @param asOf the day that the report looks from; later points do not count
 */
export function forecast(
  points: readonly DatedValue[],
  goal: GoalToSummarize,
  asOf: string,
): Forecast {
  const { timeframe: by, target } = goal.targetCriteria;
  const since = points
    .filter(({ date }) => date >= goal.baselineData.date && date <= asOf)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const sign = betterSign(goal.measurement);
  const meets = (value: number) => sign * (value - target) >= 0;
  const newest = since.slice(-LEVEL_POINTS).map(({ value }) => value);
  const level = newest.length < LEVEL_POINTS ? null : median(newest);
  const projected = project(since, by);
  const answer = (expected: Forecast["expected"], because: ForecastReason): Forecast => ({
    ...{ expected, because, by, level, projected },
    points: since.length,
  });
  const first = since[0];
  const last = since.at(-1);
  if (first === undefined || last === undefined) return answer("unsure", "noData");
  if (daysBetween(last.date, asOf) > FRESH_DAYS) return answer("unsure", "oldData");
  if (level !== null && meets(level)) return answer("yes", "reached");
  if (by < asOf) return answer("no", "datePassed");
  if (since.length < FORECAST_POINTS) return answer("unsure", "tooFewPoints");
  if (projected === null || daysBetween(first.date, last.date) < FORECAST_DAYS)
    return answer("unsure", "tooShort");
  const [worst, best] =
    sign > 0 ? [projected.low, projected.high] : [projected.high, projected.low];
  if (meets(worst)) return answer("yes", "trendReaches");
  return meets(best) ? answer("unsure", "bandCrosses") : answer("no", "trendFallsShort");
}

function project(since: readonly DatedValue[], by: string): Forecast["projected"] {
  const trend = ordinaryLeastSquares(since);
  if (trend.status !== "computed" || since.length < FORECAST_POINTS) return null;
  const { firstDate, intercept, slopePerWeek } = trend;
  const xs = since.map(({ date }) => weeksBetween(firstDate, date));
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const spread = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const residuals = since.reduce(
    (sum, { value }, index) => sum + (value - intercept - slopePerWeek * (xs[index] ?? 0)) ** 2,
    0,
  );
  const at = weeksBetween(firstDate, by);
  const value = intercept + slopePerWeek * at;
  const error =
    Math.sqrt(residuals / (xs.length - 2)) *
    Math.sqrt(1 + 1 / xs.length + (at - mean) ** 2 / spread);
  return { value, low: value - error, high: value + error };
}
