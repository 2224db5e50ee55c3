/**
 * How one goal stands, in one word: what a dashboard counts. It follows from the newest points and from the day, since
 * data grow old.
 *
 * - unknown: fewer than three points since the baseline, or the newest one is older than six weeks
 * - off track: the level is behind the aim line, and the trend does not reach the target in time; or the last four
 *   points all lie behind the line, of at least six (the four-point rule)
 * - on track: the level is on the line or ahead of it, and the trend reaches the target or there is none yet
 * - watch: one of the two
 *
 * The level is good if of the three newest points the middle one by its distance from the aim line is on the line or
 * ahead of it; after the aim line's end, its end counts.
 */
import { addDays, daysBetween, weeksBetween } from "../calendar/calendarDate";
import { aimLineValue, aimOf } from "../progress/aimLine";
import { betterSign } from "../progress/charted";
import type { GoalToSummarize } from "../progress/summary";
import { type DatedValue, median, ordinaryLeastSquares } from "../progress/trend";

export const STANDINGS = ["onTrack", "watch", "offTrack", "unknown"] as const;
export type Standing = (typeof STANDINGS)[number];

/** The newest points that count: an older one tells nothing about now. */
export const WINDOW = 30;
/** So many days without data are told to whoever is responsible. */
export const QUIET_DAYS = 14;
/** After so many nothing is known any more. */
export const OLD_DAYS = 42;

export interface GoalState {
  standing: Standing;
  /** The decision rule that the data fired, if one did. */
  rule: "fourBehind" | "fourAhead" | null;
  lastDataOn: string | null;
  /** No data for `QUIET_DAYS`: counted from the baseline where there never were any. */
  quiet: boolean;
  /** The first day on which time alone changes something of this; null: never. */
  nextChangeOn: string | null;
}

/** @param points the newest valid ones, in any order; of several on one date the one that comes last counts as later */
export function goalState(
  points: readonly DatedValue[],
  goal: GoalToSummarize,
  today: string,
): GoalState {
  const since = points
    .filter(({ date }) => date >= goal.baselineData.date)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .slice(-WINDOW);
  const lastDataOn = since.at(-1)?.date ?? null;
  const age = daysBetween(lastDataOn ?? goal.baselineData.date, today);
  const quiet = age > QUIET_DAYS;
  const { standing, rule } =
    since.length < LEVEL_POINTS || age > OLD_DAYS
      ? { standing: "unknown" as const, rule: null }
      : judge(since, goal);
  return { standing, rule, lastDataOn, quiet, nextChangeOn: nextChange(since, age, today) };
}

const LEVEL_POINTS = 3;
const RULE_POINTS = 4;
const RULE_MINIMUM = 6;
/** Computed lines are hit within a rounding error. */
const CLOSE = 1e-9;

function judge(
  since: readonly DatedValue[],
  goal: GoalToSummarize,
): Pick<GoalState, "standing" | "rule"> {
  const aim = aimOf(goal);
  const sign = betterSign(goal.measurement);
  const lineOn = (date: string) =>
    aimLineValue(aim, date < aim.targetDate ? date : aim.targetDate) ?? aim.targetValue;
  const ahead = (value: number, line: number) => sign * (value - line);
  const last = since.at(-1);
  if (last === undefined) return { standing: "unknown", rule: null };
  const distances = since.map(({ date, value }) => ahead(value, lineOn(date)));
  const levelIsGood = median(distances.slice(-LEVEL_POINTS)) >= -CLOSE;
  const trend = ordinaryLeastSquares(since);
  const reaches =
    trend.status === "computed"
      ? ahead(
          trend.intercept +
            trend.slopePerWeek *
              weeksBetween(
                trend.firstDate,
                last.date > aim.targetDate ? last.date : aim.targetDate,
              ),
          aim.targetValue,
        ) >= -CLOSE
      : null;
  const rule = firedRule(distances);
  if (rule === "fourBehind") return { standing: "offTrack", rule };
  if (levelIsGood) return { standing: reaches === false ? "watch" : "onTrack", rule };
  return { standing: reaches === true ? "watch" : "offTrack", rule };
}

/** The last four consecutive points all on one side; a point on the line is on neither. */
function firedRule(distances: readonly number[]): GoalState["rule"] {
  if (distances.length < RULE_MINIMUM) return null;
  const newest = distances.slice(-RULE_POINTS);
  if (newest.every((distance) => distance < -CLOSE)) return "fourBehind";
  return newest.every((distance) => distance > CLOSE) ? "fourAhead" : null;
}

function nextChange(since: readonly DatedValue[], age: number, today: string): string | null {
  const limits = [QUIET_DAYS, ...(since.length < LEVEL_POINTS ? [] : [OLD_DAYS])];
  const limit = limits.find((days) => age <= days);
  return limit === undefined ? null : addDays(today, limit + 1 - age);
}
