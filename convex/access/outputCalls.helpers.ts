/** How printed plans and plans at a glance are called, for `everyFunction.test.ts`. */
import type { Call } from "./calls.helpers";

export const OUTPUT_CALLS: Record<string, Call> = {
  "printedPlans:getPrintedPlan": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "printedPlans:getPrintedVersion": {
    about: "student",
    args: ({ studentId, versionId }) => ({ studentId, versionId }),
  },
  "glance:getGlance": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "glance:listGlanceReaders": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "glance:confirmGlance": {
    about: "student",
    args: ({ studentId, iepId }) => ({ studentId, iepId, planVersion: 1 }),
  },
};
