import { Alert, SimpleGrid } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { type BankItemInput, checkBankItem } from "../../../convex/domain/bank/item";
import { personalHints, withoutName } from "../../../convex/domain/bank/template";
import { DIRECTIONS, MEASUREMENT_KINDS } from "../../../convex/domain/progress/shape";
import { CheckboxField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import { useDraft } from "../drafts";
import { type ErrorOf, FormDialog } from "../FormDialog";
import { useMutation } from "../mutation";
import { newClientMutationId } from "../uniqueId";
import { textsOf } from "./FilledText";
import { LanguageField } from "./LanguageField";
import type { SavedItem } from "./BankItems";
import { type Bank, useBankWords } from "./useBankWords";

interface Child {
  firstName: string;
  lastName: string;
  studentNumber: string;
}

interface Props {
  /** Names what is kept of what was typed. */
  draftKey: string;
  initial: BankItemInput;
  /** Of an item that is there already. */
  saved?: SavedItem;
  /** The bank that is offered first. */
  place?: Bank["place"];
  onClose: () => void;
}

/** A text of a bank: new, or changed. */
export function BankItemDialog(props: Props) {
  const banks = useQuery(api.bank.listBanks);
  return banks === undefined ? null : <ItemForm {...props} banks={banks} child={null} />;
}

/** What a plan says, kept for other plans without the student's name. */
export function SaveToBankDialog({
  studentId,
  initial,
  ...props
}: Omit<Props, "initial"> & {
  studentId: Id<"students">;
  initial: Omit<BankItemInput, "language">;
}) {
  const { i18n } = useTranslation();
  const banks = useQuery(api.bank.listBanks);
  const child = useQuery(api.students.getStudentDetail, { studentId });
  if (banks === undefined || child === undefined) return null;
  const clean = (text: string) => withoutName(text, child);
  return (
    <ItemForm
      {...props}
      {...{ banks, child }}
      initial={{
        ...{ ...initial, text: clean(initial.text) },
        language: i18n.language.startsWith("es") ? "es" : "en",
        ...(initial.measure === undefined
          ? {}
          : { measure: { ...initial.measure, criterion: clean(initial.measure.criterion) } }),
      }}
    />
  );
}

function ItemForm({
  draftKey,
  initial,
  saved,
  place: firstPlace,
  banks,
  child,
  onClose,
}: Props & { banks: readonly Bank[]; child: Child | null }) {
  const { t } = useTranslation(["bank", "common"]);
  const { areas, bankName } = useBankWords();
  const add = useMutation(api.bank.addItem);
  const edit = useMutation(api.bank.editItem);
  const [clientMutationId] = useState(newClientMutationId);
  const [item, setItem, draft] = useDraft(draftKey, initial);
  const writable = banks.filter(({ canWrite }) => canWrite);
  const [place, setPlace] = useState<string>(firstPlace ?? writable[0]?.place ?? "");
  const [checked, setChecked] = useState(false);
  const set = (part: Partial<BankItemInput>) => setItem((before) => ({ ...before, ...part }));
  const hints = child === null ? [] : personalHints(textsOf(item).join("\n"), child);
  const save = () => {
    if (saved !== undefined)
      return edit({ itemId: saved._id, item, expectedVersion: saved.version });
    const bank = writable.find((candidate) => candidate.place === place);
    return bank === undefined
      ? Promise.resolve()
      : add({ place: bank.place, item, clientMutationId });
  };
  return (
    <FormDialog
      title={saved === undefined ? t("bank:addTo") : t("bank:edit")}
      help={child === null ? undefined : t("bank:fromPlan.help")}
      submitLabel={t("common:save")}
      done={t("bank:saved")}
      check={() => [
        ...checkBankItem(item),
        ...(child === null || checked ? [] : [{ field: "checked", code: "required" as const }]),
      ]}
      {...{ save, onClose, draft }}
    >
      {(errorOf) => (
        <>
          {saved !== undefined || writable.length < 2 ? null : (
            <SelectField
              name="bank-place"
              label={t("bank:form.place")}
              value={place}
              options={writable.map((bank) => ({ value: bank.place, label: bankName(bank) }))}
              onChange={setPlace}
              required
            />
          )}
          <SelectField
            name="area"
            label={t(`bank:area.${item.kind}`)}
            value={item.area}
            options={areas(item.kind)}
            onChange={(area) => set({ area })}
            required
            {...errorOf("area")}
          />
          <TextArea
            name="text"
            label={t("bank:form.text")}
            description={t("bank:form.textHelp")}
            value={item.text}
            onChange={(text) => set({ text })}
            required
            {...errorOf("text")}
          />
          {item.measure === undefined ? null : (
            <MeasureFields
              measure={item.measure}
              onChange={(measure) => set({ measure })}
              errorOf={errorOf}
            />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextField
              name="title"
              label={t("bank:form.title")}
              description={t("bank:form.titleHelp")}
              value={item.title}
              onChange={(title) => set({ title })}
              {...errorOf("title")}
            />
            <LanguageField value={item.language} onChange={(language) => set({ language })} />
          </SimpleGrid>
          {hints.length === 0 ? null : (
            <Alert color="orange" variant="outline" role="status">
              {hints.map((hint) => t(`bank:fromPlan.hints.${hint}`)).join(" ")}
            </Alert>
          )}
          {child === null ? null : (
            <CheckboxField
              name="checked"
              label={t("bank:fromPlan.checked")}
              value={checked}
              onChange={setChecked}
              required
              {...errorOf("checked")}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

type Measure = NonNullable<BankItemInput["measure"]>;

function MeasureFields({
  measure,
  onChange,
  errorOf,
}: {
  measure: Measure;
  onChange: (measure: Measure) => void;
  errorOf: ErrorOf;
}) {
  const { t } = useTranslation(["bank", "goals"]);
  const set = (part: Partial<Measure>) => onChange({ ...measure, ...part });
  return (
    <>
      <SelectField
        name="measure.kind"
        label={t("bank:form.measure")}
        value={measure.kind}
        options={MEASUREMENT_KINDS.map((value) => ({ value, label: t(`goals:kinds.${value}`) }))}
        onChange={(kind) => set({ kind: kind as Measure["kind"] })}
        required
      />
      {measure.kind === "count" || measure.kind === "rate" ? (
        <TextField
          name="measure.unit"
          label={t("goals:fields.measurement_unit")}
          description={t("goals:unitHelp")}
          value={measure.unit}
          onChange={(unit) => set({ unit })}
          {...errorOf("measure.unit")}
        />
      ) : null}
      <RadioField
        name="measure.direction"
        label={t("goals:fields.measurement_direction")}
        value={measure.direction}
        options={DIRECTIONS.map((value) => ({ value, label: t(`goals:directions.${value}`) }))}
        onChange={(direction) => set({ direction: direction as Measure["direction"] })}
      />
      <TextField
        name="measure.criterion"
        label={t("bank:form.criterion")}
        description={t("bank:form.criterionHelp")}
        value={measure.criterion}
        onChange={(criterion) => set({ criterion })}
        {...errorOf("measure.criterion")}
      />
    </>
  );
}
