import { chartedSeries } from "../../../convex/domain/progress/charted";
import type { GoalProgress } from "./GoalPage";

/** The goal's observations as they are charted, in their order. */
export function chartedPoints({ goal, progressData }: GoalProgress) {
  return chartedSeries(
    goal.measurement.kind,
    progressData.map(({ _id, recordedDate, measurementValue }) => ({
      ...{ id: String(_id), date: recordedDate, value: measurementValue },
    })),
  );
}
