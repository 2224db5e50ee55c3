/**
 * Backup codes that were just made, until the person says that they are kept. Not in a component: confirming the second
 * factor begins a new session, and with it every component of the page anew; and the codes are shown only once.
 */
import { useSyncExternalStore } from "react";

interface FreshCodes {
  userId: string;
  codes: readonly string[];
}

let fresh: FreshCodes | null = null;
const listeners = new Set<() => void>();

export function keepFreshCodes(next: FreshCodes | null): void {
  fresh = next;
  for (const listener of listeners) listener();
}

/** Null if there are none to show to this person. */
export function useFreshCodes(userId: string): readonly string[] | null {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => fresh,
  );
  return current?.userId === userId ? current.codes : null;
}
