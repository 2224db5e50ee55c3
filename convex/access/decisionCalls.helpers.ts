/** How decisions and second observations are called, for `everyFunction.test.ts`. */
import { ACTORS } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const everybody = (code: string) => Object.fromEntries(ACTORS.map((actor) => [actor, code]));

export const DECISION_CALLS: Record<string, Call> = {
  "decisions:listDecisions": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "decisions:decide": {
    about: "goal",
    args: ({ goalId }) => ({
      ...{ goalId, choice: "continue", reason: "It takes time", seenPoints: [] },
      clientMutationId: "decision",
    }),
    // One point asks nothing.
    also: everybody("CONFLICT"),
  },
  "decisions:listComparable": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "decisions:listOpenDecisions": { about: "member", args: () => ({}) },
  "observers:listSecondObservations": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "observers:addSecondObservation": {
    about: "goal",
    args: ({ goalId, pointId }) => ({
      ...{ goalId, pointId, observed: { kind: "total", first: 5, second: 6 } },
      clientMutationId: "observation",
    }),
    // The entry is the case manager's own.
    also: { caseManager: "CONFLICT" },
  },
  "observers:withdrawSecondObservation": {
    about: "goal",
    args: ({ goalId, observationId }) => ({ goalId, observationId }),
    // The record is the case manager's.
    also: { teamTeacher: "FORBIDDEN", specialist: "FORBIDDEN", paraprofessional: "FORBIDDEN" },
  },
};
