/** A mastery criterion as it is stored (`domain/progress/criterion`). */
import { type Infer, v } from "convex/values";
import type { MasteryCriterion } from "../domain/progress/criterion";

export const vMasteryCriterion = v.object({
  comparator: v.union(v.literal("atLeast"), v.literal("atMost")),
  level: v.number(),
  met: v.number(),
  outOf: v.number(),
  of: v.union(v.literal("sessions"), v.literal("trials"), v.literal("days"), v.literal("weeks")),
  window: v.union(v.literal("last"), v.literal("any")),
  consecutive: v.boolean(),
  alsoWithinTrials: v.boolean(),
  minTrials: v.optional(v.number()),
  maxPromptLevel: v.optional(
    v.union(
      v.literal("independent"),
      v.literal("gestural"),
      v.literal("verbal"),
      v.literal("model"),
      v.literal("partialPhysical"),
      v.literal("fullPhysical"),
    ),
  ),
  settings: v.optional(v.number()),
  adults: v.optional(v.number()),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validator and domain type are one: a difference does not compile. */
export const masteryCriterionIsOne: Same<Infer<typeof vMasteryCriterion>, MasteryCriterion> = true;
