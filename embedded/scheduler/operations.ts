/** What the scheduler on the main thread asks of the writer; each runs in a transaction of its own. */
import type { WriteTransaction } from "../store/types.ts";
import { fireDueCrons } from "./crons.ts";
import {
  dueJobs,
  failInterruptedActions,
  finishJob,
  nextDue,
  postponeJob,
  pruneJobs,
  type JobRef,
  type JobResult,
} from "./jobs.ts";

declare module "../engine/types.ts" {
  interface Operations {
    /** Fires due crons and lists due jobs; `next` is when there is something to do again, at `now` or before while there is more. */
    "jobs.due": {
      input: { now: number; limit: number };
      output: { jobs: JobRef[]; next: number | null };
    };
    "jobs.finish": { input: { job: JobRef; result: JobResult }; output: null };
    /** Leaves a pending job for later. */
    "jobs.postpone": { input: { job: JobRef; dueMs: number }; output: null };
    /** To be called once, before the first job of a server: fails what the last server left running. */
    "jobs.recover": { input: null; output: { failed: number } };
    /** Forgets jobs that ended long ago; `next` as in `pruneJobs`. */
    "jobs.prune": { input: { now: number; limit: number }; output: { next: number | null } };
  }
}

/** The scheduler's operations by name. */
export const schedulerOperations = {
  "jobs.due": (tx: WriteTransaction, input: { now: number; limit: number }) => {
    // What a cron schedules here is due at the transaction's own time.
    const now = Math.max(input.now, tx.now);
    fireDueCrons(tx, now);
    return { jobs: dueJobs(tx, now, input.limit), next: nextDue(tx) };
  },
  "jobs.finish": (tx: WriteTransaction, input: { job: JobRef; result: JobResult }) => {
    finishJob(tx, input.job, input.result);
    return null;
  },
  "jobs.postpone": (tx: WriteTransaction, input: { job: JobRef; dueMs: number }) => {
    postponeJob(tx, input.job, input.dueMs);
    return null;
  },
  "jobs.recover": (tx: WriteTransaction) => ({ failed: failInterruptedActions(tx) }),
  "jobs.prune": (tx: WriteTransaction, input: { now: number; limit: number }) => ({
    next: pruneJobs(tx, input.now, input.limit),
  }),
};
