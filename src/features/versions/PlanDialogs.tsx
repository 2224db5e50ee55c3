/** What is done to a plan in force: amending it, and putting a typing error right. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkCorrection } from "../../../convex/domain/ieps/correction";
import { PLAN_PARTS } from "../../../convex/domain/ieps/parts";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
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
  const [reason, setReason] = useState("");
  const [way, setWay] = useState("");
  const [agreedWith, setAgreedWith] = useState("");
  const [agreedOn, setAgreedOn] = useState(today);
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
        await navigate({ to: `/ieps/${amendmentId}` });
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextArea
            name="reason"
            label={t("amend.reason")}
            value={reason}
            onChange={setReason}
            required
            {...errorOf("reason")}
          />
          <RadioField
            name="way"
            label={t("amend.meeting")}
            value={way}
            onChange={setWay}
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
                onChange={setAgreedWith}
                required
                {...errorOf("agreedWith")}
              />
              <DateField
                name="agreedOn"
                label={t("amend.agreedOn")}
                value={agreedOn}
                onChange={setAgreedOn}
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
  const [part, setPart] = useState("");
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t("correct.open")}
      help={t("correct.help")}
      submitLabel={t("correct.submit")}
      done={t("correct.done")}
      check={() => checkCorrection({ part, before, after, reason })}
      save={() => correct({ iepId, part, before, after, reason, expectedVersionId: versionId })}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <SelectField
            name="part"
            label={t("correct.part")}
            value={part}
            onChange={setPart}
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
            onChange={setBefore}
            required
            {...errorOf("before")}
          />
          <TextField
            name="after"
            label={t("correct.after")}
            value={after}
            onChange={setAfter}
            required
            {...errorOf("after")}
          />
          <TextArea
            name="reason"
            label={t("correct.reason")}
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
