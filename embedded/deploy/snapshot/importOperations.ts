/** The writer's part in an import: plan, documents in small steps, and the switch in one transaction. */
import type { Json } from "../../engine/types.ts";
import { dropSearchIndex } from "../../search/searchIndex.ts";
import { removeContent } from "../../storage/contents.ts";
import { linkContent } from "../../storage/records.ts";
import type { IndexInfo, TableInfo } from "../../store/types.ts";
import type { WriteBatch } from "../../store/writeTransaction.ts";
import { blobToKey, keyToBlob } from "../../values/keys.ts";
import {
  isEmpty,
  planImport,
  type ImportPlan,
  type PlanInput,
  type PlannedTable,
} from "./importPlan.ts";
import { STAGING } from "./layout.ts";
import { ImportRefused } from "./refusal.ts";

export interface StagedRow {
  internal: string;
  json: string;
  /** Key of the content, for a document of `_storage`. */
  fileKey?: string;
}

export interface StateChange {
  key: string;
  /** JSON text; null forgets it. */
  value: string | null;
}

declare module "../../engine/types.ts" {
  interface Operations {
    "import.plan": { input: PlanInput; output: ImportPlan };
    "import.stage": { input: { staged: number; rows: StagedRow[] }; output: null };
    /** Everything appears at once. `state` says that it has. */
    "import.commit": {
      input: { plan: ImportPlan; filesFolder: string; state: StateChange };
      output: null;
    };
    /** Removes a part of what imports left staged; none may be under way. */
    "import.discard": { input: { filesFolder: string }; output: { remaining: boolean } };
    /** Remembers how an export or import stands. */
    "transfer.state": { input: StateChange; output: null };
  }
}

const DISCARDED_AT_ONCE = 2000;

function stageRows(tx: WriteBatch, input: { staged: number; rows: StagedRow[] }): null {
  const table = tx.catalog.tableByNumber(input.staged);
  if (table === undefined) throw new Error("The import was given up.");
  const indexes = tx.catalog.maintained(table);
  for (const { internal, json, fileKey } of input.rows) {
    if (tx.get(table, internal) !== undefined)
      throw new ImportRefused(
        `Two documents of ${table.name} have the same _id: ${json.slice(0, 200)}`,
      );
    tx.execute("INSERT INTO documents VALUES(?, ?, ?)", table.number, keyToBlob(internal), json);
    const document = JSON.parse(json) as Record<string, Json>;
    for (const index of indexes) tx.fill(index, internal, document);
    if (fileKey !== undefined) linkContent(tx, table.number, internal, fileKey);
  }
  return null;
}

/** @throws ImportRefused when what the plan was made for is not there any more; then nothing has changed */
function commit(
  tx: WriteBatch,
  input: { plan: ImportPlan; filesFolder: string; state: StateChange },
): null {
  const { plan, filesFolder } = input;
  requireUnchanged(tx, plan);
  for (const { number } of plan.deleted) removeTable(tx, number, filesFolder);
  for (const table of plan.tables) {
    if (table.existing !== null && !table.append) removeTable(tx, table.existing, filesFolder);
  }
  for (const { number, to } of plan.moved) renumber(tx, number, to);
  for (const table of plan.tables) {
    if (table.append) join(tx, table);
    else {
      if (table.staged !== table.final) renumber(tx, table.staged, table.final);
      tx.execute(
        "UPDATE tables SET component = ?, name = ? WHERE number = ?",
        table.component,
        table.name,
        table.final,
      );
    }
  }
  tx.reloadCatalog();
  // Components that came with the import need their system tables too.
  for (const { component, name } of plan.tables) {
    tx.ensureTable(component, "_storage");
    tx.ensureTable(component, name);
  }
  return setState(tx, input.state);
}

function requireUnchanged(tx: WriteBatch, plan: ImportPlan): void {
  const push = tx.sql("SELECT value FROM meta WHERE key = 'active_push'")[0]?.value ?? null;
  if (push !== plan.activePush)
    throw new ImportRefused(
      "Other code was pushed during the import. Nothing was changed: import again.",
    );
  const changed = (name: string) =>
    new ImportRefused(
      `The table ${name} was changed during the import. Nothing was imported: try again.`,
    );
  for (const { component, name, existing } of plan.tables) {
    const number = tx.catalog.table(component, name)?.number ?? null;
    if (number !== existing) throw changed(name);
    if (plan.mode === "requireEmpty" && number !== null && !isEmpty(tx, number))
      throw changed(name);
  }
  for (const { component, name, number } of plan.moved) {
    if (tx.catalog.table(component, name)?.number !== number || !isEmpty(tx, number))
      throw changed(name);
  }
}

function indexesOf(tx: WriteBatch, table: number): IndexInfo[] {
  const info = tx.catalog.tableByNumber(table);
  return info === undefined ? [] : tx.catalog.maintained(info);
}

/** Removes a table with everything in it; the entries of its indexes are swept up later. */
function removeTable(tx: WriteBatch, number: number, filesFolder: string): void {
  for (const index of indexesOf(tx, number)) {
    tx.dropIndex(index);
    if (index.kind === "search") dropSearchIndex(tx, index);
  }
  const keys = tx.sql("SELECT key FROM files WHERE t = ?", number).map((row) => String(row.key));
  tx.execute("DELETE FROM files WHERE t = ?", number);
  tx.execute("DELETE FROM documents WHERE t = ?", number);
  tx.execute("DELETE FROM tables WHERE number = ?", number);
  tx.afterCommit(() => {
    for (const key of keys) removeContent(filesFolder, key);
  });
}

function renumber(tx: WriteBatch, from: number, to: number): void {
  tx.execute("UPDATE documents SET t = ? WHERE t = ?", to, from);
  tx.execute("UPDATE files SET t = ? WHERE t = ?", to, from);
  tx.execute('UPDATE indexes SET "table" = ? WHERE "table" = ?', to, from);
  tx.execute("UPDATE tables SET number = ? WHERE number = ?", to, from);
}

/** Appends the staged documents to those of the table. */
function join(tx: WriteBatch, planned: PlannedTable): void {
  const { staged, final } = planned;
  const table = tx.catalog.tableByNumber(final);
  const double = tx.sql(
    "SELECT 1 AS one FROM documents s JOIN documents e ON e.t = ? AND e.id = s.id WHERE s.t = ? LIMIT 1",
    final,
    staged,
  );
  if (table === undefined || double.length > 0)
    throw new ImportRefused(
      `A document of the import has the same _id as one in the table ${planned.name}. Nothing was imported.`,
    );
  for (const index of indexesOf(tx, staged)) {
    const target = table.indexes.get(index.name);
    if (index.kind === "search") dropSearchIndex(tx, index);
    else if (target !== undefined)
      tx.execute("UPDATE entries SET i = ? WHERE i = ?", target.id, index.id);
    tx.dropIndex(index);
  }
  fillSearch(tx, table, staged);
  tx.execute("UPDATE documents SET t = ? WHERE t = ?", final, staged);
  tx.execute("UPDATE files SET t = ? WHERE t = ?", final, staged);
  tx.execute("DELETE FROM tables WHERE number = ?", staged);
}

function fillSearch(tx: WriteBatch, table: TableInfo, staged: number): void {
  const searches = [...table.indexes.values()].filter((index) => index.kind === "search");
  if (searches.length === 0) return;
  for (const { id, json } of tx.sql("SELECT id, json FROM documents WHERE t = ?", staged)) {
    const document = JSON.parse(String(json)) as Record<string, Json>;
    for (const index of searches) tx.fill(index, blobToKey(id as Uint8Array), document);
  }
}

function discard(tx: WriteBatch, input: { filesFolder: string }): { remaining: boolean } {
  const left = tx.sql("SELECT number FROM tables WHERE component LIKE ? LIMIT 1", `${STAGING}%`)[0];
  if (left === undefined) return { remaining: false };
  const number = Number(left.number);
  const ids = tx.sql("SELECT id FROM documents WHERE t = ? LIMIT ?", number, DISCARDED_AT_ONCE);
  const last = ids[ids.length - 1]?.id;
  if (ids.length < DISCARDED_AT_ONCE || last === undefined) {
    removeTable(tx, number, input.filesFolder);
    tx.reloadCatalog();
    return { remaining: true };
  }
  const range = [number, last] as const;
  const keys = tx.sql("SELECT key FROM files WHERE t = ? AND id <= ?", ...range);
  tx.execute("DELETE FROM files WHERE t = ? AND id <= ?", ...range);
  tx.execute("DELETE FROM documents WHERE t = ? AND id <= ?", ...range);
  tx.afterCommit(() => {
    for (const { key } of keys) removeContent(input.filesFolder, String(key));
  });
  return { remaining: true };
}

function setState(tx: WriteBatch, { key, value }: StateChange): null {
  if (value === null) tx.execute("DELETE FROM meta WHERE key = ?", key);
  else
    tx.execute(
      "INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  return null;
}

export const importOperations = {
  "import.plan": planImport,
  "import.stage": stageRows,
  "import.commit": commit,
  "import.discard": discard,
  "transfer.state": setState,
};
