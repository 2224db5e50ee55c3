/** A goal's life: the same goal in every version and year of a student's plans. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { canReadGoal, type GoalContext } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import type { TenantReader } from "../access/tenantDb";
import { mayWithStudent } from "../domain/access/matrix";
import { vGoalMeasurement } from "../tables/goals";
import { vIepLifecycleStatus } from "../tables/ieps";
import { newestPoints } from "./progress";

/** Of one life: more years than anybody is at school. */
const MOST = 60;

/** What all goals of one life share: the first one's id. That one itself, and every goal from before, has none stored. */
export const lineageOf = ({ lineage, _id }: Pick<Doc<"goals">, "_id" | "lineage">): Id<"goals"> =>
  lineage ?? _id;

/** Every goal of this one's life, the first one first; those of discarded drafts, too. */
export async function goalsOfLineage(
  db: TenantReader,
  goal: Doc<"goals">,
): Promise<Doc<"goals">[]> {
  const lineage = lineageOf(goal);
  const first = await db.find("goals", lineage);
  const later = await db.rows("goals", "by_lineage", (q) => q.eq("lineage", lineage)).take(MOST);
  // Of a first one that is gone, the others are a life all the same.
  return [...(first === null ? [] : [first]), ...later].filter(
    ({ studentId }) => studentId === goal.studentId,
  );
}

const vYear = v.object({
  goalId: v.id("goals"),
  iepId: v.id("ieps"),
  iepStatus: vIepLifecycleStatus,
  effectiveDate: v.string(),
  expirationDate: v.string(),
  goalNumber: v.number(),
  description: v.string(),
  baseline: v.object({ date: v.string(), value: v.number() }),
  /** How many observations the baseline is the median of; 0 where it was entered. */
  baselinePoints: v.number(),
  target: v.object({ date: v.string(), value: v.number() }),
  measurement: vGoalMeasurement,
  isActive: v.boolean(),
  masteryDate: v.optional(v.string()),
  points: v.array(v.object({ date: v.string(), value: v.number() })),
  /** There are older points than these. */
  truncated: v.boolean(),
});
export const vGoalLife = v.array(vYear);

/** Of one year's goal: a point a school day. */
const POINTS = 200;

/** Every year of a goal's life that the person may read, the first one first. */
export async function goalLife(ctx: GoalContext): Promise<Infer<typeof vGoalLife>> {
  const { db, acting, relation } = ctx;
  const life: Infer<typeof vGoalLife> = [];
  for (const stored of await goalsOfLineage(db, ctx.goal)) {
    const iep = await db.find("ieps", stored.iepId);
    if (iep === null || (iep.status === "discarded" && stored._id !== ctx.goal._id)) continue;
    const facts = await goalCircumstances(db, acting, stored);
    if (!canReadGoal(iep.status, relation, facts)) continue;
    if (!mayWithStudent("progress.read", relation, facts)) continue;
    const { description } = await db.unseal("goals", stored);
    const points = await newestPoints(db, stored._id, POINTS + 1);
    life.push({
      ...{ goalId: stored._id, iepId: iep._id, iepStatus: iep.status, description },
      ...{ effectiveDate: iep.effectiveDate, expirationDate: iep.expirationDate },
      goalNumber: stored.goalNumber,
      baseline: { date: stored.baselineData.date, value: stored.baselineData.value },
      baselinePoints: stored.baselineData.pointIds?.length ?? 0,
      target: { date: stored.targetCriteria.timeframe, value: stored.targetCriteria.target },
      measurement: stored.measurement,
      isActive: stored.isActive,
      masteryDate: stored.masteryDate,
      points: points.slice(-POINTS).map(({ recordedDate, measurementValue }) => ({
        ...{ date: recordedDate, value: measurementValue },
      })),
      truncated: points.length > POINTS,
    });
  }
  return life.sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
}
