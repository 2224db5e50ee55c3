/**
 * The main thread's view of stored files: two point look-ups on a read connection of its own, so that
 * serving a file costs the other threads nothing.
 */
import type { ComponentPath, Json } from "../engine/types.ts";
import { Connection } from "../store/database.ts";
import { blobToKey } from "../values/keys.ts";
import { isFileKey, tokenHash } from "./fileKey.ts";
import { textOf } from "./records.ts";

export interface ServedFile {
  key: string;
  /** base64 */
  sha256: string;
  size: number;
  contentType: string | null;
}

export class FileDirectory {
  readonly #connection: Connection;

  /** Opens the database, which must exist. */
  constructor(database: string) {
    this.#connection = Connection.openReader(database);
  }

  /** The file with that key, as the newest commit has it; null when there is none. */
  find(key: string): ServedFile | null {
    if (!isFileKey(key)) return null;
    const row = this.#connection.sql("SELECT t, id FROM files WHERE key = ?", key)[0];
    if (row === undefined) return null;
    const json = this.#connection.document(Number(row.t), blobToKey(row.id as Uint8Array));
    if (json === undefined) return null;
    const document = JSON.parse(json) as Record<string, Json>;
    return {
      key,
      sha256: textOf(document.sha256),
      size: Number(document.size),
      contentType: typeof document.contentType === "string" ? document.contentType : null,
    };
  }

  /** The component that a token permits to upload into; null when the token is unknown or has expired. */
  uploadTarget(token: string, now: number): ComponentPath | null {
    const row = this.#connection.sql(
      "SELECT component, expires FROM uploads WHERE token = ?",
      tokenHash(token),
    )[0];
    return row === undefined || Number(row.expires) <= now ? null : String(row.component);
  }

  close(): void {
    this.#connection.close();
  }
}
