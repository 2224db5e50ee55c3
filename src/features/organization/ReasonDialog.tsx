import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { TextField } from "../../ui/TextField";

/** Asks for the reason of something that takes effect at once, and is its confirmation. */
export function ReasonDialog({
  draftKey,
  title,
  text,
  notice = null,
  onConfirm,
  onClose,
}: {
  draftKey: string;
  title: string;
  text: string;
  /** What to think of before. */
  notice?: ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation("organization");
  const [reason, setReason, draft] = useDraft(draftKey, "");
  return (
    <FormDialog
      title={title}
      help={text}
      submitLabel={title}
      done={t("saved")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.text })}
      save={() => onConfirm(reason)}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          {notice}
          <TextField
            name="reason"
            label={t("reason")}
            value={reason}
            onChange={setReason}
            required
            {...errorOf("reason")}
          />
        </>
      )}
    </FormDialog>
  );
}
