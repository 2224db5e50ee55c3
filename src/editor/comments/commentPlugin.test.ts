/** A passage that somebody selected, and those that are talked about, move with the text. */
import { EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { commentsIn } from "../../../convex/editor/comments";
import { sectionSchema } from "../../../convex/editor/schema";
import { commentPlugin, draftOf, showComments, threadAt } from "./commentPlugin";

function viewOf(words: string) {
  const doc = sectionSchema.node("doc", null, [
    sectionSchema.node("paragraph", null, [sectionSchema.text(words)]),
  ]);
  const view = {
    state: EditorState.create({ doc, plugins: [commentPlugin(() => undefined)] }),
    dispatch(transaction: Transaction) {
      view.state = view.state.apply(transaction);
    },
    show(change: Parameters<typeof showComments>[1]) {
      showComments(view as never, change);
    },
    mark(from: number, to: number, id: string) {
      view.dispatch(view.state.tr.addMark(from, to, sectionSchema.marks.comment.create({ id })));
    },
    words: (passage: { from: number; to: number } | undefined) =>
      passage === undefined ? null : view.state.doc.textBetween(passage.from, passage.to),
  };
  return view;
}

test("what was selected for a comment stays what it was while others write around and in it", () => {
  const view = viewOf("Ada reads well.");
  view.show({ draft: { from: 5, to: 10 } });
  view.dispatch(view.state.tr.insertText("Little ", 1));
  view.dispatch(view.state.tr.insertText("!", 17));
  view.dispatch(view.state.tr.insertText("-", 14));
  expect(view.words(draftOf(view.state) ?? undefined)).toBe("re-ads");
  view.dispatch(view.state.tr.delete(8, 20));
  const draft = draftOf(view.state);
  expect(draft?.from).toBe(draft?.to);
  view.show({ draft: null });
  expect(draftOf(view.state)).toBeNull();
});

test("the innermost open thread is where the caret is; settled ones and strangers are not there", () => {
  const view = viewOf("Ada reads well.");
  view.mark(1, 16, "outer");
  view.mark(5, 10, "inner");
  view.mark(5, 10, "settled");
  view.show({ open: new Set(["outer", "inner"]) });
  expect(threadAt(view.state, 7)).toBe("inner");
  expect(threadAt(view.state, 2)).toBe("outer");
  view.show({ open: new Set(["outer"]) });
  expect(threadAt(view.state, 7)).toBe("outer");
  view.show({ open: new Set() });
  expect(threadAt(view.state, 7)).toBeNull();
});

test("a passage reaches over what was put into it, and not to a copy far away", () => {
  const view = viewOf("Ada reads well.");
  view.mark(5, 10, "thread");
  const plain = view.state.tr.setSelection(TextSelection.create(view.state.doc, 7));
  view.dispatch(plain.replaceSelectionWith(sectionSchema.text("NOT"), false));
  expect(view.words(commentsIn(view.state.doc).get("thread"))).toBe("reNOTads");
  view.dispatch(view.state.tr.insertText("x".repeat(300), view.state.doc.content.size - 1));
  const end = view.state.doc.content.size - 1;
  view.mark(end - 3, end, "thread");
  expect(view.words(commentsIn(view.state.doc).get("thread"))).toBe("reNOTads");
});
