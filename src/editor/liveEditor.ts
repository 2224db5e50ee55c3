/**
 * One open section: the editor, what keeps it in step with the server, what keeps unsent words on this device, and the
 * others' carets. No React: a component only shows it.
 */
import { Editor, Extension } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import { collab, getVersion, sendableSteps } from "prosemirror-collab";
import type { Caret } from "./people";
import { CaretBook, caretPlugin, type Peer, placeCarets } from "./carets";
import { commentPlugin } from "./comments/commentPlugin";
import { sectionExtensions } from "./extensions";
import { guardPlugin, isAllowed, TYPED_BEFORE, type Writer } from "./othersSuggestions";
import {
  deliverPending,
  type OpenedSection,
  type ReadingServer,
  replay,
  unsentOf,
} from "./openSection";
import { keepPending, nameOf } from "./pendingSteps";
import { allowSuggesting, suggestionPlugin } from "./suggesting";
import { SectionSync } from "./sectionSync";
import { takeUp } from "./takeUp";

/** Unsent words are kept on the device within so long. */
const KEEP_MS = 400;
/** A comment on what was just typed waits for it no longer. */
const ARRIVAL_MS = 5000;

export interface LiveEvents {
  /** How many changes have not arrived. */
  unsent: (count: number) => void;
  /** Where the caret is, once it can be said in a version that the others know. */
  caret: (caret: Caret | null) => void;
  /** The server takes no more of it; what was typed is kept here. */
  refused: (error: unknown) => void;
  isFinal: (error: unknown) => boolean;
  /** Something would have decided about another person's suggestion, and was left out. */
  leftOut: () => void;
}
/** What the list of comments hears of the text. */
export interface TalkEvents {
  /** The keys for a comment were pressed. */
  asked: () => void;
  /** A passage that is talked about was clicked. */
  clicked: (threadId: string) => void;
}
interface Options {
  element: HTMLElement;
  server: ReadingServer;
  opened: OpenedSection;
  userId: string;
  /** Accepts and rejects what others suggest. */
  decides: boolean;
  sectionId: string;
  editable: boolean;
  label: string;
  placeholder: string;
  events: LiveEvents;
}

export class LiveEditor {
  readonly editor: Editor;
  readonly #sync: SectionSync;
  readonly #book = new CaretBook();
  #peers: readonly Peer[] = [];
  #talk: TalkEvents | null = null;
  readonly #arrivals = new Set<(arrived: boolean) => void>();
  #kept: Promise<void> = Promise.resolve();
  #keeping: ReturnType<typeof setTimeout> | undefined;

  #writer: Writer;

  constructor(private readonly options: Options) {
    this.#writer = { userId: options.userId, decides: options.decides };
    const { element, opened, editable, label, placeholder, server, events } = options;
    const { clientId, version, content, pending } = opened;
    this.editor = new Editor({
      ...{ element, editable, content },
      extensions: [
        ...sectionExtensions(),
        Placeholder.configure({ placeholder }),
        Extension.create({
          name: "together",
          addProseMirrorPlugins: () => [
            collab({ version, clientID: clientId }),
            caretPlugin,
            suggestionPlugin(),
            guardPlugin(() => this.#writer, events.leftOut),
            commentPlugin((threadId) => this.#talk?.clicked(threadId)),
          ],
          addKeyboardShortcuts: () => ({
            "Mod-Alt-m": () => {
              this.#talk?.asked();
              return true;
            },
          }),
        }),
      ],
      editorProps: {
        attributes: {
          ...{ role: "textbox", "aria-multiline": "true", "aria-label": label, dir: "auto" },
          ...(editable ? {} : { "aria-readonly": "true" }),
        },
      },
    });
    allowSuggesting(this.editor, options.userId);
    if (pending.length > 0)
      this.editor.view.dispatch(replay(this.editor.state, pending).setMeta(TYPED_BEFORE, true));
    const { editor } = this;
    this.#sync = new SectionSync(
      {
        get state() {
          return editor.state;
        },
        dispatch: (transaction) => {
          editor.view.dispatch(transaction);
        },
        takeUp: () => takeUp(editor.view),
      },
      server,
      clientId,
      {
        received: (steps, clientIds, from) => {
          this.#book.received(steps, clientIds, from);
          this.#place();
        },
        settled: () => {
          // The answer that everything arrived changes no word of the document.
          this.#tellUnsent();
          this.#tellCaret();
          for (const tell of this.#arrivals) tell(true);
        },
        failed: (error) => {
          if (!events.isFinal(error)) return false;
          events.refused(error);
          return true;
        },
        allowed: (before, after) => isAllowed(this.#writer, before, after),
        leftOut: events.leftOut,
      },
    );
    editor.on("transaction", ({ transaction }) => {
      if (!transaction.docChanged) return;
      this.#tellUnsent();
      this.#keepSoon();
      void this.#sync.sync();
    });
    editor.on("selectionUpdate", () => {
      this.#tellCaret();
    });
    editor.on("focus", () => {
      this.#tellCaret();
    });
    editor.on("blur", () => {
      events.caret(null);
    });
    addEventListener("pagehide", this.keep);
    document.addEventListener("visibilitychange", this.keep);
    this.#tellUnsent();
    this.#sync.start();
  }

  /** Who else is in the section, and where they said that they are. */
  setPeers(peers: readonly (Peer & { caret: Caret | null })[]): void {
    for (const { clientId, caret } of peers) if (caret !== null) this.#book.said(clientId, caret);
    this.#peers = peers;
    this.#place();
  }

  setDecides(decides: boolean): void {
    this.#writer = { ...this.#writer, decides };
  }

  setTalk(talk: TalkEvents | null): void {
    this.#talk = talk;
  }

  /** What is selected on the screen, from start to end. */
  selected(): { from: number; to: number } {
    takeUp(this.editor.view);
    const { from, to } = this.editor.state.selection;
    return { from, to };
  }

  /** Waits a little until all that was typed has arrived. @returns false: it has not */
  arrived(): Promise<boolean> {
    if (sendableSteps(this.editor.state) === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      const tell = (arrived: boolean) => {
        clearTimeout(waiting);
        this.#arrivals.delete(tell);
        resolve(arrived);
      };
      const waiting = setTimeout(() => tell(false), ARRIVAL_MS);
      this.#arrivals.add(tell);
    });
  }

  /** A passage as the server can find it. To be called when everything has arrived. */
  inVersion(
    passage: { from: number; to: number } | null,
  ): { version: number; from: number; to: number } | null {
    if (passage === null) return null;
    const { from, to } = passage;
    return { version: getVersion(this.editor.state), from, to };
  }

  setEditable(editable: boolean): void {
    this.editor.setEditable(editable, false);
  }

  /** Keeps what has not arrived, now. */
  readonly keep = (): void => {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (this.editor.isDestroyed) return;
    const { userId, sectionId, opened } = this.options;
    const { clientId } = opened;
    const unsent = unsentOf(this.editor.state);
    this.#kept = keepPending({
      ...{ name: nameOf(userId, sectionId, clientId), userId, sectionId, clientId },
      ...unsent,
    }).catch(() => {
      // A device that keeps nothing: what is typed is sent as long as the page is open.
    });
  };

  destroy(): void {
    this.keep();
    removeEventListener("pagehide", this.keep);
    document.removeEventListener("visibilitychange", this.keep);
    this.#sync.stop();
    this.editor.destroy();
    const { opened, server, sectionId } = this.options;
    // What has not arrived is sent without the editor.
    void this.#kept
      .then(() => {
        opened.release();
        return deliverPending(server, { ...this.#writer, sectionId });
      })
      .catch(() => undefined);
  }

  /** Not at every key: what is typed within it is kept together. */
  #keepSoon(): void {
    this.#keeping ??= setTimeout(this.keep, KEEP_MS);
  }

  #tellUnsent(): void {
    this.options.events.unsent(sendableSteps(this.editor.state)?.steps.length ?? 0);
  }

  #tellCaret(): void {
    const { state, isFocused } = this.editor;
    if (!isFocused || sendableSteps(state) !== null) return;
    const { anchor, head } = state.selection;
    this.options.events.caret({ version: getVersion(state), anchor, head });
  }

  #place(): void {
    if (this.editor.isDestroyed) return;
    takeUp(this.editor.view);
    this.editor.view.dispatch(placeCarets(this.editor.state, this.#book, this.#peers));
  }
}
