/** What happens on paper: a copy was handed over, a signature came back. */
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import {
  CAPACITIES,
  type Capacity,
  type Decision,
  DECISIONS,
} from "../../../convex/domain/ieps/signing";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";

const WAYS = ["inPerson", "mail", "email", "sentHome"] as const;

export function DeliveryDialog({
  studentId,
  versionId,
  onClose,
}: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
  onClose: () => void;
}) {
  const { t } = useTranslation("versions");
  const { today } = useFormatting();
  const record = useMutation(api.signatures.recordDelivery);
  const [values, setValues, draft] = useDraft<{
    recipient: string;
    way: (typeof WAYS)[number];
    deliveredOn: string;
    note: string;
  }>(`version.delivery.${versionId}`, {
    ...{ recipient: "", way: "inPerson", deliveredOn: today(), note: "" },
  });
  const { recipient, way, deliveredOn, note } = values;
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const [clientMutationId] = useState(newClientMutationId);
  return (
    <FormDialog
      title={t("delivery.open")}
      submitLabel={t("delivery.save")}
      done={t("delivery.done")}
      check={() => checkText("recipient", recipient, { required: true, max: LIMITS.title })}
      save={() =>
        record({ studentId, versionId, way, recipient, deliveredOn, note, clientMutationId })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextField
            name="recipient"
            label={t("delivery.recipient")}
            value={recipient}
            onChange={set("recipient")}
            required
            {...errorOf("recipient")}
          />
          <RadioField
            name="way"
            label={t("delivery.way")}
            value={way}
            onChange={set("way")}
            options={WAYS.map((value) => ({ value, label: t(`delivery.ways.${value}`) }))}
          />
          <DateField
            name="deliveredOn"
            label={t("delivery.on")}
            value={deliveredOn}
            onChange={set("deliveredOn")}
            required
            {...errorOf("deliveredOn")}
          />
          <TextArea
            name="note"
            label={t("delivery.note")}
            value={note}
            onChange={set("note")}
            {...errorOf("note")}
          />
        </>
      )}
    </FormDialog>
  );
}

export function PaperSignatureDialog({
  studentId,
  versionId,
  isFirst,
  onClose,
}: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
  isFirst: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("versions");
  const { today } = useFormatting();
  const record = useMutation(api.signatures.recordPaperSignature);
  const documents = useQuery(api.documents.listDocuments, { studentId });
  const [values, setValues, draft] = useDraft<{
    signerName: string;
    capacity: Capacity;
    decision: Decision;
    exceptions: string;
    signedOn: string;
    documentId: string;
    consent: string;
  }>(`version.paper.${versionId}`, {
    ...{ signerName: "", capacity: "parent", decision: "accept" },
    ...{ exceptions: "", signedOn: today(), documentId: "", consent: "" },
  });
  const { signerName, capacity, decision, exceptions, signedOn, documentId, consent } = values;
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const [clientMutationId] = useState(newClientMutationId);
  const asksConsent = isFirst && (capacity === "parent" || capacity === "adultStudent");
  return (
    <FormDialog
      title={t("paper.open")}
      submitLabel={t("paper.save")}
      done={t("paper.done")}
      check={() => [
        ...checkText("signerName", signerName, { required: true, max: LIMITS.title }),
        ...checkText("exceptions", exceptions, {
          required: decision === "partly",
          max: LIMITS.text,
        }),
      ]}
      save={() =>
        record({
          ...{ studentId, versionId, signerName, capacity, decision, exceptions, signedOn },
          ...(documentId === "" ? {} : { documentId: documentId as Id<"documents"> }),
          ...(asksConsent && consent !== "" ? { servicesConsent: consent === "yes" } : {}),
          clientMutationId,
        })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextField
            name="signerName"
            label={t("paper.name")}
            value={signerName}
            onChange={set("signerName")}
            required
            {...errorOf("signerName")}
          />
          <SelectField
            name="capacity"
            label={t("paper.capacity")}
            value={capacity}
            onChange={set("capacity")}
            options={CAPACITIES.map((value) => ({
              value,
              label: t(`signatures.capacity.${value}`),
            }))}
          />
          <RadioField
            name="decision"
            label={t("paper.decision")}
            value={decision}
            onChange={set("decision")}
            options={DECISIONS.map((value) => ({
              value,
              label: t(`signatures.decision.${value}`),
            }))}
          />
          {decision === "accept" ? null : (
            <TextArea
              name="exceptions"
              label={t("sign.exceptions")}
              value={exceptions}
              onChange={set("exceptions")}
              required={decision === "partly"}
              {...errorOf("exceptions")}
            />
          )}
          {asksConsent ? (
            <RadioField
              name="consent"
              label={t("paper.consent")}
              value={consent}
              onChange={set("consent")}
              options={[
                { value: "", label: t("paper.consentNone") },
                { value: "yes", label: t("signatures.consentYes") },
                { value: "no", label: t("signatures.consentNo") },
              ]}
            />
          ) : null}
          <DateField
            name="signedOn"
            label={t("paper.signedOn")}
            value={signedOn}
            onChange={set("signedOn")}
            required
            {...errorOf("signedOn")}
          />
          <SelectField
            name="documentId"
            label={t("paper.scan")}
            description={t("paper.scanHelp")}
            value={documentId}
            onChange={set("documentId")}
            clearable
            placeholder={t("paper.noScan")}
            options={(documents?.documents ?? [])
              .filter(({ removed }) => removed === null)
              .map(({ _id, title }) => ({ value: _id, label: title }))}
          />
        </>
      )}
    </FormDialog>
  );
}
