/**
 * Whether a report can go out. Families are owed how each goal stands (34 CFR 300.320(a)(3)): a goal with neither data
 * of the period nor an explanation why there are none says nothing, and holds the report back.
 */
import type { ProgressCode } from "./code";

export interface EntryToCheck {
  goalNumber: number;
  pointsInPeriod: number;
  explanation: string;
  code: ProgressCode | null;
}

export interface Obstacle {
  goalNumber: number;
  reason: "noDataNoExplanation" | "noCode";
}

export function obstacles(entries: readonly EntryToCheck[]): Obstacle[] {
  return entries.flatMap(({ goalNumber, pointsInPeriod, explanation, code }): Obstacle[] => [
    ...(pointsInPeriod === 0 && explanation.trim() === ""
      ? [{ goalNumber, reason: "noDataNoExplanation" as const }]
      : []),
    ...(code === null ? [{ goalNumber, reason: "noCode" as const }] : []),
  ]);
}
