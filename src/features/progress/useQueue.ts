import { useConvex, useConvexConnectionState } from "convex/react";
import { ConvexError } from "convex/values";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { onQueueChange, queued, type QueuedEntry, sendQueue } from "../../lib/offline/queue";
import { type Answer, answerOf } from "../../lib/offline/queueRules";
import { useFormatting } from "../../lib/formatting";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { arrivedHere } from "./awaited";
import type { EntryPayload } from "./queuedEntry";
import { useQueueOwner, useUndoPoint } from "./useEnter";
import { useSendEntry } from "./useSendEntry";

export type WaitingEntry = QueuedEntry<EntryPayload>;

/** How often it is tried again while nothing else happens. */
const AGAIN_MS = 20_000;

/** What waits on this device, oldest first; sent while `sending` and there is a network. */
export function useQueue(sending: boolean): readonly WaitingEntry[] {
  const { userId, membershipId } = useQueueOwner();
  const { isWebSocketConnected } = useConvexConnectionState();
  const [entries, setEntries] = useState<readonly WaitingEntry[]>([]);
  const sender = useSender();
  const send = useEffectEvent((id: string, payload: unknown) =>
    sender(id, payload as EntryPayload),
  );
  useEffect(() => {
    let current = true;
    const owner = { userId, membershipId };
    const look = () => {
      void queued<EntryPayload>(owner)
        .then((found) => {
          if (current) setEntries(found);
        })
        // A browser that keeps nothing has nothing waiting.
        .catch(() => undefined);
    };
    let busy = false;
    let again = false;
    const flush = () => {
      // One that came while others are under way is not in their list.
      again = busy;
      if (busy || !sending || !isWebSocketConnected) return;
      busy = true;
      void sendQueue(owner, (id, payload) => send(id, payload))
        .catch(() => undefined)
        .finally(() => {
          busy = false;
          if (again && current) flush();
        });
    };
    look();
    flush();
    const stop = onQueueChange(() => {
      look();
      flush();
    });
    const timer = setInterval(flush, AGAIN_MS);
    return () => {
      current = false;
      stop();
      clearInterval(timer);
    };
  }, [userId, membershipId, sending, isWebSocketConnected]);
  return entries;
}

function useSender() {
  const { t } = useTranslation("progress");
  const { dateShort } = useFormatting();
  const convex = useConvex();
  const ask = useSendEntry();
  const undo = useUndoPoint();
  return async (id: string, payload: EntryPayload): Promise<Answer> => {
    if (!convex.connectionState().isWebSocketConnected) return { kind: "later" };
    try {
      const pointId = await ask(id, payload);
      if (arrivedHere(id)) {
        const words = {
          name: payload.title,
          value: payload.value,
          date: dateShort(payload.recordedDate),
        };
        if (pointId === null) notifyDone(t("marks.logged", { ...words, mark: payload.value }));
        else
          notifyUndo({
            message: t("log.logged", words),
            undoLabel: t("log.undo"),
            onUndo: () => void undo(pointId),
          });
      }
      return { kind: "sent" };
    } catch (error) {
      return answerOf(error instanceof ConvexError ? error.data : undefined);
    }
  };
}
