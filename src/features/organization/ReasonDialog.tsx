import { Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/errors";
import { useSaving } from "../../lib/mutations";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";

/** Asks for the reason of something that takes effect at once, and is its confirmation. */
export function ReasonDialog({
  title,
  text,
  notice = null,
  onConfirm,
  onClose,
}: {
  title: string;
  text: string;
  /** What to think of before. */
  notice?: ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation(["organization", "problems", "common"]);
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() === "") return;
    void run(() => onConfirm(reason)).then((done) => {
      if (!done) return;
      notifyDone(t("organization:saved"));
      onClose();
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{text}</Text>
          {notice}
          <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
          <TextField
            name="reason"
            label={t("organization:reason")}
            value={reason}
            onChange={setReason}
            error={missing ? t("problems:codes.required") : undefined}
            required
          />
          <FormActions submitLabel={title} saving={saving} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
