/**
 * What the store promises to the rooms above it: a catalog of tables and indexes, and transactions
 * that read one snapshot and (in the writer only) write.
 *
 * Keys and internal ids are byte strings held one byte per character (latin1); documents are convex
 * JSON text that includes `_id` and `_creationTime`.
 */
import type { ComponentPath, Json } from "../engine/types.ts";

export interface IndexInfo {
  id: number;
  table: number;
  /** "by_email"; the built-in ones are "by_creation_time" and "by_id". */
  name: string;
  kind: "database" | "search";
  /** Database index: the declared fields, without the implicit `_creationTime`. Search index: `[searchField]`. */
  fields: readonly string[];
  filterFields: readonly string[];
  /** Only "ready" indexes may be read; both are maintained by writes. */
  state: "backfilling" | "ready";
}

export interface TableInfo {
  number: number;
  component: ComponentPath;
  /** System tables begin with "_". */
  name: string;
  indexes: ReadonlyMap<string, IndexInfo>;
}

export interface Catalog {
  /** Grows with every change of tables, indexes, components. */
  readonly version: number;
  table(component: ComponentPath, name: string): TableInfo | undefined;
  tableByNumber(number: number): TableInfo | undefined;
  tables(component: ComponentPath): TableInfo[];
  components(): ComponentPath[];
}

export interface Row {
  key: string;
  /** The document as convex JSON text. */
  json: string;
}

/** The values that bind to SQL parameters. */
export type SqlValue = null | number | bigint | string | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

export interface ReadTransaction {
  readonly ts: bigint;
  readonly catalog: Catalog;
  /** Document by internal id. */
  get(table: TableInfo, internal: string): string | undefined;
  /**
   * Rows of a database index with lo <= key < hi in key order (or backwards), at most `limit`.
   * For `by_id` the key is the internal id. Every scan that user code makes is bounded by the caller.
   */
  scan(index: IndexInfo, lo: string, hi: string, descending: boolean, limit: number): Row[];
  /** Raw SQL for the server's own tables (`env`, `crons`, `jobs`, …), through cached prepared statements. Never for documents. */
  sql(text: string, ...values: SqlValue[]): SqlRow[];
}

export interface WriteTransaction extends ReadTransaction {
  /** Milliseconds, fixed for the transaction. */
  readonly now: number;
  /** Creates the table (and, when needed, its component's system tables) if it is not there. */
  ensureTable(component: ComponentPath, name: string): TableInfo;
  /** `fields` without `_id` and `_creationTime`; returns the new document's id. */
  insert(table: TableInfo, fields: Record<string, Json>): string;
  /** Replaces the fields; `_id` and `_creationTime` stay. @throws when there is no such document */
  replace(table: TableInfo, internal: string, fields: Record<string, Json>): void;
  remove(table: TableInfo, internal: string): void;
  /** Runs when (and only if) the transaction is durable, in the writer thread; must not throw. */
  afterCommit(callback: () => void): void;
}
