import { Button, Modal, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { todayIn } from "../../../convex/domain/calendar/calendarDate";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useCurrentUser } from "../../lib/session";
import { FormActions } from "../../ui/FormActions";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";

type ListedMark = FunctionReturnType<typeof api.marks.listMarks>[number];

/** Days without a number and why, those that were taken out too; nothing where there is none. */
export function MarksPanel({ goalId }: { goalId: Id<"goals"> }) {
  const { t } = useTranslation("progress");
  const { date, today } = useFormatting();
  const { acting } = useCurrentUser();
  const marks = useQuery(api.marks.listMarks, { goalId });
  const [voiding, setVoiding] = useState<ListedMark | null>(null);
  if (marks === undefined || marks.length === 0) return null;
  const mayVoid = ({ voided, canVoid, canVoidSameDay, loggedAt }: ListedMark) =>
    !voided &&
    (canVoid || (canVoidSameDay && todayIn(acting?.timezone ?? "UTC", loggedAt) === today()));
  return (
    <Panel title={t("marks.listed")}>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ tabIndex: 0 }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(["date", "value", "by", "note"] as const).map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`table.${column}`)}
                </Table.Th>
              ))}
              <Table.Td data-no-print />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {marks.map((mark) => (
              <Table.Tr
                key={mark._id}
                style={mark.voided ? { textDecoration: "line-through" } : undefined}
              >
                <Table.Td>{date(mark.recordedDate)}</Table.Td>
                <Table.Td fw={600}>{t(`marks.${mark.mark}`)}</Table.Td>
                <Table.Td dir="auto">{mark.recordedByName}</Table.Td>
                <Table.Td dir="auto">
                  {[
                    mark.note ?? "",
                    mark.voided ? t("table.voided", { reason: mark.voidReason ?? "" }) : "",
                  ]
                    .filter((part) => part !== "")
                    .join(" · ")}
                </Table.Td>
                <Table.Td data-no-print>
                  {mayVoid(mark) ? (
                    <Button
                      size="sm"
                      variant="default"
                      aria-label={t("marks.out", {
                        mark: t(`marks.${mark.mark}`),
                        date: date(mark.recordedDate),
                      })}
                      onClick={() => setVoiding(mark)}
                    >
                      {t("table.void")}
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {voiding === null ? null : <VoidMark mark={voiding} onClose={() => setVoiding(null)} />}
    </Panel>
  );
}

function VoidMark({ mark, onClose }: { mark: ListedMark; onClose: () => void }) {
  const { t } = useTranslation(["progress", "problems", "common"]);
  const errorText = useErrorText();
  const voidMark = useMutation(api.marks.voidMark);
  const { run, saving, error } = useSaving();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() === "") return;
    void run(() => voidMark({ markId: mark._id, reason })).then((done) => {
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
          <Text size="sm">{t(`progress:marks.${mark.mark}`)}</Text>
          <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
          <TextField
            name="reason"
            label={t("progress:marks.needsReason")}
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
