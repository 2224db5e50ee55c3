/** Entry point of the thread that reads and writes snapshots: one export or one step of an import, then it ends. */
import { parentPort, workerData } from "node:worker_threads";
import { exportSnapshot, type ExportJob } from "./export.ts";
import { scanSource, stageSource, type ScannedTable, type StageJob } from "./import.ts";
import type { StagedRow } from "./importOperations.ts";
import { ImportRefused } from "./refusal.ts";
import type { SourceOptions } from "./source.ts";
import { BadZip } from "./zipReader.ts";

export type SnapshotJob =
  | { kind: "export"; job: ExportJob }
  | { kind: "scan"; source: SourceOptions }
  | { kind: "stage"; job: StageJob };

export type SnapshotMessage =
  | { type: "exported"; ts: bigint }
  | { type: "scanned"; tables: ScannedTable[] }
  /** To be answered by `null` when written, or by an error's text. */
  | { type: "write"; staged: number; rows: StagedRow[] }
  | { type: "finished"; table: string; rows: number }
  | { type: "staged" }
  /** `refused`: the text is for the person at the CLI. */
  | { type: "failed"; refused: boolean; error: string };

const port = parentPort;
if (port === null) throw new Error("This module is the entry point of a thread.");
const send = (message: SnapshotMessage) => {
  port.postMessage(message);
};

async function run(task: SnapshotJob): Promise<void> {
  if (task.kind === "export") send({ type: "exported", ts: await exportSnapshot(task.job) });
  else if (task.kind === "scan") send({ type: "scanned", tables: await scanSource(task.source) });
  else {
    await stageSource(task.job, {
      write,
      finished: ({ component, name }, rows) => {
        const table = component === "" ? name : `${name} (in ${component})`;
        send({ type: "finished", table, rows });
      },
    });
    send({ type: "staged" });
  }
}

function write(staged: number, rows: StagedRow[]): Promise<void> {
  return new Promise((resolve, reject) => {
    port?.once("message", (error: string | null) => {
      if (error === null) resolve();
      else reject(new ImportRefused(error));
    });
    send({ type: "write", staged, rows });
  });
}

try {
  await run(workerData as SnapshotJob);
} catch (error) {
  const refused = error instanceof ImportRefused || error instanceof BadZip;
  const text = error instanceof Error ? (refused ? error.message : error.stack) : String(error);
  send({ type: "failed", refused, error: text ?? "" });
}
