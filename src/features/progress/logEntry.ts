/** What is on the log sheet: kept while it is being filled in, across reloads, until it is logged. */
import type { GoalMeasurement, Measurement } from "../../../convex/domain/progress/shape";
import { newClientMutationId } from "../../lib/uniqueId";

export interface LogEntry {
  /** Made when the sheet begins: however often it is sent, it is logged once. */
  clientMutationId: string;
  /** Correct and incorrect taps; a plain number for the other kinds; null while nothing is entered. */
  correct: number;
  incorrect: number;
  value: number | null;
  /** When the running timer was started (ms UTC); the seconds before that are in `value`. */
  runningSince: number | null;
  /** "" for today, whatever day that becomes. */
  date: string;
  settingType: string;
  promptLevel: string;
  observationNotes: string;
}

export function newEntry(usual: { settingType: string; promptLevel: string }): LogEntry {
  return {
    clientMutationId: newClientMutationId(),
    ...{ correct: 0, incorrect: 0, value: null, runningSince: null, date: "" },
    ...usual,
    observationNotes: "",
  };
}

/** Seconds on the timer at an instant (ms UTC). */
export function timerSeconds({ value, runningSince }: LogEntry, now: number): number {
  const running = runningSince === null ? 0 : Math.max(0, now - runningSince) / 1000;
  return (value ?? 0) + running;
}

/** Starts or stops the timer. */
export function toggleTimer(entry: LogEntry, now: number): LogEntry {
  return entry.runningSince === null
    ? { ...entry, runningSince: now }
    : { ...entry, runningSince: null, value: Math.round(timerSeconds(entry, now)) };
}

/** The observation on the sheet, or null as long as there is none. */
export function observationOf(
  entry: LogEntry,
  { kind }: GoalMeasurement,
  now: number,
): Measurement | null {
  const { correct, incorrect, value } = entry;
  switch (kind) {
    case "trials":
      return correct + incorrect === 0 ? null : { kind, correct, total: correct + incorrect };
    case "duration": {
      const seconds = Math.round(timerSeconds(entry, now));
      return value === null && entry.runningSince === null ? null : { kind, seconds };
    }
    case "percent":
      return value === null ? null : { kind, percent: value };
    case "count":
      return value === null ? null : { kind, count: value };
    case "rating":
      return value === null ? null : { kind, level: value };
  }
}
