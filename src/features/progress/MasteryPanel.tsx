import { Group, List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { countsAs } from "../../../convex/domain/progress/charted";
import type { MasteryCriterion } from "../../../convex/domain/progress/criterion";
import { evaluateMastery, type MasteryEntry } from "../../../convex/domain/progress/mastery";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";

type Point = GoalProgress["progressData"][number];

/** Entries after the baseline, as the criterion looks at them. */
function entriesOf({ goal, progressData }: GoalProgress): MasteryEntry[] {
  return progressData
    .filter(({ recordedDate }) => recordedDate > goal.baselineData.date)
    .map((point) => ({
      ...{ id: point._id, date: point.recordedDate, value: point.measurementValue },
      ...trialsOf(point),
      ...(point.promptLevel === undefined ? {} : { promptLevel: point.promptLevel }),
      ...{ setting: point.settingType, adult: point.recordedByName },
    }));
}

/** What a session's observation is made of, where it was taken down one by one, or its two numbers. */
function trialsOf({ measurement }: Point): Pick<MasteryEntry, "trials" | "sequence"> {
  switch (measurement.kind) {
    case "trials":
      return { trials: { correct: measurement.correct, total: measurement.total } };
    case "trialByTrial":
      return {
        sequence: measurement.trials.map(
          ({ correct, prompt }) => correct && countsAs(prompt, measurement.countsUpTo),
        ),
      };
    case "taskAnalysis":
      return {
        sequence: measurement.steps.map(
          (step) => step !== "notDone" && countsAs(step, measurement.countsUpTo),
        ),
      };
    case "interval":
      return {
        sequence: measurement.marks
          .filter((mark) => mark !== "missed")
          .map((mark) => mark === "yes"),
      };
    default:
      return {};
  }
}

/** Whether the goal's criterion is met, and by which entries. */
export function MasteryPanel({
  progress,
  criterion,
}: {
  progress: GoalProgress;
  criterion: MasteryCriterion;
}) {
  const { t } = useTranslation("judgement");
  const { date } = useFormatting();
  const text = useMeasurementText();
  const { goal } = progress;
  const result = evaluateMastery(criterion, entriesOf(progress));
  return (
    <Panel title={t("mastery.title")}>
      <Stack gap="sm">
        <Group gap="sm" align="baseline">
          <StatusBadge tone={result.status === "met" ? "good" : "neutral"}>
            {result.status === "met"
              ? t("mastery.met", { date: date(result.metOn ?? "") })
              : t(`mastery.${result.status}`)}
          </StatusBadge>
          <Text>
            {t("mastery.reached", {
              ...{ reached: result.reached, window: result.window.length, needed: result.needed },
            })}
            {criterion.settings === undefined
              ? ""
              : ` ${t("mastery.settings", { have: result.settings, needed: criterion.settings })}`}
            {criterion.adults === undefined
              ? ""
              : ` ${t("mastery.adults", { have: result.adults, needed: criterion.adults })}`}
          </Text>
        </Group>
        {result.window.length === 0 ? null : (
          <div>
            <Text size="sm" fw={600}>
              {t("mastery.counted")}
            </Text>
            <List size="sm">
              {result.window.map((unit) => (
                <List.Item key={unit.ids.join()}>
                  {t("mastery.unit", {
                    date: date(unit.date),
                    value: text.value(unit.value, goal.measurement),
                    verdict: t(unit.reaches ? "mastery.reaches" : "mastery.doesNot"),
                  })}
                </List.Item>
              ))}
            </List>
          </div>
        )}
        <NotCounted entries={result.notCounted} />
      </Stack>
    </Panel>
  );
}

const MOST = 8;

function NotCounted({ entries }: { entries: ReturnType<typeof evaluateMastery>["notCounted"] }) {
  const { t } = useTranslation("judgement");
  const { dateShort } = useFormatting();
  if (entries.length === 0) return null;
  const newest = entries.slice(-MOST).reverse();
  return (
    <Text size="sm" c="dimmed">
      {t("mastery.notCounted")} ({entries.length}):{" "}
      {newest
        .map((entry) => `${dateShort(entry.date)}, ${t(`mastery.reasons.${entry.reason}`)}`)
        .join("; ")}
      {entries.length > MOST ? " …" : ""}
    </Text>
  );
}
