/** Starts worker threads with exactly the environment that the deployment's functions may see. */
import { Worker } from "node:worker_threads";
import type { WorkerRole, WorkerSettings } from "../runtime/messages.ts";

/** What all workers of one activation have in common. */
export interface Activation {
  /** Folder of the push; null before the first one. */
  pushFolder: string | null;
  /** Environment variables of the deployment, with `CONVEX_CLOUD_URL` and `CONVEX_SITE_URL`. */
  env: Record<string, string>;
}

export type CommonSettings = Omit<WorkerSettings, "role" | "pushFolder" | "watch">;

/**
 * What a thread's JavaScript may use before it ends with the function that asked for more. Convex gives
 * a query 64 MB and an action 512; here one thread serves many calls and keeps all modules. Buffers are
 * not counted by Node.
 */
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };

export class WorkerFactory {
  constructor(
    private readonly file: string,
    readonly common: CommonSettings,
  ) {}

  settings(role: WorkerRole, activation: Activation, watch: SharedArrayBuffer): WorkerSettings {
    return { ...this.common, role, pushFolder: activation.pushFolder, watch };
  }

  start(role: WorkerRole, activation: Activation, watch: SharedArrayBuffer): Worker {
    return new Worker(this.file, {
      workerData: this.settings(role, activation, watch),
      env: activation.env,
      name: role,
      resourceLimits: MEMORY,
      // Not the server's own flags: a debugger or a loader there must not reach user code.
      execArgv: ["--enable-source-maps"],
    });
  }
}
