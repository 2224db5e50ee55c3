/** A goal that goes on in next year's plan: its baseline out of the data of the last period, its dates within the new plan. */
import { addDays, daysBetween } from "../calendar/calendarDate";
import { type BaselinePoint, baselineOf, defaultBaselinePoints } from "../goals/baseline";

interface PlanDates {
  effectiveDate: string;
  expirationDate: string;
}

/**
 * The median of the last three observations since the former baseline (`domain/goals/baseline`), on the day of the last one.
 * Null where nothing was observed: then nobody knows where the student is, and the former baseline is no new one.
 * @param points valid ones of this goal
 */
export function carriedBaseline<Point extends BaselinePoint>(
  former: { date: string },
  points: readonly Point[],
): { value: number; date: string; points: Point[] } | null {
  const chosen = defaultBaselinePoints(points.filter(({ date }) => date >= former.date));
  const found = baselineOf(chosen);
  return found === null ? null : { value: found.value, date: found.date, points: chosen };
}

/** As far into the new plan as it was into the former one, and never beyond its last day. */
export function carriedDay(day: string, from: PlanDates, to: PlanDates): string {
  const moved = addDays(day, daysBetween(from.effectiveDate, to.effectiveDate));
  return moved > to.expirationDate ? to.expirationDate : moved;
}
