/** Annual goals, the phases of their instruction, and who collects data for them. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import {
  DIRECTIONS,
  type GoalMeasurement,
  INTERVAL_METHODS,
  MEASUREMENT_KINDS,
  PROMPT_LEVELS,
} from "../domain/progress/shape";
import { vMasteryCriterion } from "./criterion";
import { vOneOf } from "./oneOf";
import { sealed } from "./sealed";

export const vGoalDomain = v.union(
  v.literal("academic"),
  v.literal("behavioral"),
  v.literal("communication"),
  v.literal("social"),
  v.literal("motor"),
  v.literal("adaptive"),
  v.literal("vocational"),
);

export const vGoalMeasurement = v.object({
  kind: vOneOf(MEASUREMENT_KINDS),
  direction: vOneOf(DIRECTIONS),
  unit: v.string(),
  keep: v.optional(vOneOf(["atLeast", "atMost"])),
  decimals: v.optional(v.number()),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  trialsPerSession: v.optional(v.number()),
  ratingLevels: v.optional(v.array(v.string())),
  steps: v.optional(v.array(v.string())),
  promptLevels: v.optional(v.array(vOneOf(PROMPT_LEVELS))),
  countsUpTo: v.optional(vOneOf(PROMPT_LEVELS)),
  intervalMethod: v.optional(vOneOf(INTERVAL_METHODS)),
  intervalSeconds: v.optional(v.number()),
  intervals: v.optional(v.number()),
  timingSeconds: v.optional(v.number()),
  pointsPossible: v.optional(v.number()),
});

const measuredFields = {
  domain: vGoalDomain,
  baselineData: v.object({
    measurement: v.string(),
    date: v.string(),
    value: v.number(),
    context: v.string(),
    /** The observations whose median the value is; absent where it was entered. */
    pointIds: v.optional(v.array(v.id("progressData"))),
  }),
  targetCriteria: v.object({
    measurement: v.string(),
    target: v.number(),
    /** The date by which the target is to be reached. */
    timeframe: v.string(),
    accuracy: v.string(),
    conditions: v.string(),
  }),
  evaluationMethod: v.string(),
  frequency: v.string(),
  measurement: vGoalMeasurement,
  /** Absent: nobody said yet how mastery is decided. */
  criterion: v.optional(vMasteryCriterion),
};

export const vObjectiveStatus = v.union(
  v.literal("notStarted"),
  v.literal("inProgress"),
  v.literal("met"),
);

export const confidentialObjectiveFields = { description: v.string(), criterion: v.string() };

/** What a person enters; checked by `domain/goals/objective`. */
export const objectiveInputFields = { by: v.string(), ...confidentialObjectiveFields };

export const confidentialGoalFields = {
  description: v.string(),
  notes: v.optional(v.string()),
};

/** What a person enters; checked by `domain/goals/goal`. */
export const goalInputFields = { ...measuredFields, ...confidentialGoalFields };

/**
 * For whoever takes the data, shown where they do: no part of the plan, so it is edited while the plan is in force, by
 * `goals.describeDataTaking`. `guideVersion` counts the edits.
 */
export const confidentialGuideFields = {
  instructions: v.optional(v.string()),
  materials: v.optional(v.string()),
};

export const goalTables = {
  goals: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    /** The first goal of this goal's life; absent of that first one itself (`model/lineage`). */
    lineage: v.optional(v.id("goals")),
    goalNumber: v.number(),
    ...measuredFields,
    ...sealed({ ...confidentialGoalFields, ...confidentialGuideFields }),
    guideVersion: v.optional(v.number()),
    responsibleProvider: v.id("users"),
    isActive: v.boolean(),
    masteryDate: v.optional(v.string()),
    /** The student logs own data for it. */
    selfMonitored: v.boolean(),
    version: v.number(),
    clientMutationId: v.optional(v.string()),
  })
    .index("by_iep", ["organizationId", "iepId", "goalNumber"])
    .index("by_student", ["organizationId", "studentId", "isActive", "goalNumber"])
    .index("by_domain", ["organizationId", "domain"])
    .index("by_provider", ["organizationId", "responsibleProvider", "isActive"])
    .index("by_status", ["organizationId", "isActive"])
    .index("by_lineage", ["organizationId", "lineage"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** Steps toward a goal: 34 CFR 300.320(a)(2)(ii). */
  objectives: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    /** Place in the list. */
    order: v.number(),
    by: v.string(),
    ...sealed(confidentialObjectiveFields),
    status: vObjectiveStatus,
    /** Only of one that is met. */
    metOn: v.optional(v.string()),
    version: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_goal", ["organizationId", "goalId", "order"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  goalPhases: defineTable({
    organizationId: v.id("organizations"),
    goalId: v.id("goals"),
    name: v.string(),
    startDate: v.string(),
    createdBy: v.id("users"),
    importRunId: v.optional(v.id("importRuns")),
  })
    .index("by_goal", ["organizationId", "goalId", "startDate"])
    .index("by_import", ["organizationId", "importRunId"]),

  /** Paraprofessionals who collect data for a goal. */
  goalAssignments: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    userId: v.id("users"),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_goal", ["organizationId", "goalId", "userId"])
    .index("by_user", ["organizationId", "userId", "studentId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validator and domain type are one: a difference does not compile. */
export const goalMeasurementIsOne: Same<Infer<typeof vGoalMeasurement>, GoalMeasurement> = true;
