/**
 * A mastery criterion as structure, never as a sentence that has to be guessed: "80 % in 4 of 5" has at least three
 * readings, and the team chooses one.
 */

/** From least to most help. */
export const PROMPT_LEVELS = [
  "independent",
  "gestural",
  "verbal",
  "model",
  "partialPhysical",
  "fullPhysical",
] as const;
export type PromptLevel = (typeof PROMPT_LEVELS)[number];

export interface MasteryCriterion {
  comparator: "atLeast" | "atMost";
  /** In the goal's unit. */
  level: number;
  /** `met` of `outOf` have to reach the level. */
  met: number;
  outOf: number;
  of: "sessions" | "trials" | "days" | "weeks";
  /** The last `outOf`, or any that follow each other. */
  window: "last" | "any";
  /** The `met` ones have to follow each other. */
  consecutive: boolean;
  /** In `sessions`, each one that counts reaches the level in its own trials as well. */
  alsoWithinTrials: boolean;
  /** A session of fewer trials does not count. */
  minTrials?: number;
  /** Entries with more help do not count. */
  maxPromptLevel?: PromptLevel;
  /** In how many different settings, or with how many different adults: generalization. */
  settings?: number;
  adults?: number;
}
