/**
 * What the team says about a section while it is written. A thread belongs to a passage of the text, which carries the
 * thread's id as a mark, or to the section as a whole. None of it is part of the plan: `deriveSectionDocument` leaves the
 * marks out, and nothing that is shared, signed or printed reads these tables.
 */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

/** The passage as it was when the thread was begun; "" for a thread about the section as a whole. */
export const confidentialThreadFields = { quote: v.string() };
export const confidentialCommentFields = { text: v.string() };

export const commentTables = {
  sectionThreads: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    sectionId: v.id("iepSections"),
    ...sealed(confidentialThreadFields),
    /** Nobody has resolved it. */
    isOpen: v.boolean(),
    /** Everybody who was mentioned in it. */
    mentioned: v.array(v.id("users")),
    stateChangedBy: v.optional(v.id("users")),
    stateChangedAt: v.optional(v.number()),
    createdBy: v.id("users"),
    createdAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_section", ["organizationId", "sectionId", "createdAt"])
    .index("by_iep_open", ["organizationId", "iepId", "isOpen"])
    .index("by_client_mutation", ["organizationId", "sectionId", "clientMutationId"]),

  /** What somebody said in a thread: the first is what it was begun with. Nobody changes what was said. */
  sectionComments: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    sectionId: v.id("iepSections"),
    threadId: v.id("sectionThreads"),
    ...sealed(confidentialCommentFields),
    mentions: v.array(v.id("users")),
    writtenBy: v.id("users"),
    writtenAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_section", ["organizationId", "sectionId", "writtenAt"])
    .index("by_client_mutation", ["organizationId", "sectionId", "clientMutationId"]),
};
