/** From points and goal to what the chart draws. Pure: the chart only paints it. */
import { addDays, daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { aimLineValue, aimOf } from "../../../convex/domain/progress/aimLine";
import { hasFixedScale, valueRange } from "../../../convex/domain/progress/charted";
import { type Phase, segments } from "../../../convex/domain/progress/phases";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { ordinaryLeastSquares } from "../../../convex/domain/progress/trend";

export interface ChartGoal {
  baselineData: { date: string; value: number };
  targetCriteria: { timeframe: string; target: number };
  measurement: GoalMeasurement;
  phases: readonly Phase[];
}
export interface ChartPoint {
  id: string;
  date: string;
  value: number;
}

/** Days since the first day of the chart: dates are drawn to scale. */
export interface Place {
  day: number;
  value: number;
}
export interface ChartSegment {
  phase: string | null;
  points: (Place & { id: string })[];
  /** Ends of the trend within the phase; null where there are too few data. */
  trend: [Place, Place] | null;
}
export interface ChartData {
  firstDate: string;
  lastDay: number;
  segments: ChartSegment[];
  aim: [Place, Place];
  phaseLines: { day: number; name: string }[];
  minimum: number;
  maximum: number;
  /** Days and dates of the ticks below the chart. */
  ticks: { day: number; date: string }[];
}

/** The longest way between two points that a line joins: a break in data taking is a gap in the line. */
const LONGEST_JOIN_DAYS = 21;

/** The data so far in full width, or the whole way to the target. */
export type ChartRange = "data" | "plan";

/** @param points valid ones in order */
export function chartData(
  goal: ChartGoal,
  points: readonly ChartPoint[],
  range: ChartRange,
): ChartData {
  const { date: baselineDate, value: baseline } = goal.baselineData;
  const { timeframe, target } = goal.targetCriteria;
  const dates = [baselineDate, ...points.map(({ date }) => date)].sort();
  const firstDate = dates[0] ?? baselineDate;
  const lastDate = range === "plan" ? later(timeframe, dates.at(-1)) : withRoom(dates);
  const aim = aimOf(goal);
  const aimEnd = timeframe < lastDate ? timeframe : lastDate;
  const day = (date: string) => daysBetween(firstDate, date);
  const place = ({ date, value }: { date: string; value: number }): Place => ({
    day: day(date),
    value,
  });
  const groups = segments(points, goal.phases).flatMap(({ phase, points: inPhase }) =>
    splitAtBreaks(inPhase).map((part, index) => ({
      phase: phase?.name ?? null,
      points: part.map((point) => ({ ...place(point), id: point.id })),
      trend: index === 0 ? trendOf(inPhase, place) : null,
    })),
  );
  const values = [baseline, target, ...points.map(({ value }) => value)];
  const possible = valueRange(goal.measurement);
  const highest = Math.max(...values);
  const lastDay = day(lastDate);
  return {
    firstDate,
    lastDay,
    segments: groups,
    aim: [
      { day: day(baselineDate), value: baseline },
      { day: day(aimEnd), value: aimLineValue(aim, aimEnd) ?? target },
    ],
    phaseLines: goal.phases
      .filter(({ startDate }) => startDate >= firstDate && startDate <= lastDate)
      .map(({ name, startDate }) => ({ day: day(startDate), name })),
    // Below zero only where the data are: a maze may be worse than guessing.
    minimum: possible.min < 0 ? Math.min(0, ...values) : possible.min,
    maximum: hasFixedScale(goal.measurement) ? possible.max : roundUp(highest * 1.1),
    ticks: monthTicks(firstDate, lastDay),
  };
}

const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/** A little more than the data, at least a month: the next points have a place already. */
function withRoom(dates: readonly string[]): string {
  const first = dates[0] ?? "";
  const last = dates.at(-1) ?? first;
  const days = daysBetween(first, last);
  return addDays(last, Math.max(7, Math.ceil(days * 0.15), 30 - days));
}

function splitAtBreaks<P extends { date: string }>(points: readonly P[]): P[][] {
  const parts: P[][] = [];
  for (const point of points) {
    const before = parts.at(-1)?.at(-1);
    if (before !== undefined && daysBetween(before.date, point.date) <= LONGEST_JOIN_DAYS)
      parts.at(-1)?.push(point);
    else parts.push([point]);
  }
  return parts;
}

function trendOf(
  points: readonly ChartPoint[],
  place: (point: { date: string; value: number }) => Place,
): [Place, Place] | null {
  const trend = ordinaryLeastSquares(points);
  if (trend.status !== "computed") return null;
  const { firstDate, lastDate, intercept, slopePerWeek } = trend;
  const weeks = daysBetween(firstDate, lastDate) / 7;
  return [
    place({ date: firstDate, value: intercept }),
    place({ date: lastDate, value: intercept + slopePerWeek * weeks }),
  ];
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

/** First days of months, at most eight of them; of a shorter time, weeks. */
function monthTicks(firstDate: string, lastDay: number): { day: number; date: string }[] {
  const ticks: { day: number; date: string }[] = [];
  const weekly = lastDay < 100;
  for (let day = 0; day <= lastDay; day++) {
    const date = addDays(firstDate, day);
    if (weekly ? day % 7 === 0 : date.endsWith("-01")) ticks.push({ day, date });
  }
  const every = Math.max(1, Math.ceil(ticks.length / 8));
  return ticks.filter((_, index) => index % every === 0);
}
