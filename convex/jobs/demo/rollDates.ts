/**
 * Moves the demonstration's calendar dates forward by whole weeks, so that plans stay in force and data stay recent
 * while weekdays stay weekdays. What visitors entered moves along with what they entered it for.
 */
import { internal } from "../../_generated/api";
import type { Doc } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { TenantWriter } from "../../access/tenantDb";
import { addDays, daysBetween, todayIn } from "../../domain/calendar/calendarDate";

const ALL = 4000;

/** @returns days that the dates moved; 0 within the first week */
export async function rollDates(
  ctx: MutationCtx,
  organization: Doc<"organizations">,
): Promise<number> {
  const today = todayIn(organization.settings.timezone, Date.now());
  const days = Math.floor(daysBetween(organization.demoDate ?? today, today) / 7) * 7;
  if (days <= 0) return 0;
  const db = new TenantWriter(ctx.db, organization._id);
  const move = (date: string) => addDays(date, days);
  const maybe = (date: string | undefined) => (date === undefined ? undefined : move(date));
  for (const iep of await db.rows("ieps", "by_effective_date").take(ALL))
    await db.patch("ieps", iep._id, {
      effectiveDate: move(iep.effectiveDate),
      expirationDate: move(iep.expirationDate),
      meetingDate: move(iep.meetingDate),
      nextReviewDate: move(iep.nextReviewDate),
    });
  for (const service of await db.rows("services", "by_iep").take(ALL))
    await db.patch("services", service._id, {
      startDate: move(service.startDate),
      endDate: move(service.endDate),
    });
  for (const student of await db.rows("students", "by_organization").take(ALL)) {
    const { dateOfBirth } = await db.unseal("students", student);
    await db.patch("students", student._id, {
      dateOfBirth: move(dateOfBirth),
      iepExpirationDate: maybe(student.iepExpirationDate),
    });
  }
  for (const goal of await db.rows("goals", "by_status").take(ALL))
    await db.patch("goals", goal._id, {
      baselineData: { ...goal.baselineData, date: move(goal.baselineData.date) },
      targetCriteria: {
        ...goal.targetCriteria,
        timeframe: move(goal.targetCriteria.timeframe),
      },
      masteryDate: maybe(goal.masteryDate),
    });
  for (const point of await db.rows("progressData", "by_date").take(ALL))
    await db.patch("progressData", point._id, { recordedDate: move(point.recordedDate) });
  for (const objective of await db.rows("objectives", "by_goal").take(ALL))
    await db.patch("objectives", objective._id, {
      by: move(objective.by),
      metOn: maybe(objective.metOn),
    });
  for (const phase of await db.rows("goalPhases", "by_goal").take(ALL))
    await db.patch("goalPhases", phase._id, { startDate: move(phase.startDate) });
  for (const decision of await db.rows("progressDecisions", "by_goal").take(ALL)) {
    const { figures, decidedOn, throughDate } = decision;
    const { latest, since } = figures;
    await db.patch("progressDecisions", decision._id, {
      ...{ decidedOn: move(decidedOn), throughDate: move(throughDate) },
      figures: {
        ...{ ...figures, since: move(since) },
        latest: latest === null ? null : { ...latest, date: move(latest.date) },
      },
    });
  }
  for (const request of await db.rows("rightsRequests", "by_student").take(ALL))
    await db.patch("rightsRequests", request._id, {
      receivedOn: maybe(request.receivedOn),
      hearingAskedOn: maybe(request.hearingAskedOn),
      countsFrom: maybe(request.countsFrom),
      meetingOn: maybe(request.meetingOn),
      dueOn: maybe(request.dueOn),
      stoppedOn: maybe(request.stoppedOn),
      scheduledOn: maybe(request.scheduledOn),
      providedOn: maybe(request.providedOn),
    });
  for (const consent of await db.rows("disclosureConsents", "by_student").take(ALL))
    await db.patch("disclosureConsents", consent._id, {
      from: move(consent.from),
      until: move(consent.until),
      givenOn: move(consent.givenOn),
      revokedOn: maybe(consent.revokedOn),
    });
  await ctx.scheduler.runAfter(0, internal.jobs.standings.rebuildIn, {
    ...{ organizationId: organization._id, cursor: null },
  });
  await ctx.db.patch("organizations", organization._id, {
    demoDate: addDays(organization.demoDate ?? today, days),
  });
  return days;
}
