import { Modal, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { TextField } from "../../ui/TextField";
import { FormActions } from "../../ui/FormActions";
import { ProblemSummary } from "../../ui/ProblemSummary";

/** Takes an entry out of the chart, with a reason; it stays on record. */
export function VoidDialog({
  point,
  value,
  onClose,
}: {
  point: { _id: Id<"progressData">; recordedDate: string };
  value: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["progress", "problems", "common"]);
  const { date } = useFormatting();
  const errorText = useErrorText();
  const voidPoint = useMutation(api.progress.voidPoint);
  const { run, saving, error } = useSaving();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() === "") return;
    void run(() => voidPoint({ pointId: point._id, reason })).then((done) => {
      if (done) onClose();
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("progress:table.void")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            {t("progress:table.voidText", { value, date: date(point.recordedDate) })}
          </Text>
          <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
          <TextField
            name="reason"
            label={t("progress:table.reason")}
            value={reason}
            onChange={setReason}
            error={missing ? t("problems:codes.required") : undefined}
            required
          />
          <FormActions submitLabel={t("progress:table.void")} saving={saving} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
