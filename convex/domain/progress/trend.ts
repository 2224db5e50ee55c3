/** Straight lines through observations on their real dates; x in weeks, days / 7 (D3). */
import { compareDates, weeksBetween } from "../calendar/calendarDate";

/** The newest entries that are judged: a goal is judged whenever one is logged, so there is an end to what is read. */
export const JUDGED_POINTS = 200;

export interface DatedValue {
  date: string;
  value: number;
}

export type Trend =
  | { status: "notEnoughData"; needed: number; have: number }
  | {
      status: "computed";
      method: "leastSquares" | "theilSen";
      /** Change of the value per week. */
      slopePerWeek: number;
      /** Value of the line on `firstDate`. */
      intercept: number;
      firstDate: string;
      lastDate: string;
      points: number;
    };

/** Fewer points show no trend (aimswebPlus, Classworks). */
export const TREND_MINIMUM = 3;

interface Series {
  xs: number[];
  ys: number[];
  firstDate: string;
  lastDate: string;
}

function seriesOf(points: readonly DatedValue[]): Series | null {
  const ordered = [...points].sort((a, b) => compareDates(a.date, b.date));
  const first = ordered[0];
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return null;
  if (ordered.length < TREND_MINIMUM || first.date === last.date) return null;
  return {
    xs: ordered.map(({ date }) => weeksBetween(first.date, date)),
    ys: ordered.map(({ value }) => value),
    firstDate: first.date,
    lastDate: last.date,
  };
}

const tooFew = (points: readonly DatedValue[]): Trend => ({
  status: "notEnoughData",
  needed: TREND_MINIMUM,
  have: points.length,
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Slope sum((x - mean x)(y - mean y)) / sum((x - mean x)^2); points on at least two dates. */
export function ordinaryLeastSquares(points: readonly DatedValue[]): Trend {
  const series = seriesOf(points);
  if (series === null) return tooFew(points);
  const { xs, ys, firstDate, lastDate } = series;
  const meanX = mean(xs);
  const meanY = mean(ys);
  let products = 0;
  let squares = 0;
  xs.forEach((x, index) => {
    products += (x - meanX) * ((ys[index] ?? 0) - meanY);
    squares += (x - meanX) ** 2;
  });
  const slopePerWeek = products / squares;
  return {
    status: "computed",
    method: "leastSquares",
    slopePerWeek,
    intercept: meanY - slopePerWeek * meanX,
    ...{ firstDate, lastDate, points: xs.length },
  };
}

/** The middle one of ordered numbers, or the mean of the two in the middle. */
function middleOf(ordered: ArrayLike<number>): number {
  const middle = ordered.length / 2;
  if (Number.isInteger(middle))
    return ((ordered[middle - 1] ?? Number.NaN) + (ordered[middle] ?? Number.NaN)) / 2;
  return ordered[Math.floor(middle)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return middleOf([...values].sort((a, b) => a - b));
}

/** Slopes between all pairs of different x, in order; pairs of equal x have none. Two thousand points have two million. */
export function pairSlopes(xs: readonly number[], ys: readonly number[]): Float64Array {
  const slopes = new Float64Array((xs.length * (xs.length - 1)) / 2);
  let count = 0;
  xs.forEach((x, i) => {
    for (let j = i + 1; j < xs.length; j++) {
      const distance = (xs[j] ?? 0) - x;
      if (distance !== 0) slopes[count++] = ((ys[j] ?? 0) - (ys[i] ?? 0)) / distance;
    }
  });
  return slopes.subarray(0, count).sort();
}

/** Median (the ordinary one) of `pairSlopes`; intercept: median of y - slope x. */
export function theilSen(points: readonly DatedValue[]): Trend {
  const series = seriesOf(points);
  if (series === null) return tooFew(points);
  const { xs, ys, firstDate, lastDate } = series;
  const slopePerWeek = middleOf(pairSlopes(xs, ys));
  return {
    status: "computed",
    method: "theilSen",
    slopePerWeek,
    intercept: median(xs.map((x, index) => (ys[index] ?? 0) - slopePerWeek * x)),
    ...{ firstDate, lastDate, points: xs.length },
  };
}
