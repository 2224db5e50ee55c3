/** The reports of one period, for a whole caseload. */
import { type Infer, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MemberContext } from "../access/functions";
import { covers } from "../access/relations";
import type { Period } from "../domain/reports/period";
import { vPeriod, vReportState } from "../tables/reports";
import { findActiveIep } from "./ieps";
import { managedStudents, MOST } from "./reportBatches";
import { findEntry } from "./reportContent";
import { reportOfPeriod } from "./reports";
import { goalsInForce } from "./today";

export const vCaseloadReports = v.object({
  periods: v.array(vPeriod),
  /** The one that is asked for, or that runs; null if there is none. */
  period: v.union(v.null(), vPeriod),
  students: v.array(
    v.object({
      studentId: v.id("students"),
      firstName: v.string(),
      lastName: v.string(),
      gradeLevel: v.string(),
      schoolName: v.string(),
      reportId: v.union(v.null(), v.id("progressReports")),
      state: v.union(v.literal("none"), vReportState),
      isCorrection: v.boolean(),
      issuedAt: v.union(v.null(), v.number()),
      goals: v.number(),
      /** Goals of a draft that have neither data in the period nor an explanation. */
      missing: v.number(),
    }),
  ),
  truncated: v.boolean(),
});

type Row = Infer<typeof vCaseloadReports>["students"][number];

/** Students whom this person manages and who have a plan in force, by name. */
export async function listCaseloadReports(
  ctx: MemberContext,
  period: Period | null,
): Promise<Pick<Infer<typeof vCaseloadReports>, "students" | "truncated">> {
  const { db, acting } = ctx;
  const managed = await managedStudents(db, acting.user._id);
  const students: Row[] = [];
  if (period !== null)
    for (const student of managed) {
      if (student.enrollmentStatus !== "active" || !covers(acting, student.schoolId)) continue;
      if ((await findActiveIep(db, student._id)) === null) continue;
      students.push(await describe(ctx, student, period));
    }
  return { students, truncated: managed.length === MOST };
}

async function describe(
  { db }: MemberContext,
  student: Doc<"students">,
  period: Period,
): Promise<Row> {
  const { _id: studentId, firstName, lastName, gradeLevel, schoolId } = student;
  const report = await reportOfPeriod(db, studentId, period.start);
  const goals = await goalsInForce({ db }, student);
  let missing = 0;
  if (report?.state === "draft")
    for (const goal of goals) if (await saysNothing({ db }, report, goal)) missing += 1;
  return {
    ...{ studentId, firstName, lastName, gradeLevel },
    schoolName: (await db.requireSchool(schoolId)).name,
    reportId: report?._id ?? null,
    state: report?.state ?? "none",
    isCorrection: report?.corrects !== undefined,
    issuedAt: report?.issuedAt ?? null,
    goals: goals.length,
    missing,
  };
}

async function saysNothing(
  { db }: Pick<MemberContext, "db">,
  report: Doc<"progressReports">,
  goal: Doc<"goals">,
): Promise<boolean> {
  const { start, end } = report.period;
  const point = await db
    .rows("progressData", "by_goal", (q) =>
      q
        .eq("goalId", goal._id)
        .eq("voided", false)
        .gte("recordedDate", start)
        .lte("recordedDate", end),
    )
    .first();
  if (point !== null) return false;
  const entry = await findEntry(db, report._id, goal._id);
  if (entry === null) return true;
  const { explanation } = await db.unseal("reportEntries", entry);
  return explanation.trim() === "";
}
