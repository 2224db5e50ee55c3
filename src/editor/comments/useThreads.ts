/** The threads about a section in the order of its text, and how they and the editor hang together. */
import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { useQuery } from "convex/react";
import { useEffect, useMemo, useState } from "react";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { commentsIn } from "../../../convex/editor/comments";
import { showComments, threadAt } from "./commentPlugin";
import type { ThreadRow } from "./Thread";

const NOWHERE: { marked: string[]; caretIn: string | null } = { marked: [], caretIn: null };

export interface Threads {
  /** Undefined while they are loaded. */
  threads: ThreadRow[] | undefined;
  able: boolean;
  inText: ReadonlySet<string>;
  active: string | null;
  activate: (threadId: string | null) => void;
}

export function useThreads(sectionId: Id<"iepSections">, editor: Editor | null): Threads {
  const listed = useQuery(api.sectionComments.listThreads, { id: sectionId });
  const inEditor = useEditorState({
    editor,
    selector: ({ editor: current }) => {
      if (current === null) return NOWHERE;
      const { state } = current;
      return {
        marked: [...commentsIn(state.doc).keys()],
        caretIn: threadAt(state, state.selection.head),
      };
    },
  });
  const { marked, caretIn } = inEditor ?? NOWHERE;
  const [active, activate] = useState<string | null>(null);
  // Where the caret goes is what is read.
  const [seen, setSeen] = useState(caretIn);
  if (seen !== caretIn) {
    setSeen(caretIn);
    if (caretIn !== null) activate(caretIn);
  }
  const threads = useMemo(() => {
    const place = ({ _id, quote }: ThreadRow): number => {
      if (quote === "") return -1;
      const index = marked.indexOf(_id);
      return index === -1 ? Infinity : index;
    };
    return listed?.threads.toSorted((a, b) => {
      const [first, second] = [place(a), place(b)];
      return first === second ? 0 : first - second;
    });
  }, [listed, marked]);
  useEffect(() => {
    const open = new Set<string>((threads ?? []).filter((row) => row.isOpen).map(({ _id }) => _id));
    if (editor !== null && !editor.isDestroyed) showComments(editor.view, { open, active });
  }, [editor, threads, active]);
  const inText = useMemo(() => new Set(marked), [marked]);
  const able = listed?.abilities["section.comment"] ?? false;
  return { threads, able, inText, active, activate };
}
