/**
 * How good a goal is, part by part, while it is being written: what the law requires of a measurable annual goal
 * (34 CFR 300.320(a)(2)(i), (3)(i)), and what the practice of SMART goals advises. Nothing here refuses a goal; whoever
 * writes it sees what is missing and what to do about it.
 */
import { daysBetween, isCalendarDate } from "../calendar/calendarDate";
import { measurementUnit } from "../progress/charted";
import { goodSide } from "./criterionText";
import type { GoalInput } from "./goal";
import { vagueVerb } from "./vagueVerbs";

export const QUALITY_PARTS = [
  "condition",
  "behavior",
  "criterion",
  "baseline",
  "target",
  "units",
  "schedule",
  "provider",
  "timeframe",
] as const;
export type QualityPart = (typeof QUALITY_PARTS)[number];

export type QualitySource =
  | "34 CFR 300.320(a)(1)"
  | "34 CFR 300.320(a)(2)(i)"
  | "34 CFR 300.320(a)(3)(i)"
  | "34 CFR 300.320(a)(7)"
  | "SMART";

export type QualityCode =
  | "noCondition"
  | "noBehavior"
  /** `word` */
  | "vagueVerb"
  | "noCriterion"
  | "criterionOnlyText"
  | "noBaseline"
  | "baselineInFuture"
  /** `days` before the plan begins */
  | "baselineOld"
  | "noTarget"
  | "targetIsBaseline"
  | "wrongDirection"
  /** `said`, `level` */
  | "criterionAgainstDirection"
  | "criterionOtherLevel"
  | "percentOfNoPercent"
  /** `said`: a percentage in the goal's text that is neither baseline nor target nor criterion */
  | "textSaysOther"
  | "noMethod"
  | "noSchedule"
  | "vagueSchedule"
  | "noProvider"
  | "noTimeframe"
  | "afterPlan"
  | "beforePlan";

export interface QualityFinding {
  part: QualityPart;
  /** A requirement comes from the law, advice from practice. */
  level: "requirement" | "advice";
  code: QualityCode;
  /** Where it is put right. */
  field: string;
  source: QualitySource;
  params?: Record<string, string | number>;
}

export interface GoalToJudge extends GoalInput {
  hasProvider: boolean;
}

interface Plan {
  effectiveDate: string;
  expirationDate: string;
}

/** A baseline from further back says little about where the plan begins. */
export const BASELINE_DAYS = 90;

/** @param today where the organization is */
export function judgeGoal(goal: GoalToJudge, plan: Plan, today: string): QualityFinding[] {
  return [
    ...condition(goal),
    ...behavior(goal),
    ...criterion(goal),
    ...baseline(goal, plan, today),
    ...target(goal),
    ...units(goal),
    ...schedule(goal),
    ...(goal.hasProvider
      ? []
      : [advice("provider", "noProvider", "responsibleProvider", "34 CFR 300.320(a)(7)")]),
    ...timeframe(goal, plan),
  ];
}

type Params = Record<string, string | number>;
const finding =
  (level: QualityFinding["level"]) =>
  (
    part: QualityPart,
    code: QualityCode,
    field: string,
    source: QualitySource,
    ...params: Params[]
  ): QualityFinding => ({
    ...{ part, level, code, field, source },
    ...(params[0] === undefined ? {} : { params: params[0] }),
  });
const requirement = finding("requirement");
const advice = finding("advice");
const MEASURABLE = "34 CFR 300.320(a)(2)(i)";
const MEASURED = "34 CFR 300.320(a)(3)(i)";

/** Under which circumstances the behavior is asked for. */
const CONDITION =
  /(?:^|[\s,])(?:given|when|during|after|before|while|with|using|from|in a|in the|at the|dad[oa]s?|cuando|durante|despu[eé]s|antes|mientras|con|usando|al|a partir|en un|en una|en el|en la)\s/iu;

function condition({ description, targetCriteria }: GoalToJudge): QualityFinding[] {
  if (targetCriteria.conditions.trim() !== "" || CONDITION.test(description)) return [];
  return [advice("condition", "noCondition", "targetCriteria.conditions", "SMART")];
}

function behavior({ description }: GoalToJudge): QualityFinding[] {
  if (description.trim() === "")
    return [requirement("behavior", "noBehavior", "description", MEASURABLE)];
  const word = vagueVerb(description);
  return word === null
    ? []
    : [requirement("behavior", "vagueVerb", "description", MEASURABLE, { word })];
}

function criterion(goal: GoalToJudge): QualityFinding[] {
  if (goal.criterion !== undefined) return [];
  return goal.targetCriteria.accuracy.trim() === ""
    ? [requirement("criterion", "noCriterion", "targetCriteria.accuracy", MEASURABLE)]
    : [advice("criterion", "criterionOnlyText", "targetCriteria.accuracy", "SMART")];
}

function baseline({ baselineData }: GoalToJudge, plan: Plan, today: string): QualityFinding[] {
  const { value, date } = baselineData;
  if (!Number.isFinite(value) || !isCalendarDate(date))
    return [
      requirement(
        ...(["baseline", "noBaseline"] as const),
        Number.isFinite(value) ? "baselineData.date" : "baselineData.value",
        "34 CFR 300.320(a)(1)",
      ),
    ];
  if (date > today)
    return [
      requirement("baseline", "baselineInFuture", "baselineData.date", "34 CFR 300.320(a)(1)"),
    ];
  const days = isCalendarDate(plan.effectiveDate) ? daysBetween(date, plan.effectiveDate) : 0;
  return days > BASELINE_DAYS
    ? [advice("baseline", "baselineOld", "baselineData.date", "SMART", { days })]
    : [];
}

function target({ baselineData, targetCriteria, measurement }: GoalToJudge): QualityFinding[] {
  const { target: aim } = targetCriteria;
  const field = "targetCriteria.target";
  if (!Number.isFinite(aim)) return [requirement("target", "noTarget", field, MEASURABLE)];
  const { value } = baselineData;
  if (!Number.isFinite(value)) return [];
  if (measurement.direction === "maintain") return [];
  if (aim === value) return [requirement("target", "targetIsBaseline", field, MEASURABLE)];
  return aim > value === (measurement.direction === "increase")
    ? []
    : [requirement("target", "wrongDirection", field, MEASURABLE)];
}

const isPercent = ({ kind, unit }: GoalToJudge["measurement"]): boolean =>
  measurementUnit(kind) === "%" || unit.includes("%");

/** Baseline and target share the goal's unit; the criterion and the text have to agree with them. */
function units(goal: GoalToJudge): QualityFinding[] {
  const { targetCriteria, baselineData, measurement, description } = goal;
  const { target: aim, accuracy } = targetCriteria;
  const chosen = goal.criterion;
  const found: QualityFinding[] = [];
  const side = goodSide(measurement);
  if (chosen !== undefined && chosen.of !== "trials") {
    if (chosen.comparator !== side)
      found.push(
        requirement("units", "criterionAgainstDirection", "targetCriteria.accuracy", MEASURABLE),
      );
    else if (Number.isFinite(aim) && chosen.level !== aim)
      found.push(
        advice("units", "criterionOtherLevel", "targetCriteria.accuracy", "SMART", {
          ...{ said: chosen.level, level: aim },
        }),
      );
  }
  if (!isPercent(measurement) && percentages(accuracy).length > 0)
    found.push(requirement("units", "percentOfNoPercent", "measurement.kind", MEASURABLE));
  if (isPercent(measurement)) {
    const known = [aim, baselineData.value, chosen?.level];
    const other = percentages(description).find((said) => !known.includes(said));
    if (other !== undefined)
      found.push(advice("units", "textSaysOther", "description", "SMART", { said: other }));
  }
  return found;
}

const percentages = (text: string): number[] =>
  [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*(?:%|percent\b|por ciento\b)/giu)].map(([, digits = ""]) =>
    Number(digits.replace(",", ".")),
  );

/** A time in which it happens: "weekly", "twice a month", "cada clase". */
const SCHEDULE =
  /dai?l|week|month|quarter|session|lesson|class|each|every|day|hour|diari|seman|mes\b|mensual|sesi|clase|cada|d[ií]a|hora|quincen|trimest/iu;

function schedule({ evaluationMethod, frequency }: GoalToJudge): QualityFinding[] {
  return [
    ...(evaluationMethod.trim() === ""
      ? [requirement("schedule", "noMethod", "evaluationMethod", MEASURED)]
      : []),
    ...(frequency.trim() === ""
      ? [requirement("schedule", "noSchedule", "frequency", MEASURED)]
      : SCHEDULE.test(frequency)
        ? []
        : [advice("schedule", "vagueSchedule", "frequency", "SMART")]),
  ];
}

function timeframe({ targetCriteria }: GoalToJudge, plan: Plan): QualityFinding[] {
  const { timeframe: by } = targetCriteria;
  const field = "targetCriteria.timeframe";
  if (!isCalendarDate(by)) return [requirement("timeframe", "noTimeframe", field, MEASURABLE)];
  if (by > plan.expirationDate) return [requirement("timeframe", "afterPlan", field, MEASURABLE)];
  return by <= plan.effectiveDate
    ? [requirement("timeframe", "beforePlan", field, MEASURABLE)]
    : [];
}
