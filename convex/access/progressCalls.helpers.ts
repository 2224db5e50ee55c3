/** How the functions of progress data are called, for `everyFunction.test.ts`. */
import { today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const point = () => ({
  recordedDate: today(),
  measurement: { kind: "trials", correct: 7, total: 10 },
  settingType: "other",
});
export const PROGRESS_CALLS: Record<string, Call> = {
  "progress:getGoalProgress": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "progress:listPoints": {
    about: "goal",
    args: ({ goalId }) => ({ goalId, paginationOpts: { numItems: 10, cursor: null } }),
  },
  "progress:logPoint": {
    about: "goal",
    args: ({ goalId }) => ({ goalId, ...point(), clientMutationId: "log" }),
  },
  "progress:voidPoint": { about: "goal", args: ({ pointId }) => ({ pointId, reason: "mistake" }) },
  "progress:correctPoint": {
    about: "goal",
    args: ({ pointId }) => ({
      ...{ pointId, ...point(), reason: "mistake", clientMutationId: "correct" },
    }),
  },
  "marks:listMarks": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "marks:logMark": {
    about: "goal",
    args: ({ goalId }) => ({
      ...{ goalId, recordedDate: today(), mark: "absent", clientMutationId: "mark" },
    }),
  },
  "marks:voidMark": { about: "goal", args: ({ markId }) => ({ markId, reason: "mistake" }) },
  "dataSheets:enterSheet": {
    about: "goal",
    args: ({ goalId }) => ({
      ...{ goalId, settingType: "other" },
      entries: [{ recordedDate: today(), mark: "declined", clientMutationId: "sheet" }],
    }),
  },
};
