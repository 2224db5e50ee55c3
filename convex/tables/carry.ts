/** What next year's draft took over from this year's plan, and who has looked at it since. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

/** `kept`: looked at, and right as it was; `changed`: looked at, and it says something else by now. */
export const vCarriedState = v.union(
  v.literal("unseen"),
  v.literal("kept"),
  v.literal("changed"),
  v.literal("leftOut"),
);

export const confidentialCarriedFields = {
  /** Hash of what it said when it was taken over: of a short answer, a hash tells as much as the answer. */
  fingerprint: v.string(),
};

export const carryTables = {
  carriedItems: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    /** The draft. */
    iepId: v.id("ieps"),
    /** The plan that it comes from. */
    from: v.id("ieps"),
    /** Of `domain/carry/item`, as it stands in the plan that it comes from. */
    item: v.string(),
    /** In the draft, of what has another id there. */
    goalId: v.optional(v.id("goals")),
    serviceId: v.optional(v.id("services")),
    state: vCarriedState,
    ...sealed(confidentialCarriedFields),
    carriedBy: v.id("users"),
    carriedAt: v.number(),
    reviewedBy: v.optional(v.id("users")),
    reviewedAt: v.optional(v.number()),
  })
    .index("by_iep", ["organizationId", "iepId", "item"])
    .index("by_iep_state", ["organizationId", "iepId", "state"])
    .index("by_student", ["organizationId", "studentId"]),
};
