/** Students: lists by relation, and writing with everything that hangs on a student's name, school and plan. */
import type { PaginationOptions, PaginationResult } from "convex/server";
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MemberContext } from "../access/functions";
import { studentFor } from "../access/rightsHolder";
import { findRelation } from "../access/relations";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import type { Relation } from "../domain/access/matrix";
import { normalizeName, searchKey } from "../domain/validation/problem";
import { studentInputFields, vEnrollmentStatus, vIepStatus } from "../tables/students";
import { mapPage } from "./pages";
import { fullName, sortName } from "./people";

export const vRelation = v.union(
  v.literal("admin"),
  v.literal("caseManager"),
  v.literal("teamMember"),
  v.literal("paraprofessional"),
  v.literal("guardian"),
  v.literal("self"),
);

export const vStudentListItem = v.object({
  _id: v.id("students"),
  firstName: v.string(),
  lastName: v.string(),
  studentNumber: v.string(),
  gradeLevel: v.string(),
  schoolId: v.id("organizations"),
  schoolName: v.string(),
  enrollmentStatus: vEnrollmentStatus,
  iepStatus: vIepStatus,
  caseManagerName: v.union(v.string(), v.null()),
  iepExpirationDate: v.union(v.string(), v.null()),
  relation: vRelation,
});

export const vStudentInput = v.object(studentInputFields);
export type StudentInput = Infer<typeof vStudentInput>;

export interface StudentFilters {
  search?: string;
  gradeLevel?: string;
  schoolId?: Id<"organizations">;
}

/** A person's caseload is read as a whole: nobody works with more students than this. */
const CASELOAD = 1000;

/** The students whom the acting person may see, by name. */
export async function listStudents(
  ctx: MemberContext,
  filters: StudentFilters,
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<Infer<typeof vStudentListItem>>> {
  if (ctx.acting.membership.role === "admin") {
    const rows = await administered(ctx, filters, paginationOpts);
    return mapPage(rows, (student) => describeStudent(ctx.db, student, "admin"));
  }
  const caseload = await listCaseload(ctx);
  const wanted = caseload.filter(({ student }) => matches(student, filters));
  // A caseload is short: one page holds it, and a cursor would only point into the same list again.
  return {
    page: await Promise.all(
      wanted.map(({ student, relation }) => describeStudent(ctx.db, student, relation)),
    ),
    isDone: true,
    continueCursor: "end",
  };
}

async function administered(
  { db, acting }: MemberContext,
  { search, gradeLevel, schoolId: wantedSchool }: StudentFilters,
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<Doc<"students">>> {
  const schoolId = acting.membership.schoolId ?? wantedSchool;
  if (wantedSchool !== undefined && schoolId !== wantedSchool)
    return { page: [], isDone: true, continueCursor: "end" };
  const text = searchKey(search ?? "");
  if (text !== "")
    return db
      .search("students", "search_students", text, { schoolId, gradeLevel })
      .paginate(paginationOpts);
  const rows =
    schoolId === undefined
      ? gradeLevel === undefined
        ? db.rows("students", "by_organization")
        : db.rows("students", "by_grade", (q) => q.eq("gradeLevel", gradeLevel))
      : gradeLevel === undefined
        ? db.rows("students", "by_school", (q) => q.eq("schoolId", schoolId))
        : db.rows("students", "by_school_grade", (q) =>
            q.eq("schoolId", schoolId).eq("gradeLevel", gradeLevel),
          );
  return rows.paginate(paginationOpts);
}

/** Case-managed and team students, children, or the own record, by name; at most 1,000. */
export async function listCaseload({
  db,
  acting,
}: MemberContext): Promise<{ student: Doc<"students">; relation: Relation }[]> {
  const candidates = await candidateIds(db, acting);
  const caseload: { student: Doc<"students">; relation: Relation }[] = [];
  for (const studentId of candidates) {
    const student = await studentFor(db, acting, studentId);
    const relation = await findRelation(db, acting, student);
    if (relation !== null) caseload.push({ student, relation });
  }
  return caseload;
}

async function candidateIds(
  db: TenantReader,
  { user, membership }: MemberContext["acting"],
): Promise<Id<"students">[]> {
  switch (membership.role) {
    case "admin":
      return [];
    case "student": {
      const own = await db.rows("students", "by_user", (q) => q.eq("userId", user._id)).take(2);
      return own.map(({ _id }) => _id);
    }
    case "parent":
    case "teacher":
    case "specialist":
    case "paraprofessional": {
      const table = membership.role === "parent" ? "guardianships" : "studentTeam";
      const rows = await db
        .rows(table, "by_user", (q) => q.eq("userId", user._id).eq("status", "active"))
        .take(CASELOAD);
      return [...new Set(rows.map(({ studentId }) => studentId))];
    }
  }
}

function matches(
  student: Doc<"students">,
  { search, gradeLevel, schoolId }: StudentFilters,
): boolean {
  if (gradeLevel !== undefined && student.gradeLevel !== gradeLevel) return false;
  if (schoolId !== undefined && student.schoolId !== schoolId) return false;
  const words = searchKey(search ?? "")
    .split(" ")
    .filter((word) => word !== "");
  const parts = student.searchText.split(" ");
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}

export async function describeStudent(
  db: TenantReader,
  student: Doc<"students">,
  relation: Relation,
): Promise<Infer<typeof vStudentListItem>> {
  const { _id, firstName, lastName, studentNumber, gradeLevel, schoolId } = student;
  return {
    ...{ _id, firstName, lastName, studentNumber, gradeLevel, schoolId, relation },
    schoolName: (await db.requireSchool(schoolId)).name,
    enrollmentStatus: student.enrollmentStatus,
    iepStatus: student.iepStatus,
    caseManagerName:
      student.caseManagerId === undefined ? null : await fullName(db, student.caseManagerId),
    iepExpirationDate: student.iepExpirationDate ?? null,
  };
}

/** The columns that follow from what was entered. */
export function studentColumns(input: StudentInput) {
  const names = {
    firstName: normalizeName(input.firstName),
    lastName: normalizeName(input.lastName),
  };
  return {
    ...input,
    ...names,
    sortName: sortName(names),
    searchText: searchKey(`${names.lastName} ${names.firstName} ${input.studentNumber}`),
  };
}

/** Another student of the tenant with this number. */
export async function findByNumber(
  db: TenantReader,
  studentNumber: string,
): Promise<Doc<"students"> | null> {
  return db
    .rows("students", "by_student_number", (q) => q.eq("studentNumber", studentNumber))
    .first();
}

/** Lists of caseloads are in the order of names: a new name reaches them, too. */
export async function renameInCaseloads(
  db: TenantWriter,
  studentId: Id<"students">,
  name: string,
): Promise<void> {
  for (const table of ["studentTeam", "guardianships"] as const)
    for (const status of ["active", "ended"] as const) {
      const rows = await db
        .rows(table, "by_student", (q) => q.eq("studentId", studentId).eq("status", status))
        .take(500);
      for (const { _id } of rows) await db.patch(table, _id, { sortName: name });
    }
}
