/**
 * The SQLite file: its layout, its durability settings, and prepared statements.
 *
 * Everything that Trellis' embedded server must not lose stands in this one file (uploaded files
 * apart). Documents and index entries are WITHOUT ROWID tables, so an index range is a primary-key
 * range scan, and an entry's key ends in the 16 bytes of the document's internal id, so no second
 * column is needed to find the document.
 */
import { DatabaseSync as SqliteDatabase } from "@photostructure/sqlite";
import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { blobToKey, keyToBlob } from "../values/keys.ts";
import { native } from "./nativeCalls.ts";
import type { Row, SqlRow, SqlValue } from "./types.ts";

type Database = InstanceType<typeof SqliteDatabase>;
type StatementSync = ReturnType<Database["prepare"]>;

/** Raised when the layout changes in a way that older servers cannot read. */
export const FORMAT = 1;

const LAYOUT = `
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents(t INTEGER NOT NULL, id BLOB NOT NULL, json TEXT NOT NULL, PRIMARY KEY(t, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries(i INTEGER NOT NULL, k BLOB NOT NULL, PRIMARY KEY(i, k)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tables(number INTEGER PRIMARY KEY, component TEXT NOT NULL, name TEXT NOT NULL, UNIQUE(component, name));
CREATE TABLE IF NOT EXISTS indexes(id INTEGER PRIMARY KEY AUTOINCREMENT, "table" INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  fields TEXT NOT NULL, filter_fields TEXT NOT NULL, state TEXT NOT NULL, UNIQUE("table", name, state));
-- Indexes whose entries are still to be removed.
CREATE TABLE IF NOT EXISTS dead_indexes(id INTEGER PRIMARY KEY);
-- Answers of mutations by (session, request), in two generations that take turns: forgetting a generation costs nothing per mutation.
CREATE TABLE IF NOT EXISTS requests_0(session TEXT NOT NULL, request INTEGER NOT NULL, ts TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY(session, request)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests_1(session TEXT NOT NULL, request INTEGER NOT NULL, ts TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY(session, request)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS env(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Scheduled functions; their public face is the document in _scheduled_functions. "n" is the order of scheduling;
-- "due" is when a pending one is to begin, a running one began, a done one ended.
CREATE TABLE IF NOT EXISTS jobs(n INTEGER PRIMARY KEY AUTOINCREMENT, t INTEGER NOT NULL, id BLOB NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, component TEXT NOT NULL, path TEXT NOT NULL, UNIQUE(t, id));
CREATE INDEX IF NOT EXISTS jobs_by_due ON jobs(state, due);
CREATE TABLE IF NOT EXISTS crons(component TEXT NOT NULL, name TEXT NOT NULL, spec TEXT NOT NULL, next REAL NOT NULL, last_run REAL, last_job TEXT, PRIMARY KEY(component, name)) WITHOUT ROWID;
-- Where the content of each _storage document is: the key names it on the disk and in its URL.
CREATE TABLE IF NOT EXISTS files(key TEXT PRIMARY KEY, t INTEGER NOT NULL, id BLOB NOT NULL, UNIQUE(t, id)) WITHOUT ROWID;
-- Permissions to upload a file, by the hash of their token.
CREATE TABLE IF NOT EXISTS uploads(token TEXT PRIMARY KEY, component TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uploads_by_expiry ON uploads(expires);
`;

/** The file is not one that this server can work with. */
export class UnusableData extends Error {}

/** One connection with its cache of prepared statements. Not shared between threads. */
export class Connection {
  readonly #database: Database;
  readonly #statements = new Map<string, StatementSync>();
  readonly #get: StatementSync;
  readonly #scans: Record<"up" | "down" | "upById" | "downById", StatementSync>;

  /** Descriptor of the write-ahead log, once it was flushed. */
  #log: number | null = null;
  readonly #file: string;

  /** Grows before each change is made. */
  changes = 0;
  /** The newest failure of the disk, until somebody sets it back. */
  fault: Error | null = null;

  private constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#get = database.prepare("SELECT json FROM documents WHERE t = ? AND id = ?");
    const byEntry = (order: string) =>
      database.prepare(
        `SELECT e.k AS k, d.json AS json FROM entries e CROSS JOIN documents d ON d.t = ? AND d.id = substr(e.k, -16)
         WHERE e.i = ? AND e.k >= ? AND e.k < ? ORDER BY e.k ${order} LIMIT ?`,
      );
    const byId = (order: string) =>
      database.prepare(
        `SELECT id AS k, json FROM documents WHERE t = ? AND id >= ? AND id < ? ORDER BY id ${order} LIMIT ?`,
      );
    this.#scans = {
      up: byEntry("ASC"),
      down: byEntry("DESC"),
      upById: byId("ASC"),
      downById: byId("DESC"),
    };
  }

  /**
   * Opens the file for the one writer, making or checking its layout.
   * @throws UnusableData when the file was written by a newer format, or is no database
   */
  static openWriter(file: string): Connection {
    return native(() => Connection.#openForWriting(file));
  }

  static #openForWriting(file: string): Connection {
    const database = new SqliteDatabase(file);
    // Whoever held the file last may still be closing it.
    database.exec("PRAGMA busy_timeout = 10000");
    // Before anything is changed.
    const format = formatOf(database);
    if (format !== null && format > FORMAT) {
      database.close();
      throw new UnusableData(
        `The data was written by a newer version (format ${format}, this version reads ${FORMAT}).`,
      );
    }
    // NORMAL: a commit writes the log, `flush` puts it on the disk. Between the two, readers may already
    // work on the commit; nobody is answered before `flush`.
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536;",
    );
    database.exec(LAYOUT);
    const connection = new Connection(database, file);
    if (format === null) {
      connection.sql(
        "INSERT INTO meta VALUES('format', ?), ('ts', '0'), ('catalog', 1), ('generation', 0), ('generation_since', 0)",
        FORMAT,
      );
    }
    return connection;
  }

  /** Opens an existing file for reading. */
  static openReader(file: string): Connection {
    return native(() => {
      const database = new SqliteDatabase(file, { readOnly: true });
      database.exec(
        "PRAGMA busy_timeout = 10000; PRAGMA cache_size = -32768; PRAGMA query_only = 1;",
      );
      return new Connection(database, file);
    });
  }

  /** Whether a transaction is open. A full disk may end one without being asked. */
  get inTransaction(): boolean {
    return native(() => this.#database.isTransaction);
  }

  exec(text: string): void {
    native(() => {
      this.#database.exec(text);
    });
  }

  /** Runs one statement; rows for a query, none for a change. */
  sql(text: string, ...values: SqlValue[]): SqlRow[] {
    if (!text.startsWith("SELECT")) this.changes += 1;
    return native(() => this.#prepared(text).all(...values) as SqlRow[]);
  }

  /** Runs one change; cheaper than `sql`, and tells how many rows changed. */
  change(text: string, ...values: SqlValue[]): number {
    this.changes += 1;
    try {
      return native(() => this.#prepared(text).run(...values).changes);
    } catch (failure) {
      if (isDiskFailure(failure)) this.fault = failure;
      throw failure;
    }
  }

  document(table: number, internal: string): string | undefined {
    const key = keyToBlob(internal);
    const row = native<unknown>(() => this.#get.get(table, key)) as { json: string } | undefined;
    return row?.json;
  }

  /** Entries of an index with lo <= key < hi, with their documents. */
  scanEntries(query: {
    table: number;
    index: number;
    lo: string;
    hi: string;
    descending: boolean;
    limit: number;
  }): Row[] {
    const statement = query.descending ? this.#scans.down : this.#scans.up;
    const [lo, hi] = [keyToBlob(query.lo), keyToBlob(query.hi)];
    return native<unknown[]>(() =>
      statement.all(query.table, query.index, lo, hi, query.limit),
    ).map(toRow);
  }

  /** Documents of a table by internal id, lo <= id < hi. */
  scanDocuments(query: {
    table: number;
    lo: string;
    hi: string;
    descending: boolean;
    limit: number;
  }): Row[] {
    const statement = query.descending ? this.#scans.downById : this.#scans.upById;
    const [lo, hi] = [keyToBlob(query.lo), keyToBlob(query.hi)];
    return native<unknown[]>(() => statement.all(query.table, lo, hi, query.limit)).map(toRow);
  }

  /**
   * Forces the log to the disk: what SQLite itself would do at each commit with `synchronous = FULL`,
   * for all commits since the last time at once, and after readers were let in.
   */
  flush(done: (failure: Error | null) => void): void {
    fdatasync(this.#openLog(), done);
  }

  /** The same, before it returns. */
  flushNow(): void {
    fdatasyncSync(this.#openLog());
  }

  #openLog(): number {
    if (this.#log === null) {
      this.#log = openSync(`${this.#file}-wal`, "r+");
      // The log's own name must survive too.
      const folder = openSync(dirname(this.#file), "r");
      fsyncSync(folder);
      closeSync(folder);
    }
    return this.#log;
  }

  close(): void {
    this.#statements.clear();
    if (this.#log !== null) closeSync(this.#log);
    native(() => {
      this.#database.close();
    });
  }

  #prepared(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#database.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

/** Null in a file without a layout. @throws UnusableData when it is no database */
function formatOf(database: Database): number | null {
  try {
    const hasMeta = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").all();
    if (hasMeta.length === 0) return null;
    const row = database.prepare("SELECT value FROM meta WHERE key = 'format'").get() as
      | { value: unknown }
      | undefined;
    return row === undefined ? null : Number(row.value);
  } catch (error) {
    database.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableData(`The data cannot be read: ${reason}`);
  }
}

/** SQLite's result codes READONLY, IOERR, CORRUPT, FULL and CANTOPEN. */
const DISK_FAILURES = new Set([8, 10, 11, 13, 14]);

function isDiskFailure(failure: unknown): failure is Error {
  const { errcode } = failure as { errcode?: number };
  // The low byte is the primary code.
  return failure instanceof Error && errcode !== undefined && DISK_FAILURES.has(errcode & 0xff);
}

function toRow(row: unknown): Row {
  const { k, json } = row as { k: Uint8Array; json: string };
  return { key: blobToKey(k), json };
}
