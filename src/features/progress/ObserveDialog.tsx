import { Text } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkObserved, OBSERVED_KINDS } from "../../../convex/domain/progress/agreement";
import { problem, type Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { SelectField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import type { GoalProgress } from "./GoalPage";
import { type ObservedKind, readObserved } from "./readObserved";

/** What the second observer took down about a session that somebody else recorded, and the first one's record of it. */
export function ObserveDialog({
  progress,
  taken,
  onClose,
}: {
  progress: GoalProgress;
  /** Sessions that were compared already. */
  taken: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation("judgement");
  const { date } = useFormatting();
  const observe = useMutation(api.observers.addSecondObservation);
  const { goal, progressData } = progress;
  const sessions = progressData.filter(({ _id, mine }) => !mine && !taken.includes(_id)).reverse();
  const [values, setValues, draft] = useDraft<{
    pointId: string;
    kind: ObservedKind;
    first: string;
    second: string;
    note: string;
  }>(`goal.observe.${goal._id}`, {
    pointId: sessions[0]?._id ?? "",
    kind: goal.measurement.kind === "trials" ? "trials" : "total",
    ...{ first: "", second: "", note: "" },
  });
  const { kind, first, second, note } = values;
  // A session that was compared meanwhile is no choice any more.
  const pointId = sessions.some(({ _id }) => _id === values.pointId) ? values.pointId : "";
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const requestId = useRef(newClientMutationId());
  const read = readObserved(kind, first, second);
  const check = (): Problem[] => [
    ...(pointId === "" ? [problem("session", "required")] : []),
    ...(read.status === "read" ? checkObserved(read.observed) : read.problems),
  ];
  const save = async () => {
    if (read.status !== "read") return;
    await observe({
      ...{ goalId: goal._id, pointId: pointId as Id<"progressData">, observed: read.observed },
      ...{ note, clientMutationId: requestId.current },
    });
  };
  const help =
    kind === "total"
      ? t("observers.totalHelp")
      : kind === "trials" || kind === "intervals"
        ? t("observers.marksHelp")
        : t("observers.listHelp");
  return (
    <FormDialog
      title={t("observers.add")}
      help={t("observers.dialogHelp")}
      submitLabel={t("observers.submit")}
      done={t("observers.done")}
      check={check}
      save={save}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          {sessions.length === 0 ? <Text>{t("observers.noSession")}</Text> : null}
          <SelectField
            name="session"
            label={t("observers.session")}
            value={pointId}
            options={sessions.map((point) => ({
              value: point._id,
              // Not what the first observer counted: the second one must not know.
              label: t("observers.sessionOption", {
                date: date(point.recordedDate),
                name: point.recordedByName,
              }),
            }))}
            onChange={set("pointId")}
            {...errorOf("session")}
            required
          />
          <SelectField
            name="kind"
            label={t("observers.kind")}
            value={kind}
            options={OBSERVED_KINDS.map((value) => ({
              value,
              label: t(`observers.kinds.${value}`),
            }))}
            onChange={set("kind")}
            required
          />
          <TextField
            name="observed.second"
            label={t("observers.second")}
            description={help}
            value={second}
            onChange={set("second")}
            {...errorOf("observed.second")}
            required
          />
          <TextField
            name="observed.first"
            label={t("observers.first")}
            description={help}
            value={first}
            onChange={set("first")}
            {...errorOf("observed.first")}
            required
          />
          <TextArea name="note" label={t("observers.note")} value={note} onChange={set("note")} />
        </>
      )}
    </FormDialog>
  );
}
