/**
 * A database query that user code iterates: an index range or a search, then filters and limits in
 * the order they were written. Records exactly the part of the range that was looked at.
 */
import type { Json, ReadRange } from "../engine/types.ts";
import { compileFilter } from "../query/expressions.ts";
import {
  indexRange,
  searchQuery,
  type RangeExpression,
  type SearchFilter,
} from "../query/ranges.ts";
import { runSearch } from "../search/searchIndex.ts";
import { CATALOG_CHANGES } from "../store/readTransaction.ts";
import type { IndexInfo, ReadTransaction, Row, TableInfo } from "../store/types.ts";
import { MAX_KEY } from "../values/keys.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";
import type { Usage } from "./usage.ts";

type Fields = Record<string, Json>;

export type QuerySource =
  | { type: "FullTableScan"; tableName: string; order: "asc" | "desc" | null }
  | {
      type: "IndexRange";
      indexName: string;
      range: RangeExpression[];
      order: "asc" | "desc" | null;
    }
  | { type: "Search"; indexName: string; filters: SearchFilter[] };

export type QueryOperator = { filter: Json } | { limit: number };

export interface SerializedQuery {
  source: QuerySource;
  operators: QueryOperator[];
}

export interface QueryContext {
  read: ReadTransaction;
  write: WriteBatch | null;
  reads: ReadRange[] | null;
  usage: Usage;
  component: string;
}

/** Where a query reads: a range of one database index, in one direction. `index` is null for a table that does not exist yet. */
export interface Scan {
  table: TableInfo | null;
  index: IndexInfo | null;
  lo: string;
  hi: string;
  descending: boolean;
}

const LARGEST_BATCH = 256;

/** @throws when the table's index does not exist or is still being filled */
function requireIndex(table: TableInfo, name: string): IndexInfo {
  const index = table.indexes.get(name);
  if (index === undefined) throw new Error(`Index ${table.name}.${name} not found.`);
  if (index.state !== "ready")
    throw new Error(
      `Index ${table.name}.${name} is currently backfilling and not available to query yet.`,
    );
  return index;
}

/** All fields of an index's key: the declared ones, then `_creationTime`, then `_id`. */
function keyFields(index: IndexInfo): string[] {
  if (index.name === "by_id") return ["_id"];
  const fields = index.fields.includes("_creationTime")
    ? [...index.fields]
    : [...index.fields, "_creationTime"];
  return [...fields, "_id"];
}

/** @throws when the range does not follow the index */
export function planScan(
  context: QueryContext,
  source: Exclude<QuerySource, { type: "Search" }>,
): Scan {
  const descending = source.order === "desc";
  if (source.type === "FullTableScan") {
    const table = context.read.catalog.table(context.component, source.tableName);
    if (table === undefined) return absentTable(context, source.tableName, descending);
    return {
      table,
      index: requireIndex(table, "by_creation_time"),
      lo: "",
      hi: MAX_KEY,
      descending,
    };
  }
  const dot = source.indexName.indexOf(".");
  const table = context.read.catalog.table(context.component, source.indexName.slice(0, dot));
  if (table === undefined) return absentTable(context, source.indexName.slice(0, dot), descending);
  const index = requireIndex(table, source.indexName.slice(dot + 1));
  const range = indexRange(
    { name: index.name, table: table.name, tableNumber: table.number, fields: keyFields(index) },
    source.range,
  );
  return { table, index, ...range, descending };
}

/** Reading a table that nothing was ever written to: empty, and invalidated when the catalog gains it. */
function absentTable(context: QueryContext, name: string, descending: boolean): Scan {
  if (name.startsWith("_"))
    throw new Error(`System table ${name} does not exist in this component.`);
  context.reads?.push(CATALOG_CHANGES);
  return { table: null, index: null, lo: "", hi: MAX_KEY, descending };
}

/** Reads a scan in growing batches, telling the last key that was looked at. */
export class RangeReader {
  #buffer: Row[] = [];
  #position = 0;
  #epoch: number;
  #exhausted: boolean;
  #batch: number;
  #last: string | null = null;

  constructor(
    private readonly context: QueryContext,
    private readonly scan: Scan,
    firstBatch: number,
  ) {
    this.#batch = Math.max(1, Math.min(firstBatch, LARGEST_BATCH));
    this.#epoch = context.write?.epoch ?? 0;
    this.#exhausted = scan.index === null || scan.lo >= scan.hi;
    if (scan.index !== null) context.usage.databaseQuery();
  }

  /** The next row of the range, or null at its end. */
  next(): Row | null {
    const epoch = this.context.write?.epoch ?? 0;
    if (epoch !== this.#epoch) {
      // A write of this very transaction came between: what was read ahead may be stale.
      this.#epoch = epoch;
      this.#buffer = [];
      this.#position = 0;
      this.#exhausted = this.scan.index === null;
    }
    if (this.#position >= this.#buffer.length) {
      if (this.#exhausted || !this.#fill()) return null;
    }
    const row = this.#buffer[this.#position];
    if (row === undefined) return null;
    this.#position += 1;
    this.#last = row.key;
    this.context.usage.readDocument(row.json.length);
    return row;
  }

  #fill(): boolean {
    const { index, descending } = this.scan;
    if (index === null) return false;
    const lo = !descending && this.#last !== null ? `${this.#last}\0` : this.scan.lo;
    const hi = descending && this.#last !== null ? this.#last : this.scan.hi;
    this.#buffer = this.context.read.scan(index, lo, hi, descending, this.#batch);
    this.#position = 0;
    this.#exhausted = this.#buffer.length < this.#batch;
    this.#batch = Math.min(this.#batch * 2, LARGEST_BATCH);
    return this.#buffer.length > 0;
  }

  /** Whether nothing of the range is left, without reading a document that the caller does not get. */
  get atEnd(): boolean {
    return this.#exhausted && this.#position >= this.#buffer.length;
  }

  /** Records the part of the range that was looked at: all of it at the end, else up to the last row. */
  record(): void {
    const { index, lo, hi, descending } = this.scan;
    if (index === null || this.context.reads === null) return;
    if (this.atEnd) this.context.reads.push({ index: index.id, lo, hi });
    else if (this.#last !== null) {
      this.context.reads.push(
        descending
          ? { index: index.id, lo: this.#last, hi }
          : { index: index.id, lo, hi: `${this.#last}\0` },
      );
    }
  }
}

interface Stage {
  filter: ((document: Fields) => boolean) | null;
  remaining: number;
}

export function compileOperators(operators: readonly QueryOperator[]): Stage[] {
  return operators.map((operator) =>
    "limit" in operator
      ? { filter: null, remaining: operator.limit }
      : { filter: compileFilter(operator.filter), remaining: 0 },
  );
}

/** Runs a row through filters and limits. "stop" when a limit is used up. */
export function applyStages(stages: Stage[], row: Row): "keep" | "skip" | "stop" {
  let document: Fields | null = null;
  for (const stage of stages) {
    if (stage.filter === null) {
      if (stage.remaining <= 0) return "stop";
      stage.remaining -= 1;
    } else {
      document ??= JSON.parse(row.json) as Fields;
      if (!stage.filter(document)) return "skip";
    }
  }
  return "keep";
}

export class OpenQuery {
  readonly #stages: Stage[];
  readonly #reader: RangeReader | null;
  #found: Row[] | null = null;
  #done = false;

  /** @throws when the query names an unknown index, or its range does not follow it */
  constructor(
    private readonly context: QueryContext,
    query: SerializedQuery,
  ) {
    this.#stages = compileOperators(query.operators);
    if (query.source.type === "Search") {
      this.#reader = null;
      this.#found = searchRows(context, query.source);
    } else {
      const first = query.operators[0];
      const hint = first !== undefined && "limit" in first ? first.limit : 32;
      this.#reader = new RangeReader(context, planScan(context, query.source), hint);
    }
  }

  /** The next document's JSON text, or null at the end. */
  next(): string | null {
    if (this.#done) return null;
    if (this.#limitReached()) {
      this.close();
      return null;
    }
    for (;;) {
      const row = this.#reader === null ? (this.#found?.shift() ?? null) : this.#reader.next();
      if (row === null) break;
      const verdict = applyStages(this.#stages, row);
      if (verdict === "keep") return row.json;
      if (verdict === "stop") break;
    }
    this.close();
    return null;
  }

  /** Ends the query and records what it looked at. May be called twice. */
  close(): void {
    if (this.#done) return;
    this.#done = true;
    this.#reader?.record();
  }

  /** A used-up limit ends the query before another row is read (and thereby depended on). */
  #limitReached(): boolean {
    return this.#stages.some((stage) => stage.filter === null && stage.remaining <= 0);
  }
}

function searchRows(
  context: QueryContext,
  source: Extract<QuerySource, { type: "Search" }>,
): Row[] {
  const dot = source.indexName.indexOf(".");
  const tableName = source.indexName.slice(0, dot);
  const table = context.read.catalog.table(context.component, tableName);
  if (table === undefined) {
    absentTable(context, tableName, false);
    return [];
  }
  const index = requireIndex(table, source.indexName.slice(dot + 1));
  if (index.kind !== "search") throw new Error(`Index ${source.indexName} is not a search index.`);
  const searched = searchQuery(index, source.filters, table.name);
  context.usage.databaseQuery();
  const rows = runSearch(context.read, table, index, searched);
  for (const row of rows) context.usage.readDocument(row.json.length);
  context.reads?.push({ index: index.id, lo: "", hi: MAX_KEY });
  for (const row of rows)
    context.reads?.push({ index: -table.number, lo: row.key, hi: `${row.key}\0` });
  return rows;
}
