import { Button, List, SimpleGrid, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { TextField } from "../../ui/TextField";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import type { Organization } from "./OrganizationPage";

const FIELDS = ["name", "street", "city", "state", "zipCode", "phone", "email"] as const;
const EMPTY = {
  ...{ name: "", street: "", city: "", state: "", zipCode: "", phone: "", email: "" },
};

export function SchoolsPanel({ organization }: { organization: Organization }) {
  const { t } = useTranslation("organization");
  const [adding, setAdding] = useState(false);
  const canAdd = organization.abilities["organization.addSchool"];
  return (
    <Panel
      title={t("schools")}
      actions={
        canAdd && !adding ? (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t("addSchool")}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="md">
        {organization.schools.length === 0 ? (
          <Text c="dimmed">{t("noSchools")}</Text>
        ) : (
          <List listStyleType="none" spacing={4}>
            {organization.schools.map(({ _id, name }) => (
              <List.Item key={_id}>{name}</List.Item>
            ))}
          </List>
        )}
        {adding ? <AddSchool onDone={() => setAdding(false)} /> : null}
      </Stack>
    </Panel>
  );
}

/** The server checks; what it finds is shown at the fields. */
function AddSchool({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("organization");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const addSchool = useMutation(api.organizations.addSchool);
  const { run, saving, error } = useSaving();
  const [values, setValues, draft] = useDraft("school.new", EMPTY);
  const problems = errorProblems(error);
  const byField = problemsByField(problems);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(() => addSchool(values)).then((saved) => {
      if (!saved) return;
      draft.clear();
      notifyDone(t("saved"));
      onDone();
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <ProblemSummary
          problems={problems.map((problem) => ({
            field: problem.field,
            label: t(`school.${problem.field}` as "school.name"),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {FIELDS.map((field) => {
            const problem = byField[field];
            return (
              <TextField
                key={field}
                name={field}
                label={t(`school.${field}`)}
                value={values[field]}
                onChange={(value) => setValues((before) => ({ ...before, [field]: value }))}
                error={problem === undefined ? undefined : problemText(problem)}
                required
              />
            );
          })}
        </SimpleGrid>
        <FormActions submitLabel={t("addSchool")} saving={saving} onCancel={onDone} />
      </Stack>
    </form>
  );
}
