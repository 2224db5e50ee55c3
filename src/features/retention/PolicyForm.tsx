import { SimpleGrid, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  checkRetention,
  RETENTION_LIMITS,
  type RetentionSettings,
} from "../../../convex/domain/retention/retention";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { CheckboxField, NumberField } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";

const KINDS = ["studentRecord", "invitations"] as const;

/** Years per kind of record; what has no field is kept for ever, and the text says so. */
export function PolicyForm({
  policy,
  settingsVersion,
}: {
  policy: RetentionSettings;
  settingsVersion: number;
}) {
  const { t } = useTranslation(["retention", "common"]);
  const problemText = useProblemText();
  const errorText = useErrorText();
  const change = useMutation(api.retention.changePolicy);
  const { run, saving, error } = useSaving();
  const [draft, setDraft, { clear }] = useDraft<{
    policy: RetentionSettings;
    version: number;
  } | null>("retention", null);
  const [checked, setChecked] = useState<Problem[]>([]);
  const values = draft?.policy ?? policy;
  const problems = draft === null ? [] : [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<RetentionSettings>) =>
    setDraft((before) => ({
      policy: { ...(before?.policy ?? policy), ...part },
      version: before?.version ?? settingsVersion,
    }));
  const cancel = () => {
    clear();
    setChecked([]);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const found = checkRetention(draft.policy);
    setChecked(found);
    if (found.length > 0) return;
    void run(() => change({ policy: draft.policy, expectedVersion: draft.version })).then(
      (saved) => {
        if (!saved) return;
        cancel();
        notifyDone(t("retention:saved"));
      },
    );
  };
  const errorOf = (field: string) => {
    const problem = byField[field];
    return problem === undefined ? undefined : problemText(problem);
  };
  return (
    <Panel title={t("retention:policy.title")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProblemSummary
            problems={[]}
            message={
              error === null || draft === null || problems.length > 0 ? undefined : errorText(error)
            }
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {KINDS.map((kind) => (
              <NumberField
                key={kind}
                name={`retentionSettings.${kind}`}
                label={t(`retention:policy.${kind}`)}
                description={t(`retention:policy.${kind}Help`, RETENTION_LIMITS[kind])}
                value={Number.isNaN(values[kind]) ? null : values[kind]}
                decimals={0}
                onChange={(value) => set({ [kind]: value ?? Number.NaN })}
                error={errorOf(`retentionSettings.${kind}`)}
                required
              />
            ))}
          </SimpleGrid>
          <CheckboxField
            name="keepPermanentRecord"
            label={t("retention:policy.keepPermanentRecord")}
            description={t("retention:policy.keepPermanentRecordHelp")}
            value={values.keepPermanentRecord}
            onChange={(keepPermanentRecord) => set({ keepPermanentRecord })}
          />
          <Text size="sm" c="dimmed">
            {t("retention:policy.forEver")}
          </Text>
          {draft === null ? null : (
            <FormActions submitLabel={t("common:save")} saving={saving} onCancel={cancel} />
          )}
        </Stack>
      </form>
    </Panel>
  );
}
