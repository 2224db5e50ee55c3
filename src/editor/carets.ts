/**
 * Where the others' carets are. A caret is said for a version of the document; until the next one is said it moves with
 * the text. Whoever types needs to say nothing: their caret is where their last step ended.
 */
import type { Caret } from "./people";
import { getVersion, sendableSteps } from "prosemirror-collab";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Mapping, type Step, type StepMap } from "@tiptap/pm/transform";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

export interface Peer {
  clientId: string;
  name: string;
  color: string;
}
interface Placed extends Peer {
  anchor: number;
  head: number;
}

/** Changes whose effect on a caret is remembered. */
const REMEMBERED = 1000;

/** What is known of the others' carets, in versions of the server. */
export class CaretBook {
  readonly #maps = new Map<number, StepMap>();
  readonly #carets = new Map<string, Caret>();

  /** @param version before the first of the steps */
  received(steps: readonly Step[], clientIds: readonly string[], version: number): void {
    steps.forEach((step, index) => {
      const map = step.getMap();
      const after = version + index + 1;
      this.#maps.set(after, map);
      this.#maps.delete(after - REMEMBERED);
      const end = endOf(map);
      const clientId = clientIds[index];
      if (end !== null && clientId !== undefined)
        this.#carets.set(clientId, { version: after, anchor: end, head: end });
    });
  }

  /** What somebody said; it counts unless a later step of theirs is known. */
  said(clientId: string, caret: Caret): void {
    const known = this.#carets.get(clientId);
    if (known === undefined || known.version <= caret.version) this.#carets.set(clientId, caret);
  }

  /** In the document as it is here, with what has not arrived yet; null: not known, or of a version still to come. */
  place(clientId: string, state: EditorState): { anchor: number; head: number } | null {
    const caret = this.#carets.get(clientId);
    const version = getVersion(state);
    if (caret === undefined || caret.version > version) return null;
    const mapping = new Mapping();
    for (let at = caret.version + 1; at <= version; at += 1) {
      const map = this.#maps.get(at);
      if (map === undefined) return null;
      mapping.appendMap(map);
    }
    for (const step of sendableSteps(state)?.steps ?? []) mapping.appendMap(step.getMap());
    const within = (pos: number) =>
      Math.max(0, Math.min(mapping.map(pos, -1), state.doc.content.size));
    return { anchor: within(caret.anchor), head: within(caret.head) };
  }
}

/** The end of what a step put in; null if it changed no text. */
function endOf(map: StepMap): number | null {
  let end: number | null = null;
  map.forEach((_from, _to, _newFrom, newTo) => {
    end = newTo;
  });
  return end;
}

const key = new PluginKey<DecorationSet>("carets");

/** Shows carets and selections; between two placings they move with the text. */
export const caretPlugin = new Plugin<DecorationSet>({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (transaction, decorations) => {
      const placed = transaction.getMeta(key) as Placed[] | undefined;
      if (placed === undefined) return decorations.map(transaction.mapping, transaction.doc);
      return DecorationSet.create(transaction.doc, placed.flatMap(decorate));
    },
  },
  props: { decorations: (state) => key.getState(state) },
});

export function placeCarets(
  state: EditorState,
  book: CaretBook,
  peers: readonly Peer[],
): Transaction {
  const placed = peers.flatMap((peer) => {
    const place = book.place(peer.clientId, state);
    return place === null ? [] : [{ ...peer, ...place }];
  });
  return state.tr.setMeta(key, placed).setMeta("addToHistory", false);
}

function decorate({ clientId, name, color, anchor, head }: Placed): Decoration[] {
  const caret = Decoration.widget(head, () => caretElement(name, color), {
    ...{ key: `${clientId}/${name}`, side: 10, ignoreSelection: true },
  });
  if (anchor === head) return [caret];
  const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
  const style = `background-color: color-mix(in srgb, ${color} 22%, transparent)`;
  return [Decoration.inline(from, to, { style }), caret];
}

function caretElement(name: string, color: string): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "trellis-caret";
  caret.style.setProperty("--caret-color", color);
  caret.setAttribute("contenteditable", "false");
  const label = document.createElement("span");
  label.className = "trellis-caret-name";
  label.textContent = name;
  caret.append(label);
  return caret;
}
