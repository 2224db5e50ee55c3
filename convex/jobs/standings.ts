/** Standings that change because days pass, and making them anew for a tenant that has none. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { todayIn } from "../domain/calendar/calendarDate";
import { JUDGED_AS, refresh, refreshRows } from "../model/standings";

/** Goals of one transaction, each with up to two hundred points. */
const GOALS = 30;
/** Students of one transaction, each with some ten goals. */
const STUDENTS = 4;

/** One tenant after the other, by the calendar of its own time zone. */
export const refreshDue = systemMutation({
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
      const db = new TenantWriter(ctx.db, organization._id);
      const today = todayIn(organization.settings.timezone, Date.now());
      const due = await db
        .rows("goalStandings", "by_due", (q) => q.lte("nextChangeOn", today))
        .take(GOALS);
      await refreshRows(db, due, today);
      more = due.length === GOALS;
      const all = await db
        .rows("standingCounts", "by_school", (q) => q.eq("schoolId", undefined))
        .unique();
      if (all?.judgedAs !== JUDGED_AS) {
        await ctx.scheduler.runAfter(0, internal.jobs.standings.rebuildIn, {
          ...{ organizationId: organization._id, cursor: null },
        });
        if (all !== null) await db.patch("standingCounts", all._id, { judgedAs: JUDGED_AS });
      }
    }
    if (more) await ctx.scheduler.runAfter(0, internal.jobs.standings.refreshDue, { cursor });
    else if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.standings.refreshDue, {
        cursor: continueCursor,
      });
    return null;
  },
});

/** The rest of what a large change touched. */
export const refreshGoals = systemMutation({
  args: { organizationId: v.id("organizations"), goals: v.array(v.id("goals")) },
  returns: v.null(),
  handler: async (ctx, { organizationId, goals }) => {
    const db = new TenantWriter(ctx.db, organizationId);
    const { settings } = await db.organization();
    await refresh(db, { goals, students: [] }, todayIn(settings.timezone, Date.now()));
    return null;
  },
});

/** Looks at every student of a tenant again; what is right stays as it is. */
export const rebuildIn = systemMutation({
  args: { organizationId: v.id("organizations"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { organizationId, cursor }) => {
    const db = new TenantWriter(ctx.db, organizationId);
    const { settings } = await db.organization();
    const { page, isDone, continueCursor } = await db
      .rows("students", "by_organization")
      .paginate({ cursor, numItems: STUDENTS });
    const students = page.map(({ _id }) => _id);
    await refresh(db, { goals: [], students }, todayIn(settings.timezone, Date.now()));
    if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.standings.rebuildIn, {
        ...{ organizationId, cursor: continueCursor },
      });
    return null;
  },
});
