/**
 * Run by a test as a process of its own: threads that read without a pause are ended at random moments.
 * `node <this file, bundled> <database> <how many threads>`
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { Watch } from "../../runtime/watch.ts";
import { Connection } from "../../store/database.ts";
import { guardNativeCalls } from "../../store/nativeCalls.ts";

interface Settings {
  database: string;
  watch: SharedArrayBuffer;
}

const ROWS = 2000;

function fill(database: string): void {
  const connection = Connection.openWriter(database);
  connection.exec("BEGIN");
  for (let i = 0; i < ROWS; i++)
    connection.change(
      "INSERT INTO meta VALUES(?, ?)",
      `row ${String(i)}`,
      "some text, many times over. ".repeat(10),
    );
  connection.exec("COMMIT");
  connection.close();
}

async function endThreads(database: string, threads: number): Promise<void> {
  fill(database);
  for (let i = 0; i < threads; i++) {
    const watch = new Watch();
    const settings: Settings = { database, watch: watch.memory };
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: settings });
    await new Promise((resolve) => worker.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    await watch.outside();
    await worker.terminate();
  }
  console.log("still here");
}

function readForEver({ database, watch }: Settings): never {
  guardNativeCalls(new Watch(watch));
  const connection = Connection.openReader(database);
  parentPort?.postMessage("reading");
  for (;;) connection.sql("SELECT key, value FROM meta");
}

if (isMainThread) await endThreads(process.argv[2] ?? "", Number(process.argv[3]));
else readForEver(workerData as Settings);
