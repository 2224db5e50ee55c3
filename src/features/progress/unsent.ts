/**
 * Entries on their way to the server. An entry that was sent is no draft any more: the next observation of the goal
 * begins with an identity of its own, for the server takes a second one of the same identity for the first. What has no
 * answer yet survives a reload here, and what failed is on the sheet again.
 */
import { draftKey } from "../../lib/drafts";
import type { LogEntry } from "./logEntry";

/** Whose entries, for which goal. */
export interface Place {
  userId: string;
  goalId: string;
}

/** Waiting for an answer in this window; after a reload nobody waits any more. */
const awaited = new Set<string>();

const key = ({ userId, goalId }: Place) => draftKey(userId, `log.${goalId}.unsent`);

function read(place: Place): LogEntry[] {
  try {
    return JSON.parse(localStorage.getItem(key(place)) ?? "[]") as LogEntry[];
  } catch {
    return [];
  }
}

function write(place: Place, entries: readonly LogEntry[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(key(place));
    else localStorage.setItem(key(place), JSON.stringify(entries));
  } catch {
    // A full or forbidden storage: what is sent is still sent, only without a net.
  }
}

/** Keeps an entry from now until its answer. */
export function keepUntilAnswered(place: Place, entry: LogEntry): void {
  awaited.add(entry.clientMutationId);
  forgetUnsent(place, entry.clientMutationId);
  write(place, [...read(place), entry]);
}

/** The answer: what is logged is forgotten, what failed stays for another try. */
export function settle(place: Place, entry: LogEntry, logged: boolean): void {
  awaited.delete(entry.clientMutationId);
  if (logged) forgetUnsent(place, entry.clientMutationId);
}

export function forgetUnsent(place: Place, clientMutationId: string): void {
  write(
    place,
    read(place).filter((entry) => entry.clientMutationId !== clientMutationId),
  );
}

/** The oldest entry that nobody waits for any more, or null. */
export function firstUnsent(place: Place): LogEntry | null {
  return read(place).find(({ clientMutationId }) => !awaited.has(clientMutationId)) ?? null;
}
