/** The main thread's end of a snapshot thread. */
import { Worker } from "node:worker_threads";
import { ImportRefused } from "./refusal.ts";
import type { SnapshotJob, SnapshotMessage } from "./snapshotWorker.ts";
import type { StagedRow } from "./importOperations.ts";

type Done = Extract<SnapshotMessage, { type: "exported" | "scanned" | "staged" }>;

export interface StageListener {
  write(staged: number, rows: StagedRow[]): Promise<unknown>;
  finished(table: string, rows: number): void;
}

export class SnapshotThreads {
  readonly #running = new Set<Worker>();

  constructor(private readonly file: string) {}

  /** @throws ImportRefused with a text for the person at the CLI, or another error that is the server's own */
  run(job: SnapshotJob, listener?: StageListener): Promise<Done> {
    const worker = new Worker(this.file, { workerData: job, execArgv: [], name: "snapshot" });
    this.#running.add(worker);
    return new Promise<Done>((resolve, reject) => {
      worker.on("message", (message: SnapshotMessage) => {
        switch (message.type) {
          case "write":
            listener?.write(message.staged, message.rows).then(
              () => {
                worker.postMessage(null);
              },
              (error: unknown) => {
                worker.postMessage(error instanceof Error ? error.message : String(error));
              },
            );
            return;
          case "finished":
            listener?.finished(message.table, message.rows);
            return;
          case "failed":
            reject(message.refused ? new ImportRefused(message.error) : new Error(message.error));
            return;
          default:
            resolve(message);
        }
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error("The thread ended early."));
      });
    }).finally(() => {
      this.#running.delete(worker);
      void worker.terminate();
    });
  }

  /** Ends what runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.terminate()));
  }
}
