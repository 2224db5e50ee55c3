/** How the functions of structured fields, services and completeness are called (`calls.helpers.ts`). */
import { today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const service = () => ({
  ...{ kind: "specialEducation", type: "Reading", provider: "Teacher", minutes: 30 },
  ...{ frequency: { times: 2, per: "week" }, delivery: "group", setting: "regularClass" },
  ...{ location: "Room 4", startDate: today(), endDate: today() },
});
const row = { id: "row", subject: "", description: "Shorter texts", criteria: "" };

export const PLAN_FIELD_CALLS: Record<string, Call> = {
  "planFields:getPlanFields": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "planFields:savePlanField": {
    about: "draft",
    args: ({ draftId }) => ({
      ...{ iepId: draftId, field: "placement", value: "Separate class" },
      base: "General education classroom",
    }),
  },
  "planFields:addPlanRow": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId, list: "modifications", row }),
  },
  "planFields:removePlanRow": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId, list: "modifications", base: row }),
  },
  "planFields:orderPlanRow": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId, list: "modifications", id: "row", before: null }),
  },
  "services:listServices": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "services:addService": {
    about: "draft",
    args: ({ draftId }) => ({
      ...{ iepId: draftId, service: service(), clientMutationId: "service" },
    }),
  },
  "services:editService": {
    about: "draft",
    args: ({ draftId, serviceId }) => ({
      ...{ iepId: draftId, serviceId, service: service(), expectedVersion: 1 },
    }),
  },
  "services:removeService": {
    about: "draft",
    args: ({ draftId, serviceId }) => ({ iepId: draftId, serviceId, expectedVersion: 1 }),
  },
  "completeness:getCompleteness": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "ieps:getCompleteness": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "completeness:overrideCompleteness": {
    about: "draft",
    args: ({ draftId }) => ({
      ...{ iepId: draftId, reason: "Agreed with the State", clientMutationId: "override" },
      findings: ALL_OF_THE_DRAFT,
    }),
  },
};

/** What the draft of the small world misses. */
const ALL_OF_THE_DRAFT = [
  ...["academicLevels", "functionalLevels", "effectOfDisability", "progressReports"],
  ...["specialFactor:behavior", "specialFactor:language", "specialFactor:braille"],
  ...["specialFactor:communication", "specialFactor:assistiveTechnology"],
  ...["noSpecialEducation", "environmentPlace", "extendedSchoolYear"],
  ...["assessmentUndecided:state", "assessmentUndecided:district"],
];
