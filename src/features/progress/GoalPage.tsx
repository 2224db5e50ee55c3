import { Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useCurrentUser } from "../../lib/session";
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
const ReportedGoal = lazy(() => import("./ReportedGoal"));
const LogSheet = lazy(async () => ({ default: (await import("./LogSheet")).LogSheet }));

export type AboutGoal = FunctionReturnType<typeof api.goals.getGoal>;
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
  const { acting } = useCurrentUser();
  const isStaff = acting !== null && acting.role !== "parent" && acting.role !== "student";
  // Staff do not wait for the first answer; for families it says whether they see data before a report has them.
  const reads = about?.abilities["progress.read"] ?? isStaff;
  const progress = useQuery(api.progress.getGoalProgress, reads ? { goalId } : "skip");
  const judged = useJudgement(progress);
  const [logging, setLogging] = useState(false);
  const logs = progress?.goal.abilities["progress.log"] === true;
  // Whoever takes data from here is told how, as in the list of today.
  const guide = useQuery(api.goals.getDataGuide, logs ? { goalId } : "skip");
  if (about !== undefined && !reads)
    return (
      <Suspense fallback={<Loading />}>
        <ReportedGoal goal={about}>{panels(about)}</ReportedGoal>
      </Suspense>
    );
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
          {logs ? (
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
      </LaterPart>
      {/* What has to be opened for these does not close what somebody is writing above. */}
      <LaterPart>{panels(about)} </LaterPart>
      <Suspense>
        <LogSheet
          goal={{
            ...{ _id: goal._id, description: goal.description, measurement: goal.measurement },
            ...{ instructions: guide?.instructions, materials: guide?.materials },
          }}
          title={name}
          opened={logging}
          onClose={() => setLogging(false)}
        />
      </Suspense>
    </Page>
  );
}
