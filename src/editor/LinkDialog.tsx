import { Button } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problem } from "../../convex/domain/validation/problem";
import { readLink } from "../../convex/editor/links";
import { FormDialog } from "../lib/FormDialog";
import { TextField } from "../ui/TextField";

/** Links what is selected, or puts the address itself in. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation("writing");
  const current = editor.getAttributes("link").href as string | undefined;
  const [typed, setTyped] = useState(current ?? "");
  const link = () => {
    const href = readLink(typed);
    if (href === null) return Promise.resolve();
    const chain = editor.chain().focus().extendMarkRange("link");
    const { empty } = editor.state.selection;
    if (empty && current === undefined)
      chain
        .insertContent({
          type: "text",
          text: typed.trim(),
          marks: [{ type: "link", attrs: { href } }],
        })
        .run();
    else chain.setMark("link", { href }).run();
    return Promise.resolve();
  };
  return (
    <FormDialog
      title={t("link.title")}
      help={t("link.help")}
      submitLabel={t("link.save")}
      done={t("link.done")}
      check={() => (readLink(typed) === null ? [problem("href", "notALink")] : [])}
      save={link}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            name="href"
            label={t("link.address")}
            value={typed}
            onChange={setTyped}
            required
            {...errorOf("href")}
          />
          {current === undefined ? null : (
            <Button
              variant="default"
              onClick={() => {
                editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
                onClose();
              }}
            >
              {t("link.remove")}
            </Button>
          )}
        </>
      )}
    </FormDialog>
  );
}
