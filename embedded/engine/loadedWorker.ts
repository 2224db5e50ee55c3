/** A writer or reader thread from its start to its end. */
import type { Worker } from "node:worker_threads";
import type { WorkerRole } from "../runtime/messages.ts";
import { Watch } from "../runtime/watch.ts";
import type { Activation, WorkerFactory } from "./workers.ts";

/** Modules that are not loaded by then never will be. */
const LOADING_MS = 60_000;

export interface LoadedWorker {
  worker: Worker;
  watch: Watch;
  /** Resolves when the thread is gone, with why it failed if it did; also when that was long ago. */
  exited: Promise<string | null>;
  /** Ends the thread as soon as that does not end the process: see `nativeCalls.ts`. */
  terminate: () => void;
}

/**
 * Starts a thread and waits until it has loaded the code and says its first word. Its later errors are
 * logged; none of them is left without a listener, which would end the server.
 * @throws when the code cannot be loaded, ends the thread, or does not finish loading
 */
export async function loadWorker(
  factory: WorkerFactory,
  role: WorkerRole,
  activation: Activation,
  options: { log(line: string): void; loadingMs?: number },
): Promise<LoadedWorker> {
  const watch = new Watch();
  const worker = factory.start(role, activation, watch.memory);
  const terminate = () => {
    void watch.outside().then(() => worker.terminate());
  };
  const milliseconds = options.loadingMs ?? LOADING_MS;
  let failure: Error | null = null;
  worker.on("error", (error) => {
    failure = error;
    options.log(`The ${role} failed: ${error.stack ?? error.message}`);
  });
  const exited = new Promise<string | null>((resolve) => {
    worker.once("exit", () => {
      resolve(failure?.message ?? null);
    });
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once("message", () => {
        resolve();
      });
      worker.once("exit", () => {
        reject(failure ?? new Error(`The ${role} ended while it was starting.`));
      });
      timer = setTimeout(() => {
        reject(new Error(`The code did not finish loading within ${milliseconds / 1000} seconds.`));
      }, milliseconds);
    });
  } catch (error) {
    terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { worker, watch, exited, terminate };
}
