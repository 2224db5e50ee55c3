/** Plans whose last day has passed are expired: nobody has to notice. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { patched, writeSystemEntry } from "../access/audit";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { todayIn } from "../domain/calendar/calendarDate";
import { moveIep } from "../model/ieps";
import { refresh } from "../model/standings";

/** Of one run; what is left is done by the next one, which follows at once. */
const BATCH = 100;

/** One tenant after the other, by the calendar of its own time zone. */
export const expirePlans = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ cursor, numItems: 1 });
    const [organization] = page;
    let more = false;
    if (organization !== undefined) {
      const now = Date.now();
      const today = todayIn(organization.settings.timezone, now);
      const db = new TenantWriter(ctx.db, organization._id);
      const expired = await db
        .rows("ieps", "by_status", (q) => q.eq("status", "active").lt("expirationDate", today))
        .take(BATCH);
      for (const iep of expired) {
        await moveIep(db, iep, "expired", { now });
        await refresh(db, { goals: [], students: [iep.studentId] }, today);
        await writeSystemEntry(ctx, organization._id, "iep.expire", {
          studentId: iep.studentId,
          changes: [patched("ieps", iep, { status: "expired" })],
        });
      }
      more = expired.length === BATCH;
    }
    if (more) await ctx.scheduler.runAfter(0, internal.jobs.expiry.expirePlans, { cursor });
    else if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.expiry.expirePlans, { cursor: continueCursor });
    return null;
  },
});
