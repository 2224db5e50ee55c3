/** What actions do to the scheduler, each in a write transaction of its own. */
import type { ComponentPath } from "../engine/types.ts";
import { cancelJob, scheduleJob, type JobRequest } from "../scheduler/jobs.ts";
import type { WriteTransaction } from "../store/types.ts";

declare module "../engine/types.ts" {
  interface Operations {
    /** Schedules a function; the output is the id of its document. */
    "actions.schedule": { input: JobRequest; output: string };
    "actions.cancel": { input: { component: ComponentPath; id: string }; output: null };
  }
}

export const actionOperations = {
  "actions.schedule": (tx: WriteTransaction, input: JobRequest): string => scheduleJob(tx, input),
  "actions.cancel": (
    tx: WriteTransaction,
    input: { component: ComponentPath; id: string },
  ): null => {
    cancelJob(tx, input.component, input.id);
    return null;
  },
};
