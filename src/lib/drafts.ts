/**
 * What somebody types is kept on this device until it is saved: a reload, a lost connection or an expired session loses
 * nothing. Drafts belong to one person; signing out by choice removes that person's drafts.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { draftKey } from "./draftKeys";
import { useUserId } from "./session";

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

/** What is kept, and what the form said before anything was typed. */
interface Kept<T> {
  value: T;
  from: T;
}

interface State<T> {
  /** What is shown, if anything was typed. */
  kept: Kept<T> | null;
  /** It is kept on the device, too. */
  keeps: boolean;
  restored: boolean;
}
const NOTHING = { kept: null, keeps: false, restored: false };

const untouched = <T>(now: T): Kept<T> => ({ value: now, from: now });

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What a form shows while what it is about may change: what was typed, and in the fields that were left alone what is
 * saved by now. `overwrites`: somebody else changed a field meanwhile that was changed here, too.
 */
export function mergeDraft<T>({ value, from }: Kept<T>, now: T): Kept<T> & { overwrites: boolean } {
  if (!isFields(value) || !isFields(from) || !isFields(now)) {
    if (same(value, from)) return { ...untouched(now), overwrites: false };
    const overwrites = !same(from, now) && !same(value, now);
    return { value, from: overwrites ? from : now, overwrites };
  }
  const typed = [...new Set([...Object.keys(value), ...Object.keys(from)])].filter(
    (name) => !same(value[name], from[name]),
  );
  const overwrites = typed.some(
    (name) => !same(from[name], now[name]) && !same(value[name], now[name]),
  );
  const merged = { ...now, ...Object.fromEntries(typed.map((name) => [name, value[name]])) };
  return { value: merged, from: overwrites ? from : now, overwrites };
}

const isKept = <T>(stored: unknown): stored is Kept<T> =>
  isFields(stored) && "value" in stored && "from" in stored;

export interface Draft<T = unknown> {
  /**
   * Saved, or given up by choice.
   * @param shown what the form says from now on; without it, what is saved
   */
  clear: (shown?: T) => void;
  /** Something that was typed before is shown again. */
  restored: boolean;
  /** Saving would replace what somebody else saved meanwhile. */
  overwrites: boolean;
}

/**
 * A form's state that is kept on this device while it is typed. Two tabs with the same form show the same draft.
 * @param key names the form and what it is about
 * @param initial what is saved now; fields that were left alone follow it
 */
export function useDraft<T>(
  key: string,
  initial: T,
): [value: T, set: (value: T | ((before: T) => T)) => void, draft: Draft<T>] {
  const stored = draftKey(useUserId(), key);
  const [{ kept, keeps, restored }, setState] = useState((): State<T> => {
    const found = read(stored);
    return isKept<T>(found) ? { kept: found, keeps: true, restored: true } : NOTHING;
  });
  const { value, overwrites } = useMemo(
    () => (kept === null ? { value: initial, overwrites: false } : mergeDraft(kept, initial)),
    [kept, initial],
  );
  useEffect(() => {
    if (keeps) write(stored, kept);
  }, [stored, kept, keeps]);
  const saved = useRef(initial);
  const typedHere = useRef(false);
  useEffect(() => {
    saved.current = initial;
  });
  // What is typed in another tab is shown here: otherwise whichever is typed in last would replace the other's words.
  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key !== stored) return;
      const found = read(stored);
      if (isKept<T>(found)) setState((before) => ({ ...before, kept: found, keeps: true }));
      // Saved or given up there. What was typed here stays on the screen.
      else setState((before) => (typedHere.current ? { ...before, keeps: false } : NOTHING));
    };
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  }, [stored]);
  const set = useCallback((next: T | ((before: T) => T)) => {
    typedHere.current = true;
    setState((before) => {
      const now = saved.current;
      const shown = before.kept === null ? untouched(now) : mergeDraft(before.kept, now);
      const changed = typeof next === "function" ? (next as (before: T) => T)(shown.value) : next;
      return { ...before, kept: { value: changed, from: shown.from }, keeps: true };
    });
  }, []);
  const clear = useCallback(
    (shown?: T) => {
      typedHere.current = false;
      localStorage.removeItem(stored);
      setState(shown === undefined ? NOTHING : { ...NOTHING, kept: untouched(shown) });
    },
    [stored],
  );
  return [value, set, { clear, restored, overwrites }];
}
