import { ActionIcon, Button, Group, MultiSelect, SimpleGrid, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type SyntheticEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  checkStudent,
  DISABILITY_CATEGORIES,
  type EmergencyContact,
  type StudentInput,
} from "../../../convex/domain/students/student";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { TextField } from "../../ui/TextField";
import { fieldId } from "../../ui/fieldProps";
import { DateField, SelectField, TextArea } from "../../ui/fields";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";

export interface StudentValues {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  studentNumber: string;
  gradeLevel: string;
  primaryDisability: string;
  secondaryDisabilities: string[];
  emergencyContacts: { name: string; relationship: string; phone: string; email: string }[];
  medicalConsiderations: string;
  transportationNeeds: string;
}

export const NO_VALUES: StudentValues = {
  ...{ firstName: "", lastName: "", dateOfBirth: "", studentNumber: "", gradeLevel: "" },
  ...{ primaryDisability: "", secondaryDisabilities: [], emergencyContacts: [] },
  ...{ medicalConsiderations: "", transportationNeeds: "" },
};

/** What is sent: an empty text is no text. */
export function toStudentInput(values: StudentValues): StudentInput {
  const { secondaryDisabilities, medicalConsiderations, transportationNeeds, ...rest } = values;
  return {
    ...rest,
    studentNumber: values.studentNumber.trim(),
    emergencyContacts: values.emergencyContacts.map(
      ({ email, ...contact }): EmergencyContact =>
        email.trim() === "" ? contact : { ...contact, email },
    ),
    ...(secondaryDisabilities.length === 0 ? {} : { secondaryDisabilities }),
    ...(medicalConsiderations.trim() === "" ? {} : { medicalConsiderations }),
    ...(transportationNeeds.trim() === "" ? {} : { transportationNeeds }),
  };
}

/**
 * For a new student and an existing one.
 * @param extra more fields, such as the school of a new student, with their problems
 * @param onSave resolves when the server has it
 */
export function StudentForm({
  draftKey,
  initial,
  gradeSystem,
  extra,
  submitLabel,
  onSave,
  onCancel,
}: {
  draftKey: string;
  initial: StudentValues;
  gradeSystem: readonly string[];
  extra?: { content: ReactNode; problems: () => Problem[] };
  submitLabel: string;
  onSave: (student: StudentInput) => Promise<unknown>;
  onCancel: () => void;
}) {
  const { t } = useTranslation(["students", "common"]);
  const { today } = useFormatting();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [values, setValues, draft] = useDraft(draftKey, initial);
  const [checked, setChecked] = useState<Problem[]>([]);
  /** As of the last try: it must not shrink below a pointer that is on its way to a field. */
  const [summary, setSummary] = useState<Problem[]>([]);
  const problems = [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const check = (entered: StudentValues) =>
    checkStudent(toStudentInput(entered), { gradeSystem, today: today() });
  const set = (part: Partial<StudentValues>) => {
    setValues((before) => ({ ...before, ...part }));
    // Once a try has failed, each change is judged at once.
    if (summary.length > 0) setChecked(check({ ...values, ...part }));
  };
  const field = (name: keyof StudentValues) => {
    const problem = byField[name];
    return {
      name,
      label: t(`students:fields.${name}`),
      ...(problem === undefined ? {} : { error: problemText(problem) }),
    };
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = [...check(values), ...(extra?.problems() ?? [])];
    setSummary(found);
    setChecked(found);
    if (found.length > 0) return;
    void run(() => onSave(toStudentInput(values))).then((saved) => {
      if (saved) draft.clear();
    });
  };
  const label = (path: string) => {
    const [first = "", , part] = path.split(".");
    const key = part ?? first;
    return t(`students:fields.${key}` as "students:fields.firstName");
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <DraftNotice draft={draft} />
        <ProblemSummary
          problems={[...summary, ...errorProblems(error)].map((problem) => ({
            field: problem.field,
            label: label(problem.field),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <Panel title={t("students:sections.person")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextField
              {...field("firstName")}
              value={values.firstName}
              onChange={(firstName) => set({ firstName })}
              required
            />
            <TextField
              {...field("lastName")}
              value={values.lastName}
              onChange={(lastName) => set({ lastName })}
              description={t("students:lastNameHelp")}
            />
            <DateField
              {...field("dateOfBirth")}
              value={values.dateOfBirth}
              onChange={(dateOfBirth) => set({ dateOfBirth })}
              max={today()}
              required
            />
            <TextField
              {...field("studentNumber")}
              value={values.studentNumber}
              onChange={(studentNumber) => set({ studentNumber })}
              required
            />
            <SelectField
              {...field("gradeLevel")}
              value={values.gradeLevel}
              options={gradeSystem.map((grade) => ({ value: grade, label: grade }))}
              onChange={(gradeLevel) => set({ gradeLevel })}
              required
            />
            {extra?.content}
          </SimpleGrid>
        </Panel>
        <Panel title={t("students:sections.needs")}>
          <Stack gap="md">
            <SelectField
              {...field("primaryDisability")}
              value={values.primaryDisability}
              options={disabilityOptions((key) => t(`students:disabilities.${key}`))}
              onChange={(primaryDisability) => set({ primaryDisability })}
              searchable
              required
            />
            <MultiSelect
              id={fieldId("secondaryDisabilities")}
              label={t("students:fields.secondaryDisabilities")}
              error={field("secondaryDisabilities").error ?? null}
              data={disabilityOptions((key) => t(`students:disabilities.${key}`))}
              value={values.secondaryDisabilities}
              onChange={(secondaryDisabilities) => set({ secondaryDisabilities })}
              clearable
              clearButtonProps={{ "aria-label": t("students:removeAll") }}
            />
            <TextArea
              {...field("medicalConsiderations")}
              value={values.medicalConsiderations}
              onChange={(medicalConsiderations) => set({ medicalConsiderations })}
            />
            <TextArea
              {...field("transportationNeeds")}
              value={values.transportationNeeds}
              onChange={(transportationNeeds) => set({ transportationNeeds })}
            />
          </Stack>
        </Panel>
        <EmergencyContacts
          contacts={values.emergencyContacts}
          onChange={(emergencyContacts) => set({ emergencyContacts })}
          errorOf={(path) => {
            const problem = byField[path];
            return problem === undefined ? undefined : problemText(problem);
          }}
        />
        <FormActions submitLabel={submitLabel} saving={saving} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function disabilityOptions(text: (key: (typeof DISABILITY_CATEGORIES)[number]) => string) {
  return DISABILITY_CATEGORIES.map((value) => ({ value, label: text(value) }));
}

function EmergencyContacts({
  contacts,
  onChange,
  errorOf,
}: {
  contacts: StudentValues["emergencyContacts"];
  onChange: (contacts: StudentValues["emergencyContacts"]) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation(["students", "common"]);
  const change = (index: number, part: Partial<StudentValues["emergencyContacts"][number]>) =>
    onChange(contacts.map((contact, at) => (at === index ? { ...contact, ...part } : contact)));
  const parts = ["name", "relationship", "phone", "email"] as const;
  return (
    <Panel title={t("students:fields.emergencyContacts")}>
      <Stack gap="md">
        {contacts.map((contact, index) => (
          // Contacts have no identity of their own while they are being typed.
          <Group
            key={index}
            align="flex-start"
            gap="sm"
            role="group"
            aria-label={t("students:contact", { number: index + 1 })}
          >
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} style={{ flex: 1 }}>
              {parts.map((part) => (
                <TextField
                  key={part}
                  name={`emergencyContacts.${String(index)}.${part}`}
                  label={t(`students:fields.${part}`)}
                  value={contact[part]}
                  onChange={(value) => change(index, { [part]: value })}
                  error={errorOf(`emergencyContacts.${String(index)}.${part}`)}
                  required={part === "name" || part === "phone"}
                  type={part === "phone" ? "tel" : part === "email" ? "email" : "text"}
                />
              ))}
            </SimpleGrid>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              mt={25}
              aria-label={`${t("common:remove")}: ${t("students:contact", { number: index + 1 })}`}
              onClick={() => onChange(contacts.filter((_, at) => at !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          style={{ alignSelf: "flex-start" }}
          onClick={() =>
            onChange([...contacts, { name: "", relationship: "", phone: "", email: "" }])
          }
        >
          {t("students:addContact")}
        </Button>
      </Stack>
    </Panel>
  );
}
