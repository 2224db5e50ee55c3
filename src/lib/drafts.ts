/**
 * What somebody types is kept on this device until it is saved: a reload, a lost connection or an expired session loses
 * nothing. Drafts belong to one person; signing out by choice removes that person's drafts.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useUserId } from "./session";

const PREFIX = "trellis.draft.";

/** Where something of one person is kept on this device until that person signs out. */
export const draftKey = (userId: string, name: string): string => `${PREFIX}${userId}.${name}`;

/** Shared devices: what one person typed is not for the next one. */
export function removeDrafts(userId: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(draftKey(userId, ""))) localStorage.removeItem(key);
}

function read(key: string): unknown {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? null : JSON.parse(stored);
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: the form still works, only without a net.
  }
}

/**
 * @param key names the form and what it is about
 * @param initial when nothing is kept
 */
export function useDraft<T>(
  key: string,
  initial: T,
): [
  value: T,
  set: (value: T | ((before: T) => T)) => void,
  draft: { clear: () => void; restored: boolean },
] {
  const stored = draftKey(useUserId(), key);
  const [{ value, restored }, setState] = useState(() => {
    const kept = read(stored) as T | null;
    return { value: kept ?? initial, restored: kept !== null };
  });
  const touched = useRef(restored);
  useEffect(() => {
    if (touched.current) write(stored, value);
  }, [stored, value]);
  const set = useCallback((next: T | ((before: T) => T)) => {
    touched.current = true;
    setState((before) => ({
      ...before,
      value: typeof next === "function" ? (next as (before: T) => T)(before.value) : next,
    }));
  }, []);
  const clear = useCallback(() => {
    touched.current = false;
    localStorage.removeItem(stored);
    setState({ value: initial, restored: false });
  }, [stored, initial]);
  return [value, set, { clear, restored }];
}
