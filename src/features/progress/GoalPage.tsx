import { Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { LaterPart } from "../../lib/LaterPart";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { StatusBadge } from "../../ui/StatusBadge";
import { ChartPanel } from "./ChartPanel";
import { DecisionsPanel } from "./DecisionsPanel";
import { MasteryPanel } from "./MasteryPanel";
import { NewDataAnnouncement } from "./NewDataAnnouncement";
import { PointsTable } from "./PointsTable";
import { ProgressFigures } from "./ProgressFigures";
import { useJudgement } from "./useJudgement";

const GoalDetails = lazy(() => import("./GoalDetails"));
const LogSheet = lazy(async () => ({ default: (await import("./LogSheet")).LogSheet }));

type AboutGoal = FunctionReturnType<typeof api.goals.getGoal>;
export type GoalProgress = FunctionReturnType<typeof api.progress.getGoalProgress>;

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
  const judged = useJudgement(progress);
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
      <ProgressFigures
        progress={progress}
        firstName={about.studentFirstName}
        judgement={judged?.judgement ?? null}
      />
      {judged === undefined ? null : <DecisionsPanel progress={progress} {...judged} />}
      <ChartPanel progress={progress} />
      {goal.criterion === undefined ? null : (
        <MasteryPanel progress={progress} criterion={goal.criterion} />
      )}
      <PointsTable progress={progress} />
      <LaterPart>
        <GoalDetails progress={progress} judgement={judged?.judgement ?? null} />
        {panels(about)}
      </LaterPart>
      <Suspense>
        <LogSheet goal={goal} title={name} opened={logging} onClose={() => setLogging(false)} />
      </Suspense>
    </Page>
  );
}
