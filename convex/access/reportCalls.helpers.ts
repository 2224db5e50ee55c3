/** How the functions of progress reports and dashboards are called, for `everyFunction.test.ts`. */
import type { Call } from "./calls.helpers";

const periodStart = "2026-08-15";

export const REPORT_CALLS: Record<string, Call> = {
  "reports:getCaseloadReports": { about: "member", args: () => ({}) },
  "reports:listReports": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "reports:getReport": {
    about: "student",
    args: ({ studentId, reportId }) => ({ studentId, reportId }),
  },
  "reports:prepareReport": {
    about: "student",
    args: ({ studentId }) => ({ studentId, periodStart, clientMutationId: "prepare" }),
  },
  "reports:saveEntry": {
    about: "goal",
    args: ({ goalId, draftReportId }) => ({
      ...{ goalId, reportId: draftReportId, code: "mastered", narrative: "Did it." },
      ...{ narrativeSpanish: "", explanation: "", expectedVersion: 1 },
    }),
  },
  "reports:issueReport": {
    about: "student",
    args: ({ studentId, draftReportId }) => ({ studentId, reportId: draftReportId }),
  },
  "reports:discardReport": {
    about: "student",
    args: ({ studentId, draftReportId }) => ({ studentId, reportId: draftReportId }),
  },
  // A draft that nobody discarded is one already.
  "reports:restoreReport": {
    about: "student",
    args: ({ studentId, draftReportId }) => ({ studentId, reportId: draftReportId }),
  },
  "reports:correctReport": {
    about: "student",
    // Sent again: the correction that was begun by it is there.
    args: ({ studentId, reportId }) => ({
      ...{ studentId, reportId, reason: "A wrong date" },
      clientMutationId: `correction-${studentId}`,
    }),
  },
  "reports:startBatch": {
    about: "member",
    args: () => ({ kind: "issue", periodStart, clientMutationId: "batch" }),
  },
  "reports:getBatch": { about: "member", args: () => ({ periodStart }) },
  "dashboards:getCaseload": { about: "member", args: () => ({}) },
  "dashboards:getOrganizationCounts": { about: "member", args: () => ({}) },
  "dashboards:listGoals": {
    about: "member",
    args: ({ schoolId }) => ({ schoolId, filter: "unknown", cursor: null }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
};
