/** How the functions of retention are called, for `everyFunction.test.ts`. */
import type { Call } from "./calls.helpers";

const page = { numItems: 10, cursor: null };

export const RETENTION_CALLS: Record<string, Call> = {
  "retention:getPolicy": { about: "member", args: () => ({}) },
  "retention:changePolicy": {
    about: "member",
    args: () => ({
      policy: { studentRecord: 10, invitations: 1, keepPermanentRecord: true },
      expectedVersion: 1,
    }),
  },
  "retention:listRuns": { about: "member", args: () => ({ paginationOpts: page }) },
  "retention:getRun": {
    about: "member",
    args: ({ runId }) => ({ runId }),
    also: { foreignAdmin: "NOT_FOUND" },
  },
  "retention:planDestruction": {
    about: "member",
    args: () => ({ clientMutationId: "plan" }),
    // Each district has a list that waits.
    also: { districtAdmin: "CONFLICT", foreignAdmin: "CONFLICT" },
  },
  "retention:confirmDestruction": {
    about: "member",
    args: ({ runId }) => ({ runId, count: 1 }),
    also: { foreignAdmin: "NOT_FOUND" },
  },
  "retention:cancelDestruction": {
    about: "member",
    args: ({ runId }) => ({ runId }),
    also: { foreignAdmin: "NOT_FOUND" },
  },
  "retention:listPermanentRecords": { about: "member", args: () => ({ paginationOpts: page }) },
  "retention:listHolds": { about: "member", args: () => ({ paginationOpts: page }) },
  "retention:getHold": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "retention:placeHold": {
    about: "student",
    args: ({ studentId }) => ({ studentId, reason: "Case 12-345" }),
  },
  "retention:liftHold": { about: "student", args: ({ studentId }) => ({ studentId }) },
};
