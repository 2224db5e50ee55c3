/**
 * How sure a trend is (D3): bands of 95 % around both lines, and the forecast that follows from the least-squares line.
 * The observations are taken as independent with equal scatter around a straight line; a percentage is not cut at 100.
 */
import { daysBetween, weeksBetween } from "../calendar/calendarDate";
import { betterSign } from "./charted";
import { NORMAL_975, studentCdf, studentQuantile } from "./distributions";
import type { GoalMeasurement } from "./shape";
import { type DatedValue, ordinaryLeastSquares, pairSlopes, type Trend } from "./trend";

export type ComputedTrend = Extract<Trend, { status: "computed" }>;

/** A band says something from the fourth point on: with three, a single degree of freedom is left. */
const BAND_MINIMUM = 4;

/** The line's value on a date. */
export function trendValue(trend: ComputedTrend, date: string): number {
  return trend.intercept + trend.slopePerWeek * weeksBetween(trend.firstDate, date);
}

export interface LineFit {
  trend: ComputedTrend;
  /** n - 2 */
  freedom: number;
  /** sqrt(sum of squared residuals / (n - 2)) */
  scatter: number;
  meanX: number;
  /** sum((x - mean x)^2), x in weeks since the first date */
  squares: number;
}

/** The least-squares line with what its uncertainty is computed from; null below `BAND_MINIMUM`. */
export function fitLine(points: readonly DatedValue[]): LineFit | null {
  const trend = ordinaryLeastSquares(points);
  if (trend.status !== "computed" || points.length < BAND_MINIMUM) return null;
  const xs = points.map(({ date }) => weeksBetween(trend.firstDate, date));
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const residuals = points.reduce(
    (sum, { date, value }) => sum + (value - trendValue(trend, date)) ** 2,
    0,
  );
  const freedom = points.length - 2;
  return {
    trend,
    freedom,
    scatter: Math.sqrt(residuals / freedom),
    meanX,
    squares: xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0),
  };
}

/** 1 / n + (x - mean x)^2 / sum((x - mean x)^2) */
function leverage({ trend, meanX, squares }: LineFit, date: string): number {
  return 1 / trend.points + (weeksBetween(trend.firstDate, date) - meanX) ** 2 / squares;
}

export interface Interval {
  low: number;
  high: number;
}

/** Of the line itself on a date: y ± t(97.5 %, n - 2) s sqrt(1/n + (x - mean x)² / Σ(x - mean x)²). */
export function lineInterval(fit: LineFit, date: string): Interval {
  const middle = trendValue(fit.trend, date);
  const half = studentQuantile(0.975, fit.freedom) * fit.scatter * Math.sqrt(leverage(fit, date));
  return { low: middle - half, high: middle + half };
}

/** Of the slope: b ± t(97.5 %, n - 2) s / sqrt(Σ(x - mean x)²), per week. */
export function slopeInterval(fit: LineFit): Interval {
  const half = (studentQuantile(0.975, fit.freedom) * fit.scatter) / Math.sqrt(fit.squares);
  return { low: fit.trend.slopePerWeek - half, high: fit.trend.slopePerWeek + half };
}

/**
 * Of the Theil-Sen slope (Sen 1968, by Kendall's S): of the N ordered slopes between pairs on different dates, those of
 * rank k + 1 and N - k, where k is (N - 1.96 sqrt(n (n - 1) (2n + 5) / 18)) / 2 rounded down; null below `BAND_MINIMUM`.
 */
export function theilSenInterval(points: readonly DatedValue[]): Interval | null {
  if (points.length < BAND_MINIMUM) return null;
  const first = points.reduce((least, { date }) => (date < least ? date : least), "9999-12-31");
  return slopesInterval(
    pairSlopes(
      points.map(({ date }) => weeksBetween(first, date)),
      points.map(({ value }) => value),
    ),
    points.length,
  );
}

/** @param ordered slopes in their order, of `n` observations */
function slopesInterval(ordered: Float64Array, n: number): Interval | null {
  const half = NORMAL_975 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const skipped = Math.max(0, Math.floor((ordered.length - half) / 2));
  const [least, most] = [ordered[skipped], ordered[ordered.length - 1 - skipped]];
  return least === undefined || most === undefined ? null : { low: least, high: most };
}

export interface ForecastGoal {
  targetCriteria: { timeframe: string; target: number };
  measurement: Pick<GoalMeasurement, "direction" | "keep">;
}

export type Forecast =
  | {
      status: "notEnoughData";
      needed: { points: number; weeks: number };
      have: { points: number; weeks: number };
    }
  | {
      status: "computed";
      /** The line's value on the goal's date. */
      expected: number;
      /** Where a single observation on that date lies with 95 %. */
      between: Interval;
      /** That such an observation reaches the target. */
      probability: number;
      words: "likely" | "uncertain" | "unlikely";
    };

/** From here on a forecast is called likely; down to here, uncertain. */
export const LIKELY = 0.75;
export const UNCERTAIN = 0.4;

/**
 * The chance that an observation on the goal's date reaches the target, if everything goes on as in these points: Student's
 * t with n - 2 degrees of freedom at (y - target) / (s sqrt(1 + 1/n + (x - mean x)² / Σ(x - mean x)²)), y and x on the
 * goal's date. From as many points and weeks as the district asks for; aimswebPlus: 4 points, week 6.
 */
export function forecast(
  points: readonly DatedValue[],
  goal: ForecastGoal,
  minimum: { points: number; weeks: number },
): Forecast {
  const dates = points.map(({ date }) => date).sort();
  const days = daysBetween(dates[0] ?? "2000-01-01", dates.at(-1) ?? "2000-01-01");
  const fit = fitLine(points);
  if (fit === null || points.length < minimum.points || days < 7 * minimum.weeks)
    return {
      status: "notEnoughData",
      needed: { points: Math.max(BAND_MINIMUM, minimum.points), weeks: minimum.weeks },
      have: { points: points.length, weeks: Math.floor(days / 7) },
    };
  const { timeframe, target } = goal.targetCriteria;
  const expected = trendValue(fit.trend, timeframe);
  const error = fit.scatter * Math.sqrt(1 + leverage(fit, timeframe));
  const better = betterSign(goal.measurement);
  const distance = better * (expected - target);
  const half = studentQuantile(0.975, fit.freedom) * error;
  // Without any scatter the line is what will be.
  const probability =
    error <= 1e-9 * Math.max(1, Math.abs(target))
      ? Number(distance >= -1e-9)
      : studentCdf(distance / error, fit.freedom);
  return {
    status: "computed",
    expected,
    between: { low: expected - half, high: expected + half },
    probability,
    words: probability >= LIKELY ? "likely" : probability >= UNCERTAIN ? "uncertain" : "unlikely",
  };
}
