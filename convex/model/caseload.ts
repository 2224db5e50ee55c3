/** What a member of the staff is in charge of, and handing it over. */
import type { PaginationOptions } from "convex/server";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict, notFound } from "../access/errors";
import type { MemberContext } from "../access/functions";
import { covers } from "../access/relations";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { findPlace, joinTeam, leaveTeam, replaceCaseManager } from "./team";

type Role = Doc<"memberships">["role"];
const PROVIDERS: readonly Role[] = ["teacher", "specialist"];
/** Who can do somebody's work: providers each other's, paraprofessionals each other's. */
const peersOf = (role: Role): readonly Role[] =>
  role === "paraprofessional" ? ["paraprofessional"] : PROVIDERS;

/** The open places of a membership on students' teams, the case manager's among them. */
export function placesOf(db: TenantReader, { userId }: Doc<"memberships">) {
  return db.rows("studentTeam", "by_user", (q) => q.eq("userId", userId).eq("status", "active"));
}

/** Active goals of this student for which the person is responsible. */
export async function goalsOfProvider(
  db: TenantReader,
  userId: Id<"users">,
  studentId: Id<"students">,
): Promise<Doc<"goals">[]> {
  const goals = await db
    .rows("goals", "by_student", (q) => q.eq("studentId", studentId).eq("isActive", true))
    .take(200);
  return goals.filter(({ responsibleProvider }) => responsibleProvider === userId);
}

/** The schools at which somebody can take over, or null for all. @throws CONFLICT for whoever does other work */
export async function requireSuccessor(
  db: TenantReader,
  from: Doc<"memberships">,
  userId: Id<"users">,
): Promise<ReadonlySet<Id<"organizations">> | null> {
  if (userId === from.userId) throw conflict("samePerson");
  const memberships = await db
    .rows("memberships", "by_organization_user", (q) =>
      q.eq("userId", userId).eq("status", "active"),
    )
    .take(50);
  if (memberships.length === 0) throw notFound();
  const able = memberships.filter(({ role }) => peersOf(from.role).includes(role));
  if (able.length === 0) throw conflict("otherWork");
  const schools = able.flatMap(({ schoolId }) => (schoolId === undefined ? [] : [schoolId]));
  return schools.length < able.length ? null : new Set(schools);
}

/**
 * Hands over one page of a caseload: team places, case management, responsibility for goals, data collection. What the
 * administrator or the successor does not cover stays; history keeps from and until. Doing it again moves what is left.
 */
export async function handOver(
  { db, acting, today }: MemberContext<TenantWriter> & { today: string },
  from: Doc<"memberships">,
  to: { userId: Id<"users">; schoolIds: ReadonlySet<Id<"organizations">> | null },
  paginationOpts: PaginationOptions,
): Promise<{ moved: number; left: number; isDone: boolean; continueCursor: string }> {
  const { page, isDone, continueCursor } = await placesOf(db, from).paginate(paginationOpts);
  let moved = 0;
  for (const place of page) {
    const student = await db.require("students", place.studentId);
    const { schoolId } = student;
    const covered = to.schoolIds === null || to.schoolIds.has(schoolId);
    const ofThisMembership = from.schoolId === undefined || from.schoolId === schoolId;
    if (!covered || !ofThisMembership || !covers(acting, schoolId)) continue;
    await handOverStudent(db, { student, place, to: to.userId, today });
    moved += 1;
  }
  return { moved, left: page.length - moved, isDone, continueCursor };
}

async function handOverStudent(
  db: TenantWriter,
  {
    student,
    place,
    to,
    today,
  }: { student: Doc<"students">; place: Doc<"studentTeam">; to: Id<"users">; today: string },
): Promise<void> {
  const { userId: from } = place;
  if (student.caseManagerId === from) await replaceCaseManager(db, student, to, today);
  else if ((await findPlace(db, student._id, to)) === null)
    await joinTeam(db, student, to, { function: place.function, from: today });
  const open = await db.require("studentTeam", place._id);
  if (open.status === "active") await leaveTeam(db, open, today);
  for (const goal of await goalsOfProvider(db, from, student._id))
    await db.patch("goals", goal._id, { responsibleProvider: to, version: goal.version + 1 });
  const assignments = await db
    .rows("goalAssignments", "by_user", (q) => q.eq("userId", from).eq("studentId", student._id))
    .take(200);
  for (const { _id, goalId } of assignments) {
    await db.delete("goalAssignments", _id);
    const there = await db
      .rows("goalAssignments", "by_goal", (q) => q.eq("goalId", goalId).eq("userId", to))
      .first();
    if (there === null)
      await db.insert("goalAssignments", { studentId: student._id, goalId, userId: to });
  }
}
