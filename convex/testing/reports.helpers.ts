/** A progress report as it was issued, and the draft that will correct it. */
import type { Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";
import { correctReport, issueReport, prepareReport } from "../model/reports";

export async function writeReports(
  db: TenantWriter,
  { studentId, by, now }: { studentId: Id<"students">; by: Id<"users">; now: number },
): Promise<{ reportId: Id<"progressReports">; draftReportId: Id<"progressReports"> }> {
  const { settings } = await db.organization();
  const [period] = settings.reportingPeriods;
  if (period === undefined) throw new Error("No reporting period");
  const who = { userId: by, now };
  const reportId = await prepareReport(db, studentId, {
    ...{ ...who, periods: settings.reportingPeriods, periodStart: period.start },
    clientMutationId: `report-${studentId}`,
  });
  const student = await db.require("students", studentId);
  const report = await db.require("progressReports", reportId);
  await db.insert("reportEntries", {
    ...{ studentId, reportId, goalId: await firstGoal(db, studentId), code: "onTrack" },
    ...{ narrative: "Reads more words each week.", narrativeSpanish: "" },
    ...{ explanation: "Absent in October", version: 1, editedBy: by, editedAt: now },
  });
  const found = await issueReport(db, student, report, { ...who, today: period.end });
  if (found.length > 0) throw new Error("The report was not issued");
  const draftReportId = await correctReport(db, await db.require("progressReports", reportId), {
    ...{ ...who, reason: "A wrong date", clientMutationId: `correction-${studentId}` },
  });
  return { reportId, draftReportId };
}

async function firstGoal(db: TenantWriter, studentId: Id<"students">): Promise<Id<"goals">> {
  const goal = await db
    .rows("goals", "by_student", (q) => q.eq("studentId", studentId).eq("isActive", true))
    .first();
  if (goal === null) throw new Error("No goal");
  return goal._id;
}
