/** What a dashboard keeps of one goal: how it stands, and when time alone will change that. */
import { addDays, daysBetween } from "../calendar/calendarDate";
import { FRESH_DAYS } from "./forecast";
import { type JudgedGoal, type Judging, type Standing, type Verdict, verdictOf } from "./judgement";
import type { RulePoint } from "./rules";

export interface GoalState {
  standing: Standing;
  /** What the first of the rules asks that ask something. */
  asks: Pick<Verdict["firings"][number], "rule" | "advice"> | null;
  lastDataOn: string | null;
  /** No data for the district's `quietDays`: counted from the baseline where there never were any. */
  quiet: boolean;
  /** The first day on which time alone changes something of this; null: never. */
  nextChangeOn: string | null;
}

/** @param points `judgedPoints`; those of one date in the order of entry */
export function goalState(
  points: readonly RulePoint[],
  goal: JudgedGoal,
  judging: Judging,
): GoalState {
  const {
    asOf,
    settings: { quietDays },
  } = judging;
  const lastDataOn =
    points.findLast(({ date }) => date > goal.baselineData.date && date <= asOf)?.date ?? null;
  const from = lastDataOn ?? goal.baselineData.date;
  const now = on(asOf);
  // Data grow quiet and old, and the goal's date passes; nothing else of a verdict knows the day.
  const changes = [
    addDays(from, quietDays + 1),
    addDays(from, FRESH_DAYS + 1),
    addDays(goal.targetCriteria.timeframe, 1),
  ];
  const next = changes
    .filter((day) => day > asOf)
    .sort()
    .find((day) => {
      const then = on(day);
      return then.standing !== now.standing || then.quiet !== now.quiet;
    });
  return { ...now, lastDataOn, nextChangeOn: next ?? null };

  function on(day: string): Pick<GoalState, "standing" | "asks" | "quiet"> {
    const { standing, firings } = verdictOf(points, goal, { ...judging, asOf: day });
    const [first] = firings;
    return {
      standing,
      asks: first === undefined ? null : { rule: first.rule, advice: first.advice },
      quiet: daysBetween(from, day) > quietDays,
    };
  }
}
