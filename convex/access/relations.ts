/** In what relation the acting person stands to a student: data, not roles alone. */
import type { Doc, Id } from "../_generated/dataModel";
import type { Circumstances, Relation } from "../domain/access/matrix";
import { readsLive } from "../domain/organizations/settings";
import type { Acting } from "./session";
import type { TenantReader } from "./tenantDb";

/** Null: none, and then the student does not exist for this person. */
export async function findRelation(
  db: TenantReader,
  acting: Acting,
  student: Doc<"students">,
): Promise<Relation | null> {
  switch (acting.membership.role) {
    case "admin":
      return covers(acting, student.schoolId) ? "admin" : null;
    case "teacher":
    case "specialist":
      if (!covers(acting, student.schoolId)) return null;
      if (student.caseManagerId === acting.user._id) return "caseManager";
      return (await isOnTeam(db, acting, student._id)) ? "teamMember" : null;
    case "paraprofessional":
      if (!covers(acting, student.schoolId)) return null;
      return (await isOnTeam(db, acting, student._id)) ? "paraprofessional" : null;
    case "parent":
      return (await isReadingGuardian(db, acting, student)) ? "guardian" : null;
    case "student":
      return student.userId === acting.user._id ? "self" : null;
  }
}

/** The membership's schools include this one. */
export function covers(acting: Acting, schoolId: Id<"organizations">): boolean {
  return acting.schoolIds === null || acting.schoolIds.has(schoolId);
}

async function isOnTeam(
  db: TenantReader,
  acting: Acting,
  studentId: Id<"students">,
): Promise<boolean> {
  const place = await db
    .rows("studentTeam", "by_user_student", (q) =>
      q.eq("userId", acting.user._id).eq("studentId", studentId).eq("status", "active"),
    )
    .first();
  return place !== null;
}

/** With educational rights; once the student holds them, only if there is a ground to read on. */
async function isReadingGuardian(
  db: TenantReader,
  acting: Acting,
  student: Doc<"students">,
): Promise<boolean> {
  const rows = await db
    .rows("guardianships", "by_user_student", (q) =>
      q.eq("userId", acting.user._id).eq("studentId", student._id).eq("status", "active"),
    )
    .take(10);
  // Should there ever be two, the one that takes the rights counts.
  if (rows.length === 0 || !rows.every((row) => row.hasEducationalRights)) return false;
  return student.rightsHolder !== "student" || rows.every((row) => row.readsAs !== undefined);
}

/** The facts about a student that conditional verdicts ask for. */
export const studentCircumstances = (
  student: Doc<"students">,
  relation: Relation,
): Circumstances => ({
  rightsHolder:
    (relation === "guardian" && student.rightsHolder !== "student") ||
    (relation === "self" && student.rightsHolder === "student"),
});

/** The facts about a goal that conditional verdicts ask for. */
export async function goalCircumstances(
  db: TenantReader,
  acting: Acting,
  goal: Doc<"goals">,
): Promise<Circumstances> {
  const assignment = await db
    .rows("goalAssignments", "by_goal", (q) =>
      q.eq("goalId", goal._id).eq("userId", acting.user._id),
    )
    .first();
  return {
    assigned: assignment !== null,
    responsible: goal.responsibleProvider === acting.user._id,
    selfMonitored: goal.selfMonitored,
    live:
      readsLive(acting.organization.settings) ||
      (goal.selfMonitored && acting.membership.role === "student"),
  };
}
