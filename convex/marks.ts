/** Days on which there was no number for a goal, and why. They are listed beside the data and never charted. */
import { v } from "convex/values";
import { requireValid } from "./access/errors";
import { goalMutation, goalQuery, markMutation } from "./access/functions";
import { checkText, LIMITS } from "./domain/validation/problem";
import { markOnce, marksOf, vListedMark } from "./model/marks";
import { vMark } from "./tables/progress";

/** The newest 400 by date, those that were taken out too. */
export const listMarks = goalQuery({
  access: "progress.read",
  args: {},
  returns: v.array(vListedMark),
  handler: (ctx) => marksOf(ctx),
});

/** The same `clientMutationId` again is the same mark. @throws INVALID, CONFLICT if the goal is closed */
export const logMark = goalMutation({
  access: "progress.log",
  args: {
    recordedDate: v.string(),
    mark: vMark,
    note: v.optional(v.string()),
    clientMutationId: v.string(),
  },
  returns: v.object({ markId: v.id("progressMarks") }),
  handler: async (ctx, { clientMutationId, ...input }) => ({
    markId: await markOnce(ctx, input, clientMutationId),
  }),
});

/** Takes a mark out; it stays visible with the reason. @throws INVALID without a reason */
export const voidMark = markMutation({
  access: "progress.correct",
  args: { reason: v.string() },
  returns: v.null(),
  handler: async ({ db, acting, mark, now }, { reason }) => {
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.title }));
    if (mark.voided) return null;
    await db.patch("progressMarks", mark._id, {
      ...{ voided: true, voidedAt: now, voidedBy: acting.user._id, voidReason: reason.trim() },
    });
    return null;
  },
});
