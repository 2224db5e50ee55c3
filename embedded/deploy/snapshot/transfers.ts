/** Exports and imports, put together. */
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import type { Activator } from "../../engine/activator.ts";
import type { Engine } from "../../engine/types.ts";
import { HttpError, type Router } from "../../http/router.ts";
import { Connection } from "../../store/database.ts";
import { Exports } from "./exports.ts";
import { Imports } from "./imports.ts";
import { registerSnapshotRoutes } from "./routes.ts";
import { SnapshotThreads } from "./snapshotThread.ts";
import { EXPORT_KEY, IMPORT_PREFIX } from "./transferState.ts";

export interface TransfersDeps {
  engine: Pick<Engine, "operate">;
  activator: Activator;
  instance: { database: string; files: string; pushes: string };
  /** Entry point of the threads that read and write snapshots. */
  workerFile: string;
  isAdmin(request: IncomingMessage): boolean;
  log: (line: string) => void;
}

/** Tidies up what a former process left half-done, then offers export and import. */
export async function openTransfers(
  router: Router,
  deps: TransfersDeps,
): Promise<{ stop(): Promise<void> }> {
  const { engine, activator, instance, log } = deps;
  const threads = new SnapshotThreads(deps.workerFile);
  const folder = (name: string) => join(dirname(instance.database), name);
  const common = { engine, threads, filesFolder: instance.files, log };
  const exports = new Exports({
    ...common,
    database: instance.database,
    folder: folder("exports"),
  });
  const imports = new Imports({
    ...common,
    activator,
    pushesFolder: instance.pushes,
    folder: folder("imports"),
  });
  const states = readStates(instance.database);
  await exports.recover(states.find(({ key }) => key === EXPORT_KEY)?.value ?? null);
  await imports.recover(states.filter(({ key }) => key.startsWith(IMPORT_PREFIX)));
  registerSnapshotRoutes(router, {
    requireAdmin: (request) => {
      if (!deps.isAdmin(request))
        throw new HttpError(
          401,
          "BadDeployKey",
          "The provided deploy key is invalid for this deployment",
        );
    },
    exports,
    imports,
  });
  return { stop: () => threads.stop() };
}

function readStates(database: string): { key: string; value: string }[] {
  const connection = Connection.openReader(database);
  try {
    return connection
      .sql(
        "SELECT key, value FROM meta WHERE key = ? OR (key >= ? AND key < ?)",
        EXPORT_KEY,
        IMPORT_PREFIX,
        "import;",
      )
      .map(({ key, value }) => ({ key: String(key), value: String(value) }));
  } finally {
    connection.close();
  }
}
