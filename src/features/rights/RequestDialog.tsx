import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkPaper, checkRequest, GROUNDS } from "../../../convex/domain/rights/input";
import { REQUEST_KINDS, type RequestKind } from "../../../convex/domain/rights/requests";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import { type ErrorOf, FormDialog } from "../../lib/FormDialog";
import { useRightsWords } from "./rightsWords";

const ABOUT = {
  inspection: "form.aboutInspection",
  amendment: "form.aboutAmendment",
  destruction: "form.aboutDestruction",
} as const;
const EMPTY = { about: "", ground: "", correction: "", name: "", receivedOn: "" };
type Values = typeof EMPTY;

/** The family asks, or staff record what it asked on paper. */
export function RequestDialog({
  studentId,
  kind: given,
  paper,
  onClose,
}: {
  studentId: Id<"students">;
  /** Null: to be chosen. */
  kind: RequestKind | null;
  paper: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { today } = useFormatting();
  const words = useRightsWords();
  const make = useMutation(api.rights.makeRequest);
  const [kind, setKind] = useState<RequestKind>(given ?? "inspection");
  const [values, setValues, draft] = useDraft<Values>(
    `rights.${given ?? "paper"}.${studentId}`,
    EMPTY,
  );
  const [clientMutationId] = useState(newClientMutationId);
  const set = (field: keyof Values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const ground = GROUNDS.find((value) => value === values.ground);
  const { about, correction, name, receivedOn } = values;
  const input = { kind, about, ...(kind === "amendment" ? { ground, correction } : {}) };
  return (
    <FormDialog
      title={given === null ? t("staff.record") : t(`family.${given}`)}
      help={
        kind === "destruction" ? t("stepHelp.askDestruction", { kept: words.kept() }) : undefined
      }
      submitLabel={t(paper ? "form.record" : "form.send")}
      done={t(paper ? "form.saved" : "form.sent")}
      check={() => [
        ...checkRequest(input),
        ...(paper ? checkPaper({ name, receivedOn }, today()) : []),
      ]}
      save={() =>
        make({
          ...{ studentId, ...input, clientMutationId },
          ...(paper ? { paper: { name, receivedOn } } : {}),
        })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          {given === null ? (
            <SelectField
              name="kind"
              label={t("form.kind")}
              value={kind}
              options={REQUEST_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              onChange={(value) => setKind(value as RequestKind)}
            />
          ) : null}
          {paper ? <PaperFields {...{ values, set, errorOf }} /> : null}
          <TextArea
            name="about"
            label={t(ABOUT[kind])}
            value={about}
            onChange={set("about")}
            required={kind === "amendment"}
            {...errorOf("about")}
          />
          {kind === "amendment" ? <AmendmentFields {...{ values, set, errorOf }} /> : null}
        </>
      )}
    </FormDialog>
  );
}

interface FieldsProps {
  values: Values;
  set: (field: keyof Values) => (value: string) => void;
  errorOf: ErrorOf;
}

function PaperFields({ values, set, errorOf }: FieldsProps) {
  const { t } = useTranslation("rights");
  const { today } = useFormatting();
  return (
    <>
      <TextField
        name="name"
        label={t("form.name")}
        value={values.name}
        onChange={set("name")}
        required
        {...errorOf("name")}
      />
      <DateField
        name="receivedOn"
        label={t("form.receivedOn")}
        description={t("form.receivedOnHelp")}
        value={values.receivedOn}
        onChange={set("receivedOn")}
        max={today()}
        {...errorOf("receivedOn")}
      />
    </>
  );
}

function AmendmentFields({ values, set, errorOf }: FieldsProps) {
  const { t } = useTranslation("rights");
  return (
    <>
      <RadioField
        name="ground"
        label={t("form.ground")}
        value={values.ground}
        options={GROUNDS.map((value) => ({ value, label: t(`grounds.${value}`) }))}
        onChange={set("ground")}
        required
        {...errorOf("ground")}
      />
      <TextArea
        name="correction"
        label={t("form.correction")}
        value={values.correction}
        onChange={set("correction")}
        required
        {...errorOf("correction")}
      />
    </>
  );
}
