/** What dashboards show: sums that are kept, and short lists. Nothing here reads a goal's data. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MemberContext } from "../access/functions";
import { counted, NO_COUNTS, type StandingCounts } from "../domain/dashboards/counts";
import { vGoalDomain } from "../tables/goals";
import { countFields, vAsks, vStanding } from "../tables/dashboards";
import { progressSettingsOf } from "./judging";
import { countsOf } from "./standings";
import { listCaseload, vRelation } from "./students";

export const vCounts = v.object(countFields);

const vGoalStanding = v.object({
  goalId: v.id("goals"),
  goalNumber: v.number(),
  domain: vGoalDomain,
  description: v.string(),
  standing: vStanding,
  asks: v.optional(vAsks),
  quiet: v.boolean(),
  lastDataOn: v.optional(v.string()),
});

const vStudentStanding = v.object({
  studentId: v.id("students"),
  firstName: v.string(),
  lastName: v.string(),
  gradeLevel: v.string(),
  schoolId: v.id("organizations"),
  schoolName: v.string(),
  goals: v.array(vGoalStanding),
});
type StudentStanding = Infer<typeof vStudentStanding>;

export const vCaseloadDashboard = v.object({
  counts: vCounts,
  students: v.array(v.object({ ...vStudentStanding.fields, relation: vRelation })),
  truncated: v.boolean(),
  quietDays: v.number(),
});

/** As many as a session may open at once. */
const STUDENTS = 150;

/** The students of one's caseload who have goals in force, each goal with how it stands. */
export async function caseloadDashboard(
  ctx: MemberContext,
): Promise<Infer<typeof vCaseloadDashboard>> {
  const caseload = await listCaseload(ctx);
  let counts: StandingCounts = NO_COUNTS;
  const students: Infer<typeof vCaseloadDashboard>["students"] = [];
  for (const { student, relation } of caseload.slice(0, STUDENTS)) {
    const rows = await ctx.db
      .rows("goalStandings", "by_student", (q) => q.eq("studentId", student._id))
      .take(100);
    if (rows.length === 0) continue;
    for (const row of rows) counts = counted(counts, row, 1);
    students.push({ ...(await describeStudent(ctx, student, rows)), relation });
  }
  const { quietDays } = progressSettingsOf(ctx.acting.organization);
  return { counts, students, truncated: caseload.length > STUDENTS, quietDays };
}

async function describeStudent(
  { db }: MemberContext,
  student: Doc<"students">,
  rows: readonly Doc<"goalStandings">[],
): Promise<StudentStanding> {
  const { _id: studentId, firstName, lastName, gradeLevel, schoolId } = student;
  const goals = await Promise.all(
    rows.map(async ({ goalId, standing, asks, quiet, lastDataOn }) => {
      const goal = await db.unseal("goals", await db.require("goals", goalId));
      const { goalNumber, domain, description } = goal;
      return { goalId, goalNumber, domain, description, standing, asks, quiet, lastDataOn };
    }),
  );
  goals.sort((a, b) => a.goalNumber - b.goalNumber);
  const { name: schoolName } = await db.requireSchool(schoolId);
  return { studentId, firstName, lastName, gradeLevel, schoolId, schoolName, goals };
}

/** The sums of the tenant or of one school, and those of some of its schools, by name. */
export const vOrganizationDashboard = v.object({
  counts: vCounts,
  schools: v.array(
    v.object({ schoolId: v.id("organizations"), name: v.string(), counts: vCounts }),
  ),
  /** Where the next schools begin; null: these are all. */
  nextSchool: v.union(v.null(), v.number()),
  quietDays: v.number(),
});

const SCHOOLS = 25;

export async function organizationDashboard(
  { db, acting }: MemberContext,
  from: number,
): Promise<Infer<typeof vOrganizationDashboard>> {
  const countsIn = async (schoolId: Id<"organizations"> | undefined) => {
    const row = await db
      .rows("standingCounts", "by_school", (q) => q.eq("schoolId", schoolId))
      .unique();
    return row === null ? NO_COUNTS : countsOf(row);
  };
  const { quietDays } = progressSettingsOf(acting.organization);
  const { schoolId } = acting.membership;
  if (schoolId !== undefined) {
    const { name } = await db.requireSchool(schoolId);
    const counts = await countsIn(schoolId);
    return { counts, schools: [{ schoolId, name, counts }], nextSchool: null, quietDays };
  }
  const schools = await db.schools();
  const shown = schools.slice(from, from + SCHOOLS);
  return {
    counts: await countsIn(undefined),
    schools: await Promise.all(
      shown.map(async ({ _id, name }) => ({ schoolId: _id, name, counts: await countsIn(_id) })),
    ),
    nextSchool: schools.length > from + SCHOOLS ? from + SCHOOLS : null,
    quietDays,
  };
}

export const vListFilter = v.union(vStanding, v.literal("quiet"), v.literal("fired"));

export const vGoalList = v.object({
  students: v.array(vStudentStanding),
  isDone: v.boolean(),
  continueCursor: v.string(),
  quietDays: v.number(),
});

/** Goals of one page; those of one student may be on two. */
const GOALS = 25;

/** Goals that stand so, of the tenant or of one school, by student. */
export async function listGoals(
  ctx: MemberContext,
  {
    schoolId,
    filter,
    cursor,
  }: {
    schoolId: Id<"organizations"> | undefined;
    filter: Infer<typeof vListFilter>;
    cursor: string | null;
  },
): Promise<Infer<typeof vGoalList>> {
  const { db } = ctx;
  const page = await standingRows(ctx, schoolId, filter).paginate({ cursor, numItems: GOALS });
  const byStudent = new Map<Id<"students">, Doc<"goalStandings">[]>();
  for (const row of page.page)
    byStudent.set(row.studentId, [...(byStudent.get(row.studentId) ?? []), row]);
  const students = await Promise.all(
    [...byStudent].map(async ([studentId, rows]) =>
      describeStudent(ctx, await db.require("students", studentId), rows),
    ),
  );
  const { quietDays } = progressSettingsOf(ctx.acting.organization);
  return { students, isDone: page.isDone, continueCursor: page.continueCursor, quietDays };
}

function standingRows(
  { db }: MemberContext,
  schoolId: Id<"organizations"> | undefined,
  filter: Infer<typeof vListFilter>,
) {
  switch (filter) {
    case "quiet":
      return schoolId === undefined
        ? db.rows("goalStandings", "by_quiet", (q) => q.eq("quiet", true))
        : db.rows("goalStandings", "by_school_quiet", (q) =>
            q.eq("schoolId", schoolId).eq("quiet", true),
          );
    case "fired":
      return schoolId === undefined
        ? db.rows("goalStandings", "by_fired", (q) => q.eq("fired", true))
        : db.rows("goalStandings", "by_school_fired", (q) =>
            q.eq("schoolId", schoolId).eq("fired", true),
          );
    default:
      return schoolId === undefined
        ? db.rows("goalStandings", "by_standing", (q) => q.eq("standing", filter))
        : db.rows("goalStandings", "by_school_standing", (q) =>
            q.eq("schoolId", schoolId).eq("standing", filter),
          );
  }
}
