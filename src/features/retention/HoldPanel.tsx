import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { confirmAction } from "../../ui/confirmAction";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { StatusBadge } from "../../ui/StatusBadge";
import { TextField } from "../../ui/TextField";

/** Whether this record is held: then nothing destroys it. */
export function HoldPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("retention");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const hold = useQuery(api.retention.getHold, { studentId });
  const lift = useMutation(api.retention.liftHold);
  const { run, saving, error } = useSaving();
  const [placing, setPlacing] = useState(false);
  const end = async () => {
    const sure = await confirmAction({
      title: t("holds.lift"),
      text: t("holds.liftText"),
      confirmLabel: t("holds.lift"),
    });
    if (sure && (await run(() => lift({ studentId })))) notifyDone(t("saved"));
  };
  return (
    <Panel title={t("holds.one")}>
      {hold === undefined ? (
        <Loading shape="list" />
      ) : (
        <Stack gap="sm">
          <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
          {hold === null ? (
            <Text c="dimmed">{t("holds.notHeld")}</Text>
          ) : (
            <>
              <StatusBadge tone="watch">{t("holds.held")}</StatusBadge>
              <Text dir="auto">{hold.reason}</Text>
              <Text size="sm" c="dimmed">
                {t("holds.placed", { name: hold.placedByName, when: instant(hold.placedAt) })}
              </Text>
            </>
          )}
          <Group>
            {hold === null ? (
              <Button variant="default" onClick={() => setPlacing(true)}>
                {t("holds.place")}
              </Button>
            ) : (
              <Button variant="default" loading={saving} onClick={() => void end()}>
                {t("holds.lift")}
              </Button>
            )}
          </Group>
        </Stack>
      )}
      {placing ? <PlaceDialog studentId={studentId} onClose={() => setPlacing(false)} /> : null}
    </Panel>
  );
}

function PlaceDialog({ studentId, onClose }: { studentId: Id<"students">; onClose: () => void }) {
  const { t } = useTranslation("retention");
  const place = useMutation(api.retention.placeHold);
  const [reason, setReason, draft] = useDraft(`hold.${studentId}`, "");
  return (
    <FormDialog
      title={t("holds.place")}
      help={t("holds.text")}
      submitLabel={t("holds.place")}
      done={t("saved")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.text })}
      save={() => place({ studentId, reason })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextField
          name="reason"
          label={t("holds.reason")}
          value={reason}
          onChange={setReason}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
