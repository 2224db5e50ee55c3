/** How a goal stands at the end of a period, as report cards have it: one of five words. */
import type { ProgressSummary } from "../progress/summary";
import type { Forecast } from "./forecast";

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
  summary: Pick<ProgressSummary, "count" | "fractionOfTheWay" | "latestAgainstAimLine">,
  { expected, because }: Pick<Forecast, "expected" | "because">,
): ProgressCode | null {
  if (because === "reached") return "mastered";
  if (summary.count === 0 || because === "oldData") return null;
  if (expected === "yes") return "onTrack";
  const fraction = summary.fractionOfTheWay;
  if (fraction === null) return null;
  if (expected === "unsure" && summary.latestAgainstAimLine !== "behind") return "onTrack";
  return fraction >= SOME_OF_THE_WAY ? "someProgress" : "noProgress";
}
