/** Progress data: one row per observation. `measurementValue` is the charted number, computed from `measurement`. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { vOneOf } from "./oneOf";
import { INTERVAL_METHODS, MARKS, type Measurement, PROMPT_LEVELS } from "../domain/progress/shape";
import { sealed } from "./sealed";

const vPromptLevel = vOneOf(PROMPT_LEVELS);

export const vMeasurement = v.union(
  v.object({ kind: v.literal("trials"), correct: v.number(), total: v.number() }),
  v.object({
    kind: v.literal("trialByTrial"),
    trials: v.array(v.object({ correct: v.boolean(), prompt: vPromptLevel })),
    countsUpTo: vPromptLevel,
  }),
  v.object({ kind: v.literal("percent"), percent: v.number() }),
  v.object({ kind: v.literal("workSample"), points: v.number(), possible: v.number() }),
  v.object({
    kind: v.literal("taskAnalysis"),
    steps: v.array(vOneOf([...PROMPT_LEVELS, "notDone"])),
    countsUpTo: vPromptLevel,
  }),
  v.object({ kind: v.literal("count"), count: v.number() }),
  v.object({ kind: v.literal("rate"), count: v.number(), seconds: v.number() }),
  v.object({ kind: v.literal("duration"), seconds: v.number() }),
  v.object({ kind: v.literal("latency"), seconds: v.number() }),
  v.object({ kind: v.literal("interResponse"), gaps: v.array(v.number()) }),
  v.object({
    kind: v.literal("interval"),
    method: vOneOf(INTERVAL_METHODS),
    intervalSeconds: v.number(),
    marks: v.array(vOneOf(["yes", "no", "missed"])),
  }),
  v.object({ kind: v.literal("rating"), level: v.number() }),
  v.object({ kind: v.literal("yesNo"), yes: v.boolean() }),
  v.object({
    ...{ kind: v.literal("oralReading"), words: v.number() },
    ...{ errors: v.number(), seconds: v.number() },
  }),
  v.object({
    ...{ kind: v.literal("digitsCorrect"), correct: v.number() },
    ...{ errors: v.number(), seconds: v.number() },
  }),
  v.object({
    ...{ kind: v.literal("maze"), correct: v.number() },
    ...{ errors: v.number(), seconds: v.number() },
  }),
  v.object({ kind: v.literal("abc"), occurrences: v.number() }),
);

export const vMark = vOneOf(MARKS);

export const vMasteryLevel = v.union(
  v.literal("emerging"),
  v.literal("developing"),
  v.literal("proficient"),
  v.literal("mastered"),
);

const observedFields = {
  recordedDate: v.string(),
  measurement: vMeasurement,
  settingType: v.string(),
  promptLevel: v.optional(v.string()),
  /** Minutes. */
  sessionDuration: v.optional(v.number()),
};

const noteFields = {
  observationNotes: v.optional(v.string()),
  context: v.optional(v.string()),
  antecedent: v.optional(v.string()),
  behavior: v.optional(v.string()),
  consequence: v.optional(v.string()),
};
export const confidentialMarkFields = {
  note: v.optional(v.string()),
  voidReason: v.optional(v.string()),
};
export const confidentialPointFields = { ...noteFields, voidReason: v.optional(v.string()) };

/** What a person enters about one observation; checked by `domain/progress/measurement`. */
export const pointInputFields = { ...observedFields, ...noteFields };

export const progressTables = {
  progressData: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    ...observedFields,
    ...sealed(confidentialPointFields),
    recordedBy: v.id("users"),
    measurementValue: v.number(),
    measurementUnit: v.string(),
    masteryLevel: vMasteryLevel,
    independenceLevel: v.string(),
    /** Order of entry among the points of one date. */
    sequence: v.number(),
    loggedAt: v.number(),
    clientMutationId: v.string(),
    voided: v.boolean(),
    voidedAt: v.optional(v.number()),
    voidedBy: v.optional(v.id("users")),
    /** The point that this one corrects. */
    corrects: v.optional(v.id("progressData")),
    importRunId: v.optional(v.id("importRuns")),
    /** The same observation of the same file, again, adds nothing. */
    importKey: v.optional(v.string()),
  })
    .index("by_goal", ["organizationId", "goalId", "voided", "recordedDate", "sequence"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_goal_entry", ["organizationId", "goalId", "loggedAt"])
    .index("by_recorder", ["organizationId", "recordedBy", "goalId", "voided", "loggedAt"])
    .index("by_date", ["organizationId", "recordedDate"])
    .index("by_mastery", ["organizationId", "masteryLevel"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"])
    .index("by_import", ["organizationId", "importRunId"])
    .index("by_import_key", ["organizationId", "goalId", "importKey"]),

  /**
   * Days without a number, and why: absent, declined, no opportunity, to be made up. A table of its own, so that nothing
   * that counts or draws observations can ever take one of them for a zero.
   */
  progressMarks: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    recordedDate: v.string(),
    mark: vMark,
    ...sealed(confidentialMarkFields),
    recordedBy: v.id("users"),
    loggedAt: v.number(),
    clientMutationId: v.string(),
    voided: v.boolean(),
    voidedAt: v.optional(v.number()),
    voidedBy: v.optional(v.id("users")),
  })
    .index("by_goal", ["organizationId", "goalId", "recordedDate", "loggedAt"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  importRuns: defineTable({
    organizationId: v.id("organizations"),
    fileName: v.string(),
    fileHash: v.string(),
    importedBy: v.id("users"),
    importedAt: v.number(),
    added: v.number(),
    alreadyThere: v.number(),
    undoneAt: v.optional(v.number()),
    clientMutationId: v.string(),
  })
    .index("by_importer", ["organizationId", "importedBy", "importedAt"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validator and domain type are one: a difference does not compile. */
export const measurementIsOne: Same<Infer<typeof vMeasurement>, Measurement> = true;
