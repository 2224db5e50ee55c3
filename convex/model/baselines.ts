/** Baselines out of data: which observations there are, and whether a baseline is what its observations say. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { canReadGoal, type StudentContext } from "../access/functions";
import { invalid, notFound } from "../access/errors";
import { goalCircumstances } from "../access/relations";
import { baselineOf, MOST_BASELINE_POINTS } from "../domain/goals/baseline";
import type { GoalInput } from "../domain/goals/goal";
import { vGoalMeasurement } from "../tables/goals";
import { lineageOf } from "./lineage";
import { newestPoints } from "./progress";

export const vBaselineSource = v.object({
  goalId: v.id("goals"),
  lineage: v.id("goals"),
  goalNumber: v.number(),
  description: v.string(),
  measurement: vGoalMeasurement,
  /** Of its plan. */
  effectiveDate: v.string(),
  points: v.array(v.object({ id: v.id("progressData"), date: v.string(), value: v.number() })),
});

/** A student's goals of all years that have data: those of one child, some dozens. */
const MOST_GOALS = 100;

/** Goals that the person may read, newest plan first, each with its newest valid points, oldest first. */
export async function baselineSources(
  ctx: StudentContext,
): Promise<Infer<typeof vBaselineSource>[]> {
  const { db, acting, relation, student } = ctx;
  const goals = await db
    .rows("goals", "by_student", (q) => q.eq("studentId", student._id))
    .take(MOST_GOALS);
  const sources: Infer<typeof vBaselineSource>[] = [];
  for (const stored of goals) {
    const iep = await db.find("ieps", stored.iepId);
    if (iep === null) continue;
    const facts = await goalCircumstances(db, acting, stored);
    if (!canReadGoal(iep.status, relation, facts)) continue;
    const points = await newestPoints(db, stored._id, MOST_BASELINE_POINTS);
    if (points.length === 0) continue;
    const { description } = await db.unseal("goals", stored);
    sources.push({
      goalId: stored._id,
      lineage: lineageOf(stored),
      goalNumber: stored.goalNumber,
      description,
      measurement: stored.measurement,
      effectiveDate: iep.effectiveDate,
      points: points.map(({ _id: id, recordedDate: date, measurementValue: value }) => ({
        ...{ id, date, value },
      })),
    });
  }
  return sources.sort((a, b) =>
    a.effectiveDate === b.effectiveDate
      ? a.goalNumber - b.goalNumber
      : a.effectiveDate < b.effectiveDate
        ? 1
        : -1,
  );
}

/**
 * A baseline that names observations is their median, on the day of the last of them: nothing else passes for data.
 * @param kept those that the goal named before: one that was voided since then may stay named until somebody looks
 * @throws NOT_FOUND for an observation of somebody else, INVALID where the numbers are not those of the observations
 */
export async function requireBaseline(
  { db, student }: StudentContext,
  { baselineData, measurement }: GoalInput<Id<"progressData">>,
  kept: readonly Id<"progressData">[] = [],
): Promise<void> {
  const { pointIds } = baselineData;
  if (pointIds === undefined) return;
  if (pointIds.length > MOST_BASELINE_POINTS || new Set(pointIds).size !== pointIds.length)
    throw invalid([{ field: "baselineData.value", code: "tooMany", params: { max: 12 } }]);
  const points: Doc<"progressData">[] = [];
  for (const id of pointIds) {
    const point = await db.require("progressData", id);
    if (point.studentId !== student._id) throw notFound();
    const goal = await db.require("goals", point.goalId);
    const same =
      goal.measurement.kind === measurement.kind && goal.measurement.unit === measurement.unit;
    if (!same) throw invalid([{ field: "measurement.kind", code: "wrongKind" }]);
    if (point.voided && !kept.includes(id))
      throw invalid([{ field: "baselineData.value", code: "notTheSame" }]);
    points.push(point);
  }
  const found = baselineOf(
    points.map(({ _id, recordedDate, measurementValue }) => ({
      ...{ id: _id, date: recordedDate, value: measurementValue },
    })),
  );
  if (found === null || Math.abs(found.value - baselineData.value) > 1e-9)
    throw invalid([{ field: "baselineData.value", code: "notTheSame" }]);
  if (found.date !== baselineData.date)
    throw invalid([{ field: "baselineData.date", code: "notTheSame" }]);
}
