/** Annual goals (34 CFR 300.320(a)(2)), phases of instruction, and the lists that a day begins with. */
import { v } from "convex/values";
import { conflict, notFound, requireValid } from "./access/errors";
import {
  canReadGoal,
  goalMutation,
  goalQuery,
  iepMutation,
  iepQuery,
  newGoalMutation,
  recordsQuery,
} from "./access/functions";
import { isCalendarDate } from "./domain/calendar/calendarDate";
import { checkGoal } from "./domain/goals/goal";
import { placedBefore } from "./domain/ieps/order";
import { checkText, LIMITS } from "./domain/validation/problem";
import { guideOf, vGuide } from "./model/dataGuide";
import { listFamily, vFamily } from "./model/family";
import { describeGoal, vGoal } from "./model/goals";
import { checkPhase, insertPhase } from "./model/phases";
import { baselineSources, requireBaseline, vBaselineSource } from "./model/baselines";
import { goalsOf } from "./model/ieps";
import { goalLife, vGoalLife } from "./model/lineage";
import { findPlace } from "./model/team";
import { membershipWithRole } from "./model/people";
import { listToday, vToday } from "./model/today";
import { goalInputFields } from "./tables/goals";
import { vIepLifecycleStatus } from "./tables/ieps";

const vGoalInput = v.object(goalInputFields);
const PROVIDERS = ["teacher", "specialist"] as const;

/** @throws NOT_FOUND */
export const getGoal = goalQuery({
  access: "goal.read",
  args: {},
  returns: v.object({
    ...vGoal.fields,
    studentFirstName: v.string(),
    studentLastName: v.string(),
    iepStatus: vIepLifecycleStatus,
  }),
  handler: async (ctx) => ({
    ...(await describeGoal(ctx, ctx.goal)),
    studentFirstName: ctx.student.firstName,
    studentLastName: ctx.student.lastName,
    iepStatus: ctx.iep.status,
  }),
});

/** The goal in every version and year of the student's plans, the first one first, each with its data. */
export const getGoalLife = goalQuery({
  access: "progress.read",
  args: {},
  returns: vGoalLife,
  handler: (ctx) => goalLife(ctx),
});

/** What a goal of this plan can take its baseline from. */
export const listBaselineSources = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.array(vBaselineSource),
  handler: (ctx) => baselineSources(ctx),
});

/**
 * In a draft. The same `clientMutationId` again gives the same goal.
 * @throws INVALID, CONFLICT if the plan is no draft, NOT_FOUND for a provider who is no teacher or specialist here
 */
export const createGoal = newGoalMutation({
  access: "goal.create",
  args: { goal: vGoalInput, selfMonitored: v.boolean(), clientMutationId: v.string() },
  returns: v.id("goals"),
  handler: async (ctx, { goal: input, selfMonitored, clientMutationId }) => {
    const { db, iep, responsibleProviderId } = ctx;
    const done = await db
      .rows("goals", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done?.iepId === iep._id) return done._id;
    if (iep.status !== "draft") throw conflict("notADraft");
    requireValid(checkGoal(input, iep));
    await requireBaseline(ctx, input);
    if ((await membershipWithRole(db, responsibleProviderId, PROVIDERS)) === null) throw notFound();
    const goals = await goalsOf(db, iep._id);
    return db.insert("goals", {
      ...input,
      studentId: iep.studentId,
      iepId: iep._id,
      goalNumber: Math.max(0, ...goals.map(({ goalNumber }) => goalNumber)) + 1,
      responsibleProvider: responsibleProviderId,
      isActive: true,
      selfMonitored,
      version: 1,
      clientMutationId,
    });
  },
});

/** @throws INVALID, NOT_FOUND, CONFLICT if the plan is no draft or somebody else saved since `expectedVersion` */
export const editGoal = goalMutation({
  access: "goal.edit",
  args: {
    goal: vGoalInput,
    responsibleProviderId: v.id("users"),
    selfMonitored: v.boolean(),
    expectedVersion: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, args) => {
    const { db, goal, iep } = ctx;
    if (iep.status !== "draft") throw conflict("notADraft");
    if (goal.version !== args.expectedVersion) throw conflict("changedMeanwhile");
    requireValid(checkGoal(args.goal, iep));
    await requireBaseline(ctx, args.goal, goal.baselineData.pointIds);
    if ((await membershipWithRole(db, args.responsibleProviderId, PROVIDERS)) === null)
      throw notFound();
    await db.patch("goals", goal._id, {
      ...{ notes: undefined, criterion: undefined },
      ...args.goal,
      responsibleProvider: args.responsibleProviderId,
      selfMonitored: args.selfMonitored,
      version: goal.version + 1,
    });
    return null;
  },
});

/**
 * Puts a goal of a draft in front of another one, or at the end; the goals are numbered in their new order. One that is
 * gone by now moves nothing. @throws NOT_FOUND, CONFLICT if the plan is no draft
 */
export const orderGoal = iepMutation({
  access: "iep.editFields",
  args: { goalId: v.id("goals"), before: v.union(v.id("goals"), v.null()) },
  returns: v.null(),
  handler: async ({ db, iep }, { goalId, before }) => {
    if ((await db.require("goals", goalId)).iepId !== iep._id) throw notFound();
    if (iep.status !== "draft") throw conflict("notADraft");
    const goals = await goalsOf(db, iep._id);
    const ids = goals.map(({ _id }) => _id);
    for (const [index, id] of placedBefore(ids, goalId, before).entries())
      if (goals.find(({ _id }) => _id === id)?.goalNumber !== index + 1)
        await db.patch("goals", id, { goalNumber: index + 1 });
    return null;
  },
});

/** Data are not logged any more; they stay. @throws INVALID, CONFLICT */
export const closeGoal = goalMutation({
  access: "goal.close",
  args: {
    reason: v.union(v.literal("mastered"), v.literal("discontinued")),
    date: v.string(),
  },
  returns: v.null(),
  handler: async ({ db, acting, goal, iep, today, now }, { reason, date }) => {
    if (iep.status !== "active") throw conflict("iepNotActive");
    requireValid([
      ...(isCalendarDate(date) ? [] : [{ field: "date", code: "notADate" as const }]),
      ...(date > today ? [{ field: "date", code: "inFuture" as const }] : []),
    ]);
    if (!goal.isActive) return null;
    await db.patch("goals", goal._id, {
      isActive: false,
      masteryDate: reason === "mastered" ? date : undefined,
      version: goal.version + 1,
    });
    await db.insert("statusChanges", {
      studentId: goal.studentId,
      resource: { table: "goals", id: goal._id },
      from: "active",
      to: reason,
      changedBy: acting.user._id,
      changedAt: now,
    });
    return null;
  },
});

/** @throws CONFLICT if the plan is not in force */
export const reopenGoal = goalMutation({
  access: "goal.close",
  args: {},
  returns: v.null(),
  handler: async ({ db, acting, goal, iep, now }) => {
    if (iep.status !== "active") throw conflict("iepNotActive");
    if (goal.isActive) return null;
    await db.patch("goals", goal._id, {
      isActive: true,
      masteryDate: undefined,
      version: goal.version + 1,
    });
    await db.insert("statusChanges", {
      studentId: goal.studentId,
      resource: { table: "goals", id: goal._id },
      from: goal.masteryDate === undefined ? "discontinued" : "mastered",
      to: "active",
      changedBy: acting.user._id,
      changedAt: now,
    });
    return null;
  },
});

/** Of the student's team. Assigning twice is once. @throws NOT_FOUND */
export const assignParaprofessional = goalMutation({
  access: "goal.assign",
  args: { userId: v.id("users") },
  returns: v.null(),
  handler: async ({ db, goal }, { userId }) => {
    const place = await findPlace(db, goal.studentId, userId);
    if (place?.function !== "paraprofessional") throw notFound();
    const existing = await db
      .rows("goalAssignments", "by_goal", (q) => q.eq("goalId", goal._id).eq("userId", userId))
      .first();
    if (existing === null)
      await db.insert("goalAssignments", {
        ...{ studentId: goal.studentId, goalId: goal._id, userId },
      });
    return null;
  },
});

export const unassignParaprofessional = goalMutation({
  access: "goal.assign",
  args: { userId: v.id("users") },
  returns: v.null(),
  handler: async ({ db, goal }, { userId }) => {
    const existing = await db
      .rows("goalAssignments", "by_goal", (q) => q.eq("goalId", goal._id).eq("userId", userId))
      .first();
    if (existing !== null) await db.delete("goalAssignments", existing._id);
    return null;
  },
});

/** How data are taken for the goal: for those who take them. */
export const getDataGuide = goalQuery({
  access: "progress.log",
  args: {},
  returns: vGuide,
  handler: (ctx) => guideOf(ctx),
});

/**
 * Instructions and materials, also while the plan is in force: they are no part of it.
 * @throws INVALID, CONFLICT if somebody else saved since `expectedVersion`
 */
export const describeDataTaking = goalMutation({
  access: "goal.managePhases",
  args: { instructions: v.string(), materials: v.string(), expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db, goal }, { instructions, materials, expectedVersion }) => {
    const version = goal.guideVersion ?? 0;
    if (version !== expectedVersion) throw conflict("changedMeanwhile");
    requireValid([
      ...checkText("instructions", instructions, { max: LIMITS.text }),
      ...checkText("materials", materials, { max: LIMITS.text }),
    ]);
    await db.patch("goals", goal._id, {
      instructions: instructions.trim() === "" ? undefined : instructions,
      materials: materials.trim() === "" ? undefined : materials,
      guideVersion: version + 1,
    });
    return null;
  },
});

/** From `startDate` on, instruction is different: the chart draws no line across. @throws INVALID */
export const addPhase = goalMutation({
  access: "goal.managePhases",
  args: { name: v.string(), startDate: v.string() },
  returns: v.id("goalPhases"),
  handler: async ({ db, acting, goal }, phase) => {
    requireValid(await checkPhase(db, goal, phase));
    return insertPhase(db, goal, phase, acting.user._id);
  },
});

/** @throws NOT_FOUND */
export const removePhase = goalMutation({
  access: "goal.managePhases",
  args: { phaseId: v.id("goalPhases") },
  returns: v.null(),
  handler: async ({ db, goal }, { phaseId }) => {
    const phase = await db.require("goalPhases", phaseId);
    if (phase.goalId !== goal._id) throw notFound();
    await db.delete("goalPhases", phaseId);
    return null;
  },
});

/** The goals for which this person logs data: of active plans, by student. */
export const listTodayGoals = recordsQuery({
  access: "progress.today",
  args: {},
  returns: vToday,
  handler: (ctx) => listToday(ctx),
});

/** Children of this guardian, or the student themself, with how each goal stands. */
export const listFamilyGoals = recordsQuery({
  access: "family.view",
  args: {},
  returns: vFamily,
  handler: (ctx) => listFamily(ctx, canReadGoal),
});
