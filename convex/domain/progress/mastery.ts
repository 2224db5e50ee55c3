/**
 * What a goal's data say about its mastery criterion, with the entries that counted: a team, a parent or a hearing
 * officer can follow the decision entry by entry. Marks such as "absent" are no entries and never come here.
 */
import { addDays, compareDates, daysBetween } from "../calendar/calendarDate";
import type { MasteryCriterion } from "./criterion";
import { PROMPT_LEVELS, type PromptLevel } from "./shape";

export interface MasteryEntry {
  id: string;
  date: string;
  /** The charted number. */
  value: number;
  /** Of kinds of measurement that have trials. */
  trials?: { correct: number; total: number };
  /** Each trial in its order, where it was taken down. */
  sequence?: readonly boolean[];
  promptLevel?: string;
  setting: string;
  adult: string;
}

export type NotCounted = "tooFewTrials" | "noTrials" | "tooMuchHelp" | "helpUnknown";

/** What the criterion counts: an entry, or those of a day or week together. */
export interface MasteryUnit {
  date: string;
  ids: string[];
  value: number;
  reaches: boolean;
}

export interface MasteryResult {
  status: "met" | "notMet" | "notEnoughData";
  /** When it was first met; of a criterion for the last ones, since when it has been met without a break. */
  metOn: string | null;
  /** The entries looked at: those of the window that met it, else the newest window. */
  window: MasteryUnit[];
  /** Of the window, those that reach the level (of a consecutive criterion, its longest run). */
  reached: number;
  needed: number;
  /** Different settings and adults among those that reach it. */
  settings: number;
  adults: number;
  notCounted: { id: string; date: string; reason: NotCounted }[];
}

const rank = (level: string) => PROMPT_LEVELS.indexOf(level as PromptLevel);

/** Why an entry does not count, or null. What nobody noted is unknown, and not taken for independent. */
function reasonAgainst(entry: MasteryEntry, criterion: MasteryCriterion): NotCounted | null {
  const { minTrials, maxPromptLevel, of, alsoWithinTrials, outOf } = criterion;
  const total = entry.sequence?.length ?? entry.trials?.total;
  const needsTrials = minTrials !== undefined || of === "trials" || alsoWithinTrials;
  if (needsTrials && total === undefined) return "noTrials";
  const least = Math.max(minTrials ?? 0, of === "trials" ? outOf : 0);
  if (total !== undefined && total < least) return "tooFewTrials";
  if (maxPromptLevel === undefined) return null;
  if (entry.promptLevel === undefined || rank(entry.promptLevel) < 0) return "helpUnknown";
  return rank(entry.promptLevel) > rank(maxPromptLevel) ? "tooMuchHelp" : null;
}

/** Percentages come from divisions: 80 % is reached by 4 of 5 whatever the machine's last digit says. */
const CLOSE = 1e-9;

function reachesLevel(value: number, { comparator, level }: MasteryCriterion): boolean {
  const room = CLOSE * Math.max(1, Math.abs(level));
  return comparator === "atLeast" ? value >= level - room : value <= level + room;
}

/** Whether, of some trials, enough are as they should be: `met` of `outOf`, in a row where the criterion says so. */
function reachesWithin(entry: MasteryEntry, criterion: MasteryCriterion): boolean {
  const { met, outOf, consecutive, window, comparator } = criterion;
  const { sequence } = entry;
  if (sequence !== undefined && sequence.length >= outOf) {
    // A goal to have fewer of something counts the trials without it.
    const good = sequence.map((correct) => (comparator === "atLeast" ? correct : !correct));
    return windowsOf(good, { outOf, window }).some(
      (part) => countReached(part, consecutive) >= met,
    );
  }
  const trials =
    sequence === undefined
      ? entry.trials
      : { correct: sequence.filter(Boolean).length, total: sequence.length };
  if (trials === undefined || trials.total === 0) return false;
  const good = comparator === "atLeast" ? trials.correct : trials.total - trials.correct;
  // Without their order, a row is only sure where all are correct.
  return consecutive
    ? good === trials.total && trials.total >= met
    : good * outOf >= met * trials.total;
}

/** The longest row, or all. */
function countReached(part: readonly boolean[], consecutive: boolean): number {
  if (!consecutive) return part.filter(Boolean).length;
  let [longest, row] = [0, 0];
  for (const reached of part) {
    row = reached ? row + 1 : 0;
    longest = Math.max(longest, row);
  }
  return longest;
}

/** The last `outOf`, or every `outOf` that follow each other; fewer where there are fewer. */
function windowsOf<T>(
  items: readonly T[],
  { outOf, window }: Pick<MasteryCriterion, "outOf" | "window">,
): T[][] {
  if (items.length <= outOf) return items.length === 0 ? [] : [[...items]];
  if (window === "last") return [items.slice(-outOf)];
  return Array.from({ length: items.length - outOf + 1 }, (_, start) =>
    items.slice(start, start + outOf),
  );
}

type Counted = MasteryUnit & { entries: MasteryEntry[] };

/** Monday of the week. */
const weekOf = (date: string) => addDays(date, -(((daysBetween("1970-01-05", date) % 7) + 7) % 7));

/** Entries of one day or week together: trials are added up, other values averaged. */
function together(entries: MasteryEntry[]): number {
  const trials = entries.map(({ trials: of }) => of);
  if (trials.every((of) => of !== undefined)) {
    const total = trials.reduce((sum, of) => sum + of.total, 0);
    if (total > 0) return (100 * trials.reduce((sum, of) => sum + of.correct, 0)) / total;
  }
  return entries.reduce((sum, { value }) => sum + value, 0) / entries.length;
}

function unitsOf(entries: readonly MasteryEntry[], criterion: MasteryCriterion): Counted[] {
  const groups = new Map<string, MasteryEntry[]>();
  for (const entry of entries) {
    const key =
      criterion.of === "days"
        ? entry.date
        : criterion.of === "weeks"
          ? weekOf(entry.date)
          : entry.id;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const single = group.length === 1 && first !== undefined ? first : null;
    const value = single === null ? together(group) : single.value;
    const reaches =
      criterion.of === "trials"
        ? single !== null && reachesWithin(single, criterion)
        : reachesLevel(value, criterion) &&
          (!criterion.alsoWithinTrials || (single !== null && reachesWithin(single, criterion)));
    return {
      date: group.at(-1)?.date ?? "",
      ids: group.map(({ id }) => id),
      value,
      reaches,
      entries: group,
    };
  });
}

interface Found {
  units: Counted[];
  reached: number;
  settings: number;
  adults: number;
  met: boolean;
}

function lookAt(units: Counted[], criterion: MasteryCriterion, needed: number): Found {
  const reached = countReached(
    units.map(({ reaches }) => reaches),
    criterion.consecutive,
  );
  const good = units.filter(({ reaches }) => reaches).flatMap(({ entries }) => entries);
  const settings = new Set(good.map(({ setting }) => setting)).size;
  const adults = new Set(good.map(({ adult }) => adult)).size;
  return {
    ...{ units, reached, settings, adults },
    met:
      reached >= needed &&
      settings >= (criterion.settings ?? 0) &&
      adults >= (criterion.adults ?? 0),
  };
}

/** How many entries a criterion looks at, and how many of them have to reach it: of trials, as many as there are places. */
function scaleOf({ of, met, outOf, settings, adults }: MasteryCriterion) {
  if (of !== "trials") return { outOf, needed: met };
  const sessions = Math.max(1, settings ?? 1, adults ?? 1);
  return { outOf: sessions, needed: sessions };
}

/**
 * @param entries valid ones after the baseline, in any order; of one date, in the order of entry
 */
export function evaluateMastery(
  criterion: MasteryCriterion,
  entries: readonly MasteryEntry[],
): MasteryResult {
  const ordered = [...entries].sort((a, b) => compareDates(a.date, b.date));
  const notCounted: MasteryResult["notCounted"] = [];
  const counted = ordered.filter((entry) => {
    const reason = reasonAgainst(entry, criterion);
    if (reason !== null) notCounted.push({ id: entry.id, date: entry.date, reason });
    return reason === null;
  });
  const units = unitsOf(counted, criterion);
  const scale = scaleOf(criterion);
  const at = (end: number) =>
    lookAt(units.slice(Math.max(0, end - scale.outOf), end), criterion, scale.needed);
  const ends = units.map((_, index) => index + 1);
  const looked = ends.map(at);
  const since = firstMet(looked, criterion.window);
  const shown = criterion.window === "any" ? looked[since] : undefined;
  const found = shown ?? looked.at(-1) ?? at(0);
  return {
    status: since >= 0 ? "met" : units.length < scale.needed ? "notEnoughData" : "notMet",
    metOn: units[since]?.date ?? null,
    window: found.units.map(({ date, ids, value, reaches }) => ({ date, ids, value, reaches })),
    reached: found.reached,
    needed: scale.needed,
    settings: found.settings,
    adults: found.adults,
    notCounted,
  };
}

/** The first unit at which it was met, or since which it has been met until now; -1 if it is not. */
function firstMet(looked: readonly Found[], window: "last" | "any"): number {
  if (window === "any") return looked.findIndex(({ met }) => met);
  if (looked.at(-1)?.met !== true) return -1;
  return looked.findLastIndex(({ met }) => !met) + 1;
}
