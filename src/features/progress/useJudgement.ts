import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useMemo } from "react";
import { api } from "../../../convex/_generated/api";
import { type Judgement, judgedPoints, judgeGoal } from "../../../convex/domain/progress/judgement";
import { useFormatting } from "../../lib/formatting";
import type { GoalProgress } from "./GoalPage";

export type Decisions = FunctionReturnType<typeof api.decisions.listDecisions>;

/** What the data say, by the district's rules, and what the team has decided; undefined while it loads. */
export function useJudgement(
  progress: GoalProgress | undefined,
): { judgement: Judgement; decisions: Decisions } | undefined {
  const today = useFormatting().today();
  const goalId = progress?.goal._id;
  const decisions = useQuery(
    api.decisions.listDecisions,
    goalId === undefined ? "skip" : { goalId },
  );
  return useMemo(() => {
    if (progress === undefined || decisions === undefined) return undefined;
    const [newest] = decisions.decisions;
    const { goal, progressData } = progress;
    const points = judgedPoints(
      goal.measurement.kind,
      progressData.map(({ _id, recordedDate, measurementValue }) => ({
        ...{ id: String(_id), date: recordedDate, value: measurementValue },
      })),
    );
    const judgement = judgeGoal(points, goal, {
      ...{ settings: decisions.settings, asOf: today },
      decided:
        newest === undefined ? null : { date: newest.throughDate, pointIds: newest.throughPoints },
    });
    return { judgement, decisions };
  }, [progress, decisions, today]);
}
