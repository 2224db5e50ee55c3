/**
 * Entries that an earlier version of the app kept beside the drafts when they failed to be sent. Nothing is added to them
 * any more (`lib/offline/queue`): each is on its goal's sheet again, and leaves once it is logged or discarded.
 */
import { draftKey } from "../../lib/draftKeys";
import { completeEntry, type LogEntry } from "./logEntry";

/** Whose entries, for which goal. */
export interface Place {
  userId: string;
  goalId: string;
}

const key = ({ userId, goalId }: Place) => draftKey(userId, `log.${goalId}.unsent`);

function read(place: Place): Partial<LogEntry>[] {
  try {
    return JSON.parse(localStorage.getItem(key(place)) ?? "[]") as Partial<LogEntry>[];
  } catch {
    return [];
  }
}

/** The oldest of them, or null. */
export function firstUnsent(place: Place): LogEntry | null {
  const [first] = read(place);
  return first === undefined ? null : completeEntry(first);
}

export function forgetUnsent(place: Place, clientMutationId: string): void {
  const rest = read(place).filter((entry) => entry.clientMutationId !== clientMutationId);
  if (rest.length === 0) localStorage.removeItem(key(place));
  else localStorage.setItem(key(place), JSON.stringify(rest));
}
