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
  RULE_POINTS,
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

/** What a goal is judged with. */
export interface Judging {
  settings: ProgressSettings;
  /** Of the newest decision, or null. */
  decided: DecidedAt | null;
}

/** Only the rules: `RULE_POINTS` of the newest points are enough for them. */
export function judgeRulesOf(
  points: readonly RulePoint[],
  goal: GoalToJudge & { phases: readonly Phase[] },
  { settings, decided }: Judging,
): Pick<Judgement, "rules" | "firings"> {
  const current = currentPhase(points, {
    baselineDate: goal.baselineData.date,
    phases: goal.phases,
  });
  const newest = current.points.slice(-RULE_POINTS);
  const seen =
    decided === null
      ? 0
      : newest.filter(
          ({ id, date }) =>
            date < decided.date || (date === decided.date && decided.pointIds.includes(id)),
        ).length;
  const rules = judgeRules(
    { points: newest, decided: seen },
    { goal, settings, phaseStart: current.since },
  );
  return { rules, firings: firings(rules) };
}

/**
 * @param points valid ones in the order of their dates; those of one date in the order of entry
 */
export function judgeGoal(
  points: readonly RulePoint[],
  goal: GoalToJudge & { phases: readonly Phase[] },
  judging: Judging,
): Judgement {
  const {
    phase,
    since,
    points: current,
  } = currentPhase(points, {
    baselineDate: goal.baselineData.date,
    phases: goal.phases,
  });
  const fit = fitLine(current);
  return {
    ...{ phase, since, points: current.length },
    leastSquares: ordinaryLeastSquares(current),
    leastSquaresBand: fit === null ? null : slopeInterval(fit),
    theilSen: theilSen(current),
    theilSenBand: theilSenInterval(current),
    needed: neededRateOfImprovement(aimOf(goal)),
    forecast: forecast(current, goal, {
      points: judging.settings.likelihoodPoints,
      weeks: judging.settings.likelihoodWeeks,
    }),
    ...judgeRulesOf(points, goal, judging),
  };
}
