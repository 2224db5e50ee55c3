/**
 * One field that is saved while somebody types, and shows what others save. Whoever saves says from what they began; if
 * somebody else changed the same field meanwhile, both values are shown and the person chooses.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import type { FieldValue } from "../../../../convex/domain/ieps/fields";
import { useDraft } from "../../../lib/drafts";

/** After the last key. */
const PAUSE = 700;

export type LiveState = "idle" | "typing" | "saving" | "saved" | "conflict" | "failed";
export interface LiveField {
  value: FieldValue;
  state: LiveState;
  error: unknown;
  /** @param now choices are saved at once */
  set: (value: FieldValue, now?: boolean) => void;
  flush: () => void;
  /** Only in a conflict. */
  keepTheirs: () => void;
  keepMine: () => void;
  /** Back to what the field said before this person's last save; null if there is nothing to take back. */
  undo: (() => void) | null;
}

interface Draft {
  value: FieldValue;
  base: FieldValue;
}

export function useLiveField({
  key,
  saved,
  editable,
  save,
  isConflict,
}: {
  /** Names the field: what is not saved yet is kept under it. */
  key: string;
  saved: FieldValue;
  editable: boolean;
  save: (base: FieldValue, value: FieldValue) => Promise<unknown>;
  isConflict: (error: unknown) => boolean;
}): LiveField {
  const [kept, keep, { clear }] = useDraft<Draft | null>(key, null);
  // What could not be saved before a plan was closed is no word of that plan.
  const draft = editable ? kept : null;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [last, setLast] = useState<{ before: FieldValue; after: FieldValue } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const current = useRef(draft);
  const running = useRef(false);

  const change = useCallback(
    (next: Draft | null) => {
      current.current = next;
      if (next === null) clear();
      else keep(next);
    },
    [clear, keep],
  );
  const send = useCallback(async (): Promise<void> => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const sent = current.current;
    if (sent === null || running.current) return;
    if (sent.value === sent.base) {
      change(null);
      return;
    }
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await save(sent.base, sent.value);
      setLast({ before: sent.base, after: sent.value });
      const typed = current.current?.value;
      change(
        typed === undefined || typed === sent.value ? null : { value: typed, base: sent.value },
      );
    } catch (failure) {
      setError(failure);
    }
    running.current = false;
    setBusy(false);
    // What was typed while the former save was under way.
    if (current.current !== null && current.current.base === sent.value) void send();
  }, [change, save]);
  const latestSend = useRef(send);
  useEffect(() => {
    latestSend.current = send;
  }, [send]);
  // Whoever leaves the page loses nothing, nor whoever's session ended before it was saved.
  useEffect(() => {
    void latestSend.current();
    return () => void latestSend.current();
  }, []);

  const changedMeanwhile = draft !== null && !busy && saved !== draft.base && saved !== draft.value;
  const conflict = changedMeanwhile || (error !== null && isConflict(error));
  const set = (value: FieldValue, now = false) => {
    setError(null);
    change({ value, base: draft === null ? saved : draft.base });
    if (timer.current !== null) clearTimeout(timer.current);
    if (changedMeanwhile) return;
    timer.current = setTimeout(() => void latestSend.current(), now ? 0 : PAUSE);
  };
  return {
    value: draft === null ? saved : draft.value,
    state: stateOf({ draft, busy, conflict, failed: error !== null, saved, last }),
    error: conflict ? null : error,
    set,
    flush: () => {
      if (draft !== null && !conflict) void send();
    },
    keepTheirs: () => {
      setError(null);
      change(null);
    },
    keepMine: () => {
      if (draft === null) return;
      change({ value: draft.value, base: saved });
      void send();
    },
    undo:
      last !== null && draft === null && saved === last.after
        ? () => {
            change({ value: last.before, base: saved });
            void send().then(() => {
              setLast(null);
            });
          }
        : null,
  };
}

function stateOf({
  draft,
  busy,
  conflict,
  failed,
  saved,
  last,
}: {
  draft: Draft | null;
  busy: boolean;
  conflict: boolean;
  failed: boolean;
  saved: FieldValue;
  last: { after: FieldValue } | null;
}): LiveState {
  if (conflict) return "conflict";
  if (failed) return "failed";
  if (busy) return "saving";
  if (draft !== null) return "typing";
  return last !== null && last.after === saved ? "saved" : "idle";
}
