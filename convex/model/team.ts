/** Who works with a student, and since when. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";

type TeamFunction = Doc<"studentTeam">["function"];

/** The open place of a person on a student's team. */
export async function findPlace(
  db: TenantReader,
  studentId: Id<"students">,
  userId: Id<"users">,
): Promise<Doc<"studentTeam"> | null> {
  return db
    .rows("studentTeam", "by_user_student", (q) =>
      q.eq("userId", userId).eq("studentId", studentId).eq("status", "active"),
    )
    .first();
}

/** Puts a person on the team, or changes the function of somebody who is there; at most one open place each. */
export async function joinTeam(
  db: TenantWriter,
  student: Doc<"students">,
  userId: Id<"users">,
  place: { function: TeamFunction; from: string },
): Promise<Id<"studentTeam">> {
  const existing = await findPlace(db, student._id, userId);
  if (existing !== null) {
    await db.patch("studentTeam", existing._id, { function: place.function });
    return existing._id;
  }
  return db.insert("studentTeam", {
    ...place,
    studentId: student._id,
    userId,
    status: "active",
    sortName: student.sortName,
  });
}

export async function leaveTeam(
  db: TenantWriter,
  place: Doc<"studentTeam">,
  until: string,
): Promise<void> {
  await db.patch("studentTeam", place._id, { status: "ended", until });
}

/** Everybody who is on the team now; at most 100. */
export function currentTeam(
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Doc<"studentTeam">[]> {
  return db
    .rows("studentTeam", "by_student", (q) => q.eq("studentId", studentId).eq("status", "active"))
    .take(100);
}

/** The former case manager leaves that function, and the team if it was the only reason to be on it. */
export async function replaceCaseManager(
  db: TenantWriter,
  student: Doc<"students">,
  userId: Id<"users"> | null,
  today: string,
): Promise<void> {
  if (student.caseManagerId !== undefined && student.caseManagerId !== userId) {
    const former = await findPlace(db, student._id, student.caseManagerId);
    if (former?.function === "caseManager") await leaveTeam(db, former, today);
  }
  await db.patch("students", student._id, {
    caseManagerId: userId ?? undefined,
    version: student.version + 1,
  });
  if (userId !== null)
    await joinTeam(db, student, userId, { function: "caseManager", from: today });
}
