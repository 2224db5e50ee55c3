import { useTranslation } from "react-i18next";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { TextField } from "../../ui/TextField";

/** Takes an entry out of the chart, with a reason; it stays on record. */
export function VoidDialog({
  id,
  help,
  label,
  save,
  onClose,
}: {
  /** Of the entry. */
  id: string;
  help: string;
  /** Of the reason. */
  label: string;
  save: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation("progress");
  const [reason, setReason, draft] = useDraft(`void.${id}`, "");
  return (
    <FormDialog
      title={t("table.void")}
      help={help}
      submitLabel={t("table.void")}
      done={t("table.voidDone")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.title })}
      save={() => save(reason)}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextField
          name="reason"
          label={label}
          value={reason}
          onChange={setReason}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
