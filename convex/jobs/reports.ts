/** Progress reports in the background: batches of a caseload, and reminders before a period's reports are due. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { patched, writeSystemEntry } from "../access/audit";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { todayIn } from "../domain/calendar/calendarDate";
import { type Period, reminderOn } from "../domain/reports/period";
import { findActiveIep } from "../model/ieps";
import { managedStudents, workOff } from "../model/reportBatches";
import { reminderMail } from "../model/reportMail";
import { reportOfPeriod } from "../model/reports";

/** A batch that has not moved for so long was stopped by a failure. */
const STUCK_MS = 5 * 60_000;

/** One portion, and the next one after it. Twice the same step does nothing. */
export const continueBatch = systemMutation({
  args: { batchId: v.id("reportBatches"), step: v.number() },
  returns: v.null(),
  handler: async (ctx, { batchId, step }) => {
    const batch = await ctx.db.get("reportBatches", batchId);
    if (batch === null || batch.step !== step || batch.state === "done") return null;
    const db = new TenantWriter(ctx.db, batch.organizationId);
    const { settings } = await db.organization();
    const now = Date.now();
    const today = todayIn(settings.timezone, now);
    const change = await workOff(db, batch, { periods: settings.reportingPeriods, today, now });
    const moved = { ...change, step: step + 1, movedAt: now };
    await ctx.db.patch("reportBatches", batchId, moved);
    if (change.state === "done")
      await writeSystemEntry(ctx, batch.organizationId, `report.${batch.kind}Batch`, {
        actorId: batch.startedBy,
        changes: [patched("reportBatches", batch, change)],
      });
    else await next(ctx, batchId, step + 1);
    return null;
  },
});

const next = (ctx: MutationCtx, batchId: Id<"reportBatches">, step: number) =>
  ctx.scheduler.runAfter(0, internal.jobs.reports.continueBatch, { batchId, step });

/** Goes on with batches that a failure stopped. */
export const resumeBatches = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const stuck = await ctx.db
      .query("reportBatches")
      .withIndex("by_state", (q) => q.eq("state", "running").lt("movedAt", Date.now() - STUCK_MS))
      .take(10);
    for (const { _id, step } of stuck) await next(ctx, _id, step);
    return null;
  },
});

/** Tenants by turns; of each, whether today is a day on which somebody is to be reminded. */
export const remind = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ cursor, numItems: 20 });
    for (const { _id, settings } of page) {
      const today = todayIn(settings.timezone, Date.now());
      if (duePeriod(settings.reportingPeriods, today) !== null)
        await ctx.scheduler.runAfter(0, internal.jobs.reports.remindIn, {
          ...{ organizationId: _id, cursor: null },
        });
    }
    if (!isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.reports.remind, { cursor: continueCursor });
    return null;
  },
});

/** The newest period that somebody is to be reminded of today. */
function duePeriod(periods: readonly Period[], today: string): Period | null {
  const begun = periods.filter(({ start }) => start <= today);
  return begun.reverse().find((period) => reminderOn(period, today) !== null) ?? null;
}

const PEOPLE = 5;
const CASE_MANAGERS: readonly Doc<"memberships">["role"][] = ["teacher", "specialist"];

/** Some of a tenant's staff, and the next ones after them. Whoever was reminded is not reminded again. */
export const remindIn = systemMutation({
  args: { organizationId: v.id("organizations"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { organizationId, cursor }) => {
    const db = new TenantWriter(ctx.db, organizationId);
    const organization = await db.organization();
    const now = Date.now();
    const today = todayIn(organization.settings.timezone, now);
    const period = duePeriod(organization.settings.reportingPeriods, today);
    if (period === null) return null;
    const staff = await db
      .rows("memberships", "by_organization_user")
      .paginate({ cursor, numItems: PEOPLE });
    const people = new Set(
      staff.page
        .filter(({ status, role }) => status === "active" && CASE_MANAGERS.includes(role))
        .map(({ userId }) => userId),
    );
    for (const userId of people) await remindPerson(db, userId, { period, today, now });
    if (!staff.isDone)
      await ctx.scheduler.runAfter(0, internal.jobs.reports.remindIn, {
        ...{ organizationId, cursor: staff.continueCursor },
      });
    return null;
  },
});

async function remindPerson(
  db: TenantWriter,
  userId: Id<"users">,
  { period, today, now }: { period: Period; today: string; now: number },
): Promise<void> {
  const kind = reminderOn(period, today);
  if (kind === null) return;
  const { start: periodStart } = period;
  const done = await db
    .rows("reportReminders", "by_user", (q) =>
      q.eq("userId", userId).eq("periodStart", periodStart).eq("kind", kind),
    )
    .first();
  if (done !== null) return;
  let open = 0;
  for (const student of await managedStudents(db, userId)) {
    if (student.enrollmentStatus !== "active") continue;
    const report = await reportOfPeriod(db, student._id, periodStart);
    if (
      report === null ? (await findActiveIep(db, student._id)) !== null : report.state === "draft"
    )
      open += 1;
  }
  if (open === 0) return;
  await db.insert("reportReminders", { userId, periodStart, kind, sentAt: now });
  const { email: to, preferences } = await db.person(userId);
  const { name: organization } = await db.organization();
  const { language } = preferences;
  await db.insertMail(reminderMail({ to, language, kind, organization, period, open }, now));
}
