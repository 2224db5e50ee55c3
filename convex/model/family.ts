/** What a family sees first: each child, what waits for the family, each goal, and how it stands. */
import { type Infer, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MemberContext } from "../access/functions";
import { goalCircumstances, studentCircumstances } from "../access/relations";
import { type Circumstances, mayWithStudent, type Relation } from "../domain/access/matrix";
import { todayIn } from "../domain/calendar/calendarDate";
import { isDraftStatus } from "../domain/ieps/lifecycle";
import { verdictOf } from "../domain/progress/judgement";
import { vStanding } from "../tables/dashboards";
import { vGoalDomain, vGoalMeasurement } from "../tables/goals";
import { findActiveIep } from "./ieps";
import { evidenceOf, progressSettingsOf } from "./judging";
import { listCaseload } from "./students";
import { goalsInForce } from "./today";

const vFamilyGoal = v.object({
  goalId: v.id("goals"),
  goalNumber: v.number(),
  domain: vGoalDomain,
  description: v.string(),
  measurement: vGoalMeasurement,
  baselineData: v.object({ date: v.string(), value: v.number() }),
  target: v.number(),
  targetDate: v.string(),
  /** What the data say; null where families read it in the reports that are issued. */
  live: v.union(
    v.null(),
    v.object({
      standing: vStanding,
      /** The newest points, oldest first: enough for a small line. */
      recent: v.array(v.object({ date: v.string(), value: v.number() })),
    }),
  ),
});

/** To be read and asked about; to be signed; or signed by this person already. */
const WAITS = [v.literal("reading"), v.literal("signature"), v.literal("nothing")] as const;

export const vFamily = v.object({
  students: v.array(
    v.object({
      studentId: v.id("students"),
      firstName: v.string(),
      lastName: v.string(),
      schoolName: v.string(),
      gradeLevel: v.string(),
      caseManagerName: v.union(v.null(), v.string()),
      activeIEP: v.union(
        v.null(),
        v.object({
          _id: v.id("ieps"),
          effectiveDate: v.string(),
          expirationDate: v.string(),
          nextReviewDate: v.string(),
        }),
      ),
      goals: v.array(vFamilyGoal),
      /** The newest progress report that was issued. */
      report: v.union(
        v.null(),
        v.object({ reportId: v.id("progressReports"), periodName: v.string() }),
      ),
      /** A version of a coming plan that the school shared and that waits for the family. */
      version: v.union(
        v.null(),
        v.object({ versionId: v.id("iepVersions"), waitsFor: v.union(...WAITS) }),
      ),
    }),
  ),
});

const RECENT = 60;
const NEWEST_VERSIONS = 20;
type CanRead = (
  iepStatus: Doc<"ieps">["status"],
  relation: Relation,
  facts: Circumstances,
) => boolean;

export async function listFamily(
  ctx: MemberContext,
  canReadGoal: CanRead,
): Promise<Infer<typeof vFamily>> {
  const { db, acting } = ctx;
  const students: Infer<typeof vFamily>["students"] = [];
  for (const { student, relation } of await listCaseload(ctx)) {
    const iep = await findActiveIep(db, student._id);
    const goals: Infer<typeof vFamilyGoal>[] = [];
    for (const goal of await goalsInForce(ctx, student)) {
      const facts = await goalCircumstances(db, acting, goal);
      if (!canReadGoal("active", relation, facts)) continue;
      goals.push(await describe(ctx, goal, mayWithStudent("progress.read", relation, facts)));
    }
    const manager =
      student.caseManagerId === undefined ? null : await db.person(student.caseManagerId);
    students.push({
      studentId: student._id,
      firstName: student.firstName,
      lastName: student.lastName,
      schoolName: (await db.requireSchool(student.schoolId)).name,
      gradeLevel: student.gradeLevel,
      caseManagerName:
        manager === null ? null : [manager.firstName, manager.lastName].join(" ").trim(),
      activeIEP:
        iep === null
          ? null
          : {
              _id: iep._id,
              effectiveDate: iep.effectiveDate,
              expirationDate: iep.expirationDate,
              nextReviewDate: iep.nextReviewDate,
            },
      goals,
      report: await newestReport(ctx, student),
      version: await comingVersion(ctx, student, relation),
    });
  }
  return { students };
}

async function newestReport({ db }: MemberContext, student: Doc<"students">) {
  const reports = await db
    .rows("progressReports", "by_student", (q) => q.eq("studentId", student._id))
    .order("desc")
    .take(5);
  const issued = reports.find(({ state }) => state === "issued");
  return issued === undefined ? null : { reportId: issued._id, periodName: issued.period.name };
}

/** Of the plan that is not in force yet: the newest version, and what it waits for from this person. */
async function comingVersion(
  { db, acting }: MemberContext,
  student: Doc<"students">,
  relation: Relation,
) {
  const signs = studentCircumstances(student, relation).rightsHolder === true;
  const newest = await db
    .rows("iepVersions", "by_student", (q) => q.eq("studentId", student._id))
    .order("desc")
    .take(NEWEST_VERSIONS);
  for (const { _id: versionId, iepId } of newest) {
    const { status } = await db.require("ieps", iepId);
    if (status === "discarded" || !isDraftStatus(status)) continue;
    if (status !== "ready_to_sign" || !signs) return { versionId, waitsFor: "reading" as const };
    const signatures = await db
      .rows("signatures", "by_version", (q) => q.eq("versionId", versionId))
      .take(NEWEST_VERSIONS);
    const signed = signatures.some(({ signerId }) => signerId === acting.user._id);
    return { versionId, waitsFor: signed ? ("nothing" as const) : ("signature" as const) };
  }
  return null;
}

async function describe(
  { db, acting }: MemberContext,
  stored: Doc<"goals">,
  live: boolean,
): Promise<Infer<typeof vFamilyGoal>> {
  const goal = await db.unseal("goals", stored);
  return {
    goalId: goal._id,
    goalNumber: goal.goalNumber,
    domain: goal.domain,
    description: goal.description,
    measurement: goal.measurement,
    baselineData: { date: goal.baselineData.date, value: goal.baselineData.value },
    target: goal.targetCriteria.target,
    targetDate: goal.targetCriteria.timeframe,
    live: live ? await dataOf({ db, acting }, stored) : null,
  };
}

async function dataOf({ db, acting }: Pick<MemberContext, "db" | "acting">, goal: Doc<"goals">) {
  const { organization } = acting;
  const evidence = await evidenceOf(db, goal, {
    settings: progressSettingsOf(organization),
    asOf: todayIn(organization.settings.timezone, Date.now()),
  });
  return {
    standing: verdictOf(evidence.points, evidence.goal, evidence.judging).standing,
    recent: evidence.points.slice(-RECENT).map(({ date, value }) => ({ date, value })),
  };
}
