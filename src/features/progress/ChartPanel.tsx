import { Stack, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { ChartDates } from "../../lib/chart/chartData";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";
import type { GoalProgress } from "./GoalPage";

const OtherGoals = lazy(() => import("./OtherGoals"));
const GoalChart = lazy(async () => ({ default: (await import("./GoalChart")).GoalChart }));

/** The goal's chart, and below it, on the same days, that of another goal of the plan. */
export function ChartPanel({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation("progress");
  const { goal } = progress;
  const [otherId, setOtherId] = useState<Id<"goals"> | null>(null);
  const other = useQuery(
    api.progress.getGoalProgress,
    otherId === null ? "skip" : { goalId: otherId },
  );
  const dates = useMemo(
    () => (other === undefined ? undefined : sharedDates([progress, other])),
    [progress, other],
  );
  return (
    <Panel title={t("chart.title")}>
      <Stack gap="lg">
        <Suspense fallback={<Loading shape="chart" />}>
          <GoalChart progress={progress} {...(dates === undefined ? {} : { dates })} />
        </Suspense>
        <Suspense>
          <OtherGoals goal={goal} chosen={otherId} onChoose={setOtherId} />
        </Suspense>
        {otherId !== null && other === undefined ? <Loading shape="chart" /> : null}
        {other === undefined || otherId === null ? null : (
          <section>
            <OtherTitle goal={other.goal} />
            <Suspense fallback={<Loading shape="chart" />}>
              <GoalChart progress={other} {...(dates === undefined ? {} : { dates })} />
            </Suspense>
          </section>
        )}
      </Stack>
    </Panel>
  );
}

function OtherTitle({ goal }: { goal: GoalProgress["goal"] }) {
  const { t } = useTranslation(["judgement", "progress"]);
  return (
    <Title order={3} size="h5">
      {t("judgement:compare.title", {
        number: goal.goalNumber,
        domain: t(`progress:domains.${goal.domain}`),
      })}
    </Title>
  );
}

/** From the first baseline or observation to the last one of all. */
function sharedDates(all: readonly GoalProgress[]): ChartDates {
  const days = all
    .flatMap(({ goal, progressData }) => [
      goal.baselineData.date,
      ...progressData.map(({ recordedDate }) => recordedDate),
    ])
    .sort();
  return { first: days[0] ?? "", last: days.at(-1) ?? "" };
}
