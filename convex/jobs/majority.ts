/** Educational rights pass by the calendar: nobody has to notice (34 CFR 300.520). */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { patched, writeSystemEntry } from "../access/audit";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { todayIn } from "../domain/calendar/calendarDate";
import { followCalendar } from "../model/educationalRights";

/** Of one transaction. */
const STUDENTS = 100;
const ORGANIZATIONS = 50;

/** In every tenant, by the calendar of its own time zone. */
export const passRights = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ cursor, numItems: ORGANIZATIONS });
    for (const { _id } of page)
      await ctx.scheduler.runAfter(0, internal.jobs.majority.passRightsIn, {
        ...{ organizationId: _id, cursor: null },
      });
    if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.majority.passRights, {
        cursor: continueCursor,
      });
    return null;
  },
});

/** All students of one tenant: a State's age may have changed, too. */
export const passRightsIn = systemMutation({
  args: { organizationId: v.id("organizations"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { organizationId, cursor }) => {
    const organization = await ctx.db.get("organizations", organizationId);
    if (organization === null) return null;
    const now = Date.now();
    const today = todayIn(organization.settings.timezone, now);
    const db = new TenantWriter(ctx.db, organizationId);
    const { page, isDone, continueCursor } = await db
      .rows("students", "by_rights_holder")
      .paginate({ cursor, numItems: STUDENTS });
    for (const student of page) {
      const change = await followCalendar(db, student, { organization, today, now });
      if (change === null) continue;
      await writeSystemEntry(ctx, organizationId, "student.passRights", {
        studentId: student._id,
        changes: [patched("students", student, change)],
      });
    }
    if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.majority.passRightsIn, {
        ...{ organizationId, cursor: continueCursor },
      });
    return null;
  },
});
