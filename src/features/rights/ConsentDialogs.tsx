/** Giving a consent, on the screen or from a signed paper, and recording what was disclosed under it. */
import { Checkbox, Group, SimpleGrid, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { addMonths } from "../../../convex/domain/calendar/calendarDate";
import {
  checkConsent,
  checkDay,
  checkDisclosure,
  lastDisclosureDay,
  RECORD_PARTS,
  type RecordPart,
} from "../../../convex/domain/rights/consent";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { fieldId } from "../../ui/fieldProps";
import { DateField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import { FormDialog } from "../../lib/FormDialog";
import type { Consent } from "./rightsWords";

function PartsField({
  label,
  value,
  of,
  onChange,
  error,
}: {
  label: string;
  value: readonly RecordPart[];
  of: readonly RecordPart[];
  onChange: (parts: RecordPart[]) => void;
  error?: string;
}) {
  const { t } = useTranslation("rights");
  return (
    <Checkbox.Group
      id={fieldId("parts")}
      label={label}
      withAsterisk
      value={[...value]}
      error={error ?? null}
      onChange={(parts) => onChange(RECORD_PARTS.filter((part) => parts.includes(part)))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {of.map((part) => (
          <Checkbox key={part} value={part} label={t(`consents.partNames.${part}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

export function ConsentDialog({
  studentId,
  paper,
  onClose,
}: {
  studentId: Id<"students">;
  paper: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { today } = useFormatting();
  const give = useMutation(api.consents.giveConsent);
  const [initial] = useState(() => ({
    ...{ recipient: "", purpose: "", parts: [] as RecordPart[], givenOn: "" },
    ...{ from: today(), until: addMonths(today(), 12) },
  }));
  const [values, setValues, draft] = useDraft(`rights.consent.${studentId}`, initial);
  // Nobody signs by a draft.
  const [signedName, setSignedName] = useState("");
  const [clientMutationId] = useState(newClientMutationId);
  const change = (part: Partial<typeof initial>) => setValues((before) => ({ ...before, ...part }));
  const { givenOn, ...rest } = values;
  const input = { ...rest, signedName };
  return (
    <FormDialog
      title={t(paper ? "staff.consent" : "consents.give")}
      help={t(paper ? "consents.law" : "family.consentText")}
      submitLabel={t(paper ? "form.record" : "consents.give")}
      done={t("form.saved")}
      check={() => [...checkConsent(input), ...(paper ? checkDay("givenOn", givenOn) : [])]}
      save={() => give({ studentId, ...input, ...(paper ? { givenOn } : {}), clientMutationId })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextField
            name="recipient"
            label={t("consents.recipient")}
            description={t("consents.recipientHelp")}
            value={values.recipient}
            onChange={(recipient) => change({ recipient })}
            required
            {...errorOf("recipient")}
          />
          <TextArea
            name="purpose"
            label={t("consents.purpose")}
            value={values.purpose}
            onChange={(purpose) => change({ purpose })}
            required
            {...errorOf("purpose")}
          />
          <PartsField
            label={t("consents.parts")}
            value={values.parts}
            of={RECORD_PARTS}
            onChange={(parts) => change({ parts })}
            {...errorOf("parts")}
          />
          <Group gap="md" grow align="flex-start">
            <DateField
              name="from"
              label={t("consents.from")}
              value={values.from}
              onChange={(from) => change({ from })}
              required
              {...errorOf("from")}
            />
            <DateField
              name="until"
              label={t("consents.until")}
              value={values.until}
              onChange={(until) => change({ until })}
              required
              {...errorOf("until")}
            />
          </Group>
          {paper ? (
            <DateField
              name="givenOn"
              label={t("consents.givenOn")}
              value={givenOn}
              onChange={(day) => change({ givenOn: day })}
              max={today()}
              required
              {...errorOf("givenOn")}
            />
          ) : (
            <Text size="sm">{t("consents.signedNote")}</Text>
          )}
          <TextField
            name="signedName"
            label={t(paper ? "consents.signedNamePaper" : "consents.signedName")}
            value={signedName}
            onChange={setSignedName}
            required
            {...errorOf("signedName")}
          />
        </>
      )}
    </FormDialog>
  );
}

export function DisclosureDialog({
  studentId,
  consent,
  onClose,
}: {
  studentId: Id<"students">;
  consent: Consent;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { today, date } = useFormatting();
  const record = useMutation(api.consents.recordDisclosure);
  const [input, setInput, draft] = useDraft(`rights.disclosure.${consent._id}`, {
    ...{ disclosedOn: today(), parts: consent.parts, note: "" },
  });
  const { disclosedOn, parts, note } = input;
  const set = (part: Partial<typeof input>) => setInput((before) => ({ ...before, ...part }));
  const [clientMutationId] = useState(newClientMutationId);
  return (
    <FormDialog
      title={t("consents.disclose")}
      help={`${consent.recipient}: ${t("consents.span", {
        from: date(consent.from),
        until: date(consent.until),
      })}`}
      submitLabel={t("form.record")}
      done={t("form.saved")}
      check={() => checkDisclosure(input, consent, today())}
      save={() => record({ studentId, consentId: consent._id, ...input, clientMutationId })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <DateField
            name="disclosedOn"
            label={t("consents.disclosedOn")}
            value={disclosedOn}
            onChange={(day) => set({ disclosedOn: day })}
            min={consent.from}
            max={lastDisclosureDay(consent, today())}
            required
            {...errorOf("disclosedOn")}
          />
          <PartsField
            label={t("consents.partsShared")}
            value={parts}
            of={consent.parts}
            onChange={(chosen) => set({ parts: chosen })}
            {...errorOf("parts")}
          />
          <TextArea
            name="note"
            label={t("consents.note")}
            value={note}
            onChange={(text) => set({ note: text })}
            {...errorOf("note")}
          />
        </>
      )}
    </FormDialog>
  );
}
