import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { chartedValue } from "../../../convex/domain/progress/charted";
import { useMutation } from "../../lib/mutation";
import type { EntryPayload } from "./queuedEntry";

/**
 * Asks the server to take an entry, and shows it at once in today's list.
 * @returns of an observation, its id
 */
export function useSendEntry(): (
  clientMutationId: string,
  payload: EntryPayload,
) => Promise<Id<"progressData"> | null> {
  const mark = useMutation(api.marks.logMark);
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
  return async (clientMutationId, { request }) => {
    const { kind, ...args } = request;
    if (kind === "mark") {
      await mark({ ...(args as Parameters<typeof mark>[0]), clientMutationId });
      return null;
    }
    const { pointId } = await log({ ...(args as Parameters<typeof log>[0]), clientMutationId });
    return pointId;
  };
}
