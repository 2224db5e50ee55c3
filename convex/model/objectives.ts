/** Steps toward a goal. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import { MOST_OBJECTIVES } from "../domain/goals/objective";
import { objectiveInputFields, vObjectiveStatus } from "../tables/goals";

export const vObjective = v.object({
  _id: v.id("objectives"),
  ...objectiveInputFields,
  status: vObjectiveStatus,
  metOn: v.optional(v.string()),
  version: v.number(),
});

/** In their order. */
export function objectivesOf(db: TenantReader, goalId: Id<"goals">): Promise<Doc<"objectives">[]> {
  return db.rows("objectives", "by_goal", (q) => q.eq("goalId", goalId)).take(MOST_OBJECTIVES);
}

export async function describeObjectives(
  db: TenantReader,
  goalId: Id<"goals">,
): Promise<Infer<typeof vObjective>[]> {
  return Promise.all(
    (await objectivesOf(db, goalId)).map(async (stored) => {
      const { _id, description, by, criterion, status, metOn, version } = await db.unseal(
        "objectives",
        stored,
      );
      return { _id, description, by, criterion, status, metOn, version };
    }),
  );
}
