/**
 * Shows which passages are talked about, and holds the passage that somebody is about to comment on. The passages
 * themselves are marks of the document; which of them are shown follows from the threads that are open.
 */
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { commentsIn, type MarkedPassage } from "../../../convex/editor/comments";
import { takeUp } from "../takeUp";

interface Shown {
  /** Threads that are not settled. */
  open: ReadonlySet<string>;
  /** The one that is read now. */
  active: string | null;
  /** What somebody selected for a comment that is not sent yet; it moves with the text. */
  draft: MarkedPassage | null;
}
interface PluginShown extends Shown {
  decorations: DecorationSet;
}

const key = new PluginKey<PluginShown>("comments");
const NOTHING: PluginShown = {
  ...{ open: new Set<string>(), active: null, draft: null },
  decorations: DecorationSet.empty,
};

/** @param clicked the thread whose passage was clicked */
export const commentPlugin = (clicked: (threadId: string) => void): Plugin<PluginShown> =>
  new Plugin<PluginShown>({
    key,
    state: {
      init: () => NOTHING,
      apply: (transaction, before) => {
        const change = transaction.getMeta(key) as Partial<Shown> | undefined;
        if (change === undefined && !transaction.docChanged) return before;
        const { open, active, draft } = { ...before, ...change };
        const shown = {
          ...{ open, active },
          draft: draft === null || change?.draft !== undefined ? draft : moved(draft, transaction),
        };
        return { ...shown, decorations: decorationsOf(transaction, shown) };
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      handleClick: (view, pos) => {
        const threadId = threadAt(view.state, pos);
        if (threadId !== null) clicked(threadId);
        return false;
      },
    },
  });

function moved({ from, to }: MarkedPassage, { mapping }: Transaction): MarkedPassage {
  const start = mapping.map(from, 1);
  return { from: start, to: Math.max(start, mapping.map(to, -1)) };
}

function decorationsOf({ doc }: Transaction, { open, active, draft }: Shown): DecorationSet {
  const decorations: Decoration[] = [];
  if (open.size > 0)
    for (const [threadId, { from, to }] of commentsIn(doc)) {
      if (!open.has(threadId)) continue;
      const isActive = threadId === active ? " trellis-comment-active" : "";
      decorations.push(
        Decoration.inline(from, to, { class: `trellis-comment${isActive}`, role: "mark" }),
      );
    }
  if (draft !== null && draft.from < draft.to)
    decorations.push(
      Decoration.inline(draft.from, draft.to, { class: "trellis-comment trellis-comment-active" }),
    );
  return DecorationSet.create(doc, decorations);
}

/** The shortest open one that a place lies in: of several upon each other the innermost. */
export function threadAt(state: EditorState, pos: number): string | null {
  const open = key.getState(state)?.open ?? NOTHING.open;
  let best: { threadId: string; length: number } | null = null;
  for (const [threadId, { from, to }] of commentsIn(state.doc)) {
    if (!open.has(threadId) || pos < from || pos > to) continue;
    if (best === null || to - from < best.length) best = { threadId, length: to - from };
  }
  return best?.threadId ?? null;
}

export function showComments(view: EditorView, change: Partial<Shown>): void {
  takeUp(view);
  view.dispatch(view.state.tr.setMeta(key, change).setMeta("addToHistory", false));
}

/** What a comment is about to be made on, where it is by now. */
export const draftOf = (state: EditorState): MarkedPassage | null =>
  key.getState(state)?.draft ?? null;
