import { Button } from "@mantine/core";
import { IconBooks } from "@tabler/icons-react";
import type { Editor, JSONContent } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../../convex/_generated/dataModel";
import type { SectionKey } from "../../../../convex/domain/ieps/sections";

const BankDialog = lazy(async () => ({
  default: (await import("../../../lib/bank/BankDialog")).BankDialog,
}));

/** A phrase from the banks where the caret is: one step of undo, and a suggestion where one suggests. */
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
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        leftSection={<IconBooks size={18} aria-hidden />}
        // The selection stays in the text.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(true)}
      >
        {t("openPhrase")}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <BankDialog
            kind="phrase"
            studentId={studentId}
            area={section}
            onUse={({ text }) => insertPhrase(editor, text)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

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
