/** Lines of `calls.helpers.ts` about the life of goals: objectives, banks, next year's draft. */
import { addDays, addMonths } from "../domain/calendar/calendarDate";
import { today } from "../testing/world.helpers";
import { CARRIED_FINGERPRINT } from "../testing/worldPlans.helpers";
import type { Call } from "./calls.helpers";

const objective = () => ({
  ...{ description: "Reads ten words", criterion: "8 of 10", by: addMonths(today(), 4) },
});

const phrase = { kind: "phrase", language: "en", area: "strengths", title: "", text: "Reads" };
/** Who reads the district's bank without writing it. */
const readOnly = Object.fromEntries(
  [
    ...["schoolAdmin", "sisterAdmin", "caseManager", "teamTeacher", "specialist"],
    ...["otherTeacher", "formerTeamTeacher", "movedTeacher"],
  ].map((actor) => [actor, "FORBIDDEN"]),
);

const elsewhere = { foreignAdmin: "NOT_FOUND", foreignTeacher: "NOT_FOUND" };

export const GOAL_CALLS: Record<string, Call> = {
  "bank:listBanks": { about: "member", args: () => ({}) },
  "bank:listItems": {
    about: "member",
    args: ({ schoolId }) => ({
      ...{ place: schoolId, kind: "phrase", language: "en", search: "", isActive: true },
      paginationOpts: { numItems: 10, cursor: null },
    }),
    // Of another school.
    also: { ...elsewhere, sisterAdmin: "NOT_FOUND", movedTeacher: "NOT_FOUND" },
  },
  "bank:addItem": {
    about: "member",
    args: () => ({ place: "district", item: phrase, clientMutationId: "phrase" }),
    also: { ...readOnly, foreignTeacher: "FORBIDDEN" },
  },
  "bank:editItem": {
    about: "member",
    args: ({ bankItemId }) => ({ itemId: bankItemId, item: phrase, expectedVersion: 1 }),
    also: { ...readOnly, ...elsewhere },
  },
  "bank:retireItem": {
    about: "member",
    args: ({ bankItemId }) => ({ itemId: bankItemId, retired: true }),
    also: { ...readOnly, ...elsewhere },
  },
  "goals:getGoalLife": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "goals:listBaselineSources": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "goals:orderGoal": {
    about: "draft",
    args: ({ draftId, draftGoalId }) => ({ iepId: draftId, goalId: draftGoalId, before: null }),
  },
  "objectives:orderObjective": {
    about: "draftGoal",
    args: ({ draftGoalId, draftObjectiveId }) => ({
      ...{ goalId: draftGoalId, objectiveId: draftObjectiveId, before: null },
    }),
  },
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
  "carryForward:getSource": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "carryForward:beginNextPlan": {
    about: "student",
    args: ({ studentId, iepId }) => ({
      ...{ studentId, fromId: iepId, ...nextYear(), sentences: "both" },
      ...{ items: ["answer/placement"], clientMutationId: "next" },
    }),
  },
  "carryForward:listCarried": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "carryForward:listMarks": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "carryForward:review": {
    about: "draft",
    args: ({ draftId, carriedId }) => ({
      ...{ iepId: draftId, carriedId, decision: "keep", seen: CARRIED_FINGERPRINT },
    }),
  },
  "carryForward:listNotTaken": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "carryForward:takeLater": {
    about: "draft",
    args: ({ draftId, iepId }) => ({ iepId: draftId, fromId: iepId, items: [] }),
  },
  "carryForward:takeAgain": {
    about: "draft",
    args: ({ draftId, carriedId }) => ({ iepId: draftId, carriedId }),
  },
};

function nextYear() {
  const effectiveDate = addMonths(today(), 10);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  return { effectiveDate, expirationDate, meetingDate: addDays(effectiveDate, -14) };
}
