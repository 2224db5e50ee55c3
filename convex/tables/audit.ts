/** Who did what (audit log), and whose records were opened (record of access, 34 CFR 300.614 and 99.32). */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { vRole } from "./people";

export const vRelation = v.union(
  v.literal("admin"),
  v.literal("caseManager"),
  v.literal("teamMember"),
  v.literal("paraprofessional"),
  v.literal("guardian"),
  v.literal("self"),
);

/** How much of a record was opened: goals with their data, or everything. */
export const vScope = v.union(v.literal("progress"), v.literal("record"));
/** What an entry tells of: opened that far, or one document that left the system. */
export const vLook = v.union(...vScope.members, v.literal("document"));
export const vOutcome = v.union(v.literal("done"), v.literal("refused"));
export const vRisk = v.union(v.literal("low"), v.literal("medium"), v.literal("high"));

export const vRowChange = v.object({
  table: v.string(),
  id: v.string(),
  kind: v.union(v.literal("insert"), v.literal("patch"), v.literal("delete"), v.literal("read")),
  fields: v.array(
    v.object({
      field: v.string(),
      /** JSON, of fields that say nothing about a person (`domain/audit/fields`). */
      before: v.optional(v.string()),
      after: v.optional(v.string()),
    }),
  ),
});

/** What an entry says: never changed, never deleted. */
export const auditEntryFields = {
  at: v.number(),
  /** Absent: the system itself, by the calendar or by whoever runs the deployment. */
  actorId: v.optional(v.id("users")),
  role: v.optional(vRole),
  relation: v.optional(vRelation),
  /** A capability of `domain/access/matrix`, or what the system did. */
  action: v.string(),
  outcome: vOutcome,
  /** Why it was refused. */
  code: v.optional(v.string()),
  studentId: v.optional(v.id("students")),
  scope: v.optional(vLook),
  changes: v.array(vRowChange),
  /** Further changes that the entry does not list. */
  moreChanges: v.optional(v.number()),
  /** Where the session was begun. */
  ipAddress: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  risk: vRisk,
};

export const auditTables = {
  auditEntries: defineTable({
    organizationId: v.id("organizations"),
    ...auditEntryFields,
    /** Place in the organization's chain, from 1 on; absent until it is sealed, seconds later. */
    sequence: v.optional(v.number()),
    hash: v.optional(v.string()),
  })
    .index("by_organization", ["organizationId", "at"])
    .index("by_actor", ["organizationId", "actorId", "at"])
    .index("by_student", ["organizationId", "studentId", "at"])
    .index("by_student_outcome", ["organizationId", "studentId", "outcome", "at"])
    .index("by_risk", ["organizationId", "risk", "at"])
    .index("by_outcome", ["organizationId", "outcome", "at"])
    .index("by_sequence", ["organizationId", "sequence"]),

  /** The end of each organization's chain. */
  auditChains: defineTable({
    organizationId: v.id("organizations"),
    sequence: v.number(),
    hash: v.string(),
  }).index("by_organization", ["organizationId"]),

  /** Which records a session has opened. Queries show nothing of a record without one. */
  recordGrants: defineTable({
    organizationId: v.id("organizations"),
    sessionId: v.string(),
    userId: v.id("users"),
    /** In which the person acted: as somebody else they open it again. */
    membershipId: v.optional(v.id("memberships")),
    studentId: v.id("students"),
    scope: vScope,
    openedAt: v.number(),
    expiresAt: v.number(),
  })
    .index("by_session_student", ["organizationId", "sessionId", "studentId"])
    .index("by_expiry", ["organizationId", "expiresAt"]),
};
