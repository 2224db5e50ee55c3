/** From points and goal to what the chart draws. Pure: the chart only paints it. */
import { addDays, compareDates, daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { aimLineValue, aimOf } from "../../../convex/domain/progress/aimLine";
import { hasFixedScale, valueRange } from "../../../convex/domain/progress/charted";
import { CELERATION_DAYS, celeration } from "../../../convex/domain/progress/celeration";
import { type Phase, segments } from "../../../convex/domain/progress/phases";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { JUDGED_POINTS, ordinaryLeastSquares } from "../../../convex/domain/progress/trend";

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
  /** Counts the phases from 0 on: each has a shape of its own. */
  index: number;
  /** Ends of the trend within the phase; null where there are too few data. */
  trend: Place[] | null;
}
export interface ChartData {
  firstDate: string;
  lastDay: number;
  segments: ChartSegment[];
  aim: [Place, Place];
  /** What the plan expects on the way, as steps. */
  steps: Place[];
  phaseLines: { day: number; name: string }[];
  /** Long times without data: no line crosses them either. */
  breaks: { from: number; to: number }[];
  minimum: number;
  maximum: number;
  /** Days and dates of the ticks below the chart. */
  ticks: { day: number; date: string }[];
}

/** The longest way between two points that a line joins: a break in data taking is a gap in the line. */
const LONGEST_JOIN_DAYS = 21;

/** The data so far in full width, the whole way to the target, or change by factors over 20 weeks. */
export type ChartRange = "data" | "plan" | "factor";

/** First and last day, where several charts share one axis. */
export interface ChartDates {
  first: string;
  last: string;
}

/** @param points valid ones in order */
export function chartData(
  goal: ChartGoal,
  points: readonly ChartPoint[],
  range: ChartRange,
  { dates: shared, steps = [] }: { dates?: ChartDates; steps?: readonly ChartStep[] } = {},
): ChartData {
  const { date: baselineDate, value: baseline } = goal.baselineData;
  const { timeframe, target } = goal.targetCriteria;
  const dates = [baselineDate, ...points.map(({ date }) => date)].sort();
  const { first: firstDate, last: lastDate } =
    shared ?? datesOf(dates, { range, timeframe, baselineDate });
  const aim = aimOf(goal);
  const aimEnd = timeframe < lastDate ? timeframe : lastDate;
  const day = (date: string) => daysBetween(firstDate, date);
  const place = ({ date, value }: { date: string; value: number }): Place => ({
    day: day(date),
    value,
  });
  const inView = points.filter(({ date }) => date >= firstDate && date <= lastDate);
  const groups = segments(inView, goal.phases).flatMap(({ phase, points: inPhase }, index) =>
    splitAtBreaks(inPhase).map((part, at) => ({
      phase: phase?.name ?? null,
      index,
      points: part.map((point) => ({ ...place(point), id: point.id })),
      trend: at > 0 ? null : range === "factor" ? curveOf(inPhase, place) : trendOf(inPhase, place),
    })),
  );
  const values = [baseline, target, ...inView.map(({ value }) => value)];
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
    steps: stepsOf(steps, { baseline, baselineDate, lastDate }).map(place),
    breaks: breaksOf(inView).map(({ from, to }) => ({ from: day(from), to: day(to) })),
    phaseLines: goal.phases
      .filter(({ startDate }) => startDate >= firstDate && startDate <= lastDate)
      .map(({ name, startDate }) => ({ day: day(startDate), name })),
    // Below zero only where the data are: a maze may be worse than guessing.
    minimum: possible.min < 0 ? Math.min(0, ...values) : possible.min,
    // Percent and levels have their whole scale, always: equal heights mean equal things.
    maximum: hasFixedScale(goal.measurement) ? possible.max : roundUp(highest * 1.1),
    ticks: monthTicks(firstDate, lastDay),
  };
}

/** An objective: so much is expected by then. */
export interface ChartStep {
  date: string;
  value: number;
  label: string;
}

/** From the baseline up (or down) to each objective at its date, and level between them. */
function stepsOf(
  steps: readonly ChartStep[],
  {
    baseline,
    baselineDate,
    lastDate,
  }: { baseline: number; baselineDate: string; lastDate: string },
): { date: string; value: number }[] {
  const within = steps
    .filter(({ date }) => date > baselineDate && date <= lastDate)
    .sort((a, b) => compareDates(a.date, b.date));
  if (within.length === 0) return [];
  let level = baseline;
  const corners = [{ date: baselineDate, value: baseline }];
  for (const { date, value } of within) {
    corners.push({ date, value: level }, { date, value });
    level = value;
  }
  return corners;
}

function breaksOf(points: readonly ChartPoint[]): { from: string; to: string }[] {
  return points.flatMap(({ date }, index) => {
    const before = points[index - 1];
    return before !== undefined && daysBetween(before.date, date) > LONGEST_JOIN_DAYS
      ? [{ from: before.date, to: date }]
      : [];
  });
}

function datesOf(
  dates: readonly string[],
  about: { range: ChartRange; timeframe: string; baselineDate: string },
): ChartDates {
  const first = dates[0] ?? about.baselineDate;
  if (about.range === "plan") return { first, last: later(about.timeframe, dates.at(-1)) };
  const last = withRoom(dates);
  if (about.range === "data") return { first, last };
  // The width that teachers know, ending where the data do.
  return daysBetween(first, last) <= CELERATION_DAYS
    ? { first, last: addDays(first, CELERATION_DAYS) }
    : { first: addDays(last, -CELERATION_DAYS), last };
}

/** The change by factors as places on the curve that it is on an ordinary scale, a straight line on a logarithmic one. */
function curveOf(
  points: readonly ChartPoint[],
  place: (point: { date: string; value: number }) => Place,
): Place[] | null {
  const { trend } = celeration(points);
  if (trend.status !== "computed") return null;
  const days = daysBetween(trend.firstDate, trend.lastDate);
  return [0, days].map((day) =>
    place({
      date: addDays(trend.firstDate, day),
      value: Math.exp(trend.intercept + (trend.slopePerWeek * day) / 7),
    }),
  );
}

/**
 * Fewer points that look the same: of each of so many parts of the axis the first, the lowest, the highest and the last.
 * Only the drawing is thinned out; figures, table and keyboard have all.
 */
export function thinOut<P extends Place>(points: readonly P[], parts: number): readonly P[] {
  if (points.length <= 4 * parts) return points;
  const [first, last] = [points[0]?.day ?? 0, points.at(-1)?.day ?? 0];
  const width = Math.max(1, (last - first) / parts);
  const kept = new Map<number, P[]>();
  for (const point of points) {
    const part = Math.floor((point.day - first) / width);
    kept.set(part, [...extremes(kept.get(part) ?? [], point)]);
  }
  return [...kept.values()].flat();
}

function extremes<P extends Place>(so: readonly P[], point: P): P[] {
  const all = [...so, point];
  const values = all.map(({ value }) => value);
  const [low, high] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  return all.filter(
    (_, index) => index === 0 || index === low || index === high || index === all.length - 1,
  );
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
): Place[] | null {
  // As many as are judged: the line that is drawn is the one whose slope is told.
  const trend = ordinaryLeastSquares(points.slice(-JUDGED_POINTS));
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
