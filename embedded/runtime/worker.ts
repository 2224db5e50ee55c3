/** Entry point of every worker thread: loads the pushed code and takes up its role. */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { Connection } from "../store/database.ts";
import { guardNativeCalls } from "../store/nativeCalls.ts";
import { Writer } from "../store/writeTransaction.ts";
import { ActionLoop } from "./actions.ts";
import { ActionSyscalls } from "./actionSyscalls.ts";
import { App } from "./app.ts";
import { installEnvironment } from "./environment.ts";
import { installGlobals } from "./globals.ts";
import type {
  FromAction,
  FromReader,
  FromWriter,
  ToAction,
  ToReader,
  ToWriter,
  WorkerSettings,
} from "./messages.ts";
import { CursorCodec } from "./pagination.ts";
import type { QueryRunner } from "./queries.ts";
import { ReaderLoop } from "./reader.ts";
import { ServerSyscalls } from "./syscalls.ts";
import { survivingUserCode } from "./unhandled.ts";
import { Watch } from "./watch.ts";
import { WriterLoop } from "./writer.ts";

if (parentPort === null) throw new Error("This file runs in a worker thread.");
const port = parentPort;
const settings = workerData as WorkerSettings;

const watch = new Watch(settings.watch);
guardNativeCalls(watch);
const app = settings.pushFolder === null ? App.empty() : await App.load(settings.pushFolder);
installEnvironment(app.manifest);
const cursors = new CursorCodec(settings.cursorKey);
const runner: QueryRunner = {
  app,
  functionTimeoutMs: settings.functionTimeoutMs,
  system: { manifest: app.manifest, cloudUrl: settings.cloudUrl, siteUrl: settings.siteUrl },
};

async function startWriter(): Promise<void> {
  installGlobals(
    new ServerSyscalls({
      app,
      cursors,
      cloudUrl: settings.cloudUrl,
      filesFolder: settings.filesFolder,
      action: null,
    }),
    "transactions",
  );
  // The code is loaded while the former writer still works; the file is opened when it has stopped.
  await app.preload();
  const go = once(port, "message");
  port.postMessage({ type: "loaded" } satisfies FromWriter);
  await go;
  watch.beat();
  const connection = Connection.openWriter(settings.database);
  const writer = new Writer(connection);
  // What a writer before this one committed may not be on the disk yet; it is about to count as durable.
  writer.flushNow();
  const loop = new WriterLoop({
    writer,
    app,
    port,
    watch,
    functionTimeoutMs: settings.functionTimeoutMs,
    runner,
  });
  port.on("message", (message: ToWriter) => {
    loop.accept(message);
  });
  port.postMessage({ type: "ready", ts: writer.lastTs } satisfies FromWriter);
  await loop.run();
  connection.close();
  port.postMessage({ type: "stopped" } satisfies FromWriter);
  port.close();
}

async function startReader(): Promise<void> {
  installGlobals(
    new ServerSyscalls({
      app,
      cursors,
      cloudUrl: settings.cloudUrl,
      filesFolder: settings.filesFolder,
      action: null,
    }),
    "transactions",
  );
  await app.preload();
  const loop = new ReaderLoop({
    runner,
    database: settings.database,
    port,
    watch,
    fail: (fault) => {
      console.error("The reader failed:", fault);
      process.exit(1);
    },
  });
  port.on("message", (message: ToReader) => {
    if (message.type === "stop") {
      void loop.idle().then(() => {
        loop.close();
        port.postMessage({ type: "stopped" } satisfies FromReader);
        port.close();
      });
    } else loop.accept(message);
  });
  watch.beat();
  port.postMessage({ type: "ready" } satisfies FromReader);
}

function startAction(): void {
  const loop = new ActionLoop({ runner, settings, port });
  const action = new ActionSyscalls({ app, loop, settings });
  installGlobals(
    new ServerSyscalls({
      app,
      cursors,
      cloudUrl: settings.cloudUrl,
      filesFolder: settings.filesFolder,
      action,
    }),
    "actions",
  );
  port.on("message", (message: ToAction) => {
    loop.accept(message);
  });
  port.postMessage({ type: "ready" } satisfies FromAction);
}

switch (settings.role) {
  case "writer":
    await survivingUserCode(startWriter);
    break;
  case "reader":
    await survivingUserCode(startReader);
    break;
  case "action":
    startAction();
    break;
}
