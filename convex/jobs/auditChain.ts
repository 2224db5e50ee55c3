/** Seals what was written to the audit logs since the last time. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemMutation } from "../access/systemFunctions";
import { sealEntries } from "../model/audit";

/** Entries of one transaction; organizations of one page. */
const BATCH = 500;
const ORGANIZATIONS = 50;

export const sealAuditEntries = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ numItems: ORGANIZATIONS, cursor });
    let left = BATCH;
    for (const { _id } of page) left -= await sealEntries(ctx, _id, left);
    // A full batch may have left some: the same page again.
    const next = left <= 0 ? cursor : continueCursor;
    if (left <= 0 || !isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.auditChain.sealAuditEntries, { cursor: next });
    return null;
  },
});

/** Removes grants that have run out; nobody asks for them any more. */
export const removeExpiredGrants = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ numItems: ORGANIZATIONS, cursor });
    let left = BATCH;
    for (const { _id } of page) {
      const expired = await ctx.db
        .query("recordGrants")
        .withIndex("by_expiry", (q) => q.eq("organizationId", _id).lte("expiresAt", Date.now()))
        .take(left);
      for (const grant of expired) await ctx.db.delete("recordGrants", grant._id);
      left -= expired.length;
      if (left === 0) break;
    }
    const next = left === 0 ? cursor : continueCursor;
    if (left === 0 || !isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.auditChain.removeExpiredGrants, {
        cursor: next,
      });
    return null;
  },
});
