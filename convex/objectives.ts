/** Benchmarks and short-term objectives of a goal (34 CFR 300.320(a)(2)(ii)). */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { conflict, invalid, notFound, requireValid } from "./access/errors";
import { goalMutation } from "./access/functions";
import type { TenantReader } from "./access/tenantDb";
import { checkMetOn, checkObjective, MOST_OBJECTIVES } from "./domain/goals/objective";
import { placedBefore } from "./domain/ieps/order";
import { objectivesOf } from "./model/objectives";
import { objectiveInputFields, vObjectiveStatus } from "./tables/goals";

const vObjectiveInput = v.object(objectiveInputFields);

/** @throws NOT_FOUND for one of another goal as for none */
async function requireObjective(db: TenantReader, goalId: Id<"goals">, id: Id<"objectives">) {
  const objective = await db.require("objectives", id);
  if (objective.goalId !== goalId) throw notFound();
  return objective;
}

/**
 * At the end of the list, in a draft. The same `clientMutationId` again gives the same objective.
 * @throws INVALID, CONFLICT if the plan is no draft
 */
export const addObjective = goalMutation({
  access: "goal.edit",
  args: { objective: vObjectiveInput, clientMutationId: v.string() },
  returns: v.id("objectives"),
  handler: async ({ db, goal, iep }, { objective, clientMutationId }) => {
    const done = await db
      .rows("objectives", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done?.goalId === goal._id) return done._id;
    if (iep.status !== "draft") throw conflict("notADraft");
    requireValid(checkObjective(objective, goal));
    const others = await objectivesOf(db, goal._id);
    if (others.length >= MOST_OBJECTIVES)
      throw invalid([{ field: "description", code: "tooMany", params: { max: MOST_OBJECTIVES } }]);
    return db.insert("objectives", {
      ...objective,
      ...{ studentId: goal.studentId, goalId: goal._id, clientMutationId },
      order: Math.max(0, ...others.map(({ order }) => order)) + 1,
      status: "notStarted",
      version: 1,
    });
  },
});

/** @throws INVALID, NOT_FOUND, CONFLICT if the plan is no draft or somebody else saved since `expectedVersion` */
export const editObjective = goalMutation({
  access: "goal.edit",
  args: {
    objectiveId: v.id("objectives"),
    objective: vObjectiveInput,
    expectedVersion: v.number(),
  },
  returns: v.null(),
  handler: async ({ db, goal, iep }, { objectiveId, objective, expectedVersion }) => {
    const { version } = await requireObjective(db, goal._id, objectiveId);
    if (iep.status !== "draft") throw conflict("notADraft");
    if (version !== expectedVersion) throw conflict("changedMeanwhile");
    requireValid(checkObjective(objective, goal));
    await db.patch("objectives", objectiveId, { ...objective, version: version + 1 });
    return null;
  },
});

/**
 * Puts it in front of another one, or at the end, in a draft. One that is gone by now moves nothing.
 * @throws NOT_FOUND, CONFLICT if the plan is no draft
 */
export const orderObjective = goalMutation({
  access: "goal.edit",
  args: { objectiveId: v.id("objectives"), before: v.union(v.id("objectives"), v.null()) },
  returns: v.null(),
  handler: async ({ db, goal, iep }, { objectiveId, before }) => {
    await requireObjective(db, goal._id, objectiveId);
    if (iep.status !== "draft") throw conflict("notADraft");
    const objectives = await objectivesOf(db, goal._id);
    const ids = objectives.map(({ _id }) => _id);
    for (const [index, id] of placedBefore(ids, objectiveId, before).entries())
      if (objectives.find(({ _id }) => _id === id)?.order !== index + 1)
        await db.patch("objectives", id, { order: index + 1 });
    return null;
  },
});

/** From a draft, before anybody was promised it. @throws NOT_FOUND, CONFLICT if the plan is no draft */
export const removeObjective = goalMutation({
  access: "goal.edit",
  args: { objectiveId: v.id("objectives") },
  returns: v.null(),
  handler: async ({ db, goal, iep }, { objectiveId }) => {
    await requireObjective(db, goal._id, objectiveId);
    if (iep.status !== "draft") throw conflict("notADraft");
    await db.delete("objectives", objectiveId);
    return null;
  },
});

/**
 * Where it stands, while the plan is in force; each move is kept with who and when.
 * @throws INVALID, NOT_FOUND, CONFLICT if the plan is not in force
 */
export const moveObjective = goalMutation({
  access: "objective.move",
  args: {
    objectiveId: v.id("objectives"),
    to: vObjectiveStatus,
    /** Only of one that is met. */
    metOn: v.optional(v.string()),
  },
  returns: v.null(),
  handler: async ({ db, acting, goal, iep, today, now }, { objectiveId, to, metOn }) => {
    const objective = await requireObjective(db, goal._id, objectiveId);
    if (iep.status !== "active") throw conflict("iepNotActive");
    requireValid(checkMetOn(to, metOn, today));
    if (objective.status === to && objective.metOn === metOn) return null;
    await db.patch("objectives", objectiveId, {
      ...{ status: to, metOn, version: objective.version + 1 },
    });
    await db.insert("statusChanges", {
      studentId: goal.studentId,
      resource: { table: "objectives", id: objectiveId },
      ...{ from: objective.status, to, changedBy: acting.user._id, changedAt: now },
    });
    return null;
  },
});
