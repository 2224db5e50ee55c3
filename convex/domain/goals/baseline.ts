/** A baseline out of data that are there: the median of some points, by default the last three (D2). */
import { compareDates } from "../calendar/calendarDate";
import { median } from "../progress/trend";

export interface BaselinePoint {
  id: string;
  date: string;
  value: number;
}

export const BASELINE_POINTS = 3;
/** Beyond these it is a history, no baseline. */
export const MOST_BASELINE_POINTS = 12;

/** The last three by date, oldest first; of one date, those that stand later count as later. */
export function defaultBaselinePoints<Point extends BaselinePoint>(
  points: readonly Point[],
): Point[] {
  return [...points].sort((a, b) => compareDates(a.date, b.date)).slice(-BASELINE_POINTS);
}

/** What the chosen points give, with the arithmetic: null without any. */
export function baselineOf(points: readonly BaselinePoint[]): {
  value: number;
  /** Of the latest point. */
  date: string;
  /** In order of size: the middle one, or the mean of the two in the middle, is the value. */
  ordered: number[];
} | null {
  if (points.length === 0) return null;
  const ordered = points.map(({ value }) => value).sort((a, b) => a - b);
  const date = points.reduce((latest, point) => (point.date > latest ? point.date : latest), "");
  return { value: median(ordered), date, ordered };
}
