import { SimpleGrid, Stack } from "@mantine/core";
import { lazy, Suspense, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkGoal, GOAL_DOMAINS, type GoalInput } from "../../../convex/domain/goals/goal";
import {
  DIRECTIONS,
  MEASUREMENT_KINDS,
  type MeasurementKind,
} from "../../../convex/domain/progress/shape";
import type { Problem } from "../../../convex/domain/validation/problem";
import type { Id } from "../../../convex/_generated/dataModel";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { withItsWords } from "../../lib/i18n";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { StaffChoice } from "../../lib/StaffChoice";
import { TextField } from "../../ui/TextField";
import { CheckboxField, NumberField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { AimPanel } from "./AimPanel";
import { checkReading, type GoalValues, measurementDetails, toGoalInput } from "./goalValues";
import { DETAILS } from "./measurementDetails";
import { MeasurementFields } from "./MeasurementFields";
import { QualityPanel } from "./QualityPanel";

const FromBank = lazy(async () => ({
  default: (await withItsWords(import("./FromBank"))).FromBank,
}));
const Unfilled = lazy(async () => ({
  default: (await withItsWords(import("./FromBank"))).Unfilled,
}));

/** What the form has to know of the plan that the goal is part of. */
export interface GoalPlan {
  _id: Id<"ieps">;
  studentId: Id<"students">;
  effectiveDate: string;
  expirationDate: string;
}

export interface GoalToSave {
  goal: GoalInput<Id<"progressData">>;
  responsibleProviderId: Id<"users">;
  selfMonitored: boolean;
}

/** A measurable annual goal, for a new one and an existing one. */
export function GoalForm({
  draftKey,
  initial,
  plan,
  lineage,
  submitLabel,
  onSave,
  onCancel,
}: {
  draftKey: string;
  initial: GoalValues;
  plan: GoalPlan;
  /** Of a goal that is there already. */
  lineage?: string;
  submitLabel: string;
  onSave: (goal: GoalToSave) => Promise<unknown>;
  onCancel: () => void;
}) {
  const { t } = useTranslation(["goals", "common"]);
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [values, setValues, draft] = useDraft(draftKey, initial);
  const [checked, setChecked] = useState<Problem[]>([]);
  const problems = [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<GoalValues>) =>
    setValues((before) => ({
      ...before,
      // What was measured otherwise is no baseline any more.
      ...("kind" in part || "unit" in part ? { pointIds: null, reading: null } : {}),
      ...part,
    }));
  const errorOf = (path: string) => {
    const problem = byField[path];
    return problem === undefined ? undefined : problemText(problem);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const goal = toGoalInput(values);
    const { provider, selfMonitored } = values;
    const found: Problem[] = [
      ...checkGoal(goal, plan),
      ...checkReading(values),
      ...(provider === null ? [{ field: "responsibleProvider", code: "required" as const }] : []),
    ];
    setChecked(found);
    if (found.length > 0 || provider === null) return;
    const responsibleProviderId = provider.value as Id<"users">;
    void run(() => onSave({ goal, responsibleProviderId, selfMonitored })).then((saved) => {
      if (saved) draft.clear();
    });
  };
  const label = (path: string) => {
    if (path.startsWith("criterion")) return t("goals:fields.targetCriteria_accuracy");
    const key = path.replace(/\.\d+$/u, "").replaceAll(".", "_");
    return t(`goals:fields.${key}` as "goals:fields.description");
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <DraftNotice draft={draft} />
        <ProblemSummary
          problems={problems.map((problem) => ({
            field: problem.field,
            label: label(problem.field),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <Panel
          title={t("goals:sections.goal")}
          actions={
            <Suspense fallback={null}>
              <FromBank values={values} set={set} plan={plan} onRestore={setValues} />
            </Suspense>
          }
        >
          <Stack gap="md">
            <SelectField
              name="domain"
              label={t("goals:fields.domain")}
              value={values.domain}
              options={GOAL_DOMAINS.map((value) => ({ value, label: t(`goals:domains.${value}`) }))}
              onChange={(domain) => set({ domain: domain as GoalValues["domain"] })}
              error={errorOf("domain")}
              required
            />
            <TextArea
              name="description"
              label={t("goals:fields.description")}
              description={t("goals:descriptionHelp")}
              value={values.description}
              onChange={(description) => set({ description })}
              error={errorOf("description")}
              required
            />
            <Suspense fallback={null}>
              <Unfilled texts={[values.description, values.accuracy]} />
            </Suspense>
          </Stack>
        </Panel>
        <MeasurementPanel values={values} set={set} errorOf={errorOf} />
        <AimPanel {...{ values, set, errorOf, plan, lineage }} />
        <Panel title={t("goals:sections.how")}>
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextField
                name="evaluationMethod"
                label={t("goals:fields.evaluationMethod")}
                value={values.evaluationMethod}
                onChange={(evaluationMethod) => set({ evaluationMethod })}
                error={errorOf("evaluationMethod")}
                required
              />
              <TextField
                name="frequency"
                label={t("goals:fields.frequency")}
                value={values.frequency}
                onChange={(frequency) => set({ frequency })}
                error={errorOf("frequency")}
                required
              />
            </SimpleGrid>
            <StaffChoice
              name="responsibleProvider"
              label={t("goals:fields.responsibleProvider")}
              chosen={values.provider}
              onChoose={(provider) => set({ provider })}
              error={errorOf("responsibleProvider")}
              required
            />
            <TextArea
              name="notes"
              label={t("goals:fields.notes")}
              value={values.notes}
              onChange={(notes) => set({ notes })}
              error={errorOf("notes")}
            />
            <CheckboxField
              name="selfMonitored"
              label={t("goals:fields.selfMonitored")}
              description={t("goals:selfMonitoredHelp")}
              value={values.selfMonitored}
              onChange={(selfMonitored) => set({ selfMonitored })}
            />
          </Stack>
        </Panel>
        <QualityPanel values={values} plan={plan} />
        <FormActions submitLabel={submitLabel} saving={saving} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

export interface PartProps {
  values: GoalValues;
  set: (part: Partial<GoalValues>) => void;
  errorOf: (path: string) => string | undefined;
}

function MeasurementPanel({ values, set, errorOf }: PartProps) {
  const { t } = useTranslation("goals");
  return (
    <Panel title={t("sections.measurement")}>
      <Stack gap="md">
        <SelectField
          name="measurement.kind"
          label={t("fields.measurement_kind")}
          value={values.kind}
          options={MEASUREMENT_KINDS.map((value) => ({
            value,
            label: `${t(`kinds.${value}`)}: ${t(`kindHelp.${value}`)}`,
          }))}
          onChange={(kind) => set({ kind: kind as MeasurementKind })}
          required
        />
        {DETAILS[values.kind]?.includes("trialsPerSession") === true ? (
          <NumberField
            name="measurement.trialsPerSession"
            label={t("fields.measurement_trialsPerSession")}
            value={values.trialsPerSession}
            onChange={(trialsPerSession) => set({ trialsPerSession })}
            error={errorOf("measurement.trialsPerSession")}
            decimals={0}
            min={1}
          />
        ) : null}
        {values.kind === "count" || values.kind === "rate" ? (
          <TextField
            name="measurement.unit"
            label={t("fields.measurement_unit")}
            description={t("unitHelp")}
            value={values.unit}
            onChange={(unit) => set({ unit })}
            error={errorOf("measurement.unit")}
            required
          />
        ) : null}
        {values.kind === "rating" ? (
          <TextArea
            name="measurement.ratingLevels"
            label={t("fields.measurement_ratingLevels")}
            description={t("levelsHelp")}
            value={values.ratingLevels}
            minRows={3}
            onChange={(ratingLevels) => set({ ratingLevels })}
            error={errorOf("measurement.ratingLevels")}
            required
          />
        ) : null}
        <RadioField
          name="measurement.direction"
          label={t("fields.measurement_direction")}
          value={values.direction}
          options={DIRECTIONS.map((value) => ({
            value,
            label: t(`directions.${value}`),
          }))}
          onChange={(direction) => set({ direction: direction as GoalValues["direction"] })}
        />
        <MeasurementFields
          kind={values.kind}
          maintains={values.direction === "maintain"}
          details={measurementDetails(values)}
          onChange={(details) => set({ details })}
          errorOf={errorOf}
        />
      </Stack>
    </Panel>
  );
}
