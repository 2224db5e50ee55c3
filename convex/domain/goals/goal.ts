/** Measurable annual goals: 34 CFR 300.320(a)(2)(i); how progress is measured: (a)(3)(i). */
import { isCalendarDate } from "../calendar/calendarDate";
import { valueRange } from "../progress/charted";
import { checkCriterion, type MasteryCriterion } from "../progress/criterion";
import { checkGoalMeasurement } from "../progress/goalMeasurement";
import type { GoalMeasurement } from "../progress/shape";
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";

export const GOAL_DOMAINS = [
  "academic",
  "behavioral",
  "communication",
  "social",
  "motor",
  "adaptive",
  "vocational",
] as const;
export type GoalDomain = (typeof GOAL_DOMAINS)[number];

export interface GoalInput<PointId extends string = string> {
  domain: GoalDomain;
  description: string;
  /** `pointIds`: the observations whose median the value is. */
  baselineData: {
    measurement: string;
    date: string;
    value: number;
    context: string;
    pointIds?: PointId[];
  };
  /** `timeframe` is the date by which the target is to be reached. */
  targetCriteria: {
    measurement: string;
    target: number;
    timeframe: string;
    accuracy: string;
    conditions: string;
  };
  evaluationMethod: string;
  frequency: string;
  notes?: string;
  measurement: GoalMeasurement;
  criterion?: MasteryCriterion;
}

/** @param iep the plan that the goal is part of */
export function checkGoal(goal: GoalInput, iep: { expirationDate: string }): Problem[] {
  return [
    ...checkText("description", goal.description, { required: true, max: LIMITS.text }),
    ...checkText("baselineData.measurement", goal.baselineData.measurement, { max: LIMITS.title }),
    ...checkText("baselineData.context", goal.baselineData.context, { max: LIMITS.text }),
    ...checkText("targetCriteria.measurement", goal.targetCriteria.measurement, {
      max: LIMITS.title,
    }),
    ...checkText("targetCriteria.accuracy", goal.targetCriteria.accuracy, { max: LIMITS.title }),
    ...checkText("targetCriteria.conditions", goal.targetCriteria.conditions, {
      max: LIMITS.text,
    }),
    ...checkText("evaluationMethod", goal.evaluationMethod, { required: true, max: LIMITS.title }),
    ...checkText("frequency", goal.frequency, { required: true, max: LIMITS.title }),
    ...checkText("notes", goal.notes ?? "", { max: LIMITS.text }),
    ...((GOAL_DOMAINS as readonly string[]).includes(goal.domain)
      ? []
      : [problem("domain", "unknownValue")]),
    ...checkGoalMeasurement(goal.measurement),
    ...checkGoalDates(goal, iep),
    ...checkGoalValues(goal),
    ...checkGoalCriterion(goal),
  ];
}

function checkGoalDates(
  { baselineData, targetCriteria }: GoalInput,
  iep: { expirationDate: string },
): Problem[] {
  const problems: Problem[] = [];
  if (!isCalendarDate(baselineData.date)) problems.push(problem("baselineData.date", "notADate"));
  if (!isCalendarDate(targetCriteria.timeframe))
    problems.push(problem("targetCriteria.timeframe", "notADate"));
  if (problems.length > 0) return problems;
  if (targetCriteria.timeframe <= baselineData.date)
    problems.push(
      problem("targetCriteria.timeframe", "mustBeAfter", { other: "baselineData.date" }),
    );
  if (targetCriteria.timeframe > iep.expirationDate)
    problems.push(
      problem("targetCriteria.timeframe", "mustNotBeAfter", { other: "expirationDate" }),
    );
  return problems;
}

/** Beyond what any criterion may say: it is in the goal's unit, and its trials are trials. */
function checkGoalCriterion({ criterion, measurement }: GoalInput): Problem[] {
  if (criterion === undefined) return [];
  const problems = checkCriterion(criterion);
  const inTrials = criterion.of === "trials" || criterion.alsoWithinTrials;
  if (inTrials && measurement.kind !== "trials" && measurement.kind !== "trialByTrial")
    problems.push(
      problem(
        criterion.of === "trials" ? "criterion.of" : "criterion.alsoWithinTrials",
        "wrongKind",
      ),
    );
  return problems.length > 0
    ? problems
    : checkNumber("criterion.level", criterion.level, valueRange(measurement));
}

function checkGoalValues({ baselineData, targetCriteria, measurement }: GoalInput): Problem[] {
  const range = valueRange(measurement);
  const { value } = baselineData;
  const { target } = targetCriteria;
  const problems = [
    ...checkNumber("baselineData.value", value, range),
    ...checkNumber("targetCriteria.target", target, range),
  ];
  if (problems.length > 0) return problems;
  if (measurement.direction === "maintain") return [];
  if (value === target) return [problem("targetCriteria.target", "sameAsBaseline")];
  const rises = target > value;
  if (rises !== (measurement.direction === "increase"))
    return [problem("targetCriteria.target", "wrongDirection")];
  return [];
}
