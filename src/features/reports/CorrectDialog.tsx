import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { TextArea } from "../../ui/fields";
import type { Report } from "./reportTypes";

/** What was wrong, and a new draft. */
export function CorrectDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const correct = useMutation(api.reports.correctReport);
  const navigate = useNavigate();
  const [reason, setReason, draft] = useDraft(`report.correct.${report._id}`, "");
  const [clientMutationId] = useState(newClientMutationId);
  const { studentId, _id: reportId } = report;
  return (
    <FormDialog
      title={t("correct")}
      help={t("correctHelp")}
      submitLabel={t("correct")}
      done={t("correctDone")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.title })}
      save={async () => {
        const id = await correct({ studentId, reportId, reason, clientMutationId });
        await navigate({ to: `/students/${studentId}/reports/${id}` });
      }}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextArea
          name="reason"
          label={t("correctReason")}
          value={reason}
          onChange={setReason}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
