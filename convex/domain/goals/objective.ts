/**
 * Benchmarks or short-term objectives: 34 CFR 300.320(a)(2)(ii) asks for them where a student takes alternate
 * assessments, some states for every goal; a team may write them for any.
 */
import { isCalendarDate } from "../calendar/calendarDate";
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";

export const OBJECTIVE_STATUSES = ["notStarted", "inProgress", "met"] as const;
export type ObjectiveStatus = (typeof OBJECTIVE_STATUSES)[number];

/** Of one goal. */
export const MOST_OBJECTIVES = 20;

export interface ObjectiveInput {
  description: string;
  /** Calendar date by which it is to be reached. */
  by: string;
  criterion: string;
}

/** @param goal whose way the objective is a part of: it ends no later than the goal, and begins at its baseline */
export function checkObjective(
  objective: ObjectiveInput,
  goal: { baselineData: { date: string }; targetCriteria: { timeframe: string } },
): Problem[] {
  const problems = [
    ...checkText("description", objective.description, { required: true, max: LIMITS.text }),
    ...checkText("criterion", objective.criterion, { required: true, max: LIMITS.title }),
  ];
  if (!isCalendarDate(objective.by)) return [...problems, problem("by", "notADate")];
  if (objective.by > goal.targetCriteria.timeframe)
    problems.push(problem("by", "mustNotBeAfter", { other: "targetCriteria.timeframe" }));
  if (objective.by <= goal.baselineData.date)
    problems.push(problem("by", "mustBeAfter", { other: "baselineData.date" }));
  return problems;
}

/**
 * The day on which an objective was met: none of one that is not.
 * @param today where the organization is
 */
export function checkMetOn(
  status: ObjectiveStatus,
  metOn: string | undefined,
  today: string,
): Problem[] {
  if (status !== "met") return metOn === undefined ? [] : [problem("metOn", "unknownValue")];
  if (metOn === undefined) return [problem("metOn", "required")];
  if (!isCalendarDate(metOn)) return [problem("metOn", "notADate")];
  return metOn > today ? [problem("metOn", "inFuture")] : [];
}
