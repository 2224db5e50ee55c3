/** What teams decided when a rule asked, and second observers' records of sessions. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import type { Observed } from "../domain/progress/agreement";
import { sealed } from "./sealed";

export const vChoice = v.union(
  v.literal("continue"),
  v.literal("changeInstruction"),
  v.literal("raiseGoal"),
  v.literal("newPhase"),
);

export const vFiring = v.object({
  rule: v.union(v.literal("fourPoint"), v.literal("threePoint"), v.literal("trend")),
  advice: v.union(v.literal("change"), v.literal("raise")),
  points: v.array(v.string()),
});

/** As they were at that moment: later data, corrections and settings do not change them. */
export const vFigures = v.object({
  points: v.number(),
  since: v.string(),
  latest: v.union(v.null(), v.object({ date: v.string(), value: v.number() })),
  slopePerWeek: v.union(v.null(), v.number()),
  robustSlopePerWeek: v.union(v.null(), v.number()),
  neededPerWeek: v.union(v.null(), v.number()),
  expected: v.union(v.null(), v.number()),
  probability: v.union(v.null(), v.number()),
});

export const vObserved = v.union(
  v.object({ kind: v.literal("total"), first: v.number(), second: v.number() }),
  v.object({
    kind: v.literal("counts"),
    first: v.array(v.number()),
    second: v.array(v.number()),
  }),
  v.object({
    kind: v.literal("trials"),
    first: v.array(v.boolean()),
    second: v.array(v.boolean()),
  }),
  v.object({
    kind: v.literal("intervals"),
    first: v.array(v.boolean()),
    second: v.array(v.boolean()),
  }),
  v.object({
    kind: v.literal("durations"),
    first: v.array(v.number()),
    second: v.array(v.number()),
  }),
);

export const confidentialDecisionFields = { reason: v.string() };
export const confidentialObservationFields = { note: v.optional(v.string()) };

export const decisionTables = {
  progressDecisions: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    choice: vChoice,
    ...sealed(confidentialDecisionFields),
    firings: v.array(vFiring),
    figures: vFigures,
    /** The newest point that was seen, and those of its day: what comes later asks anew. */
    throughDate: v.string(),
    throughPoints: v.array(v.string()),
    phaseId: v.optional(v.id("goalPhases")),
    decidedBy: v.id("users"),
    decidedOn: v.string(),
    decidedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_goal", ["organizationId", "goalId", "decidedAt"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** One session as two people saw it, for the agreement of observers. */
  secondObservations: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    /** The first observer's entry. */
    pointId: v.id("progressData"),
    observed: vObserved,
    ...sealed(confidentialObservationFields),
    observedBy: v.id("users"),
    observedAt: v.number(),
    withdrawn: v.boolean(),
    clientMutationId: v.string(),
  })
    .index("by_goal", ["organizationId", "goalId", "withdrawn", "observedAt"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validator and domain type are one: a difference does not compile. */
export const observedIsOne: Same<Infer<typeof vObserved>, Observed> = true;
