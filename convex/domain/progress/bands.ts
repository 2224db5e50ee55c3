/**
 * How sure a trend is (D3): bands of 95 % around both lines.
 * The observations are taken as independent with equal scatter around a straight line; a percentage is not cut at 100.
 */
import { weeksBetween } from "../calendar/calendarDate";
import { NORMAL_975, studentQuantile } from "./distributions";
import { type DatedValue, ordinaryLeastSquares, pairSlopes, type Trend } from "./trend";

export type ComputedTrend = Extract<Trend, { status: "computed" }>;

/** A band says something from the fourth point on: with three, a single degree of freedom is left. */
export const BAND_MINIMUM = 4;

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
export function leverage({ trend, meanX, squares }: LineFit, date: string): number {
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
