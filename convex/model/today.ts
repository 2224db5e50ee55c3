/** The list that a day of data taking begins with. */
import { type Infer, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MemberContext } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import { mayWithStudent } from "../domain/access/matrix";
import { vGoalDomain, vGoalMeasurement } from "../tables/goals";
import { vMeasurement } from "../tables/progress";
import { latestPoint } from "./progress";
import { listCaseload } from "./students";

const vTodayGoal = v.object({
  goalId: v.id("goals"),
  goalNumber: v.number(),
  domain: vGoalDomain,
  description: v.string(),
  measurement: vGoalMeasurement,
  target: v.number(),
  /** For data from before the baseline: as old as they may be. */
  baselineDate: v.string(),
  instructions: v.optional(v.string()),
  materials: v.optional(v.string()),
  latest: v.union(
    v.null(),
    v.object({ value: v.number(), date: v.string(), measurement: vMeasurement }),
  ),
  lastLoggedByMe: v.union(
    v.null(),
    v.object({
      pointId: v.id("progressData"),
      loggedAt: v.number(),
      recordedDate: v.string(),
      value: v.number(),
    }),
  ),
});

export const vToday = v.object({
  students: v.array(
    v.object({
      studentId: v.id("students"),
      firstName: v.string(),
      lastName: v.string(),
      schoolId: v.id("organizations"),
      schoolName: v.string(),
      gradeLevel: v.string(),
      goals: v.array(vTodayGoal),
    }),
  ),
  /** There are more students than the list holds. */
  truncated: v.boolean(),
});

/** Nobody takes data for more students in a day; the student list has all. */
const STUDENTS = 150;

/** Active goals of active plans of the students this person works with, as far as they may log for them. */
export async function listToday(ctx: MemberContext): Promise<Infer<typeof vToday>> {
  const caseload = await listCaseload(ctx);
  const students: Infer<typeof vToday>["students"] = [];
  for (const { student, relation } of caseload.slice(0, STUDENTS)) {
    if (student.enrollmentStatus !== "active") continue;
    const goals: Infer<typeof vTodayGoal>[] = [];
    for (const goal of await goalsInForce(ctx, student)) {
      const facts = await goalCircumstances(ctx.db, ctx.acting, goal);
      if (mayWithStudent("progress.log", relation, facts)) goals.push(await describe(ctx, goal));
    }
    if (goals.length === 0) continue;
    const { _id: studentId, firstName, lastName, schoolId, gradeLevel } = student;
    const { name: schoolName } = await ctx.db.requireSchool(schoolId);
    students.push({
      ...{ studentId, firstName, lastName, schoolId, schoolName, gradeLevel },
      goals,
    });
  }
  return { students, truncated: caseload.length > STUDENTS };
}

/** Active goals of the plan in force, by number. */
export async function goalsInForce(
  { db }: Pick<MemberContext, "db">,
  student: Doc<"students">,
): Promise<Doc<"goals">[]> {
  const iep = await db
    .rows("ieps", "by_student", (q) => q.eq("studentId", student._id).eq("status", "active"))
    .unique();
  if (iep === null) return [];
  const goals = await db
    .rows("goals", "by_student", (q) => q.eq("studentId", student._id).eq("isActive", true))
    .take(100);
  return goals.filter(({ iepId }) => iepId === iep._id);
}

async function describe(
  { db, acting }: MemberContext,
  stored: Doc<"goals">,
): Promise<Infer<typeof vTodayGoal>> {
  const goal = await db.unseal("goals", stored);
  const latest = await latestPoint(db, goal._id);
  const own = await db
    .rows("progressData", "by_recorder", (q) =>
      q.eq("recordedBy", acting.user._id).eq("goalId", goal._id).eq("voided", false),
    )
    .order("desc")
    .first();
  return {
    goalId: goal._id,
    goalNumber: goal.goalNumber,
    domain: goal.domain,
    description: goal.description,
    measurement: goal.measurement,
    target: goal.targetCriteria.target,
    baselineDate: goal.baselineData.date,
    instructions: goal.instructions,
    materials: goal.materials,
    latest:
      latest === null
        ? null
        : {
            value: latest.measurementValue,
            date: latest.recordedDate,
            measurement: latest.measurement,
          },
    // What came from a file is taken back as a file.
    lastLoggedByMe:
      own === null || own.importRunId !== undefined
        ? null
        : {
            pointId: own._id,
            loggedAt: own.loggedAt,
            recordedDate: own.recordedDate,
            value: own.measurementValue,
          },
  };
}
