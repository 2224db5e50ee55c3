/** The database's side of stored files, within a transaction: documents, keys and upload permissions. */
import type { ComponentPath, Json } from "../engine/types.ts";
import type { ReadTransaction, TableInfo, WriteTransaction } from "../store/types.ts";
import { decodeId } from "../values/ids.ts";
import { keyToBlob } from "../values/keys.ts";
import { removeContent, type StoredContent } from "./contents.ts";
import { newUploadToken, tokenHash } from "./fileKey.ts";

export const STORAGE_TABLE = "_storage";

/** How long an upload URL works. */
export const UPLOAD_LIFETIME_MS = 60 * 60 * 1000;

export interface FileRecord {
  table: TableInfo;
  internal: string;
  /** null when the content is missing, which only happens to documents that were not made by an upload. */
  key: string | null;
  /** base64 */
  sha256: string;
  size: number;
  contentType: string | null;
}

/**
 * Where a file's document is (or would be, if it does not exist).
 * @throws when `id` is not the id of a file of this component
 */
export function locateFile(
  tx: ReadTransaction,
  component: ComponentPath,
  operation: string,
  id: Json | undefined,
): { table: TableInfo; internal: string } {
  const decoded = typeof id === "string" ? decodeId(id) : null;
  const table = decoded === null ? undefined : tx.catalog.tableByNumber(decoded.table);
  if (decoded === null || table?.component !== component || table.name !== STORAGE_TABLE) {
    throw new Error(
      `Invalid argument \`storageId\` for \`storage.${operation}\`: ${JSON.stringify(id)} is not an id of "${STORAGE_TABLE}".`,
    );
  }
  return { table, internal: decoded.internal };
}

/** The file with that document; null when there is none. */
export function readFileRecord(
  tx: ReadTransaction,
  where: { table: TableInfo; internal: string },
): FileRecord | null {
  const json = tx.get(where.table, where.internal);
  if (json === undefined) return null;
  const document = JSON.parse(json) as Record<string, Json>;
  const row = tx.sql(
    "SELECT key FROM files WHERE t = ? AND id = ?",
    where.table.number,
    keyToBlob(where.internal),
  )[0];
  return {
    ...where,
    key: row === undefined ? null : String(row.key),
    sha256: textOf(document.sha256),
    size: Number(document.size),
    contentType: typeof document.contentType === "string" ? document.contentType : null,
  };
}

/** A field that is always text; anything else was not written by the server. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Makes the document of a file whose content is on the disk; returns its id. */
export function insertFile(
  tx: WriteTransaction,
  component: ComponentPath,
  content: StoredContent & { contentType: string | null },
): string {
  const table = tx.ensureTable(component, STORAGE_TABLE);
  const fields: Record<string, Json> = { sha256: content.sha256, size: content.size };
  if (content.contentType !== null) fields.contentType = content.contentType;
  const id = tx.insert(table, fields);
  linkContent(tx, table.number, decodeId(id)?.internal ?? "", content.key);
  return id;
}

/** Says which content belongs to a `_storage` document; for documents that were inserted otherwise (imports). */
export function linkContent(
  tx: WriteTransaction,
  tableNumber: number,
  internal: string,
  key: string,
): void {
  tx.sql(
    "INSERT OR REPLACE INTO files(key, t, id) VALUES(?, ?, ?)",
    key,
    tableNumber,
    keyToBlob(internal),
  );
}

/**
 * Deletes a file: its document at once, its content when the transaction is durable.
 * @throws when there is no such file
 */
export function deleteFile(
  tx: WriteTransaction,
  folder: string,
  component: ComponentPath,
  id: Json | undefined,
): void {
  const record = readFileRecord(tx, locateFile(tx, component, "delete", id));
  if (record === null)
    throw new Error(`storage.delete: storage id ${JSON.stringify(id)} not found`);
  tx.remove(record.table, record.internal);
  const { key } = record;
  if (key === null) return;
  tx.sql("DELETE FROM files WHERE key = ?", key);
  tx.afterCommit(() => {
    removeContent(folder, key);
  });
}

/**
 * Issues a permission to upload into a component, forgets those that have ended, and returns the token.
 * Permissions are rows and not signed texts: a row disappears with the mutation that issued it when
 * that mutation fails, and needs no secret in the threads that run user code.
 */
export function issueUpload(tx: WriteTransaction, component: ComponentPath): string {
  const token = newUploadToken();
  tx.sql("DELETE FROM uploads WHERE expires <= ?", tx.now);
  tx.sql(
    "INSERT INTO uploads(token, component, expires) VALUES(?, ?, ?)",
    tokenHash(token),
    component,
    tx.now + UPLOAD_LIFETIME_MS,
  );
  return token;
}
