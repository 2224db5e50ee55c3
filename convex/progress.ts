/** Progress data: log, read, correct. Charts are live: whoever has a goal open sees each new point. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { conflict, invalid, requireValid } from "./access/errors";
import { goalMutation, goalQuery, pointMutation } from "./access/functions";
import { chartedSeries } from "./domain/progress/charted";
import { currentPhase, judgedPoints } from "./domain/progress/judgement";
import { checkPoint } from "./domain/progress/measurement";
import { summarizeProgress } from "./domain/progress/summary";
import { ordinaryLeastSquares } from "./domain/progress/trend";
import { checkText, LIMITS } from "./domain/validation/problem";
import { describeGoal, vGoal } from "./model/goals";
import { vPage } from "./model/pages";
import {
  chartPoints,
  describePoints,
  findEntry,
  insertPoint,
  logOnce,
  vPoint,
  voidPoint as markVoided,
} from "./model/progress";
import { vTrend } from "./model/trend";
import { pointInputFields } from "./tables/progress";

/**
 * The chart of a goal: its valid points by date (all, or of a range; of more than 2,000 the newest), the trend of those of
 * the phase that counts now (least squares, per week), and the figures beside it.
 */
export const getGoalProgress = goalQuery({
  access: "progress.read",
  args: { startDate: v.optional(v.string()), endDate: v.optional(v.string()) },
  returns: v.object({
    goal: vGoal,
    progressData: v.array(vPoint),
    truncated: v.boolean(),
    trendAnalysis: vTrend,
    summary: v.object({
      totalDataPoints: v.number(),
      latestMeasurement: v.union(v.null(), vPoint),
      /** Percent of the way from baseline to target; may be negative or above 100. */
      progressToTarget: v.union(v.null(), v.number()),
      changeSinceBaseline: v.union(v.null(), v.number()),
    }),
  }),
  handler: async (ctx, range) => {
    const { points, truncated } = await chartPoints(ctx.db, ctx.goal._id, range);
    const progressData = await describePoints(ctx, points);
    const goal = await describeGoal(ctx, ctx.goal);
    const values = points.map(({ recordedDate, measurementValue }) => ({
      date: recordedDate,
      value: measurementValue,
    }));
    const { kind } = goal.measurement;
    const { fractionOfTheWay, changeSinceBaseline } = summarizeProgress(
      chartedSeries(kind, values),
      goal,
    );
    const current = currentPhase(judgedPoints(kind, values), {
      baselineDate: goal.baselineData.date,
      phases: goal.phases,
    });
    return {
      goal,
      progressData,
      truncated,
      trendAnalysis: ordinaryLeastSquares(current.points),
      summary: {
        totalDataPoints: progressData.length,
        latestMeasurement: progressData.at(-1) ?? null,
        progressToTarget: fractionOfTheWay === null ? null : fractionOfTheWay * 100,
        changeSinceBaseline,
      },
    };
  },
});

/** All entries, voided ones too, in the order of entry, newest first. */
export const listPoints = goalQuery({
  access: "progress.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(vPoint),
  handler: async (ctx, { paginationOpts }) => {
    const result = await ctx.db
      .rows("progressData", "by_goal_entry", (q) => q.eq("goalId", ctx.goal._id))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: await describePoints(ctx, result.page) };
  },
});

/**
 * One observation. The same `clientMutationId` again is the same entry.
 * @throws INVALID, CONFLICT if the goal is closed or its plan is not in force
 */
export const logPoint = goalMutation({
  access: "progress.log",
  args: { ...pointInputFields, clientMutationId: v.string() },
  returns: v.object({ pointId: v.id("progressData") }),
  handler: async (ctx, { clientMutationId, ...input }) => ({
    pointId: await logOnce(ctx, input, clientMutationId),
  }),
});

/** Takes an entry out of the chart; it stays visible as voided. @throws INVALID without a reason */
export const voidPoint = pointMutation({
  access: "progress.correct",
  args: { reason: v.string() },
  returns: v.null(),
  handler: async ({ db, acting, point, now }, { reason }) => {
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.title }));
    await markVoided(db, point, { userId: acting.user._id, now, reason: reason.trim() });
    return null;
  },
});

/**
 * Voids the entry and writes the corrected one in its place; both stay. The same `clientMutationId` again is once.
 * @throws INVALID, CONFLICT if the entry was voided meanwhile
 */
export const correctPoint = pointMutation({
  access: "progress.correct",
  args: { ...pointInputFields, reason: v.string(), clientMutationId: v.string() },
  returns: v.object({ pointId: v.id("progressData") }),
  handler: async (ctx, { reason, clientMutationId, ...input }) => {
    const { db, acting, goal, point, today, now } = ctx;
    const done = await findEntry(db, clientMutationId);
    if (done !== null) {
      if (done.corrects !== point._id)
        throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
      return { pointId: done._id };
    }
    requireValid([
      ...checkText("reason", reason, { required: true, max: LIMITS.title }),
      ...checkPoint(input, { goal, today }),
    ]);
    if (point.voided) throw conflict("alreadyVoided");
    const by = { userId: acting.user._id, now };
    await markVoided(db, point, { ...by, reason: reason.trim() });
    const pointId = await insertPoint(db, goal, input, {
      recordedBy: acting.user._id,
      // The corrected entry stands where the first one stood.
      sequence: point.sequence,
      loggedAt: now,
      clientMutationId,
      corrects: point._id,
    });
    return { pointId };
  },
});
