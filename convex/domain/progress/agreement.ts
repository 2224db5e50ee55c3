/**
 * Agreement of two observers of one session (interobserver agreement, D6), in the nine usual ways; definitions and
 * examples after Reed and Azulay (2011), "A Microsoft Excel 2010 based tool for calculating interobserver agreement".
 * All are percentages. What both saw as nothing, they agree on.
 */
import { checkNumber, type Problem, problem } from "../validation/problem";

/** What the observers took down, one item per interval, trial or occurrence, in the same order. */
export type Observed =
  | { kind: "total"; first: number; second: number }
  | { kind: "counts"; first: number[]; second: number[] }
  | { kind: "trials"; first: boolean[]; second: boolean[] }
  | { kind: "intervals"; first: boolean[]; second: boolean[] }
  | { kind: "durations"; first: number[]; second: number[] };

export const OBSERVED_KINDS = ["total", "counts", "trials", "intervals", "durations"] as const;

export const AGREEMENTS = [
  "totalCount",
  "meanCountPerInterval",
  "exactCountPerInterval",
  "trialByTrial",
  "intervalByInterval",
  "scoredInterval",
  "unscoredInterval",
  "totalDuration",
  "meanDurationPerOccurrence",
] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** Convention: at least 80 %, on a fifth to a third of the sessions. */
const ACCEPTABLE_AGREEMENT = 80;
const AGREEMENT_SHARE = { least: 0.2, good: 1 / 3 } as const;

const MOST_ITEMS = 200;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const smallerByLarger = (a: number, b: number) => (a === b ? 1 : Math.min(a, b) / Math.max(a, b));

function shareOf<T>(
  first: readonly T[],
  second: readonly T[],
  agree: (a: T, b: T) => number,
): number | null {
  const pairs = Math.min(first.length, second.length);
  if (pairs === 0) return null;
  let agreement = 0;
  for (let index = 0; index < pairs; index++) {
    const [a, b] = [first[index], second[index]];
    if (a !== undefined && b !== undefined) agreement += agree(a, b);
  }
  return (100 * agreement) / pairs;
}

const same = <T>(a: T, b: T) => Number(a === b);

/** Only the intervals that at least one observer marked as `mark`. */
function markedShare(first: readonly boolean[], second: readonly boolean[], mark: boolean) {
  const either = first.flatMap((a, index) => (a === mark || second[index] === mark ? [index] : []));
  const pick = (marks: readonly boolean[]) => either.map((index) => marks[index] === mark);
  return shareOf(pick(first), pick(second), same);
}

/** The figures that what was observed allows; null where nothing is left to compare. */
export function agreementsOf(observed: Observed): Partial<Record<Agreement, number | null>> {
  switch (observed.kind) {
    case "total":
      return { totalCount: 100 * smallerByLarger(observed.first, observed.second) };
    case "counts": {
      const { first, second } = observed;
      return {
        totalCount: 100 * smallerByLarger(sum(first), sum(second)),
        meanCountPerInterval: shareOf(first, second, smallerByLarger),
        exactCountPerInterval: shareOf(first, second, same),
      };
    }
    case "trials":
      return { trialByTrial: shareOf(observed.first, observed.second, same) };
    case "intervals": {
      const { first, second } = observed;
      return {
        intervalByInterval: shareOf(first, second, same),
        scoredInterval: markedShare(first, second, true),
        unscoredInterval: markedShare(first, second, false),
      };
    }
    case "durations": {
      const { first, second } = observed;
      return {
        totalDuration: 100 * smallerByLarger(sum(first), sum(second)),
        meanDurationPerOccurrence: shareOf(first, second, smallerByLarger),
      };
    }
  }
}

/** The strictest of the figures is the one that is held against the convention. */
export function strictest(figures: Partial<Record<Agreement, number | null>>): number | null {
  const values = Object.values(figures).filter((value) => value !== null);
  return values.length === 0 ? null : Math.min(...values);
}

/** Fields are called `observed.…`. */
export function checkObserved(observed: Observed): Problem[] {
  if (observed.kind === "total")
    return (["first", "second"] as const).flatMap((field) =>
      checkNumber(`observed.${field}`, observed[field], { min: 0, max: 100_000 }),
    );
  const { first, second } = observed;
  if (first.length === 0) return [problem("observed.first", "empty")];
  if (first.length > MOST_ITEMS) return [problem("observed.first", "tooMany", { max: MOST_ITEMS })];
  if (first.length !== second.length) return [problem("observed.second", "notTheSame")];
  return [...first, ...second].flatMap((value, index) =>
    typeof value === "boolean"
      ? []
      : checkNumber(`observed.${index < first.length ? "first" : "second"}`, value, {
          min: 0,
          max: 100_000,
        }),
  );
}

export interface AgreementSummary {
  sessions: number;
  observed: number;
  /** Part of the sessions with a second observer; null without any session. */
  share: number | null;
  /** Mean of the sessions' strictest figures. */
  mean: number | null;
  acceptable: boolean | null;
  enough: boolean | null;
}

/** @param figures of each session with a second observer */
export function summarizeAgreement(
  sessions: number,
  figures: readonly (number | null)[],
): AgreementSummary {
  const known = figures.filter((figure) => figure !== null);
  const mean = known.length === 0 ? null : sum(known) / known.length;
  const share = sessions === 0 ? null : Math.min(1, figures.length / sessions);
  return {
    sessions,
    observed: figures.length,
    share,
    mean,
    acceptable: mean === null ? null : mean >= ACCEPTABLE_AGREEMENT,
    enough: share === null ? null : share >= AGREEMENT_SHARE.least,
  };
}
