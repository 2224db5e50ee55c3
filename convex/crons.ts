import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

// Every few hours, since districts' days begin at different hours.
crons.interval("plans that have run out", { hours: 3 }, internal.jobs.expiry.expirePlans, {});

// At the full hour, when days begin. Who may read follows the calendar anyway; open pages hear of it, and people are told.
crons.hourly("age of majority", { minuteUTC: 0 }, internal.jobs.majority.passRights, {});

crons.interval(
  "sealing of the audit log",
  { seconds: 15 },
  internal.jobs.auditChain.sealAuditEntries,
  {},
);
crons.interval(
  "opened records' ends",
  { hours: 1 },
  internal.jobs.auditChain.removeExpiredGrants,
  {},
);

crons.interval("ended sessions", { minutes: 30 }, internal.jobs.signIn.forgetEndedSessions, {});

crons.interval("renewals of keys", { minutes: 15 }, internal.jobs.encryption.resumeRenewals, {});

crons.interval(
  "stopped destruction runs",
  { minutes: 15 },
  internal.jobs.destruction.resumeRuns,
  {},
);

crons.interval("old invitations and mail", { hours: 24 }, internal.jobs.destruction.removeOld, {});

crons.interval("left-over files", { hours: 1 }, internal.jobs.documents.removeLeftovers, {});

crons.interval("standings of goals", { hours: 1 }, internal.jobs.standings.refreshDue, {});

crons.interval("reminders of progress reports", { hours: 6 }, internal.jobs.reports.remind, {});

crons.interval("stopped report batches", { minutes: 15 }, internal.jobs.reports.resumeBatches, {});

export default crons;
