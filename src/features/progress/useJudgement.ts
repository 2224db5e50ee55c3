import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useMemo } from "react";
import { api } from "../../../convex/_generated/api";
import { type Judgement, judgeGoal } from "../../../convex/domain/progress/judgement";
import { chartedPoints } from "./chartedPoints";
import type { GoalProgress } from "./GoalPage";

export type Decisions = FunctionReturnType<typeof api.decisions.listDecisions>;

/** What the data say, by the district's rules, and what the team has decided; undefined while it loads. */
export function useJudgement(
  progress: GoalProgress | undefined,
): { judgement: Judgement; decisions: Decisions } | undefined {
  const goalId = progress?.goal._id;
  const decisions = useQuery(
    api.decisions.listDecisions,
    goalId === undefined ? "skip" : { goalId },
  );
  return useMemo(() => {
    if (progress === undefined || decisions === undefined) return undefined;
    const [newest] = decisions.decisions;
    const judgement = judgeGoal(chartedPoints(progress), progress.goal, {
      settings: decisions.settings,
      decided:
        newest === undefined ? null : { date: newest.throughDate, pointIds: newest.throughPoints },
    });
    return { judgement, decisions };
  }, [progress, decisions]);
}
