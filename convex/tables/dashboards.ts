/** What dashboards count: how each goal in force stands, and sums of it for each school and for the whole tenant. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import type { Standing } from "../domain/progress/judgement";
import type { GoalState } from "../domain/progress/standing";

export const vStanding = v.union(
  v.literal("onTrack"),
  v.literal("watch"),
  v.literal("offTrack"),
  v.literal("unknown"),
);
/** What the data ask, and by which rule. */
export const vAsks = v.object({
  rule: v.union(v.literal("fourPoint"), v.literal("threePoint"), v.literal("trend")),
  advice: v.union(v.literal("change"), v.literal("raise")),
});

/** Of a list of goals: how many there are, how they stand, how many are without data, how many fired a rule. */
export const countFields = {
  goals: v.number(),
  onTrack: v.number(),
  watch: v.number(),
  offTrack: v.number(),
  unknown: v.number(),
  quiet: v.number(),
  fired: v.number(),
};

export const dashboardTables = {
  /** One row for each active goal of a plan in force; it follows from the goal's data and the day. */
  goalStandings: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.id("organizations"),
    studentId: v.id("students"),
    goalId: v.id("goals"),
    standing: vStanding,
    asks: v.optional(vAsks),
    /** What an earlier version wrote; `JUDGED_AS` makes such rows anew. */
    rule: v.optional(v.string()),
    /** Whether something is asked: lists are made of it. */
    fired: v.boolean(),
    quiet: v.boolean(),
    lastDataOn: v.optional(v.string()),
    /** The first day on which time alone changes it. */
    nextChangeOn: v.string(),
  })
    .index("by_goal", ["organizationId", "goalId"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_due", ["organizationId", "nextChangeOn"])
    .index("by_standing", ["organizationId", "standing"])
    .index("by_quiet", ["organizationId", "quiet"])
    .index("by_fired", ["organizationId", "fired"])
    .index("by_school_standing", ["organizationId", "schoolId", "standing"])
    .index("by_school_quiet", ["organizationId", "schoolId", "quiet"])
    .index("by_school_fired", ["organizationId", "schoolId", "fired"]),

  /** Of one school; without a school, of the whole tenant. Kept by whoever changes a standing, in the same transaction. */
  standingCounts: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.optional(v.id("organizations")),
    ...countFields,
    /** Of the whole tenant: the `JUDGED_AS` that its rows follow. */
    judgedAs: v.optional(v.number()),
  }).index("by_school", ["organizationId", "schoolId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validators and domain types are one: a difference does not compile. */
export const standingIsOne: Same<Infer<typeof vStanding>, Standing> = true;
export const asksIsOne: Same<Infer<typeof vAsks>, NonNullable<GoalState["asks"]>> = true;
