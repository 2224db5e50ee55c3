import type { FunctionReturnType } from "convex/server";
import { useQuery } from "convex/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { type Caret, colorOf } from "../../../editor/people";
import { useMutation } from "../../../lib/mutation";

export type Present = FunctionReturnType<typeof api.collaboration.getDocumentEditors>[number];

/** The server takes a window for gone after half a minute without a word. */
const WORD_MS = 10_000;
/** Carets are said no more often. */
const PAUSE_MS = 350;

interface Said {
  clientId: string;
  sectionId: Id<"iepSections">;
  caret: Caret | null;
}

/** Tells the others where this window is, and where they are. */
export function usePresence(iepId: Id<"ieps">, sectionId: Id<"iepSections"> | null) {
  const update = useMutation(api.collaboration.updateDocumentPresence);
  const leave = useMutation(api.collaboration.leaveDocument);
  const said = useRef<Said | null>(null);
  const [clientId, setClientId] = useState<string | null>(null);
  const sender = useRef({ busy: false, again: false });

  const send = useCallback(() => {
    const state = sender.current;
    const place = said.current;
    if (place === null || !navigator.onLine) return;
    if (state.busy) {
      state.again = true;
      return;
    }
    state.busy = true;
    const { caret, ...where } = place;
    void update({ iepId, ...where, ...(caret === null ? {} : { caret }) })
      // Whoever may no longer is told so by the page itself.
      .catch(() => undefined)
      .then(() => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)))
      .finally(() => {
        state.busy = false;
        if (!state.again) return;
        state.again = false;
        send();
      });
  }, [iepId, update]);

  const onPlace = useCallback(
    (window: string, caret: Caret | null) => {
      if (sectionId === null) return;
      const before = said.current;
      if (before !== null && before.clientId !== window)
        void leave({ iepId, clientId: before.clientId }).catch(() => undefined);
      said.current = { clientId: window, sectionId, caret };
      setClientId(window);
      send();
    },
    [iepId, leave, sectionId, send],
  );

  useEffect(() => {
    const timer = setInterval(send, WORD_MS);
    const go = () => {
      const place = said.current;
      if (place !== null) void leave({ iepId, clientId: place.clientId }).catch(() => undefined);
    };
    // A window that is closed is not shown as one more of the same person after a reload.
    addEventListener("pagehide", go);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", go);
      go();
      said.current = null;
    };
  }, [iepId, leave, send]);

  const rows = useQuery(api.collaboration.getDocumentEditors, { iepId });
  return { rows, onPlace, clientId };
}

/**
 * The other windows in one section, as its editor shows them. Among them a person's own: there they are under the name
 * that the window has given itself, as the server names their steps.
 */
export function usePeers(
  rows: readonly Present[] | undefined,
  self: { userId: Id<"users">; clientId: string | null; ownName: string },
  sectionId: Id<"iepSections"> | null,
) {
  const { userId, clientId: window, ownName } = self;
  return useMemo(
    () =>
      (rows ?? [])
        .filter((row) => row.sectionId === sectionId)
        .map(({ clientId, name, userId: person, caret }) => ({
          ...{ caret, color: colorOf(person), isOwn: person === userId },
          ...(person === userId
            ? { clientId: clientId.slice(`${person}/`.length), name: ownName }
            : { clientId, name }),
        }))
        // Until this window has a name, none of the person's is known to be another.
        .filter(({ isOwn, clientId }) => !isOwn || (window !== null && clientId !== window)),
    [rows, userId, window, ownName, sectionId],
  );
}
