import type { FunctionArgs } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { chartedValue } from "../../../convex/domain/progress/charted";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notify";

export type PointToLog = FunctionArgs<typeof api.progress.logPoint>;

/** Logs at once on the screen, then on the server; offers to take it back; says when it failed. */
export function useLogPoint(): (point: PointToLog, said: string) => Promise<boolean> {
  const { t } = useTranslation("progress");
  const errorText = useErrorText();
  const undo = useUndoPoint();
  const log = useMutation(api.progress.logPoint).withOptimisticUpdate((store, point) => {
    const today = store.getQuery(api.goals.listTodayGoals, {});
    if (today === undefined) return;
    const { goalId, recordedDate: date, measurement } = point;
    store.setQuery(
      api.goals.listTodayGoals,
      {},
      {
        ...today,
        students: today.students.map((student) => ({
          ...student,
          goals: student.goals.map((goal) =>
            goal.goalId === goalId && (goal.latest === null || goal.latest.date <= date)
              ? { ...goal, latest: { date, measurement, value: chartedValue(measurement) } }
              : goal,
          ),
        })),
      },
    );
  });
  return async (point, said) => {
    try {
      const { pointId } = await log(point);
      notifyUndo({ message: said, undoLabel: t("log.undo"), onUndo: () => void undo(pointId) });
      return true;
    } catch (error) {
      notifyFailed(`${errorText(error)} ${t("log.kept")}`);
      return false;
    }
  };
}

/** Takes an entry back; it stays on record as taken back. */
export function useUndoPoint(): (pointId: Id<"progressData">) => Promise<void> {
  const { t } = useTranslation("progress");
  const errorText = useErrorText();
  const voidPoint = useMutation(api.progress.voidPoint);
  return async (pointId) => {
    try {
      await voidPoint({ pointId, reason: "undo" });
      notifyDone(t("log.undone"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
}
