/** What accepting an invitation makes: the person, the membership, the relation to children or to the own record. */
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseWriter } from "../_generated/server";
import { Trail, writeSystemEntry } from "../access/audit";
import { type TenantReader, TenantWriter } from "../access/tenantDb";
import { todayIn } from "../domain/calendar/calendarDate";
import { conflict } from "../access/errors";
import { membershipWithRole, sortName } from "./people";

/**
 * In one transaction, once: a second time returns the membership that there is, and makes none where it has ended.
 * @throws CONFLICT for an invitation that was used up, for a child who has another account
 */
export async function acceptInvitation(
  unsafeDb: DatabaseWriter,
  invitation: Doc<"invitations">,
  authId: string,
): Promise<Id<"memberships">> {
  const userId = await personOf(unsafeDb, invitation, authId);
  const trail = new Trail();
  const db = new TenantWriter(unsafeDb, invitation.organizationId, trail);
  const existing = await membershipOf(db, invitation, userId);
  if (invitation.status === "accepted") {
    // A link is no key: whoever was suspended, left or has another role now does not come back by it.
    if (invitation.acceptedBy !== userId || existing === null)
      throw conflict("invitation_accepted");
    return existing;
  }
  const membershipId =
    existing ??
    (await db.insert("memberships", {
      ...(invitation.schoolId === undefined ? {} : { schoolId: invitation.schoolId }),
      userId,
      role: invitation.role,
      status: "active",
      sortName: sortName(invitation),
      startedAt: Date.now(),
    }));
  await linkStudents(db, invitation, userId);
  await db.patch("invitations", invitation._id, { status: "accepted", acceptedBy: userId });
  await unsafeDb.patch("users", userId, { lastMembershipId: membershipId });
  await writeSystemEntry({ db: unsafeDb }, invitation.organizationId, "member.join", {
    ...{ actorId: userId, role: invitation.role },
    changes: [...trail.changes],
  });
  return membershipId;
}

/** Open invitations to a person, all or those that name a child: whoever loses access does not come back by one. */
export async function revokeInvitations(
  db: TenantWriter,
  userId: Id<"users">,
  studentId?: Id<"students">,
): Promise<void> {
  const { email } = await db.person(userId);
  const open = await db
    .rows("invitations", "by_email", (q) => q.eq("email", email).eq("status", "open"))
    .take(100);
  for (const { _id, studentIds } of open)
    if (studentId === undefined || studentIds.includes(studentId))
      await db.patch("invitations", _id, { status: "revoked" });
}

async function personOf(
  unsafeDb: DatabaseWriter,
  { email, firstName, lastName, language }: Doc<"invitations">,
  authId: string,
): Promise<Id<"users">> {
  const known = await unsafeDb
    .query("users")
    .withIndex("by_auth_id", (q) => q.eq("authId", authId))
    .unique();
  if (known !== null) return known._id;
  return unsafeDb.insert("users", {
    ...{ authId, email, firstName, lastName },
    isActive: true,
    preferences: { notifications: true, theme: "auto", language },
  });
}

async function membershipOf(
  db: TenantWriter,
  { role, schoolId }: Doc<"invitations">,
  userId: Id<"users">,
): Promise<Id<"memberships"> | null> {
  const memberships = await db
    .rows("memberships", "by_organization_user", (q) =>
      q.eq("userId", userId).eq("status", "active"),
    )
    .take(100);
  return (
    memberships.find((membership) => membership.role === role && membership.schoolId === schoolId)
      ?._id ?? null
  );
}

async function linkStudents(
  db: TenantWriter,
  { role, studentIds }: Doc<"invitations">,
  userId: Id<"users">,
): Promise<void> {
  const { settings } = await db.organization();
  const from = todayIn(settings.timezone, Date.now());
  for (const studentId of studentIds) {
    const student = await db.require("students", studentId);
    if (role === "student") {
      if (await hasOtherAccount(db, student, userId)) throw conflict("studentHasAccount");
      await db.patch("students", studentId, { userId });
      continue;
    }
    // One that was changed since, for example by a court's order, stays as it is.
    if (await isGuardian(db, studentId, userId)) continue;
    await db.insert("guardianships", {
      ...{ studentId, userId, from, sortName: student.sortName },
      relationship: "parent",
      hasEducationalRights: true,
      status: "active",
    });
  }
}

async function isGuardian(
  db: TenantWriter,
  studentId: Id<"students">,
  userId: Id<"users">,
): Promise<boolean> {
  const row = await db
    .rows("guardianships", "by_user_student", (q) =>
      q.eq("userId", userId).eq("studentId", studentId).eq("status", "active"),
    )
    .first();
  return row !== null;
}

/** Somebody else signs in as this student. */
export async function hasOtherAccount(
  db: TenantReader,
  student: Doc<"students">,
  userId?: Id<"users">,
): Promise<boolean> {
  if (student.userId === undefined || student.userId === userId) return false;
  return (await membershipWithRole(db, student.userId, ["student"])) !== null;
}
