/** Who was told their part of a plan (34 CFR 300.323(d)(2)), and of which version. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const glanceTables = {
  glanceReceipts: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    /** The plan's; another version has to be read anew. */
    planVersion: v.number(),
    userId: v.id("users"),
    readAt: v.number(),
  })
    .index("by_student", ["organizationId", "studentId", "readAt"])
    .index("by_user_student", ["organizationId", "userId", "studentId", "readAt"]),
};
