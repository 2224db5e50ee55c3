/** What is done to a plan in force: amending it, and putting a typing error right. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkCorrection } from "../../../convex/domain/ieps/correction";
import { PLAN_PARTS } from "../../../convex/domain/ieps/parts";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";

export function AmendDialog({ iepId, onClose }: { iepId: Id<"ieps">; onClose: () => void }) {
  const { t } = useTranslation("versions");
  const { today } = useFormatting();
  const navigate = useNavigate();
  const open = useMutation(api.versions.openAmendment);
  const [values, setValues, draft] = useDraft(`plan.amend.${iepId}`, {
    ...{ reason: "", way: "", agreedWith: "" },
    agreedOn: today(),
  });
  const { reason, way, agreedWith, agreedOn } = values;
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const [clientMutationId] = useState(newClientMutationId);
  const without = way === "without";
  return (
    <FormDialog
      title={t("amend.title")}
      help={t("amend.help")}
      submitLabel={t("amend.submit")}
      done={t("amend.done")}
      check={() => [
        ...checkText("reason", reason, { required: true, max: LIMITS.text }),
        ...checkText("way", way, { required: true, max: LIMITS.name }),
        ...checkText("agreedWith", agreedWith, { required: without, max: LIMITS.title }),
      ]}
      save={async () => {
        const amendmentId = await open({
          ...{ iepId, reason, withMeeting: !without, clientMutationId },
          agreedWith: without ? agreedWith : "",
          agreedOn: without ? agreedOn : "",
        });
        draft.clear();
        await navigate({ to: `/ieps/${amendmentId}` });
      }}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextArea
            name="reason"
            label={t("amend.reason")}
            value={reason}
            onChange={set("reason")}
            required
            {...errorOf("reason")}
          />
          <RadioField
            name="way"
            label={t("amend.meeting")}
            value={way}
            onChange={set("way")}
            options={[
              { value: "meeting", label: t("amend.withMeeting") },
              { value: "without", label: t("amend.without") },
            ]}
            required
            {...errorOf("way")}
          />
          {without ? (
            <>
              <TextField
                name="agreedWith"
                label={t("amend.agreedWith")}
                value={agreedWith}
                onChange={set("agreedWith")}
                required
                {...errorOf("agreedWith")}
              />
              <DateField
                name="agreedOn"
                label={t("amend.agreedOn")}
                value={agreedOn}
                onChange={set("agreedOn")}
                required
                {...errorOf("agreedOn")}
              />
            </>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}

export function CorrectDialog({
  iepId,
  versionId,
  onClose,
}: {
  iepId: Id<"ieps">;
  /** In force, as the person sees it. */
  versionId: Id<"iepVersions">;
  onClose: () => void;
}) {
  const { t } = useTranslation("versions");
  const correct = useMutation(api.versions.correctPlan);
  const [values, setValues, draft] = useDraft(`plan.correct.${iepId}`, {
    ...{ part: "", before: "", after: "", reason: "" },
  });
  const { part, before, after, reason } = values;
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((old) => ({ ...old, [field]: value }));
  return (
    <FormDialog
      title={t("correct.open")}
      help={t("correct.help")}
      submitLabel={t("correct.submit")}
      done={t("correct.done")}
      check={() => checkCorrection({ part, before, after, reason })}
      save={() => correct({ iepId, part, before, after, reason, expectedVersionId: versionId })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <SelectField
            name="part"
            label={t("correct.part")}
            value={part}
            onChange={set("part")}
            options={PLAN_PARTS.filter((key) => key !== "general").map((key) => ({
              value: key,
              label: t(`parts.${key}`, { name: "…" }),
            }))}
            required
            {...errorOf("part")}
          />
          <TextField
            name="before"
            label={t("correct.before")}
            value={before}
            onChange={set("before")}
            required
            {...errorOf("before")}
          />
          <TextField
            name="after"
            label={t("correct.after")}
            value={after}
            onChange={set("after")}
            required
            {...errorOf("after")}
          />
          <TextArea
            name="reason"
            label={t("correct.reason")}
            value={reason}
            onChange={set("reason")}
            required
            {...errorOf("reason")}
          />
        </>
      )}
    </FormDialog>
  );
}
