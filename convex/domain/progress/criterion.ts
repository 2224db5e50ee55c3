/**
 * A mastery criterion as structure, never as a sentence that has to be guessed: "80 % in 4 of 5" has at least three
 * readings, and the team chooses one (34 CFR 300.320(a)(2)(i): a *measurable* annual goal). What a criterion says about
 * the data of a goal is computed by `mastery`.
 */
import { checkNumber, type Problem, problem } from "../validation/problem";
import { PROMPT_LEVELS, type PromptLevel, SETTINGS } from "./shape";

export type CriterionUnit = "sessions" | "trials" | "days" | "weeks";

export interface MasteryCriterion {
  comparator: "atLeast" | "atMost";
  /** In the goal's unit. */
  level: number;
  /** `met` of `outOf` have to reach the level. */
  met: number;
  outOf: number;
  /**
   * `sessions`: each entry is one. `days`, `weeks`: the entries of one day, of one week from Monday on, taken together.
   * `trials`: `met` of `outOf` trials are correct within one session; `level` is the share that this is.
   */
  of: CriterionUnit;
  /** The last `outOf`, or any that follow each other. */
  window: "last" | "any";
  /** The `met` ones have to follow each other. */
  consecutive: boolean;
  /** In `sessions`, each one that counts has at least `met` of every `outOf` of its own trials correct as well. */
  alsoWithinTrials: boolean;
  /** A session of fewer trials does not count. */
  minTrials?: number;
  /** Entries with more help do not count. */
  maxPromptLevel?: PromptLevel;
  /** In how many different settings, or with how many different adults: generalization. */
  settings?: number;
  adults?: number;
}

export const CRITERION_LIMITS = {
  level: 100_000,
  outOf: 100,
  minTrials: 1000,
  adults: 20,
} as const;

/** Fields are called `criterion.…`. */
export function checkCriterion(criterion: MasteryCriterion): Problem[] {
  const { level, met, outOf, of, alsoWithinTrials, minTrials, settings, adults } = criterion;
  const whole = (field: string, value: number | undefined, max: number): Problem[] =>
    value === undefined
      ? []
      : checkNumber(`criterion.${field}`, value, { min: 1, max, whole: true });
  const problems = [
    ...checkNumber("criterion.level", level, { min: 0, max: CRITERION_LIMITS.level }),
    ...whole("met", met, CRITERION_LIMITS.outOf),
    ...whole("outOf", outOf, CRITERION_LIMITS.outOf),
    ...whole("minTrials", minTrials, CRITERION_LIMITS.minTrials),
    ...whole("settings", settings, SETTINGS.length),
    ...whole("adults", adults, CRITERION_LIMITS.adults),
  ];
  if (met > outOf) problems.push(problem("criterion.met", "moreThanTotal"));
  if (alsoWithinTrials && of !== "sessions")
    problems.push(problem("criterion.alsoWithinTrials", "wrongKind"));
  if (criterion.maxPromptLevel !== undefined && !PROMPT_LEVELS.includes(criterion.maxPromptLevel))
    problems.push(problem("criterion.maxPromptLevel", "unknownValue"));
  return problems;
}

export type Reading = "sessions" | "trials" | "both";

/**
 * What "`level` in `met` of `outOf`" can mean: the session's score in `met` of the last `outOf` sessions, `met` of
 * `outOf` trials correct within one session, or both at once.
 */
export function readingsOf(
  said: Pick<MasteryCriterion, "comparator" | "level" | "met" | "outOf">,
): Record<Reading, MasteryCriterion> {
  const sessions: MasteryCriterion = {
    ...said,
    of: "sessions",
    window: "last",
    consecutive: false,
    alsoWithinTrials: false,
  };
  return {
    sessions,
    trials: { ...sessions, of: "trials" },
    both: { ...sessions, alsoWithinTrials: true },
  };
}
