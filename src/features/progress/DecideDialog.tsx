import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { checkDecision, CHOICES, type Choice } from "../../../convex/domain/progress/decision";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, RadioField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import type { GoalProgress } from "./GoalPage";

/** The team's answer to what the data ask. What was typed is kept until it is saved. */
export function DecideDialog({
  progress,
  onClose,
}: {
  progress: GoalProgress;
  onClose: () => void;
}) {
  const { t } = useTranslation("judgement");
  const { today } = useFormatting();
  const decide = useMutation(api.decisions.decide);
  const { goal, progressData } = progress;
  const [values, setValues, draft] = useDraft<{
    choice: Choice;
    phaseName: string;
    phaseStart: string;
    reason: string;
  }>(`decision.${goal._id}`, {
    ...{ choice: "continue", phaseName: "", phaseStart: today(), reason: "" },
  });
  const { choice, phaseName, phaseStart, reason } = values;
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const requestId = useRef(newClientMutationId());
  // The data that the person saw when the dialog opened: what comes while they type is looked at first.
  const [seenPoints] = useState(() => {
    const newest = progressData.at(-1)?.recordedDate;
    return progressData.filter(({ recordedDate }) => recordedDate === newest).map(({ _id }) => _id);
  });
  const input = {
    ...{ choice, reason },
    ...(choice === "newPhase" ? { phaseName, phaseStart } : {}),
  };
  const save = () =>
    decide({
      ...{ goalId: goal._id, ...input, seenPoints, clientMutationId: requestId.current },
    });
  return (
    <FormDialog
      title={t("decisions.decide")}
      help={t("decisions.help")}
      submitLabel={t("decisions.save")}
      done={t("decisions.saved")}
      check={() => checkDecision(input)}
      save={save}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <RadioField
            name="choice"
            label={t("decisions.choice")}
            value={choice}
            options={CHOICES.map((value) => ({
              value,
              label: t(`choose.${value}`),
              description: t(`choiceHelp.${value}`),
            }))}
            onChange={set("choice")}
            required
          />
          {choice === "newPhase" ? (
            <>
              <TextField
                name="phaseName"
                label={t("decisions.phaseName")}
                value={phaseName}
                onChange={set("phaseName")}
                {...errorOf("phaseName")}
                required
              />
              <DateField
                name="phaseStart"
                label={t("decisions.phaseStart")}
                value={phaseStart}
                onChange={set("phaseStart")}
                {...errorOf("phaseStart")}
                required
              />
            </>
          ) : null}
          <TextArea
            name="reason"
            label={t("decisions.reason")}
            description={t("decisions.reasonHelp")}
            value={reason}
            onChange={set("reason")}
            {...errorOf("reason")}
            required
          />
        </>
      )}
    </FormDialog>
  );
}
