import type { EditorView } from "@tiptap/pm/view";

/**
 * A key moves the browser's caret at once; the view hears of it with the next event. A change that comes between, by
 * somebody else, would put the caret back to where it was, and the next letter there. Called before each such change.
 */
export function takeUp(view: EditorView): void {
  // ProseMirror calls it before what it does itself; its types do not name it.
  (view as unknown as { domObserver?: { flush: () => void } }).domObserver?.flush();
}
