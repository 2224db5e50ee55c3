/**
 * Decision rules (D4): when data say that the team should look at a goal again. A rule never decides; it asks. All of
 * them look at one phase only, from its beginning or from the last decision on, and they are the district's to choose.
 */
import { daysBetween } from "../calendar/calendarDate";
import { checkNumber, type Problem } from "../validation/problem";
import { type Aim, aimLineValue, aimOf, neededRateOfImprovement } from "./aimLine";
import { trendValue } from "./bands";
import { betterSign } from "./charted";
import type { GoalMeasurement } from "./shape";
import { ordinaryLeastSquares } from "./trend";

export const RULES = ["fourPoint", "threePoint", "trend"] as const;
export type Rule = (typeof RULES)[number];

export interface ProgressSettings {
  /** Which rules ask. */
  fourPoint: boolean;
  threePoint: boolean;
  trend: boolean;
  /** Points and weeks of a phase before the four-point rule and the three-point rule look at it. */
  minPoints: number;
  minWeeks: number;
  /** Points and weeks before the trend rule does: research asks for ten weeks of weekly data. */
  trendPoints: number;
  trendWeeks: number;
  /** Slopes within so many percent of the aim line's count as parallel to it. */
  parallelPercent: number;
  /** Points and weeks before the likelihood is said. */
  likelihoodPoints: number;
  likelihoodWeeks: number;
  /** After so many days without data a goal is listed as one without. */
  quietDays: number;
}

/** As a district stores them: what it was not asked for when it did is absent. */
export type StoredProgressSettings = Omit<ProgressSettings, "quietDays"> & { quietDays?: number };

/** Six weeks and six points (four-point rule as published); four points and week six (aimswebPlus). */
export const PROGRESS_DEFAULTS: ProgressSettings = {
  fourPoint: true,
  threePoint: false,
  trend: true,
  minPoints: 6,
  minWeeks: 6,
  trendPoints: 8,
  trendWeeks: 10,
  parallelPercent: 10,
  likelihoodPoints: 4,
  likelihoodWeeks: 6,
  quietDays: 14,
};

export const progressSettingsFrom = (
  stored: StoredProgressSettings | undefined,
): ProgressSettings => ({ ...PROGRESS_DEFAULTS, ...stored });

/** The newest points of a phase that rules look at: of a list of many goals no more are read. */
export const RULE_POINTS = 40;

/** No district can ask for less than what a figure needs to mean anything. */
export const PROGRESS_LIMITS = {
  minPoints: { min: 4, max: 30 },
  minWeeks: { min: 0, max: 40 },
  trendPoints: { min: 4, max: RULE_POINTS },
  trendWeeks: { min: 3, max: 40 },
  parallelPercent: { min: 0, max: 50 },
  likelihoodPoints: { min: 4, max: 30 },
  likelihoodWeeks: { min: 2, max: 40 },
  quietDays: { min: 3, max: 60 },
} as const;
export const PROGRESS_NUMBERS = Object.keys(PROGRESS_LIMITS) as (keyof typeof PROGRESS_LIMITS)[];

/** Fields are called `progressSettings.…`. */
export function checkProgressSettings(settings: ProgressSettings): Problem[] {
  return PROGRESS_NUMBERS.flatMap((name) =>
    checkNumber(`progressSettings.${name}`, settings[name], {
      ...PROGRESS_LIMITS[name],
      whole: true,
    }),
  );
}

export interface GoalToJudge {
  baselineData: { date: string; value: number };
  targetCriteria: { timeframe: string; target: number };
  measurement: Pick<GoalMeasurement, "direction" | "keep">;
}

export interface RulePoint {
  id: string;
  date: string;
  value: number;
}

/** `change`: consider another instruction; `raise`: consider a higher goal; `continue`: nothing is asked. */
export type Advice = "change" | "raise" | "continue";

export type RuleResult = { rule: Rule } & (
  | { status: "off" }
  | {
      status: "notEnoughData";
      needed: { points: number; weeks: number };
      have: { points: number; weeks: number };
    }
  | { status: "judged"; advice: Advice; points: string[] }
);

/** What a rule looks at: points of one phase after the baseline, in order, and where the team last decided. */
export interface RuleWindow {
  points: readonly RulePoint[];
  /** How many of these points the last decision has seen already. */
  decided: number;
}

type Side = "better" | "worse" | "on";

/** A computed line is hit within a rounding error; a point on it is neither above nor below. */
const CLOSE = 1e-9;

function sideOf(value: number, line: number | null, better: 1 | -1): Side {
  if (line === null || Math.abs(value - line) <= CLOSE * Math.max(1, Math.abs(line))) return "on";
  return better * (value - line) > 0 ? "better" : "worse";
}

/** For goals that go down, below the line is better. */
const betterOf = (goal: GoalToJudge): 1 | -1 => betterSign(goal.measurement);

/** All of them on one side of the aim line; a single point on it breaks the run. */
function runAdvice(points: readonly RulePoint[], aim: Aim, better: 1 | -1): Advice {
  const sides = points.map(({ date, value }) => sideOf(value, aimLineValue(aim, date), better));
  if (sides.every((side) => side === "worse")) return "change";
  return sides.every((side) => side === "better") ? "raise" : "continue";
}

/** The last of the day's points stand for the day by their mean. */
function byDay(points: readonly RulePoint[]): (RulePoint & { ids: string[] })[] {
  const days = new Map<string, RulePoint[]>();
  for (const point of points) days.set(point.date, [...(days.get(point.date) ?? []), point]);
  return [...days].map(([date, ofDay]) => ({
    id: date,
    date,
    value: ofDay.reduce((sum, { value }) => sum + value, 0) / ofDay.length,
    ids: ofDay.map(({ id }) => id),
  }));
}

/**
 * The trend against the aim line: flatter asks for a change, steeper for a higher goal, parallel for nothing unless the
 * trend ends a quarter of the whole way behind. A trend that is flatter but still ends ahead, or steeper but still ends
 * behind, asks for nothing yet.
 */
function trendAdvice(
  points: readonly RulePoint[],
  goal: GoalToJudge,
  parallelPercent: number,
): Advice {
  const aim = aimOf(goal);
  const better = betterOf(goal);
  const trend = ordinaryLeastSquares(points);
  const needed = neededRateOfImprovement(aim);
  if (trend.status !== "computed" || needed === null) return "continue";
  const line = aimLineValue(aim, trend.lastDate);
  if (line === null) return "continue";
  const ahead = better * (trendValue(trend, trend.lastDate) - line);
  const steeper = better * (trend.slopePerWeek - needed);
  if (Math.abs(steeper) <= (parallelPercent / 100) * Math.abs(needed) + CLOSE) {
    const farBehind = 0.25 * Math.abs(aim.targetValue - aim.baselineValue);
    return ahead < -farBehind ? "change" : "continue";
  }
  if (steeper < 0) return ahead < 0 ? "change" : "continue";
  return ahead > 0 ? "raise" : "continue";
}

/** Points that have to be new since the last decision before a rule asks again. */
const FRESH: Record<Rule, number> = { fourPoint: 4, threePoint: 3, trend: 4 };

function judge(
  rule: Rule,
  { points, decided }: RuleWindow,
  { goal, settings }: { goal: GoalToJudge; settings: ProgressSettings },
): { advice: Advice; points: string[] } {
  const fresh = points.slice(decided);
  const nothing = { advice: "continue" as const, points: [] };
  if (rule === "trend") {
    if (fresh.length < FRESH.trend) return nothing;
    return {
      advice: trendAdvice(points, goal, settings.parallelPercent),
      points: points.map(({ id }) => id),
    };
  }
  const window =
    rule === "fourPoint"
      ? fresh.slice(-FRESH.fourPoint).map((point) => ({ ...point, ids: [point.id] }))
      : byDay(fresh).slice(-FRESH.threePoint);
  if (window.length < FRESH[rule]) return nothing;
  const advice = runAdvice(window, aimOf(goal), betterOf(goal));
  return {
    // Three days only warn: they never ask for a higher goal.
    advice: rule === "threePoint" && advice === "raise" ? "continue" : advice,
    points: window.flatMap(({ ids }) => ids),
  };
}

/** What each rule says about the points of one phase. */
export function judgeRules(
  window: RuleWindow,
  about: { goal: GoalToJudge; settings: ProgressSettings; phaseStart: string },
): RuleResult[] {
  const { settings, phaseStart } = about;
  const last = window.points.at(-1);
  const weeks = last === undefined ? 0 : daysBetween(phaseStart, last.date) / 7;
  return RULES.map((rule): RuleResult => {
    if (!settings[rule]) return { rule, status: "off" };
    const needed =
      rule === "trend"
        ? { points: settings.trendPoints, weeks: settings.trendWeeks }
        : { points: settings.minPoints, weeks: settings.minWeeks };
    if (window.points.length < needed.points || weeks < needed.weeks) {
      const have = { points: window.points.length, weeks: Math.max(0, Math.floor(weeks)) };
      return { rule, status: "notEnoughData", needed, have };
    }
    return { rule, status: "judged", ...judge(rule, window, about) };
  });
}

/** The rules that ask something. */
export function firings(
  results: readonly RuleResult[],
): { rule: Rule; advice: "change" | "raise"; points: string[] }[] {
  return results.flatMap((result) =>
    result.status === "judged" && result.advice !== "continue"
      ? [{ rule: result.rule, advice: result.advice, points: result.points }]
      : [],
  );
}
