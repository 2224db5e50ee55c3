import { useConvex } from "convex/react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { enqueue } from "../../lib/offline/queue";
import { useCurrentUser } from "../../lib/session";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { awaitHere } from "./awaited";
import type { EntryPayload } from "./queuedEntry";
import { useSendEntry } from "./useSendEntry";

/** Whose entries wait on this device. */
export function useQueueOwner(): { userId: string; membershipId: string } {
  const { _id, acting } = useCurrentUser();
  return { userId: _id, membershipId: acting?.membershipId ?? "" };
}

/** Keeps an entry on this device before anything else; it is sent from there. Says so where there is no network. */
export function useEnter(): (payload: EntryPayload) => Promise<void> {
  const { t } = useTranslation("progress");
  const { dateShort } = useFormatting();
  const errorText = useErrorText();
  const owner = useQueueOwner();
  const convex = useConvex();
  const send = useSendEntry();
  return async (payload) => {
    const { clientMutationId } = payload.entry;
    try {
      const id = await enqueue(owner, { id: clientMutationId, request: payload.request, payload });
      if (id !== null) awaitHere(id);
    } catch {
      // This browser keeps nothing: then it is sent at once, as far as there is a network.
      try {
        await send(clientMutationId, payload);
      } catch (error) {
        notifyFailed(errorText(error));
      }
      return;
    }
    if (!navigator.onLine || !convex.connectionState().isWebSocketConnected)
      notifyDone(
        t("waiting.saved", {
          name: payload.title,
          value: payload.value,
          date: dateShort(payload.recordedDate),
        }),
      );
  };
}

/** Takes an entry back; it stays on record as taken back. */
export function useUndoPoint(): (pointId: Id<"progressData">) => Promise<void> {
  const { t } = useTranslation("progress");
  const errorText = useErrorText();
  const voidPoint = useMutation(api.progress.voidPoint);
  return useCallback(
    async (pointId) => {
      try {
        await voidPoint({ pointId, reason: "undo" });
        notifyDone(t("log.undone"));
      } catch (error) {
        notifyFailed(errorText(error));
      }
    },
    [voidPoint, t, errorText],
  );
}
