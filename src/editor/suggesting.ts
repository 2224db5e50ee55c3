/**
 * Suggesting instead of changing: what is typed is marked as put in, what is deleted stays and is marked as taken out,
 * until somebody accepts or rejects it. The marks travel as steps like everything else.
 */
import {
  applySuggestion,
  disableSuggestChanges,
  enableSuggestChanges,
  isSuggestChangesEnabled,
  revertSuggestion,
  suggestChanges,
  withSuggestChanges,
} from "@handlewithcare/prosemirror-suggest-changes";
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { changesOthersSuggestions } from "../../convex/editor/suggestionGuard";
import { newClientMutationId } from "../lib/uniqueId";
import { besideOthers } from "./othersSuggestions";

export const suggestionPlugin = suggestChanges;

/** From now on the editor can suggest. Each suggestion's name tells whose it is, and two that touch stay two. */
export function allowSuggesting(editor: Editor, userId: string): void {
  const { view } = editor;
  const apply = view.props.dispatchTransaction?.bind(view);
  if (apply === undefined) return;
  // Set while the library makes a suggestion of a change.
  let ownId: string | null = null;
  const dispatch = withSuggestChanges(
    (transaction) => {
      const joined =
        ownId !== null && changesOthersSuggestions(transaction.before, transaction.doc, userId);
      apply(joined ? apart(view.state, transaction, { userId, ownId: ownId ?? "" }) : transaction);
    },
    () => (ownId = `${userId}.${newClientMutationId()}`),
  );
  view.setProps({
    dispatchTransaction(this: EditorView, transaction) {
      ownId = null;
      dispatch.call(this, transaction);
    },
  });
}

/** If even apart it changes what others suggest, it is left as it is, and for `guardPlugin` to judge. */
function apart(
  state: EditorState,
  joined: Transaction,
  own: { userId: string; ownId: string },
): Transaction {
  const beside = besideOthers(state, joined, own);
  return changesOthersSuggestions(beside.before, beside.doc, own.userId) ? joined : beside;
}

export const isSuggesting = (editor: Editor): boolean => isSuggestChangesEnabled(editor.state);

export function setSuggesting(editor: Editor, on: boolean): void {
  const { state, view } = editor;
  (on ? enableSuggestChanges : disableSuggestChanges)(state, view.dispatch.bind(view));
}

export interface Suggestion {
  id: string | number;
  /** Null for one whose name does not tell. */
  userId: string | null;
  added: string;
  removed: string;
  /** Only the kind of a block, or its marks, would change. */
  isFormat: boolean;
}

/** What is suggested in a document, in its order. */
export function suggestionsIn(doc: Node): Suggestion[] {
  const found = new Map<string | number, Suggestion>();
  doc.descendants((node) => {
    for (const { type, attrs } of node.marks) {
      if (!["insertion", "deletion", "modification"].includes(type.name)) continue;
      const id = attrs.id as string | number;
      const known = found.get(id) ?? newSuggestion(id);
      found.set(id, known);
      const text = node.isText ? (node.text ?? "").replaceAll("\u200B", "¶") : "";
      if (type.name === "insertion") known.added += text;
      else if (type.name === "deletion") known.removed += text;
      else known.isFormat = true;
    }
  });
  return [...found.values()];
}

function newSuggestion(id: string | number): Suggestion {
  const [userId, own] = String(id).split(".");
  return {
    ...{ id, added: "", removed: "", isFormat: false },
    userId: own === undefined ? null : (userId ?? null),
  };
}

export function decide(editor: Editor, id: string | number, accept: boolean): void {
  const { state, view } = editor;
  (accept ? applySuggestion : revertSuggestion)(id)(state, view.dispatch.bind(view));
}
