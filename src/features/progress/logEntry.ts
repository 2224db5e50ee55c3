/** What is on the log sheet: kept while it is being filled in, across reloads, until it is logged. */
import type { Mark } from "../../../convex/domain/progress/shape";
import { newClientMutationId } from "../../lib/uniqueId";

/** What taps change, and undo takes back. */
interface Taps {
  /** Correct and incorrect taps of trials. */
  correct: number;
  incorrect: number;
  /** A plain number, or the seconds on the timer before it was started last; null while nothing is entered. */
  value: number | null;
  /** When the running timer was started (ms UTC). */
  runningSince: number | null;
  /** Responses of a rate, words, digits or blanks that were right, points of a work sample. */
  count: number | null;
  errors: number | null;
  possible: number | null;
  /** One after the other: trials, steps, intervals, or the instants of responses; "" where there is none yet. */
  marks: string[];
}

export interface LogEntry extends Taps {
  /** Made when the sheet begins: however often it is sent, it is logged once. */
  clientMutationId: string;
  antecedent: string;
  behavior: string;
  consequence: string;
  /** Why there is no number; "" where there is one. */
  mark: Mark | "";
  /** What the last taps changed, newest last. */
  past: Taps[];
  /** "" for today, whatever day that becomes. */
  date: string;
  settingType: string;
  promptLevel: string;
  observationNotes: string;
}

const NO_TAPS: Taps = {
  ...{ correct: 0, incorrect: 0, value: null, runningSince: null },
  ...{ count: null, errors: null, possible: null, marks: [] },
};

export function newEntry(usual: { settingType: string; promptLevel: string }): LogEntry {
  return {
    ...NO_TAPS,
    clientMutationId: newClientMutationId(),
    ...{ antecedent: "", behavior: "", consequence: "", mark: "", past: [], date: "" },
    ...usual,
    observationNotes: "",
  };
}

/** An entry that an earlier version of the app kept lacks what came later. */
export function completeEntry(kept: Partial<LogEntry>): LogEntry {
  const { settingType = "other", promptLevel = "" } = kept;
  return { ...newEntry({ settingType, promptLevel }), ...kept };
}

const tapsOf = (entry: LogEntry): Taps => ({
  correct: entry.correct,
  incorrect: entry.incorrect,
  value: entry.value,
  runningSince: entry.runningSince,
  count: entry.count,
  errors: entry.errors,
  possible: entry.possible,
  marks: entry.marks,
});

/** More than anybody takes back one by one. */
const REMEMBERED = 50;

/** A tap that can be taken back. */
export function tapped(entry: LogEntry, change: Partial<Taps>): LogEntry {
  const past = [...entry.past, tapsOf(entry)].slice(-REMEMBERED);
  return { ...entry, ...change, mark: "", past };
}

/** The entry as it was before the last tap; itself where there was none. */
export function untapped(entry: LogEntry): LogEntry {
  const before = entry.past.at(-1);
  return before === undefined ? entry : { ...entry, ...before, past: entry.past.slice(0, -1) };
}

/** Seconds on the timer at an instant (ms UTC): a wall clock's, so it runs on while the page is away. */
export function timerSeconds(
  { value, runningSince }: Pick<LogEntry, "value" | "runningSince">,
  now: number,
): number {
  const running = runningSince === null ? 0 : Math.max(0, now - runningSince) / 1000;
  return (value ?? 0) + running;
}

/** Starts or stops the timer. */
export function toggleTimer(entry: LogEntry, now: number): LogEntry {
  return tapped(
    entry,
    entry.runningSince === null
      ? { runningSince: now }
      : { runningSince: null, value: Math.round(timerSeconds(entry, now)) },
  );
}
