/** Lines of `calls.helpers.ts` about the life of goals: objectives, banks, next year's draft. */
import { addMonths } from "../domain/calendar/calendarDate";
import { today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const objective = () => ({
  ...{ description: "Reads ten words", criterion: "8 of 10", by: addMonths(today(), 4) },
});

export const GOAL_CALLS: Record<string, Call> = {
  "goals:getGoalLife": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "goals:listBaselineSources": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "objectives:addObjective": {
    about: "draftGoal",
    args: ({ draftGoalId }) => ({
      ...{ goalId: draftGoalId, objective: objective(), clientMutationId: "objective" },
    }),
  },
  "objectives:editObjective": {
    about: "draftGoal",
    args: ({ draftGoalId, draftObjectiveId }) => ({
      ...{ goalId: draftGoalId, objectiveId: draftObjectiveId, objective: objective() },
      expectedVersion: 1,
    }),
  },
  "objectives:removeObjective": {
    about: "draftGoal",
    args: ({ draftGoalId, draftObjectiveId }) => ({
      ...{ goalId: draftGoalId, objectiveId: draftObjectiveId },
    }),
  },
  "objectives:moveObjective": {
    about: "goal",
    args: ({ goalId, objectiveId }) => ({ goalId, objectiveId, to: "met", metOn: today() }),
  },
};
