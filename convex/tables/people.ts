/**
 * People and what they belong to. A person signs in once (`users`, one row per identity) and may hold several
 * memberships: a person × an organization × a role. `organizationId` is always the tenant, that is the district or a
 * school or agency without one above it; `schoolId` narrows a membership to one school of it.
 */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const vRole = v.union(
  v.literal("admin"),
  v.literal("teacher"),
  v.literal("specialist"),
  v.literal("paraprofessional"),
  v.literal("parent"),
  v.literal("student"),
);

export const vMembershipStatus = v.union(
  v.literal("active"),
  v.literal("suspended"),
  v.literal("ended"),
);

export const vLanguage = v.union(v.literal("en"), v.literal("es"));
export const vTheme = v.union(v.literal("light"), v.literal("dark"), v.literal("auto"));

export const vPreferences = v.object({
  notifications: v.boolean(),
  theme: vTheme,
  language: vLanguage,
});

export const peopleTables = {
  users: defineTable({
    /** The identity's subject: the id that better-auth gave. */
    authId: v.string(),
    email: v.string(),
    firstName: v.string(),
    /** May be empty: there are people with one name. */
    lastName: v.string(),
    phoneNumber: v.optional(v.string()),
    isActive: v.boolean(),
    preferences: vPreferences,
    /** The membership that a new session of this person begins with. */
    lastMembershipId: v.optional(v.id("memberships")),
  })
    .index("by_auth_id", ["authId"])
    .index("by_email", ["email"]),

  memberships: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.optional(v.id("organizations")),
    userId: v.id("users"),
    role: vRole,
    /** Suspended: no access for now, and everything as it was when it is reinstated. */
    status: vMembershipStatus,
    /** Of the last change of the status: when, by whom, why. */
    statusChangedAt: v.optional(v.number()),
    statusChangedBy: v.optional(v.id("users")),
    statusReason: v.optional(v.string()),
    /** Of the person, lower case without accents, for lists in order of names. */
    sortName: v.string(),
    startedAt: v.number(),
  })
    .index("by_organization", ["organizationId", "status", "sortName"])
    .index("by_school", ["organizationId", "schoolId", "status", "sortName"])
    .index("by_organization_role", ["organizationId", "role", "status", "sortName"])
    .index("by_organization_user", ["organizationId", "userId", "status"])
    .index("by_user", ["userId", "status"]),

  /** In which membership a session acts, once it has switched. */
  actingMemberships: defineTable({
    sessionId: v.string(),
    userId: v.id("users"),
    membershipId: v.id("memberships"),
  }).index("by_session", ["sessionId"]),

  /** Ended before their last token runs out, which no function takes any more. Kept for as long as a token lives. */
  endedSessions: defineTable({
    sessionId: v.string(),
    endedAt: v.number(),
  })
    .index("by_session", ["sessionId"])
    .index("by_time", ["endedAt"]),

  invitations: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.optional(v.id("organizations")),
    /** SHA-256 of the link's token: whoever reads the table cannot accept. */
    tokenHash: v.string(),
    email: v.string(),
    firstName: v.string(),
    lastName: v.string(),
    role: vRole,
    language: vLanguage,
    /** Of a parent: the children. Of a student: the own record. */
    studentIds: v.array(v.id("students")),
    status: v.union(v.literal("open"), v.literal("accepted"), v.literal("revoked")),
    /** Absent: whoever set the district up. */
    invitedBy: v.optional(v.id("users")),
    createdAt: v.number(),
    expiresAt: v.number(),
    acceptedBy: v.optional(v.id("users")),
  })
    .index("by_token", ["tokenHash"])
    .index("by_organization", ["organizationId", "createdAt"])
    .index("by_school", ["organizationId", "schoolId", "createdAt"])
    .index("by_status", ["organizationId", "status", "expiresAt"])
    .index("by_email", ["organizationId", "email", "status"]),
};
