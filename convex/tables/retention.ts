/** Keeping and destroying records: legal holds, runs of destruction with their certificate, and what stays for ever. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

export const vRunState = v.union(
  v.literal("counting"),
  v.literal("planned"),
  v.literal("running"),
  v.literal("done"),
  v.literal("canceled"),
);
export const vDestructionReason = v.union(v.literal("retention"), v.literal("request"));
export const vObstacle = v.union(
  v.literal("legalHold"),
  v.literal("openRequest"),
  v.literal("enrolled"),
  v.literal("notDue"),
);
export const vItemState = v.union(
  v.literal("waiting"),
  v.literal("begun"),
  v.literal("done"),
  v.literal("skipped"),
);

export const confidentialHoldFields = {
  /** Case, court, who asked for it. */
  reason: v.string(),
};

export const retentionTables = {
  legalHolds: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    ...sealed(confidentialHoldFields),
    isActive: v.boolean(),
    placedBy: v.id("users"),
    placedAt: v.number(),
    liftedBy: v.optional(v.id("users")),
    liftedAt: v.optional(v.number()),
  })
    .index("by_student", ["organizationId", "studentId", "isActive"])
    .index("by_active", ["organizationId", "isActive"]),

  /** A list of records, first counted (the dry run), then destroyed if somebody confirms it; at the end the certificate. */
  destructionRuns: defineTable({
    organizationId: v.id("organizations"),
    state: vRunState,
    /** The policy that it follows, and the day. */
    years: v.number(),
    day: v.string(),
    keepsPermanentRecord: v.boolean(),
    students: v.number(),
    /** Rows by table: in the dry run what would go, then what went. */
    planned: v.record(v.string(), v.number()),
    destroyed: v.record(v.string(), v.number()),
    studentsDestroyed: v.number(),
    studentsSkipped: v.number(),
    plannedBy: v.id("users"),
    plannedAt: v.number(),
    confirmedBy: v.optional(v.id("users")),
    confirmedAt: v.optional(v.number()),
    finishedAt: v.optional(v.number()),
    /** SHA-256 of what the certificate says. */
    certificateHash: v.optional(v.string()),
    /** Counts the batches; a failure that stopped them is noticed by the time. */
    step: v.number(),
    movedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_organization", ["organizationId", "plannedAt"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"])
    .index("by_state", ["state", "movedAt"]),

  destructionItems: defineTable({
    organizationId: v.id("organizations"),
    runId: v.id("destructionRuns"),
    studentId: v.id("students"),
    reason: vDestructionReason,
    state: vItemState,
    obstacle: v.optional(vObstacle),
  }).index("by_run", ["organizationId", "runId", "state"]),

  /** 34 CFR 300.624(b): may be kept without limit. */
  permanentRecords: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.id("organizations"),
    firstName: v.string(),
    lastName: v.string(),
    sortName: v.string(),
    /** The grade that was completed last. */
    gradeLevel: v.string(),
    /** The first and the last day of enrolment here, as far as they are known. */
    from: v.optional(v.string()),
    until: v.optional(v.string()),
    runId: v.id("destructionRuns"),
  }).index("by_name", ["organizationId", "sortName"]),
};
