/**
 * Everything that the data of a goal say about it. One calculation for the goal page, decisions, reports and dashboards: the
 * same points, the same phase, the district's settings, and therefore the same answer.
 */
import { compareDates } from "../calendar/calendarDate";
import { aimLineValue, aimOf, neededRateOfImprovement } from "./aimLine";
import { fitLine, type Interval, slopeInterval, theilSenInterval } from "./bands";
import { betterSign, chartedSeries } from "./charted";
import { type Forecast, forecast, LEVEL_POINTS } from "./forecast";
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
import type { MeasurementKind } from "./shape";
import { JUDGED_POINTS, median, ordinaryLeastSquares, theilSen, type Trend } from "./trend";

export const STANDINGS = ["onTrack", "watch", "offTrack", "unknown"] as const;
/** How a goal stands, in one word. */
export type Standing = (typeof STANDINGS)[number];

/** What the data say, short of what only explains it. */
export interface Verdict {
  /** The phase that the newest points belong to; null before the first one that is marked. */
  phase: Phase | null;
  /** Its beginning, or the baseline. */
  since: string;
  /** How many of the goal's points belong to it. */
  points: number;
  forecast: Forecast;
  rules: RuleResult[];
  /** Of the rules, those that ask the team something that it has not answered. */
  firings: ReturnType<typeof firings>;
  standing: Standing;
}

export interface Judgement extends Verdict {
  leastSquares: Trend;
  leastSquaresBand: Interval | null;
  theilSen: Trend;
  theilSenBand: Interval | null;
  /** What the aim line asks for, per week. */
  needed: number | null;
}

/** Where the team last decided: the newest point that it saw. */
export interface DecidedAt {
  date: string;
  /** Its points on `date` that were there. */
  pointIds: readonly string[];
}

/** What a goal is judged with. */
export interface Judging {
  settings: ProgressSettings;
  /** Of the newest decision, or null. */
  decided: DecidedAt | null;
  /** The day that is looked from: later points do not count, and older ones grow old. */
  asOf: string;
}

export type JudgedGoal = GoalToJudge & { phases: readonly Phase[] };

/**
 * What is judged of a goal's entries, in whatever number they were loaded: the newest `JUDGED_POINTS`, as they are charted.
 * @param entries valid ones by date; if there are more than `JUDGED_POINTS`, at least one more of them
 */
export function judgedPoints<Point extends { date: string; value: number }>(
  kind: MeasurementKind,
  entries: readonly Point[],
): Point[] {
  const newest = entries.slice(-JUDGED_POINTS);
  const before = entries.at(-1 - JUDGED_POINTS);
  const points = chartedSeries(kind, newest);
  // A day whose events were not all loaded has no sum.
  const cut = kind === "abc" && before !== undefined && before.date === points[0]?.date;
  return cut ? points.slice(1) : points;
}

/** The phase that counts now, and its points after the baseline: no figure is computed across a phase line. */
export function currentPhase<P extends { date: string }>(
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

const currentOf = (points: readonly RulePoint[], goal: JudgedGoal, asOf: string) =>
  currentPhase(
    points.filter(({ date }) => date <= asOf),
    { baselineDate: goal.baselineData.date, phases: goal.phases },
  );

/** @param points `judgedPoints`; those of one date in the order of entry */
export function verdictOf(
  points: readonly RulePoint[],
  goal: JudgedGoal,
  { settings, decided, asOf }: Judging,
): Verdict {
  const { phase, since, points: current } = currentOf(points, goal, asOf);
  const minimum = { points: settings.likelihoodPoints, weeks: settings.likelihoodWeeks };
  const expectation = forecast(current, goal, { minimum, asOf });
  const newest = current.slice(-RULE_POINTS);
  const seen =
    decided === null
      ? 0
      : newest.filter(
          ({ id, date }) =>
            date < decided.date || (date === decided.date && decided.pointIds.includes(id)),
        ).length;
  const rules = judgeRules(
    { points: newest, decided: seen },
    { goal, settings, phaseStart: since },
  );
  const asked = firings(rules);
  return {
    ...{ phase, since, points: current.length, forecast: expectation, rules, firings: asked },
    standing: standingOf(current, goal, { forecast: expectation, asked }),
  };
}

/** The verdict, with the trends, their bands and what the aim line asks for. */
export function judgeGoal(
  points: readonly RulePoint[],
  goal: JudgedGoal,
  judging: Judging,
): Judgement {
  const { points: current } = currentOf(points, goal, judging.asOf);
  const fit = fitLine(current);
  return {
    ...verdictOf(points, goal, judging),
    leastSquares: ordinaryLeastSquares(current),
    leastSquaresBand: fit === null ? null : slopeInterval(fit),
    theilSen: theilSen(current),
    theilSenBand: theilSenInterval(current),
    needed: neededRateOfImprovement(aimOf(goal)),
  };
}

/** Computed lines are hit within a rounding error. */
const CLOSE = 1e-9;

/**
 * - unknown: fewer than three points of the phase, or the newest one is older than the forecast allows
 * - off track: a rule asks for another instruction; or the level is behind the aim line, and the goal is not expected to be
 *   reached
 * - on track: the level is on the line or ahead of it, and nothing says that the goal will not be reached
 * - watch: everything between
 *
 * The level is good if of the three newest points the middle one by its distance from the aim line is on the line or ahead
 * of it; after the aim line's end, its end counts. A team that has answered a rule watches: the rule asks again when new
 * data do.
 */
function standingOf(
  current: readonly RulePoint[],
  goal: JudgedGoal,
  { forecast, asked }: { forecast: Forecast; asked: Verdict["firings"] },
): Standing {
  const { because, expected } = forecast;
  if (current.length < LEVEL_POINTS || because === "oldData") return "unknown";
  if (because === "reached") return "onTrack";
  if (asked.some(({ advice }) => advice === "change")) return "offTrack";
  const aim = aimOf(goal);
  const better = betterSign(goal.measurement);
  const distances = current.slice(-LEVEL_POINTS).map(({ date, value }) => {
    const line = aimLineValue(aim, date < aim.targetDate ? date : aim.targetDate);
    return better * (value - (line ?? aim.targetValue));
  });
  if (median(distances) >= -CLOSE) return expected === "no" ? "watch" : "onTrack";
  return expected === "no" ? "offTrack" : "watch";
}
