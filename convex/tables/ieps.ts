/** IEPs: one row per plan; at most one of a student's is active. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { structuredIepFields } from "./planFields";
import { sealed } from "./sealed";

export const vIepLifecycleStatus = v.union(
  v.literal("draft"),
  v.literal("in_review"),
  v.literal("ready_to_sign"),
  v.literal("active"),
  v.literal("expired"),
  v.literal("superseded"),
  v.literal("discarded"),
);

/** Hours a week. */
export const vServiceHours = v.object({
  specialEducation: v.number(),
  speechTherapy: v.optional(v.number()),
  occupationalTherapy: v.optional(v.number()),
  physicalTherapy: v.optional(v.number()),
  counseling: v.optional(v.number()),
  other: v.optional(v.array(v.object({ service: v.string(), hours: v.number() }))),
});

/** Rows of lists keep an id, so that people change them one by one; absent in rows from before they had any. */
export const vAccommodation = v.object({
  id: v.optional(v.string()),
  category: v.string(),
  description: v.string(),
  setting: v.string(),
});

export const vModification = v.object({
  id: v.optional(v.string()),
  subject: v.string(),
  description: v.string(),
  criteria: v.string(),
});

export const vTransitionPlan = v.object({
  postSecondaryGoals: v.array(v.string()),
  transitionServices: v.array(v.string()),
  agencyInvolvement: v.optional(v.array(v.string())),
});

const scheduleFields = {
  effectiveDate: v.string(),
  expirationDate: v.string(),
  meetingDate: v.string(),
  nextReviewDate: v.string(),
  serviceHours: vServiceHours,
};

export const confidentialIepFields = {
  placement: v.string(),
  accommodations: v.array(vAccommodation),
  modifications: v.array(vModification),
  transitionPlan: v.optional(vTransitionPlan),
};

/** What a person enters. */
export const iepInputFields = { ...scheduleFields, ...confidentialIepFields };

export const iepTables = {
  ieps: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    ...scheduleFields,
    ...sealed(confidentialIepFields),
    ...sealed(structuredIepFields),
    status: vIepLifecycleStatus,
    /** Counts the student's plans. */
    version: v.number(),
    /** Counts the saves of this one; two people never overwrite each other. */
    revision: v.number(),
    /** Of an amendment: the plan that it replaces once it is in force. */
    amends: v.optional(v.id("ieps")),
    createdBy: v.id("users"),
    /** The team at the time of drafting. */
    teamMembers: v.array(v.id("users")),
    approvals: v.array(
      v.object({
        userId: v.id("users"),
        role: v.string(),
        approvedAt: v.number(),
        signature: v.string(),
      }),
    ),
    clientMutationId: v.optional(v.string()),
  })
    .index("by_student", ["organizationId", "studentId", "status", "version"])
    .index("by_student_version", ["organizationId", "studentId", "version"])
    .index("by_status", ["organizationId", "status", "expirationDate"])
    .index("by_effective_date", ["organizationId", "effectiveDate"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** Who moved what from which status to which, when and why. */
  statusChanges: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    resource: v.union(
      v.object({ table: v.literal("ieps"), id: v.id("ieps") }),
      v.object({ table: v.literal("students"), id: v.id("students") }),
      v.object({ table: v.literal("goals"), id: v.id("goals") }),
      v.object({ table: v.literal("objectives"), id: v.id("objectives") }),
    ),
    from: v.string(),
    to: v.string(),
    changedBy: v.optional(v.id("users")),
    changedAt: v.number(),
    reason: v.optional(v.string()),
  }).index("by_student", ["organizationId", "studentId", "changedAt"]),
};
