import { Modal, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import { checkPoint } from "../../../convex/domain/progress/measurement";
import { checkText, LIMITS, type Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { TextField } from "../../ui/TextField";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { EntryDetails } from "./EntryDetails";
import type { GoalProgress } from "./GoalPage";
import { type LogEntry, newEntry } from "./logEntry";
import { fieldsOf, observationOf } from "./observation";
import { ValueInput } from "./ValueInput";

export type PointToCorrect = GoalProgress["progressData"][number];

function entryOf(point: PointToCorrect): LogEntry {
  return {
    ...newEntry({ settingType: point.settingType, promptLevel: point.promptLevel ?? "" }),
    date: point.recordedDate,
    observationNotes: point.observationNotes ?? "",
    antecedent: point.antecedent ?? "",
    behavior: point.behavior ?? "",
    consequence: point.consequence ?? "",
    ...fieldsOf(point.measurement),
  };
}

/** A corrected entry in the place of the first one, which is kept with the reason. */
export function CorrectDialog({
  goal,
  point,
  onClose,
}: {
  goal: GoalProgress["goal"];
  point: PointToCorrect;
  onClose: () => void;
}) {
  const { t } = useTranslation(["progress", "common"]);
  const { today } = useFormatting();
  const errorText = useErrorText();
  const problemText = useProblemText();
  const correct = useMutation(api.progress.correctPoint);
  const { run, saving, error } = useSaving();
  const [clientMutationId] = useState(newClientMutationId);
  const [first] = useState(() => entryOf(point));
  const [{ entry: kept, reason }, setValues, draft] = useDraft<{
    entry: LogEntry | null;
    reason: string;
  }>(`correct.${point._id}`, { entry: null, reason: "" });
  const entry = kept ?? first;
  const setEntry = (changed: LogEntry) => setValues((before) => ({ ...before, entry: changed }));
  const [problems, setProblems] = useState<Problem[]>([]);
  const found = [...problems, ...errorProblems(error)];
  const reasonProblem = problemsByField(found).reason;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const measurement = observationOf(entry, goal.measurement, Date.now());
    if (measurement === null) {
      setProblems([{ field: "measurement", code: "required" }]);
      return;
    }
    const corrected = {
      recordedDate: entry.date === "" ? today() : entry.date,
      measurement,
      settingType: entry.settingType,
      ...(entry.promptLevel === "" ? {} : { promptLevel: entry.promptLevel }),
      ...(entry.observationNotes.trim() === "" ? {} : { observationNotes: entry.observationNotes }),
      ...(measurement.kind === "abc" && measurement.occurrences > 0
        ? {
            antecedent: entry.antecedent,
            behavior: entry.behavior,
            consequence: entry.consequence,
          }
        : {}),
    };
    const checked = [
      ...checkPoint(corrected, { goal, today: today() }),
      ...checkText("reason", reason, { required: true, max: LIMITS.title }),
    ];
    setProblems(checked);
    if (checked.length > 0) return;
    void run(() => correct({ pointId: point._id, ...corrected, reason, clientMutationId })).then(
      (done) => {
        if (!done) return;
        draft.clear();
        onClose();
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("progress:table.correct")}
      size="lg"
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t("progress:table.correctText")}</Text>
          <DraftNotice draft={draft} />
          <ProblemSummary
            problems={found.map((problem) => ({
              field: problem.field,
              label:
                problem.field === "reason" ? t("progress:table.reason") : t("progress:table.value"),
              text: problemText(problem),
            }))}
            message={error === null || found.length > 0 ? undefined : errorText(error)}
          />
          <ValueInput measurement={goal.measurement} entry={entry} onChange={setEntry} />
          <EntryDetails
            entry={entry}
            onChange={setEntry}
            today={today()}
            yesterday={addDays(today(), -1)}
          />
          <TextField
            name="reason"
            label={t("progress:table.reason")}
            value={reason}
            onChange={(value) => setValues((before) => ({ ...before, reason: value }))}
            error={reasonProblem === undefined ? undefined : problemText(reasonProblem)}
            required
          />
          <FormActions
            submitLabel={t("progress:table.correct")}
            saving={saving}
            onCancel={() => {
              draft.clear();
              onClose();
            }}
          />
        </Stack>
      </form>
    </Modal>
  );
}
