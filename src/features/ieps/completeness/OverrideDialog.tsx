import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../../convex/domain/validation/problem";
import { useDraft } from "../../../lib/drafts";
import { FormDialog } from "../../../lib/FormDialog";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { TextArea } from "../../../ui/fields";
import type { Completeness } from "./CompletenessPanel";

/** The plan goes in force without what is missing now, for a reason that stays with it. */
export function OverrideDialog({
  iepId,
  found,
  onClose,
}: {
  iepId: Id<"ieps">;
  found: Completeness;
  onClose: () => void;
}) {
  const { t } = useTranslation("completeness");
  const decide = useMutation(api.completeness.overrideCompleteness);
  const [reason, setReason, draft] = useDraft(`plan.override.${iepId}`, "");
  const [clientMutationId] = useState(newClientMutationId);
  // What the person has seen: if more is missing by then, they are told.
  const [seen] = useState(() => found.findings.map(({ id }) => id));
  return (
    <FormDialog
      title={t("goWithout")}
      help={t("goWithoutHelp", { count: found.openCount })}
      submitLabel={t("goWithout")}
      done={t("wentWithout")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.text })}
      save={() => decide({ iepId, reason, findings: seen, clientMutationId })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextArea
          name="reason"
          label={t("reason")}
          value={reason}
          onChange={setReason}
          minRows={3}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
