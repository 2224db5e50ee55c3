/** Sums of standings: of a caseload, a school, a district. */
import type { Standing } from "../progress/judgement";
import type { GoalState } from "../progress/standing";

export interface StandingCounts extends Record<Standing, number> {
  goals: number;
  /** Without data for too long. */
  quiet: number;
  /** Their data fired a decision rule. */
  fired: number;
}

export const NO_COUNTS: StandingCounts = {
  ...{ goals: 0, onTrack: 0, watch: 0, offTrack: 0, unknown: 0, quiet: 0, fired: 0 },
};

type Counted = Pick<GoalState, "standing" | "quiet"> & { fired: boolean };

/** @param by 1: one goal more that stands so; -1: one less */
export function counted(counts: StandingCounts, state: Counted, by: 1 | -1): StandingCounts {
  return {
    ...counts,
    goals: counts.goals + by,
    [state.standing]: counts[state.standing] + by,
    quiet: counts.quiet + (state.quiet ? by : 0),
    fired: counts.fired + (state.fired ? by : 0),
  };
}

export function sumOf(a: StandingCounts, b: StandingCounts): StandingCounts {
  const names = Object.keys(NO_COUNTS) as (keyof StandingCounts)[];
  return Object.fromEntries(
    names.map((name) => [name, a[name] + b[name]]),
  ) as unknown as StandingCounts;
}

export const isNothing = (counts: StandingCounts): boolean =>
  Object.values(counts).every((count) => count === 0);
