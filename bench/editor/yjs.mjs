// The other side: the same editor with Tiptap's own collaboration, over Yjs and Hocuspocus.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import WebSocket from "ws";
import * as Y from "yjs";
import { sectionExtensions } from "../../src/editor/extensions.ts";
import { place } from "./page.mjs";

export async function yjsDevice({ url }) {
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
  return {
    async open(name) {
      const document = new Y.Doc();
      let provider;
      await new Promise((resolve) => {
        provider = new HocuspocusProvider({
          ...{ websocketProvider, name, document, onSynced: resolve },
        });
        provider.attach();
      });
      const editor = new Editor({
        element: place(),
        extensions: [
          ...sectionExtensions().map((extension) =>
            // Undoing is Yjs's own there.
            extension.name === "starterKit"
              ? extension.configure({ ...extension.options, undoRedo: false })
              : extension,
          ),
          Collaboration.configure({ document }),
        ],
      });
      return {
        ...{ editor, hasArrived: () => !provider.hasUnsyncedChanges },
        close: () => {
          editor.destroy();
          provider.destroy();
          document.destroy();
        },
      };
    },
    close: () => websocketProvider.destroy(),
  };
}
