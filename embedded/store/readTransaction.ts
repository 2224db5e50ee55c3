/** Reading one snapshot of the store. */
import type { ReadRange, WrittenKey } from "../engine/types.ts";
import { Connection } from "./database.ts";
import { StoredCatalog } from "./catalog.ts";
import type { IndexInfo, ReadTransaction, Row, SqlRow, SqlValue, TableInfo } from "./types.ts";

/** Index 0 is nobody's: its keys stand for events that queries can depend on. */
const COMMIT_KEY: WrittenKey = { index: 0, key: "a" };
const CATALOG_KEY: WrittenKey = { index: 0, key: "c" };
/** Written by every commit, and by those that change the catalog too. */
export const EVENTS = { commit: COMMIT_KEY, catalog: CATALOG_KEY };
/** Reads that those events touch. */
export const EVERY_COMMIT: ReadRange = { index: 0, lo: "a", hi: "d" };
export const CATALOG_CHANGES: ReadRange = { index: 0, lo: "c", hi: "d" };

/** The reads that every transaction has; the writer's transaction adds the writes. */
export class Reading implements ReadTransaction {
  constructor(
    protected readonly connection: Connection,
    /** Holder of the catalog: the writer replaces its copy when a transaction that changed it rolls back. */
    private readonly holder: { catalog: StoredCatalog },
    readonly ts: bigint,
  ) {}

  get catalog(): StoredCatalog {
    return this.holder.catalog;
  }

  get(table: TableInfo, internal: string): string | undefined {
    return this.connection.document(table.number, internal);
  }

  scan(index: IndexInfo, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    if (index.id < 0)
      return this.connection.scanDocuments({ table: index.table, lo, hi, descending, limit });
    return this.connection.scanEntries({
      table: index.table,
      index: index.id,
      lo,
      hi,
      descending,
      limit,
    });
  }

  sql(text: string, ...values: SqlValue[]): SqlRow[] {
    return this.connection.sql(text, ...values);
  }
}

/** A connection that can pin a snapshot again and again, reloading the catalog only when it changed. */
export class SnapshotReader {
  #catalog: StoredCatalog | null = null;
  #open = false;

  constructor(private readonly connection: Connection) {}

  static open(file: string): SnapshotReader {
    return new SnapshotReader(Connection.openReader(file));
  }

  /** Pins the newest snapshot until `release`. */
  pin(): Reading {
    if (this.#open) this.release();
    this.connection.exec("BEGIN");
    this.#open = true;
    const rows = this.connection.sql("SELECT key, value FROM meta WHERE key IN ('ts', 'catalog')");
    let ts = 0n;
    let version = 0;
    for (const row of rows) {
      if (row.key === "ts") ts = BigInt(String(row.value));
      else version = Number(row.value);
    }
    if (this.#catalog === null || this.#catalog.version !== version)
      this.#catalog = StoredCatalog.load(this.connection);
    return new Reading(this.connection, { catalog: this.#catalog }, ts);
  }

  release(): void {
    if (!this.#open) return;
    this.#open = false;
    this.connection.exec("COMMIT");
  }

  close(): void {
    this.release();
    this.connection.close();
  }
}
