/** How a goal stands at the end of a period, as report cards have it: one of five words. */
import type { Verdict } from "../progress/judgement";
import type { ProgressSummary } from "../progress/summary";

export const PROGRESS_CODES = [
  "mastered",
  "onTrack",
  "someProgress",
  "noProgress",
  "notIntroduced",
] as const;
export type ProgressCode = (typeof PROGRESS_CODES)[number];

/** So much of the way from baseline to target is progress; less may be chance. */
const SOME_OF_THE_WAY = 0.1;

/** What the figures suggest; a person decides. Null: the data do not say. */
export function suggestCode(
  { fractionOfTheWay }: Pick<ProgressSummary, "fractionOfTheWay">,
  {
    forecast: { expected, because },
    standing,
  }: Pick<Verdict, "standing"> & {
    forecast: Pick<Verdict["forecast"], "expected" | "because">;
  },
): ProgressCode | null {
  if (because === "reached") return "mastered";
  if (standing === "unknown") return null;
  if (standing === "onTrack" || expected === "yes") return "onTrack";
  if (fractionOfTheWay === null) return null;
  return fractionOfTheWay >= SOME_OF_THE_WAY ? "someProgress" : "noProgress";
}
