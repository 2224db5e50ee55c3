/** Memberships: who belongs to an organization, as what. */
import type { PaginationOptions, PaginationResult } from "convex/server";
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";
import { notFound } from "../access/errors";
import type { MemberContext } from "../access/functions";
import type { TenantReader } from "../access/tenantDb";
import { normalizeName, searchKey } from "../domain/validation/problem";
import { vMembershipStatus, vRole } from "../tables/people";
import { mapPage } from "./pages";
import { fullName, type PersonName } from "./people";

export const vMembership = v.object({
  _id: v.id("memberships"),
  role: vRole,
  organizationId: v.id("organizations"),
  organizationName: v.string(),
  schoolId: v.optional(v.id("organizations")),
  schoolName: v.optional(v.string()),
});

export const vMember = v.object({
  membershipId: v.id("memberships"),
  userId: v.id("users"),
  firstName: v.string(),
  lastName: v.string(),
  email: v.string(),
  role: vRole,
  schoolId: v.optional(v.id("organizations")),
  schoolName: v.optional(v.string()),
  status: vMembershipStatus,
  /** Of the last change of the status. */
  statusChangedAt: v.optional(v.number()),
  statusChangedByName: v.optional(v.string()),
  statusReason: v.optional(v.string()),
});

/** A person's own memberships, in whichever tenants. */
export async function describeMemberships(
  unsafeDb: DatabaseReader,
  memberships: Doc<"memberships">[],
): Promise<Infer<typeof vMembership>[]> {
  const nameOf = async (id: Id<"organizations">) =>
    (await unsafeDb.get("organizations", id))?.name ?? "";
  return Promise.all(
    memberships.map(async ({ _id, role, organizationId, schoolId }) => ({
      _id,
      role,
      organizationId,
      organizationName: await nameOf(organizationId),
      ...(schoolId === undefined ? {} : { schoolId, schoolName: await nameOf(schoolId) }),
    })),
  );
}

/** A page of an organization's members; of a school, those whose membership is narrowed to it. */
export async function listMembers(
  { db, acting }: MemberContext,
  { organizationId, status }: Pick<Doc<"memberships">, "organizationId" | "status">,
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<Infer<typeof vMember>>> {
  const organization = await db.requireSchool(organizationId);
  const schoolId = organization.parentId === undefined ? undefined : organizationId;
  // Whoever administers one school sees that school's people.
  if (acting.membership.schoolId !== undefined && acting.membership.schoolId !== schoolId)
    throw notFound();
  const result =
    schoolId === undefined
      ? await db
          .rows("memberships", "by_organization", (q) => q.eq("status", status))
          .paginate(paginationOpts)
      : await db
          .rows("memberships", "by_school", (q) => q.eq("schoolId", schoolId).eq("status", status))
          .paginate(paginationOpts);
  return mapPage(result, (membership) => describeMember(db, membership));
}

async function describeMember(
  db: TenantReader,
  membership: Doc<"memberships">,
): Promise<Infer<typeof vMember>> {
  const { _id, userId, role, schoolId, status } = membership;
  const { statusChangedAt, statusChangedBy, statusReason } = membership;
  const { firstName, lastName, email } = await db.person(userId);
  return {
    membershipId: _id,
    ...{ userId, firstName, lastName, email, role, status },
    ...(schoolId === undefined
      ? {}
      : { schoolId, schoolName: (await db.requireSchool(schoolId)).name }),
    ...(statusChangedAt === undefined ? {} : { statusChangedAt }),
    ...(statusChangedBy === undefined
      ? {}
      : { statusChangedByName: await fullName(db, statusChangedBy) }),
    ...(statusReason === undefined ? {} : { statusReason }),
  };
}

/** Roles that a subscription counts: families and students are never turned away. */
export const STAFF_ROLES = ["admin", "teacher", "specialist", "paraprofessional"] as const;
export const isStaff = (role: Doc<"memberships">["role"]): boolean =>
  (STAFF_ROLES as readonly string[]).includes(role);

/**
 * People who hold a seat: members of the staff, also suspended ones, and those who are invited as such. Each person once.
 * Reads at most about `maxUsers` rows, and only when somebody is invited.
 */
export async function seatsTaken(db: TenantReader, maxUsers: number, now: number): Promise<number> {
  const emails = new Set<string>();
  for (const role of STAFF_ROLES)
    for (const status of ["active", "suspended"] as const) {
      const members = await db
        .rows("memberships", "by_organization_role", (q) => q.eq("role", role).eq("status", status))
        .take(maxUsers);
      const people = new Set(members.map(({ userId }) => userId));
      for (const userId of people) emails.add((await db.person(userId)).email);
    }
  const invitations = await db
    .rows("invitations", "by_status", (q) => q.eq("status", "open").gt("expiresAt", now))
    .take(maxUsers);
  for (const { role, email } of invitations) if (isStaff(role)) emails.add(email);
  return emails.size;
}

/** Staff whose names begin with the words, in any order; at most 20 people. */
export async function searchStaff(
  db: TenantReader,
  text: string,
): Promise<(PersonName & { roles: Doc<"memberships">["role"][] })[]> {
  const words = searchKey(normalizeName(text)).split(" ");
  const found = new Map<Id<"users">, PersonName & { roles: Doc<"memberships">["role"][] }>();
  for (const role of ["teacher", "specialist", "paraprofessional"] as const) {
    // Names are sorted by last name; a first name is looked for among one role's first thousand.
    const memberships = await db
      .rows("memberships", "by_organization_role", (q) => q.eq("role", role).eq("status", "active"))
      .take(1000);
    for (const { userId, sortName } of memberships) {
      const parts = sortName.split(" ");
      if (!words.every((word) => parts.some((part) => part.startsWith(word)))) continue;
      const known = found.get(userId);
      if (known !== undefined) known.roles.push(role);
      else if (found.size < 20) {
        const { firstName, lastName } = await db.person(userId);
        found.set(userId, { userId, firstName, lastName, roles: [role] });
      }
    }
  }
  for (const person of found.values()) person.roles = [...new Set(person.roles)];
  return [...found.values()];
}
