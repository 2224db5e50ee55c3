/** Removes what a crash left in the folder of files: halves of uploads, and contents without a document. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Connection } from "../store/database.ts";
import { PARTIAL } from "./contents.ts";
import { isFileKey } from "./fileKey.ts";

/**
 * Sweeps once. Only files that were last written before this process began are looked at: newer ones
 * may belong to an upload that is just being acknowledged. Names that are not the server's own are
 * left alone.
 *
 * @returns how many files were removed
 */
export async function sweepFiles(
  where: { database: string; files: string },
  begun = Date.now() - performance.now(),
): Promise<number> {
  const connection = Connection.openReader(where.database);
  try {
    let removed = 0;
    for (const name of await readdir(where.files)) {
      const key = name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name;
      if (!isFileKey(key)) continue;
      const isKnown =
        name === key &&
        connection.sql(
          "SELECT 1 AS known FROM files f JOIN documents d ON d.t = f.t AND d.id = f.id WHERE f.key = ?",
          key,
        ).length > 0;
      if (isKnown) continue;
      const path = join(where.files, name);
      const status = await stat(path).catch(() => null);
      if (status === null || status.mtimeMs >= begun) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  } finally {
    connection.close();
  }
}
