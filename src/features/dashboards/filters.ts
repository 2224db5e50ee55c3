/** The ways to look at goals: each is a tile, and a list. */
import type { Tone } from "../../ui/StatusBadge";

export const FILTERS = ["offTrack", "watch", "onTrack", "unknown", "quiet", "fired"] as const;
export type Filter = (typeof FILTERS)[number];

const TONES: Record<Filter, Tone> = {
  ...{ offTrack: "late", watch: "watch", onTrack: "good" },
  ...{ unknown: "neutral", quiet: "neutral", fired: "info" },
};
export const filterTone = (filter: Filter): Tone => TONES[filter];

interface Goal {
  standing: "onTrack" | "watch" | "offTrack" | "unknown";
  quiet: boolean;
  asks?: object | undefined;
}
export function matches(goal: Goal, filter: Filter): boolean {
  if (filter === "quiet") return goal.quiet;
  return filter === "fired" ? goal.asks !== undefined : goal.standing === filter;
}
