/** Change by a factor per week, as on a semi-logarithmic chart: x 2.0 is doubling, ÷ 1.5 is a third less (D7). */
import { type DatedValue, ordinaryLeastSquares, type Trend } from "./trend";

/** The width of the chart that teachers know: 20 weeks. */
export const CELERATION_DAYS = 140;

/** (after / before)^(1 / weeks): from 10 to 25 a minute in 4 weeks is x 1.257 a week. */
export function celerationBetween(before: number, after: number, weeks: number): number {
  return (after / before) ** (1 / weeks);
}

export interface Celeration {
  /** Of ln(value); a multiplication has no zero, so values of zero take no part. */
  trend: Trend;
  /** exp(slope of ln(value) per week); null where there are too few. */
  factor: number | null;
  zeros: number;
}

/** The least-squares line through ln(value). */
export function celeration(points: readonly DatedValue[]): Celeration {
  const positive = points.filter(({ value }) => value > 0);
  const trend = ordinaryLeastSquares(
    positive.map(({ date, value }) => ({ date, value: Math.log(value) })),
  );
  return {
    trend,
    factor: trend.status === "computed" ? Math.exp(trend.slopePerWeek) : null,
    zeros: points.length - positive.length,
  };
}
