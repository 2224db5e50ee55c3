import { Alert, Button, CopyButton, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { type Role, ROLES } from "../../../convex/domain/access/matrix";
import { checkEmail, checkPersonName } from "../../../convex/domain/people/person";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { useCurrentUser } from "../../lib/session";
import { TextField } from "../../ui/TextField";
import { RadioField, SelectField } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type Choice, SearchChoice } from "../../ui/SearchChoice";

interface Values {
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  school: string;
  language: "en" | "es";
  students: Choice[];
}
/** Stands for the whole district. */
const ALL = "all";
const needsStudents = (role: Role): boolean => role === "parent" || role === "student";

export function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["organization", "common"]);
  const { acting } = useCurrentUser();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const organization = useQuery(api.organizations.getOrganization, {});
  const invite = useMutation(api.invitations.createInvitation);
  const { run, saving, error } = useSaving();
  const [initial] = useState<Values>({
    ...{ email: "", firstName: "", lastName: "", role: "teacher", language: "en", students: [] },
    school: acting?.schoolId ?? ALL,
  });
  const [values, setValues, draft] = useDraft("invitation", initial);
  const [checked, setChecked] = useState<Problem[]>([]);
  const [link, setLink] = useState<string | null>(null);
  const problems = [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const errorOf = (path: string) => {
    const problem = byField[path];
    return problem === undefined ? undefined : problemText(problem);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { students, school, ...person } = values;
    const found: Problem[] = [
      ...checkEmail("email", person.email),
      ...checkPersonName(person),
      ...(needsStudents(person.role) && students.length === 0
        ? [{ field: "studentIds", code: "required" as const }]
        : []),
    ];
    setChecked(found);
    if (found.length > 0) return;
    void run(async () => {
      const { link: path } = await invite({
        ...person,
        ...(school === ALL ? {} : { schoolId: school as Id<"organizations"> }),
        ...(needsStudents(person.role)
          ? { studentIds: students.map(({ value }) => value as Id<"students">) }
          : {}),
      });
      setLink(`${window.location.origin}${path}`);
    }).then((saved) => {
      if (saved) draft.clear();
    });
  };
  const schools = organization?.schools ?? [];
  const places = [
    ...(acting?.schoolId === undefined
      ? [{ value: ALL, label: t("organization:allSchools") }]
      : []),
    ...schools
      .filter(({ _id }) => acting?.schoolId === undefined || acting.schoolId === _id)
      .map(({ _id, name }) => ({ value: _id, label: name })),
  ];
  return (
    <Panel title={t("organization:invite")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {link === null ? null : <InvitationLink link={link} />}
          <ProblemSummary
            problems={problems.map((problem) => ({
              field: problem.field,
              label: t(`organization:person.${problem.field}` as "organization:person.email"),
              text: problemText(problem),
            }))}
            message={error === null || problems.length > 0 ? undefined : errorText(error)}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {(["firstName", "lastName", "email"] as const).map((field) => (
              <TextField
                key={field}
                name={field}
                label={t(`organization:person.${field}`)}
                value={values[field]}
                onChange={(value) => set({ [field]: value })}
                error={errorOf(field)}
                required={field !== "lastName"}
                type={field === "email" ? "email" : "text"}
              />
            ))}
            <SelectField
              name="role"
              label={t("organization:columns.role")}
              value={values.role}
              options={ROLES.map((role) => ({ value: role, label: t(`common:roles.${role}`) }))}
              onChange={(role) => set({ role: role as Role })}
            />
            <SelectField
              name="school"
              label={t("organization:columns.school")}
              value={values.school}
              options={places}
              onChange={(school) => set({ school })}
            />
          </SimpleGrid>
          {needsStudents(values.role) ? (
            <StudentsChoice
              chosen={values.students}
              onChange={(students) => set({ students })}
              error={errorOf("studentIds")}
              most={values.role === "student" ? 1 : 20}
            />
          ) : null}
          <RadioField
            name="language"
            label={t("organization:mailLanguage")}
            value={values.language}
            options={[
              { value: "en", label: "English" },
              { value: "es", label: "Español" },
            ]}
            onChange={(language) => set({ language: language === "es" ? "es" : "en" })}
          />
          <FormActions
            submitLabel={t("organization:sendInvitation")}
            saving={saving}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Panel>
  );
}

function InvitationLink({ link }: { link: string }) {
  const { t } = useTranslation("organization");
  return (
    <Alert role="status" variant="outline" color="leaf" title={t("invited")}>
      <Group gap="sm">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {link}
        </Text>
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-md" onClick={copy}>
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}

function StudentsChoice({
  chosen,
  onChange,
  error,
  most,
}: {
  chosen: Choice[];
  onChange: (students: Choice[]) => void;
  error?: string;
  most: number;
}) {
  const { t } = useTranslation(["organization", "common"]);
  const { person } = useFormatting();
  const [search, setSearch] = useState("");
  const found = useQuery(api.students.getStudentsByUser, {
    paginationOpts: { numItems: 20, cursor: null },
    ...(search.trim() === "" ? {} : { search }),
  });
  return (
    <Stack gap="xs">
      {chosen.map((student) => (
        <Group key={student.value} gap="xs">
          <Text dir="auto">{student.label}</Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange(chosen.filter((other) => other !== student))}
          >
            {t("common:remove")}
          </Button>
        </Group>
      ))}
      {chosen.length >= most ? null : (
        <SearchChoice
          name="studentIds"
          label={t("organization:person.studentIds")}
          chosen={null}
          error={error}
          required
          onSearch={setSearch}
          onChoose={(choice) => {
            if (choice !== null && !chosen.some(({ value }) => value === choice.value))
              onChange([...chosen, choice]);
          }}
          choices={found?.page.map((student) => ({
            value: student._id,
            label: person(student.firstName, student.lastName),
            description: `${student.studentNumber} · ${student.schoolName}`,
          }))}
        />
      )}
    </Stack>
  );
}
