import { Button } from "@mantine/core";
import { IconBookmarkPlus, IconBooks } from "@tabler/icons-react";
import type { Editor, JSONContent } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { useEditorState } from "@tiptap/react";
import { lazy, type MouseEvent, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../../convex/_generated/dataModel";
import type { SectionKey } from "../../../../convex/domain/ieps/sections";

const BankDialog = lazy(async () => ({
  default: (await import("../../../lib/bank/BankDialog")).BankDialog,
}));
const SaveToBankDialog = lazy(async () => ({
  default: (await import("../../../lib/bank/BankItemDialog")).SaveToBankDialog,
}));

/**
 * A phrase from the banks where the caret is: one step of undo, and a suggestion where one suggests. And words that are
 * selected, kept in a bank for other plans.
 */
export function PhraseButton({
  editor,
  studentId,
  section,
}: {
  editor: Editor;
  studentId: Id<"students">;
  section: SectionKey;
}) {
  const { t } = useTranslation("bank");
  const [open, setOpen] = useState<"use" | "save" | null>(null);
  const selected = useEditorState({ editor, selector: () => selectedText(editor) });
  const close = () => setOpen(null);
  const look = {
    ...{ variant: "subtle", color: "gray", size: "compact-md" },
    // The selection stays in the text.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
  };
  return (
    <>
      <Button
        {...look}
        leftSection={<IconBooks size={18} aria-hidden />}
        onClick={() => setOpen("use")}
      >
        {t("openPhrase")}
      </Button>
      {selected === "" && open !== "save" ? null : (
        <Button
          {...look}
          leftSection={<IconBookmarkPlus size={18} aria-hidden />}
          onClick={() => setOpen("save")}
        >
          {t("fromPlan.open")}
        </Button>
      )}
      <Suspense fallback={null}>
        {open === "use" ? (
          <BankDialog
            kind="phrase"
            studentId={studentId}
            area={section}
            onUse={({ text }) => insertPhrase(editor, text)}
            onClose={close}
          />
        ) : open === "save" ? (
          <SaveToBankDialog
            draftKey={`bank.from.${studentId}.${section}.${placeOf(editor)}`}
            studentId={studentId}
            initial={{ kind: "phrase", area: section, title: "", text: selected }}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  );
}

function selectedText({ state }: Editor): string {
  const { from, to } = state.selection;
  return state.doc.textBetween(from, to, "\n", " ").trim();
}

const placeOf = ({ state: { selection } }: Editor): string =>
  `${String(selection.from)}-${String(selection.to)}`;

/** Words, not markup: a bank's text may hold any character. */
function insertPhrase(editor: Editor, text: string): void {
  const { state, view } = editor;
  const { $from } = state.selection;
  const before = $from.parent.textBetween(0, $from.parentOffset, "\n", " ");
  const space = before === "" || /\s$/u.test(before) ? "" : " ";
  const [first = "", ...rest] = text.split(/\n+/u);
  const content: JSONContent[] =
    rest.length === 0
      ? [{ type: "text", text: space + first }]
      : [first, ...rest].map((line) => ({
          type: "paragraph",
          content: line === "" ? [] : [{ type: "text", text: line }],
        }));
  view.dispatch(closeHistory(state.tr));
  editor.chain().focus().insertContent(content).run();
}
