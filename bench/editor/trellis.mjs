// The product's side: its own editor with its own synchronization, over the official client.
import { ConvexReactClient } from "convex/react";
import { makeFunctionReference } from "convex/server";
import WebSocket from "ws";
import { isFinal, sectionServer } from "../../src/editor/convexServer.ts";
import { LiveEditor } from "../../src/editor/liveEditor.ts";
import { documentAt } from "../../src/editor/openSection.ts";
import { place } from "./page.mjs";

/** @param person as whom the deployment's key speaks */
export async function trellisDevice({ url, adminKey, person, iepId }) {
  const convex = new ConvexReactClient(url, {
    ...{ webSocketConstructor: WebSocket, logger: false, unsavedChangesWarning: false },
  });
  convex.setAdminAuth(adminKey, person);
  await convex.mutation(makeFunctionReference("records:openRecords"), {
    records: [{ table: "ieps", id: iepId }],
  });
  return {
    /** Opens a section: its text is read, and shown by an editor. */
    async open(sectionId) {
      const server = sectionServer(convex, sectionId);
      const { content, version } = await documentAt(server);
      let unsent = 0;
      const live = new LiveEditor({
        ...{ element: place(), server, userId: person.subject, sectionId },
        opened: {
          ...{ clientId: crypto.randomUUID(), version, content, pending: [] },
          release: () => undefined,
        },
        ...{ editable: true, label: "Text", placeholder: "" },
        events: {
          unsent: (count) => (unsent = count),
          caret: () => undefined,
          refused: (error) => {
            throw error;
          },
          isFinal,
        },
      });
      return { editor: live.editor, hasArrived: () => unsent === 0, close: () => live.destroy() };
    },
    close: () => convex.close(),
  };
}
