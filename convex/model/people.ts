/** People as others in their organization see them. */
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import { searchKey } from "../domain/validation/problem";

export const vPersonName = v.object({
  userId: v.id("users"),
  firstName: v.string(),
  lastName: v.string(),
});

export interface PersonName {
  userId: Id<"users">;
  firstName: string;
  lastName: string;
}

/** Of a person whom a row of this tenant names. */
export async function personName(db: TenantReader, userId: Id<"users">): Promise<PersonName> {
  const { firstName, lastName } = await db.person(userId);
  return { userId, firstName, lastName };
}

/** "First Last", or the one name of somebody with one name. */
export async function fullName(db: TenantReader, userId: Id<"users">): Promise<string> {
  const { firstName, lastName } = await db.person(userId);
  return lastName === "" ? firstName : `${firstName} ${lastName}`;
}

/** Lists are in the order of this: last name first, without case and accents. */
export function sortName(person: { firstName: string; lastName: string }): string {
  return searchKey(`${person.lastName} ${person.firstName}`);
}

/**
 * An active membership of this person in the tenant with one of the roles, or null.
 * @param schoolId only one that covers this school
 */
export async function membershipWithRole(
  db: TenantReader,
  userId: Id<"users">,
  roles: readonly Doc<"memberships">["role"][],
  schoolId?: Id<"organizations">,
): Promise<Doc<"memberships"> | null> {
  const memberships = await db
    .rows("memberships", "by_organization_user", (q) =>
      q.eq("userId", userId).eq("status", "active"),
    )
    .take(50);
  const covers = (own: Doc<"memberships">["schoolId"]) =>
    schoolId === undefined || own === undefined || own === schoolId;
  return memberships.find((own) => roles.includes(own.role) && covers(own.schoolId)) ?? null;
}
