/**
 * Sections of a plan that a team writes together. The text itself is not here: the component `prosemirrorSync` keeps its
 * steps and snapshots, sealed with the section's own key.
 */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import type { SectionKey, SectionState } from "../domain/ieps/sections";
import { sealed } from "./sealed";

export const vSectionKey = v.union(
  v.literal("strengths"),
  v.literal("parentConcerns"),
  v.literal("evaluations"),
  v.literal("presentLevelsAcademic"),
  v.literal("presentLevelsFunctional"),
  v.literal("effectOfDisability"),
  v.literal("specialFactors"),
  v.literal("progressReporting"),
  v.literal("personnelSupports"),
  v.literal("placementJustification"),
  v.literal("assessmentParticipation"),
  v.literal("extendedSchoolYear"),
  v.literal("transitionNarrative"),
  v.literal("ageOfMajority"),
  v.literal("additionalNotes"),
);

export const vSectionState = v.union(
  v.literal("notStarted"),
  v.literal("inProgress"),
  v.literal("complete"),
  v.literal("notNeeded"),
);

/** The key that seals the text. */
export const confidentialSectionFields = { textKey: v.string() };

/** Where somebody's caret is, in a version of the section's document. */
export const vCaret = v.object({ version: v.number(), anchor: v.number(), head: v.number() });

export const sectionTables = {
  /** One for each key of each plan. */
  iepSections: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    key: vSectionKey,
    state: vSectionState,
    /** Who has to write it. Without one, the whole team writes. */
    ownerId: v.optional(v.id("users")),
    /** Besides the owner and the case manager. */
    openToTeam: v.boolean(),
    dueDate: v.optional(v.string()),
    stateChangedBy: v.optional(v.id("users")),
    stateChangedAt: v.optional(v.number()),
    ...sealed(confidentialSectionFields),
  })
    .index("by_iep", ["organizationId", "iepId", "key"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_owner", ["organizationId", "ownerId", "dueDate"]),

  /** Who wrote when: one row for a while of somebody's writing. Whose a single step is, the step itself says. */
  sectionEdits: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    sectionId: v.id("iepSections"),
    authorId: v.id("users"),
    startedAt: v.number(),
    /** The version before the first step and after the last. */
    firstVersion: v.number(),
    lastVersion: v.number(),
    lastAt: v.number(),
    /** The text of an earlier version was taken up again. */
    restoredVersion: v.optional(v.number()),
    clientMutationId: v.optional(v.string()),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_section", ["organizationId", "sectionId", "lastVersion"])
    .index("by_author", ["organizationId", "sectionId", "authorId", "lastVersion"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** Who is in a plan right now, and where: one row for each open window, gone half a minute after it. */
  sectionPresence: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    sectionId: v.optional(v.id("iepSections")),
    userId: v.id("users"),
    /** Of the window. */
    clientId: v.string(),
    caret: v.optional(vCaret),
    seenAt: v.number(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_iep", ["organizationId", "iepId", "seenAt"])
    .index("by_client", ["organizationId", "iepId", "clientId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validators and domain types are one: a difference does not compile. */
export const sectionKeysAreOne: Same<Infer<typeof vSectionKey>, SectionKey> = true;
export const sectionStatesAreOne: Same<Infer<typeof vSectionState>, SectionState> = true;
