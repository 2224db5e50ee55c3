/** The versions of a section that can be compared: what it said after, and before, each while of somebody's writing. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../../convex/_generated/api";

export type Edit = FunctionReturnType<typeof api.sectionHistory.listEdits>["page"][number];

export interface VersionEnd {
  version: number;
  /** Whose writing it is the end of, or, of a beginning, whose writing followed. */
  name: string;
  at: number;
  side: "after" | "before";
  /** The version whose text was taken up again. */
  restored: number | null;
}

/** Newest first, each version once: what somebody's writing led to says more than what it began with. */
export function versionEnds(edits: readonly Edit[]): VersionEnd[] {
  const ends = new Map<number, VersionEnd>();
  for (const { firstVersion, authorName: name, startedAt } of edits)
    ends.set(firstVersion, {
      ...{ version: firstVersion, name, at: startedAt, side: "before", restored: null },
    });
  for (const { lastVersion, authorName: name, lastAt, restoredVersion: restored } of edits)
    ends.set(lastVersion, { version: lastVersion, name, at: lastAt, side: "after", restored });
  return [...ends.values()].sort((a, b) => b.version - a.version);
}

/** The nearest one that is listed: while somebody writes on, the end of their writing goes along. */
export const nearest = (ends: readonly VersionEnd[], version: number): VersionEnd | undefined =>
  ends.find((end) => end.version <= version) ?? ends.at(-1);
