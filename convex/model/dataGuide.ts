/** What whoever takes data for a goal has to know: how, and with what. */
import { type Infer, v } from "convex/values";
import type { GoalContext } from "../access/functions";
import { mayWithStudent } from "../domain/access/matrix";

export const vGuide = v.object({
  instructions: v.string(),
  materials: v.string(),
  version: v.number(),
  canEdit: v.boolean(),
});

export async function guideOf({
  db,
  goal,
  relation,
  facts,
}: GoalContext): Promise<Infer<typeof vGuide>> {
  const { instructions, materials, guideVersion } = await db.unseal("goals", goal);
  return {
    instructions: instructions ?? "",
    materials: materials ?? "",
    version: guideVersion ?? 0,
    canEdit: mayWithStudent("goal.managePhases", relation, facts),
  };
}
