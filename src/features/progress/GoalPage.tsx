import { Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { LogSheet } from "./LogSheet";
import { NewDataAnnouncement } from "./NewDataAnnouncement";
import { PhasesPanel } from "./PhasesPanel";
import { PointsTable } from "./PointsTable";
import { useMeasurementText } from "./measurementText";
import { ProgressFigures } from "./ProgressFigures";

type AboutGoal = FunctionReturnType<typeof api.goals.getGoal>;
export type GoalProgress = FunctionReturnType<typeof api.progress.getGoalProgress>;

const GoalChart = lazy(async () => ({ default: (await import("./GoalChart")).GoalChart }));

/** One goal: where it stands, the chart, and the data behind it. Live: new points appear as they are logged. */
export function GoalPage({
  goalId,
  actions,
  panels,
}: {
  goalId: Id<"goals">;
  /** What can be done with the goal besides logging. */
  actions: (goal: AboutGoal) => ReactNode;
  panels: (goal: AboutGoal) => ReactNode;
}) {
  const { t } = useTranslation("progress");
  const { person } = useFormatting();
  const about = useQuery(api.goals.getGoal, { goalId });
  const progress = useQuery(api.progress.getGoalProgress, { goalId });
  const [logging, setLogging] = useState(false);
  if (about === undefined || progress === undefined) return <Loading />;
  const { goal } = progress;
  const name = person(about.studentFirstName, about.studentLastName);
  return (
    <Page
      title={t("goalTitle", { number: goal.goalNumber, domain: t(`domains.${goal.domain}`) })}
      back={{ to: `/students/${goal.studentId}`, label: name }}
      subtitle={
        <Stack gap={4}>
          <Text dir="auto" c="var(--mantine-color-text)" maw="60rem">
            {goal.description}
          </Text>
          {goal.isActive ? null : (
            <StatusBadge tone={goal.masteryDate === undefined ? "neutral" : "good"}>
              {t(goal.masteryDate === undefined ? "discontinued" : "mastered")}
            </StatusBadge>
          )}
        </Stack>
      }
      actions={
        <>
          {goal.abilities["progress.log"] ? (
            <Button
              size="md"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => setLogging(true)}
            >
              {t("log.open")}
            </Button>
          ) : null}
          {actions(about)}
        </>
      }
    >
      <NewDataAnnouncement progress={progress} />
      <ProgressFigures progress={progress} firstName={about.studentFirstName} />
      <Panel title={t("chart.title")}>
        <ChartOf progress={progress} />
      </Panel>
      <PointsTable progress={progress} />
      <PhasesPanel goal={goal} />
      {panels(about)}
      <LogSheet goal={goal} title={name} opened={logging} onClose={() => setLogging(false)} />
    </Page>
  );
}

function ChartOf({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation("progress");
  const { raw, value } = useMeasurementText();
  const { date } = useFormatting();
  const { goal, progressData } = progress;
  const entries = progressData.map((point) => ({
    id: point._id,
    date: point.recordedDate,
    value: point.measurementValue,
    raw: raw(point.measurement, goal.measurement),
    details: [
      point.recordedByName,
      t(`settings.${point.settingType}` as "settings.other"),
      point.promptLevel === undefined
        ? ""
        : t(`prompts.${point.promptLevel}` as "prompts.independent"),
      point.observationNotes ?? "",
    ]
      .filter((part) => part !== "")
      .join(" · "),
  }));
  return (
    <Suspense fallback={<Loading shape="chart" />}>
      <GoalChart
        goal={goal}
        entries={entries}
        label={t("chart.label", {
          count: entries.length,
          baseline: value(goal.baselineData.value, goal.measurement),
          target: value(goal.targetCriteria.target, goal.measurement),
          date: date(goal.targetCriteria.timeframe),
        })}
      />
    </Suspense>
  );
}
