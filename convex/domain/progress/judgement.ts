/** Everything that the data of a goal say about it. One calculation for the server, the page and the reports. */
import { compareDates } from "../calendar/calendarDate";
import { aimOf, neededRateOfImprovement } from "./aimLine";
import {
  type Forecast,
  fitLine,
  forecast,
  type Interval,
  slopeInterval,
  theilSenInterval,
} from "./bands";
import { type Phase, phaseAt } from "./phases";
import {
  firings,
  type GoalToJudge,
  judgeRules,
  type ProgressSettings,
  type RulePoint,
  type RuleResult,
} from "./rules";
import { ordinaryLeastSquares, theilSen, type Trend } from "./trend";

export interface Judgement {
  /** The phase that the newest points belong to; null before the first one that is marked. */
  phase: Phase | null;
  /** Its beginning, or the baseline. */
  since: string;
  /** How many of the goal's points belong to it. */
  points: number;
  leastSquares: Trend;
  leastSquaresBand: Interval | null;
  theilSen: Trend;
  theilSenBand: Interval | null;
  /** What the aim line asks for, per week. */
  needed: number | null;
  forecast: Forecast;
  rules: RuleResult[];
  /** Of the rules, those that ask the team something that it has not answered. */
  firings: ReturnType<typeof firings>;
}

/** Where the team last decided: the newest point that it saw. */
export interface DecidedAt {
  date: string;
  /** Its points on `date` that were there. */
  pointIds: readonly string[];
}

/** The phase that counts now, and its points after the baseline: no figure is computed across a phase line. */
export function currentPhase<P extends RulePoint>(
  points: readonly P[],
  { baselineDate, phases }: { baselineDate: string; phases: readonly Phase[] },
): { phase: Phase | null; since: string; points: P[] } {
  const ordered = points
    .filter(({ date }) => date > baselineDate)
    .sort((a, b) => compareDates(a.date, b.date));
  const newest = ordered.at(-1)?.date ?? baselineDate;
  const phase = phaseAt(phases, newest);
  const since = phase !== null && phase.startDate > baselineDate ? phase.startDate : baselineDate;
  return { phase, since, points: ordered.filter(({ date }) => date >= since) };
}

/**
 * @param points valid ones in the order of their dates; those of one date in the order of entry
 * @param decided of the newest decision, or null
 */
export function judgeGoal(
  points: readonly RulePoint[],
  goal: GoalToJudge & { phases: readonly Phase[] },
  { settings, decided }: { settings: ProgressSettings; decided: DecidedAt | null },
): Judgement {
  const current = currentPhase(points, {
    baselineDate: goal.baselineData.date,
    phases: goal.phases,
  });
  const seen =
    decided === null
      ? 0
      : current.points.filter(
          ({ id, date }) =>
            date < decided.date || (date === decided.date && decided.pointIds.includes(id)),
        ).length;
  const fit = fitLine(current.points);
  const rules = judgeRules(
    { points: current.points, decided: seen },
    { goal, settings, phaseStart: current.since },
  );
  return {
    phase: current.phase,
    since: current.since,
    points: current.points.length,
    leastSquares: ordinaryLeastSquares(current.points),
    leastSquaresBand: fit === null ? null : slopeInterval(fit),
    theilSen: theilSen(current.points),
    theilSenBand: theilSenInterval(current.points),
    needed: neededRateOfImprovement(aimOf(goal)),
    forecast: forecast(current.points, goal, {
      points: settings.likelihoodPoints,
      weeks: settings.likelihoodWeeks,
    }),
    rules,
    firings: firings(rules),
  };
}
