/**
 * The writer's part in making pushed code active: its tables and indexes are prepared while the old
 * code still runs, in small steps between mutations; the switch itself is one transaction.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PushManifest, SchemaTable, ValidatorJson } from "../deploy/manifest.ts";
import { tableNamer } from "../runtime/invoke.ts";
import { syncCrons } from "../scheduler/crons.ts";
import { createSearchIndex, dropSearchIndex } from "../search/searchIndex.ts";
import type { IndexInfo, TableInfo } from "../store/types.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";
import { blobToKey, keyToBlob, MAX_KEY } from "../values/keys.ts";
import { validateExistingDocument } from "../values/validators.ts";
import type { ComponentPath, Json } from "./types.ts";

export interface PreparedIndex {
  id: number;
  component: ComponentPath;
  table: string;
  name: string;
}

/** A table whose documents must be checked against the new schema. */
export interface PendingValidation {
  component: ComponentPath;
  table: string;
}

export interface Prepared {
  filling: PreparedIndex[];
  validating: PendingValidation[];
  /** Readable indexes that the new schema no longer has. */
  dropping: PreparedIndex[];
}

interface Step {
  /** Internal id to go on behind; null when finished. */
  next: string | null;
  done: number;
}

declare module "./types.ts" {
  interface Operations {
    "schema.prepare": { input: { folder: string; former: string | null }; output: Prepared };
    "schema.backfill": { input: { index: number; after: string | null }; output: Step };
    "schema.validate": {
      input: { folder: string; component: ComponentPath; table: string; after: string | null };
      output: Step & { problem: string | null };
    };
    "schema.commit": {
      input: { folder: string; pushId: string; prepared: Prepared };
      output: null;
    };
    "schema.sweep": { input: null; output: { remaining: boolean } };
    "environment.set": {
      input: { changes: { name: string; value: string | null }[] };
      output: null;
    };
  }
}

/** Documents per step, so that no mutation waits long behind one. */
const STEP_DOCUMENTS = 400;
const SWEEP_ENTRIES = 4000;

/** The one read last: every step of a push asks for it, and a large application's is of megabytes. */
let lastRead: { folder: string; manifest: PushManifest } | null = null;

/** A push's folder never changes. */
function manifestIn(folder: string): PushManifest {
  if (lastRead?.folder !== folder) {
    const text = readFileSync(join(folder, "manifest.json"), "utf8");
    lastRead = { folder, manifest: JSON.parse(text) as PushManifest };
  }
  return lastRead.manifest;
}

interface SchemaEntry {
  component: ComponentPath;
  table: SchemaTable;
  enforced: boolean;
}

function schemaEntries(manifest: PushManifest): SchemaEntry[] {
  const schemas = new Map(
    manifest.definitions.map((definition) => [definition.path, definition.schema]),
  );
  return manifest.components.flatMap((component) => {
    const schema = schemas.get(component.definitionPath) ?? null;
    return (schema?.tables ?? []).map((table) => ({
      component: component.path,
      table,
      enforced: schema?.schemaValidation ?? false,
    }));
  });
}

type WantedIndex = Pick<IndexInfo, "name" | "kind" | "fields" | "filterFields">;

function wantedIndexes(table: SchemaTable): WantedIndex[] {
  return [
    ...table.indexes.map((index) => ({
      name: index.indexDescriptor,
      kind: "database" as const,
      fields: withoutCreationTime(index.fields),
      filterFields: [],
    })),
    ...table.searchIndexes.map((index) => ({
      name: index.indexDescriptor,
      kind: "search" as const,
      fields: [index.searchField],
      filterFields: index.filterFields,
    })),
  ];
}

/** Every key ends in `_creationTime` anyway; some tools write it out. */
function withoutCreationTime(fields: string[]): string[] {
  return fields[fields.length - 1] === "_creationTime" ? fields.slice(0, -1) : fields;
}

function same(a: WantedIndex, b: WantedIndex): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.fields.join("\0") === b.fields.join("\0") &&
    a.filterFields.join("\0") === b.filterFields.join("\0")
  );
}

function prepare(tx: WriteBatch, input: { folder: string; former: string | null }): Prepared {
  const manifest = manifestIn(input.folder);
  const former = input.former === null ? [] : schemaEntries(manifestIn(input.former));
  const prepared: Prepared = { filling: [], validating: [], dropping: [] };
  for (const component of manifest.components) tx.ensureTable(component.path, "_storage");
  const entries = schemaEntries(manifest);
  for (const entry of entries) prepareTable(tx, entry, former, prepared);
  for (const gone of former) {
    if (
      entries.some(
        (entry) =>
          entry.component === gone.component && entry.table.tableName === gone.table.tableName,
      )
    )
      continue;
    const table = tx.catalog.table(gone.component, gone.table.tableName);
    if (table !== undefined) dropUnwanted(table, [], prepared);
  }
  tx.watchWrites(
    prepared.validating.flatMap(
      (pending) => tx.catalog.table(pending.component, pending.table)?.number ?? [],
    ),
  );
  return prepared;
}

function prepareTable(
  tx: WriteBatch,
  entry: SchemaEntry,
  former: SchemaEntry[],
  prepared: Prepared,
): void {
  const table = tx.ensureTable(entry.component, entry.table.tableName);
  const wanted = wantedIndexes(entry.table);
  const name = (index: IndexInfo): PreparedIndex => ({
    id: index.id,
    component: entry.component,
    table: table.name,
    name: index.name,
  });
  // What an abandoned push left half-filled is of use only when this push wants exactly that.
  for (const left of [...tx.catalog.filling(table)]) {
    if (!wanted.some((index) => same(index, left))) discard(tx, left);
  }
  for (const index of wanted) {
    const existing = table.indexes.get(index.name);
    if (existing !== undefined && same(index, existing)) continue;
    const filling = tx.catalog.filling(table).find((left) => same(index, left));
    prepared.filling.push(name(filling ?? create(tx, table, index)));
  }
  dropUnwanted(table, wanted, prepared);
  const before = former.find(
    (other) =>
      other.component === entry.component && other.table.tableName === entry.table.tableName,
  );
  const unchanged =
    before !== undefined &&
    before.enforced &&
    JSON.stringify(before.table.documentType) === JSON.stringify(entry.table.documentType);
  if (entry.enforced && !unchanged)
    prepared.validating.push({ component: entry.component, table: table.name });
}

function create(tx: WriteBatch, table: TableInfo, wanted: WantedIndex): IndexInfo {
  const index = tx.createIndex(table, { ...wanted, state: "backfilling" });
  if (index.kind === "search") createSearchIndex(tx, index);
  return index;
}

function dropUnwanted(table: TableInfo, wanted: WantedIndex[], prepared: Prepared): void {
  for (const index of table.indexes.values()) {
    if (
      index.name === "by_id" ||
      index.name === "by_creation_time" ||
      wanted.some((other) => other.name === index.name)
    )
      continue;
    prepared.dropping.push({
      id: index.id,
      component: table.component,
      table: table.name,
      name: index.name,
    });
  }
}

/** Takes an index away; its entries are swept up later, a little at a time. */
function discard(tx: WriteBatch, index: IndexInfo): void {
  tx.dropIndex(index);
  if (index.kind === "search") dropSearchIndex(tx, index);
}

function documentsAfter(tx: WriteBatch, table: TableInfo, after: string | null) {
  const byId = table.indexes.get("by_id");
  if (byId === undefined) return [];
  return tx.scan(byId, after === null ? "" : `${after}\0`, MAX_KEY, false, STEP_DOCUMENTS);
}

function backfill(tx: WriteBatch, input: { index: number; after: string | null }): Step {
  const index = tx.catalog.fillingById(input.index);
  const table = index === undefined ? undefined : tx.catalog.tableByNumber(index.table);
  if (index === undefined || table === undefined) return { next: null, done: 0 };
  const rows = documentsAfter(tx, table, input.after);
  for (const row of rows) tx.fill(index, row.key, JSON.parse(row.json) as Record<string, Json>);
  return {
    next: rows.length < STEP_DOCUMENTS ? null : (rows[rows.length - 1]?.key ?? null),
    done: rows.length,
  };
}

function documentType(
  manifest: PushManifest,
  component: ComponentPath,
  table: string,
): ValidatorJson | null {
  const entry = schemaEntries(manifest).find(
    (other) => other.component === component && other.table.tableName === table,
  );
  return entry?.table.documentType ?? null;
}

function problemOf(
  tx: WriteBatch,
  table: TableInfo,
  type: ValidatorJson | null,
  json: string,
): string | null {
  const document = JSON.parse(json) as Record<string, Json>;
  return validateExistingDocument(type, document, table.name, tableNamer(tx, table.component));
}

function validate(
  tx: WriteBatch,
  input: { folder: string; component: ComponentPath; table: string; after: string | null },
): Step & { problem: string | null } {
  const table = tx.catalog.table(input.component, input.table);
  if (table === undefined) return { next: null, done: 0, problem: null };
  const type = documentType(manifestIn(input.folder), input.component, input.table);
  const rows = documentsAfter(tx, table, input.after);
  for (const row of rows) {
    const problem = problemOf(tx, table, type, row.json);
    if (problem !== null) return { next: null, done: rows.length, problem };
  }
  return {
    next: rows.length < STEP_DOCUMENTS ? null : (rows[rows.length - 1]?.key ?? null),
    done: rows.length,
    problem: null,
  };
}

/** @throws when a document that was written since its table was checked breaks the new schema */
function commit(
  tx: WriteBatch,
  input: { folder: string; pushId: string; prepared: Prepared },
): null {
  const manifest = manifestIn(input.folder);
  for (const [number, internals] of tx.watchedWrites()) {
    const table = tx.catalog.tableByNumber(number);
    if (table === undefined) continue;
    const type = documentType(manifest, table.component, table.name);
    for (const internal of internals) {
      const json = tx.get(table, internal);
      const problem = json === undefined ? null : problemOf(tx, table, type, json);
      if (problem !== null) throw new Error(problem);
    }
  }
  tx.watchWrites([]);
  for (const prepared of input.prepared.filling) {
    const index = tx.catalog.fillingById(prepared.id);
    if (index === undefined)
      throw new Error(
        `Index ${prepared.table}.${prepared.name} was abandoned by another push. Push again.`,
      );
    const former = tx.publishIndex(index);
    if (former?.kind === "search") dropSearchIndex(tx, former);
  }
  for (const prepared of input.prepared.dropping) {
    const index = tx.catalog.table(prepared.component, prepared.table)?.indexes.get(prepared.name);
    if (index?.id === prepared.id) discard(tx, index);
  }
  syncCrons(tx, manifest, tx.now);
  tx.execute(
    "INSERT INTO meta VALUES('active_push', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    input.pushId,
  );
  lastRead = null;
  return null;
}

/** Removes entries of indexes that are no more. */
function sweep(tx: WriteBatch): { remaining: boolean } {
  const dead = tx.sql("SELECT id FROM dead_indexes LIMIT 1")[0];
  if (dead === undefined) return { remaining: false };
  const id = Number(dead.id);
  const keys = tx.sql("SELECT k FROM entries WHERE i = ? LIMIT ?", id, SWEEP_ENTRIES);
  const last = keys[keys.length - 1]?.k;
  if (last instanceof Uint8Array)
    tx.execute("DELETE FROM entries WHERE i = ? AND k <= ?", id, keyToBlob(blobToKey(last)));
  if (keys.length < SWEEP_ENTRIES) tx.execute("DELETE FROM dead_indexes WHERE id = ?", id);
  return { remaining: true };
}

function setEnvironment(
  tx: WriteBatch,
  input: { changes: { name: string; value: string | null }[] },
): null {
  for (const { name, value } of input.changes) {
    if (value === null) tx.execute("DELETE FROM env WHERE name = ?", name);
    else
      tx.execute(
        "INSERT INTO env VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        name,
        value,
      );
  }
  return null;
}

export const activationOperations = {
  "schema.prepare": prepare,
  "schema.backfill": backfill,
  "schema.validate": validate,
  "schema.commit": commit,
  "schema.sweep": sweep,
  "environment.set": setEnvironment,
};
