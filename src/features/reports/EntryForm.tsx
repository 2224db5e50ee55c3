import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { PROGRESS_CODES } from "../../../convex/domain/reports/code";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorCode, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useProblemText } from "../../lib/problems";
import { SelectField, TextArea } from "../../ui/fields";
import type { DraftGoal } from "./reportTypes";
import { useReadingLevel } from "./reportWords";

type Values = Pick<DraftGoal, "code" | "narrative" | "narrativeSpanish" | "explanation">;
/** What was typed, and on which saved version. */
interface Typed {
  values: Values;
  version: number;
}

/** Whoever stops typing for so long has it saved. */
const PAUSE_MS = 700;

const valuesOf = ({ code, narrative, narrativeSpanish, explanation }: Values): Values => ({
  ...{ code, narrative, narrativeSpanish, explanation },
});
const same = (a: Values, b: Values) => JSON.stringify(a) === JSON.stringify(b);

/** Saves by itself. Two people who write about one goal are told of each other; nobody's words are lost. */
function useEntry(reportId: Id<"progressReports">, goal: DraftGoal) {
  const save = useMutation(api.reports.saveEntry);
  const [typed, setTyped, { clear }] = useDraft<Typed | null>(
    `report.${reportId}.${goal.goalId}`,
    null,
  );
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const newest = useRef(typed);
  useEffect(() => {
    newest.current = typed;
  }, [typed]);
  const values = typed?.values ?? valuesOf(goal);
  const tooLong = [values.narrative, values.narrativeSpanish, values.explanation].some(
    (text) => checkText("text", text, { max: LIMITS.text }).length > 0,
  );
  useEffect(() => {
    if (typed === null || saving || failure !== null || tooLong) return;
    const timer = setTimeout(() => {
      setSaving(true);
      const { goalId } = goal;
      save({ reportId, goalId, ...typed.values, expectedVersion: typed.version })
        .then((version) => {
          // What was typed meanwhile is saved next, on top of this.
          if (newest.current === null || same(newest.current.values, typed.values)) clear();
          else setTyped((now) => (now === null ? null : { ...now, version }));
        })
        .catch((error: unknown) => setFailure(error))
        .finally(() => setSaving(false));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, saving, failure, tooLong, save, reportId, goal, clear, setTyped]);
  return {
    values,
    ...{ saving, failure, isTyped: typed !== null },
    change: (part: Partial<Values>) => {
      setFailure(null);
      setTyped((before) => ({
        values: { ...(before?.values ?? valuesOf(goal)), ...part },
        version: before?.version ?? goal.version,
      }));
    },
    keepMine: () => {
      setFailure(null);
      setTyped((before) => (before === null ? null : { ...before, version: goal.version }));
    },
    takeTheirs: () => {
      setFailure(null);
      clear();
    },
  };
}

export function EntryForm({
  reportId,
  goal,
}: {
  reportId: Id<"progressReports">;
  goal: DraftGoal;
}) {
  const { t } = useTranslation("reports");
  const problemText = useProblemText();
  const reading = useReadingLevel();
  const entry = useEntry(reportId, goal);
  const { values, change } = entry;
  const name = (field: string) => `goal-${String(goal.goalNumber)}-${field}`;
  const errorOf = (text: string) => {
    const [problem] = checkText("text", text, { max: LIMITS.text });
    return problem === undefined ? {} : { error: problemText(problem) };
  };
  return (
    <Stack gap="sm">
      <SelectField
        name={name("code")}
        label={t("code")}
        description={
          goal.suggested === null
            ? t("codeNoSuggestion")
            : t("codeSuggested", { code: t(`codes.${goal.suggested}`) })
        }
        value={values.code ?? "suggested"}
        options={[
          ...(goal.suggested === null && values.code !== null
            ? []
            : [
                {
                  value: "suggested",
                  label: goal.suggested === null ? "—" : t("asSuggested"),
                },
              ]),
          ...PROGRESS_CODES.map((code) => ({ value: code, label: t(`codes.${code}`) })),
        ]}
        onChange={(code) =>
          change({ code: PROGRESS_CODES.find((known) => known === code) ?? null })
        }
      />
      {goal.pointsInPeriod === 0 ? (
        <TextArea
          name={name("explanation")}
          label={t("explanation")}
          description={t("explanationHelp")}
          value={values.explanation}
          onChange={(explanation) => change({ explanation })}
          required
          {...errorOf(values.explanation)}
        />
      ) : null}
      <div>
        <TextArea
          name={name("narrative")}
          label={t("narrative")}
          description={t("narrativeHelp")}
          value={values.narrative}
          minRows={3}
          onChange={(narrative) => change({ narrative })}
          {...errorOf(values.narrative)}
        />
        <Text size="xs" c="dimmed">
          {reading(values.narrative, "en")}
        </Text>
      </div>
      <div>
        <TextArea
          name={name("narrativeSpanish")}
          label={t("narrativeSpanish")}
          description={t("narrativeSpanishHelp")}
          value={values.narrativeSpanish}
          minRows={3}
          onChange={(narrativeSpanish) => change({ narrativeSpanish })}
          {...errorOf(values.narrativeSpanish)}
        />
        <Text size="xs" c="dimmed">
          {reading(values.narrativeSpanish, "es")}
        </Text>
      </div>
      <SaveState goal={goal} {...entry} />
    </Stack>
  );
}

function SaveState({
  goal,
  saving,
  failure,
  isTyped,
  keepMine,
  takeTheirs,
}: Pick<
  ReturnType<typeof useEntry>,
  "saving" | "failure" | "isTyped" | "keepMine" | "takeTheirs"
> & { goal: DraftGoal }) {
  const { t } = useTranslation("reports");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  if (failure !== null && errorCode(failure) === "CONFLICT" && goal.version > 0)
    return (
      <Alert variant="outline" color="yellow" role="alert">
        <Stack gap="xs">
          <Text size="sm">{t("conflict")}</Text>
          <Group gap="xs">
            <Button size="compact-md" onClick={keepMine}>
              {t("keepMine")}
            </Button>
            <Button size="compact-md" variant="default" onClick={takeTheirs}>
              {t("takeTheirs")}
            </Button>
          </Group>
        </Stack>
      </Alert>
    );
  if (failure !== null)
    return (
      <Alert variant="outline" color="red" role="alert">
        {t("notSaved", { why: errorText(failure) })}
      </Alert>
    );
  const { editedByName, editedAt } = goal;
  return (
    <Text size="sm" c="dimmed" role="status" mih="1.5em">
      {saving || isTyped
        ? t("saving")
        : editedByName === null || editedAt === null
          ? ""
          : t("savedBy", { name: editedByName, when: instant(editedAt) })}
    </Text>
  );
}
