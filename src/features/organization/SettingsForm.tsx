import { ActionIcon, Alert, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  checkSettings,
  CYCLE_LIMITS,
  CYCLES,
  type OrganizationSettings,
  readsLive,
} from "../../../convex/domain/organizations/settings";
import { SIGNATURE_DEFAULTS } from "../../../convex/domain/ieps/signers";
import { progressSettingsFrom } from "../../../convex/domain/progress/rules";
import { MAJORITY_AGE } from "../../../convex/domain/students/majority";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { TextField } from "../../ui/TextField";
import { CheckboxField, DateField, NumberField, SelectField, TextArea } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { ProgressRules } from "./ProgressRules";
import { SignatureRules } from "./SignatureRules";
import { SecuritySettings } from "./SecuritySettings";

const TIME_ZONES = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "Pacific/Guam",
];

/** What a number field holds while nothing is in it. */
const orNaN = (value: number | null): number => value ?? Number.NaN;
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

interface Draft {
  settings: OrganizationSettings;
  /** Of the settings that the editing began with. */
  version: number;
}

export function SettingsForm({
  settings,
  version,
}: {
  settings: OrganizationSettings;
  version: number;
}) {
  const { t } = useTranslation(["organization", "common"]);
  const problemText = useProblemText();
  const errorText = useErrorText();
  const change = useMutation(api.organizations.changeSettings);
  const { run, saving, error } = useSaving();
  const [draft, setDraft, { clear }] = useDraft<Draft | null>("settings", null);
  const [checked, setChecked] = useState<Problem[]>([]);
  // Without edits the form shows what is saved, live; with edits, what was typed.
  const values = draft?.settings ?? settings;
  const problems = draft === null ? [] : [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<OrganizationSettings>) =>
    setDraft((before) => ({
      settings: { ...(before?.settings ?? settings), ...part },
      version: before?.version ?? version,
    }));
  const errorOf = (path: string) => {
    const problem = byField[path];
    return problem === undefined ? undefined : problemText(problem);
  };
  const cancel = () => {
    clear();
    setChecked([]);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const cleaned = {
      ...draft.settings,
      gradeSystem: draft.settings.gradeSystem.map((grade) => grade.trim()).filter((g) => g !== ""),
    };
    const found = checkSettings(cleaned);
    setChecked(found);
    if (found.length > 0) return;
    void run(() => change({ settings: cleaned, expectedVersion: draft.version })).then((saved) => {
      if (!saved) return;
      cancel();
      notifyDone(t("organization:saved"));
    });
  };
  const label = (path: string) => {
    const key = path.replace(/\.\d+(\.\w+)?$/u, "").replaceAll(".", "_");
    return t(`organization:fields.${key}` as "organization:fields.timezone");
  };
  return (
    <Panel title={t("organization:cycles")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <ProblemSummary
            problems={problems.map((problem) => ({
              field: problem.field,
              label: label(problem.field),
              text: problemText(problem),
            }))}
            message={
              error === null || problems.length > 0 || draft === null ? undefined : errorText(error)
            }
          />
          {draft !== null && draft.version !== version ? (
            <Alert variant="outline" color="yellow" role="status">
              {t("organization:changedElsewhere")}
            </Alert>
          ) : null}
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
            {CYCLES.map((cycle) => (
              <NumberField
                key={cycle}
                name={`complianceSettings.${cycle}`}
                label={t(`organization:fields.complianceSettings_${cycle}`)}
                description={t(`organization:rules.${cycle}`, CYCLE_LIMITS[cycle])}
                value={orNull(values.complianceSettings[cycle] ?? MAJORITY_AGE)}
                decimals={0}
                onChange={(value) =>
                  set({
                    complianceSettings: { ...values.complianceSettings, [cycle]: orNaN(value) },
                  })
                }
                error={errorOf(`complianceSettings.${cycle}`)}
                required
              />
            ))}
          </SimpleGrid>
          <CheckboxField
            name="complianceSettings.objectivesForAll"
            label={t("organization:fields.complianceSettings_objectivesForAll")}
            description={t("organization:rules.objectivesForAll")}
            value={values.complianceSettings.objectivesForAll ?? false}
            onChange={(objectivesForAll) =>
              set({ complianceSettings: { ...values.complianceSettings, objectivesForAll } })
            }
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <DateField
              name="academicYear.start"
              label={t("organization:fields.academicYear_start")}
              value={values.academicYear.start}
              onChange={(start) => set({ academicYear: { ...values.academicYear, start } })}
              error={errorOf("academicYear.start")}
              required
            />
            <DateField
              name="academicYear.end"
              label={t("organization:fields.academicYear_end")}
              value={values.academicYear.end}
              onChange={(end) => set({ academicYear: { ...values.academicYear, end } })}
              error={errorOf("academicYear.end")}
              required
            />
            <SelectField
              name="timezone"
              label={t("organization:fields.timezone")}
              value={values.timezone}
              options={[...new Set([values.timezone, ...TIME_ZONES])].map((zone) => ({
                value: zone,
                label: zone.replaceAll("_", " "),
              }))}
              onChange={(timezone) => set({ timezone })}
              error={errorOf("timezone")}
              searchable
              required
            />
          </SimpleGrid>
          <SecuritySettings
            security={values.securitySettings ?? {}}
            onChange={(securitySettings) => set({ securitySettings })}
            errorOf={errorOf}
          />
          <ProgressRules
            rules={progressSettingsFrom(values.progressSettings)}
            onChange={(progressSettings) => set({ progressSettings })}
            errorOf={errorOf}
          />
          <CheckboxField
            name="familySettings.liveProgress"
            label={t("organization:fields.familySettings_liveProgress")}
            description={t("organization:rules.liveProgress")}
            value={readsLive(values)}
            onChange={(liveProgress) => set({ familySettings: { liveProgress } })}
          />
          <SignatureRules
            rules={values.signatureSettings ?? SIGNATURE_DEFAULTS}
            onChange={(signatureSettings) => set({ signatureSettings })}
          />
          <ReportingPeriods
            periods={values.reportingPeriods}
            onChange={(reportingPeriods) => set({ reportingPeriods })}
            errorOf={errorOf}
          />
          <TextArea
            name="gradeSystem"
            label={t("organization:fields.gradeSystem")}
            description={t("organization:gradesHelp")}
            value={values.gradeSystem.join("\n")}
            onChange={(text) => set({ gradeSystem: text.split("\n") })}
            error={errorOf("gradeSystem")}
            required
          />
          {draft === null ? (
            <Text size="sm" c="dimmed">
              {t("organization:editHint")}
            </Text>
          ) : (
            <FormActions submitLabel={t("organization:save")} saving={saving} onCancel={cancel} />
          )}
        </Stack>
      </form>
    </Panel>
  );
}

function ReportingPeriods({
  periods,
  onChange,
  errorOf,
}: {
  periods: OrganizationSettings["reportingPeriods"];
  onChange: (periods: OrganizationSettings["reportingPeriods"]) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation(["organization", "common"]);
  const change = (index: number, part: Partial<(typeof periods)[number]>) =>
    onChange(periods.map((period, at) => (at === index ? { ...period, ...part } : period)));
  return (
    <Stack gap="sm" role="group" aria-label={t("organization:fields.reportingPeriods")}>
      <Text fw={600}>{t("organization:fields.reportingPeriods")}</Text>
      {errorOf("reportingPeriods") === undefined ? null : (
        <Text size="sm" c="var(--mantine-color-error)">
          {errorOf("reportingPeriods")}
        </Text>
      )}
      {periods.map((period, index) => {
        const path = `reportingPeriods.${String(index)}`;
        return (
          // Periods have no identity of their own while they are being typed.
          <Group key={index} align="flex-start" gap="sm">
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} style={{ flex: 1 }}>
              <TextField
                name={`${path}.name`}
                label={t("organization:periodName")}
                value={period.name}
                onChange={(name) => change(index, { name })}
                error={errorOf(`${path}.name`) ?? errorOf(path)}
                required
              />
              <DateField
                name={`${path}.start`}
                label={t("organization:periodStart")}
                value={period.start}
                onChange={(start) => change(index, { start })}
                error={errorOf(`${path}.start`)}
                required
              />
              <DateField
                name={`${path}.end`}
                label={t("organization:periodEnd")}
                value={period.end}
                onChange={(end) => change(index, { end })}
                error={errorOf(`${path}.end`)}
                required
              />
              <DateField
                name={`${path}.issueBy`}
                label={t("organization:periodIssueBy")}
                value={period.issueBy ?? ""}
                onChange={(issueBy) =>
                  change(index, { issueBy: issueBy === "" ? undefined : issueBy })
                }
                error={errorOf(`${path}.issueBy`)}
              />
            </SimpleGrid>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              mt={25}
              aria-label={`${t("common:remove")}: ${period.name}`}
              onClick={() => onChange(periods.filter((_, at) => at !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => onChange([...periods, { name: "", start: "", end: "" }])}
      >
        {t("organization:addPeriod")}
      </Button>
    </Stack>
  );
}
