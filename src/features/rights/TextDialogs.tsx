/** Dialogs in which somebody writes one text: the family's statement, and what the agency needs no longer. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import { FormDialog } from "../../lib/FormDialog";
import { type RightsRequest, useRightsWords } from "./rightsWords";

export function StatementDialog({
  studentId,
  request,
  paper,
  onClose,
}: {
  studentId: Id<"students">;
  request: RightsRequest;
  paper: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const place = useMutation(api.rights.placeStatement);
  const [{ text, signedName }, setValues, draft] = useDraft(`rights.statement.${request._id}`, {
    ...{ text: "", signedName: "" },
  });
  const [clientMutationId] = useState(newClientMutationId);
  return (
    <FormDialog
      title={t("steps.placeStatement")}
      help={t("stepHelp.placeStatement")}
      submitLabel={t("steps.placeStatement")}
      done={t("form.saved")}
      check={() => [
        ...checkText("text", text, { required: true, max: LIMITS.longText }),
        ...checkText("signedName", signedName, { required: paper, max: LIMITS.title }),
      ]}
      save={() =>
        place({
          ...{ studentId, requestId: request._id, text, clientMutationId },
          ...(paper ? { signedName } : {}),
        })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          {paper ? (
            <TextField
              name="signedName"
              label={t("consents.signedNamePaper")}
              value={signedName}
              onChange={(value) => setValues((before) => ({ ...before, signedName: value }))}
              required
              {...errorOf("signedName")}
            />
          ) : null}
          <TextArea
            name="text"
            label={t("form.statement")}
            value={text}
            onChange={(value) => setValues((before) => ({ ...before, text: value }))}
            minRows={6}
            required
            {...errorOf("text")}
          />
        </>
      )}
    </FormDialog>
  );
}

export function InformDialog({
  studentId,
  onClose,
}: {
  studentId: Id<"students">;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const words = useRightsWords();
  const inform = useMutation(api.rights.informNoLongerNeeded);
  const [about, setAbout, draft] = useDraft(`rights.inform.${studentId}`, "");
  const [clientMutationId] = useState(newClientMutationId);
  return (
    <FormDialog
      title={t("staff.inform")}
      help={t("stepHelp.inform", { kept: words.kept() })}
      submitLabel={t("form.send")}
      done={t("form.saved")}
      check={() => checkText("about", about, { required: true, max: LIMITS.text })}
      save={() => inform({ studentId, about, clientMutationId })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextArea
          name="about"
          label={t("form.aboutInform")}
          value={about}
          onChange={setAbout}
          required
          {...errorOf("about")}
        />
      )}
    </FormDialog>
  );
}
