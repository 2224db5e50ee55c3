/**
 * The writer's transactions. A batch of mutations shares one SQLite transaction (group commit); each
 * mutation, and each sub-mutation in it, is a savepoint of its own, so it can roll back alone.
 */
import type { Json, ComponentPath, WrittenKey } from "../engine/types.ts";
import { applySearchWrite } from "../search/searchIndex.ts";
import { encodeId, newInternalId, decodeId } from "../values/ids.ts";
import { encodeValue, fieldValue, keyToBlob } from "../values/keys.ts";
import { StoredCatalog, SYSTEM_TABLES } from "./catalog.ts";
import type { Connection } from "./database.ts";
import { EVENTS, Reading } from "./readTransaction.ts";
import type { IndexInfo, SqlValue, TableInfo, WriteTransaction } from "./types.ts";

type Fields = Record<string, Json>;

/** A savepoint: where it stands among those that are open, and what it must restore beside SQLite's own state. */
export interface Mark {
  level: number;
  writes: number;
  callbacks: number;
  catalog: number;
}

/** A schema check made on each write; returns the refusal's text, or null. */
export type DocumentCheck = (table: TableInfo, document: Fields) => string | null;

/** What `db.vars.commitTs` is until the commit. A string field cannot hold this text: its quotes would be escaped. */
const COMMIT_TS = '{"$commitTs":null}';

/** Creation times grow by at least this many milliseconds from document to document. */
const CREATION_STEP = 1 / 1024;

/** The one writer: owns the write connection, the clock and the catalog. */
export class Writer {
  catalog: StoredCatalog;
  /** Timestamp of the newest commit, nanoseconds since the epoch; never goes back, across restarts included. */
  lastTs: bigint;
  /** Written documents of the tables that are being checked against a coming schema. */
  watched = new Map<number, Set<string>>();
  #creation: number;

  constructor(readonly connection: Connection) {
    this.catalog = StoredCatalog.load(connection);
    this.lastTs = BigInt(
      String(connection.sql("SELECT value FROM meta WHERE key = 'ts'")[0]?.value ?? "0"),
    );
    this.#creation = Number(this.lastTs / 1000n) / 1000;
  }

  /** Why the disk took something of the running transaction not; then it must be abandoned. */
  get fault(): Error | null {
    return this.connection.fault;
  }

  begin(): WriteBatch {
    this.connection.fault = null;
    this.connection.change("BEGIN IMMEDIATE");
    return new WriteBatch(this);
  }

  /** Reads the newest commit, outside of any transaction: nobody else writes. */
  reading(): Reading {
    return new Reading(this.connection, this, this.lastTs);
  }

  /** Puts everything committed on the disk before it returns. */
  flushNow(): void {
    this.connection.flushNow();
  }

  /** Puts everything committed on the disk, while other work goes on. */
  flush(done: (failure: Error | null) => void): void {
    this.connection.flush(done);
  }

  /** The next document's `_creationTime`, milliseconds. */
  nextCreationTime(now: number): number {
    this.#creation = Math.max(now, this.#creation + CREATION_STEP);
    return this.#creation;
  }

  nextTs(): bigint {
    const now = BigInt(Math.floor(Math.max(Date.now(), this.#creation) * 1000)) * 1000n;
    return now > this.lastTs ? now : this.lastTs + 1n;
  }
}

export class WriteBatch extends Reading implements WriteTransaction {
  now = Date.now();
  /** Schema check of the active code; the runtime sets it. */
  check: DocumentCheck | null = null;
  /** Grows with each write, so that an open query notices that its read-ahead is stale. */
  epoch = 0;
  readonly #writer: Writer;
  #writes: WrittenKey[] = [];
  #callbacks: (() => void)[] = [];
  readonly #catalogBefore: number;
  /** Open savepoints, the innermost last. */
  readonly #marks: Mark[] = [];
  /**
   * Set while a document is written but not yet all of its index entries. Code that runs out of stack in
   * between may catch the error and go on; what it wrote must not be kept then.
   */
  #half = false;
  /** Documents that hold `db.vars.commitTs`, to be given the commit's timestamp when it is known. */
  #awaitingTs: { table: TableInfo; internal: string }[] = [];

  constructor(writer: Writer) {
    super(writer.connection, writer, writer.lastTs);
    this.#writer = writer;
    this.#catalogBefore = writer.catalog.version;
  }

  /** One change of the server's own tables; returns the number of rows changed. */
  execute(text: string, ...values: SqlValue[]): number {
    return this.connection.change(text, ...values);
  }

  /** @throws when an earlier write got stuck half-way */
  savepoint(): Mark {
    this.#requireWhole();
    const mark = {
      level: this.#marks.length,
      writes: this.#writes.length,
      callbacks: this.#callbacks.length,
      catalog: this.catalog.version,
    };
    // A few levels mean a few prepared statements.
    this.connection.change(`SAVEPOINT s${mark.level}`);
    this.#marks.push(mark);
    return mark;
  }

  /** Takes back what functions wrote, within this savepoint, for whose end their caller did not wait. */
  rollbackWithin(mark: Mark): void {
    const inner = this.#isOpen(mark) ? this.#marks[mark.level + 1] : undefined;
    if (inner !== undefined) this.rollback(inner);
  }

  /**
   * Keeps what came since the savepoint, the newest one when none is given, but for savepoints within it
   * that are still open.
   * @throws when the savepoint is over, or a write got stuck half-way
   */
  release(mark = this.#marks[this.#marks.length - 1]): void {
    if (mark === undefined || !this.#isOpen(mark))
      throw new Error("The function's transaction is over.");
    this.rollbackWithin(mark);
    this.#requireWhole();
    this.connection.change(`RELEASE s${mark.level}`);
    this.#marks.length = mark.level;
  }

  /** Takes back what came since the savepoint; nothing happens when it is over already. */
  rollback(mark: Mark): void {
    if (!this.#isOpen(mark)) return;
    this.connection.exec(`ROLLBACK TO s${mark.level}; RELEASE s${mark.level}`);
    this.#marks.length = mark.level;
    this.epoch += 1;
    this.#writes.length = mark.writes;
    this.#callbacks.length = mark.callbacks;
    if (this.#half || this.catalog.version !== mark.catalog)
      this.#writer.catalog = StoredCatalog.load(this.connection);
    this.#half = false;
  }

  #isOpen(mark: Mark): boolean {
    return this.#marks[mark.level] === mark;
  }

  #requireWhole(): void {
    if (this.#half) throw new Error("A write failed half-way: this transaction cannot go on.");
  }

  /**
   * Runs something that user code asked for and that changes several things together. When it fails
   * after its first change the transaction is not fit to be kept.
   * @throws what `body` throws
   */
  atomically<T>(body: () => T): T {
    this.#requireWhole();
    const before = this.connection.changes;
    try {
      return body();
    } catch (failure) {
      // No calls in here: there may be no stack left for them.
      if (this.connection.changes !== before) this.#half = true;
      throw failure;
    }
  }

  /** Between this and `#whole` a failure makes the transaction unfit to be kept. */
  #begin(): void {
    this.#requireWhole();
    this.#half = true;
  }

  #whole(): void {
    this.#half = false;
    this.epoch += 1;
  }

  /** Commits visibly, and durably once `Writer.flush` has run. `ts` is that of every mutation in the batch. */
  commit(): { ts: bigint; writes: WrittenKey[]; callbacks: (() => void)[] } {
    this.#requireWhole();
    const ts = this.#writer.nextTs();
    this.#resolveCommitTs(ts);
    this.#writes.push(EVENTS.commit);
    if (this.catalog.version !== this.#catalogBefore) this.#writes.push(EVENTS.catalog);
    this.connection.change("UPDATE meta SET value = ? WHERE key = 'ts'", String(ts));
    this.connection.change("COMMIT");
    this.#writer.lastTs = ts;
    return { ts, writes: this.#writes, callbacks: this.#callbacks };
  }

  /** Ends a batch that only read. */
  discard(): void {
    this.connection.change("COMMIT");
  }

  /** Takes everything back, whatever is left of the transaction: a disk that is full ends it by itself. */
  abandon(): void {
    if (this.connection.inTransaction) this.connection.exec("ROLLBACK");
    this.#writer.catalog = StoredCatalog.load(this.connection);
  }

  get hasWrites(): boolean {
    return this.#writes.length > 0;
  }

  ensureTable(component: ComponentPath, name: string): TableInfo {
    return this.catalog.table(component, name) ?? this.#createTable(component, name);
  }

  #createTable(component: ComponentPath, name: string): TableInfo {
    return this.atomically(() => {
      for (const system of SYSTEM_TABLES) {
        if (this.catalog.table(component, system) === undefined)
          this.catalog.createTable(this.connection, component, system);
      }
      return (
        this.catalog.table(component, name) ??
        this.catalog.createTable(this.connection, component, name)
      );
    });
  }

  /** Creates a table under a number that nobody has (imports); the lowest free one when none is given. */
  createTable(component: ComponentPath, name: string, number?: number): TableInfo {
    return this.catalog.createTable(this.connection, component, name, number);
  }

  /** For those who changed the catalog's own tables by SQL: takes notice, and makes every reader do so. */
  reloadCatalog(): void {
    this.execute("UPDATE meta SET value = value + 1 WHERE key = 'catalog'");
    this.#writer.catalog = StoredCatalog.load(this.connection);
  }

  insert(table: TableInfo, fields: Fields): string {
    const internal = newInternalId(this.now);
    return this.insertAt(table, internal, fields, this.#writer.nextCreationTime(this.now));
  }

  /** Inserts with a given internal id and creation time (imports). */
  insertAt(table: TableInfo, internal: string, fields: Fields, creationTime: number): string {
    const id = encodeId(table.number, internal);
    const document: Fields = { ...fields, _creationTime: creationTime, _id: id };
    this.#refuseInvalid(table, internal, document);
    this.#begin();
    this.connection.change(
      "INSERT INTO documents VALUES(?, ?, ?)",
      table.number,
      keyToBlob(internal),
      this.#text(table, internal, document),
    );
    this.#writes.push({ index: -table.number, key: internal });
    for (const index of this.catalog.maintained(table)) {
      if (index.kind === "search") {
        if (applySearchWrite(this, index, internal, null, document))
          this.#writes.push({ index: index.id, key: "" });
        continue;
      }
      const key = entryKey(index, document, internal);
      this.connection.change("INSERT INTO entries VALUES(?, ?)", index.id, keyToBlob(key));
      this.#writes.push({ index: index.id, key });
    }
    this.#whole();
    return id;
  }

  /** `former` spares a second look when the caller has just read the document. */
  replace(
    table: TableInfo,
    internal: string,
    fields: Fields,
    former = this.#require(table, internal),
  ): void {
    const document: Fields = {
      ...fields,
      _creationTime: former._creationTime ?? null,
      _id: former._id ?? null,
    };
    this.#refuseInvalid(table, internal, document);
    this.#begin();
    this.connection.change(
      "UPDATE documents SET json = ? WHERE t = ? AND id = ?",
      this.#text(table, internal, document),
      table.number,
      keyToBlob(internal),
    );
    this.#writes.push({ index: -table.number, key: internal });
    for (const index of this.catalog.maintained(table)) {
      if (index.kind === "search") {
        if (applySearchWrite(this, index, internal, former, document))
          this.#writes.push({ index: index.id, key: "" });
        continue;
      }
      const before = entryKey(index, former, internal);
      const after = entryKey(index, document, internal);
      this.#writes.push({ index: index.id, key: before });
      if (before === after) continue;
      // A backfill may not have reached this document yet, so neither row is sure to be absent or present.
      this.connection.change(
        "DELETE FROM entries WHERE i = ? AND k = ?",
        index.id,
        keyToBlob(before),
      );
      this.connection.change(
        "INSERT OR IGNORE INTO entries VALUES(?, ?)",
        index.id,
        keyToBlob(after),
      );
      this.#writes.push({ index: index.id, key: after });
    }
    this.#whole();
  }

  remove(table: TableInfo, internal: string, former = this.#require(table, internal)): void {
    this.#begin();
    this.connection.change(
      "DELETE FROM documents WHERE t = ? AND id = ?",
      table.number,
      keyToBlob(internal),
    );
    this.#writes.push({ index: -table.number, key: internal });
    for (const index of this.catalog.maintained(table)) {
      if (index.kind === "search") {
        if (applySearchWrite(this, index, internal, former, null))
          this.#writes.push({ index: index.id, key: "" });
        continue;
      }
      const key = entryKey(index, former, internal);
      this.connection.change("DELETE FROM entries WHERE i = ? AND k = ?", index.id, keyToBlob(key));
      this.#writes.push({ index: index.id, key });
    }
    this.#whole();
  }

  /** Adds the entries of documents that an index does not have yet; used by backfills, which may meet documents that writes have already indexed. */
  fill(index: IndexInfo, internal: string, document: Fields): void {
    if (index.kind === "search") {
      applySearchWrite(this, index, internal, document, document);
      return;
    }
    this.connection.change(
      "INSERT OR IGNORE INTO entries VALUES(?, ?)",
      index.id,
      keyToBlob(entryKey(index, document, internal)),
    );
  }

  createIndex(table: TableInfo, wanted: Omit<IndexInfo, "id" | "table">): IndexInfo {
    return this.catalog.createIndex(this.connection, table, wanted);
  }

  dropIndex(index: IndexInfo): void {
    this.catalog.dropIndex(this.connection, index);
  }

  /** Returns the index that had the name before. */
  publishIndex(index: IndexInfo): IndexInfo | undefined {
    return this.catalog.publishIndex(this.connection, index);
  }

  /** From now on, remembers which documents of these tables are written (and forgets what was remembered before). */
  watchWrites(tables: number[]): void {
    this.#writer.watched = new Map(tables.map((number) => [number, new Set()]));
  }

  watchedWrites(): ReadonlyMap<number, ReadonlySet<string>> {
    return this.#writer.watched;
  }

  afterCommit(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  #text(table: TableInfo, internal: string, document: Fields): string {
    const json = JSON.stringify(document);
    if (json.includes(COMMIT_TS)) this.#awaitingTs.push({ table, internal });
    return json;
  }

  #resolveCommitTs(ts: bigint): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(ts);
    const resolved = JSON.stringify({ $integer: bytes.toString("base64") });
    for (const { table, internal } of this.#awaitingTs) {
      const json = this.get(table, internal);
      if (json === undefined || !json.includes(COMMIT_TS)) continue;
      const { _id, _creationTime, ...fields } = JSON.parse(
        json.replaceAll(COMMIT_TS, resolved),
      ) as Fields;
      this.replace(table, internal, fields);
    }
  }

  #require(table: TableInfo, internal: string): Fields {
    const json = this.get(table, internal);
    if (json === undefined)
      throw new Error(`There is no document ${encodeId(table.number, internal)}.`);
    return JSON.parse(json) as Fields;
  }

  #refuseInvalid(table: TableInfo, internal: string, document: Fields): void {
    const problem = this.check?.(table, document) ?? null;
    if (problem !== null) throw new InvalidDocument(problem);
    this.#writer.watched.get(table.number)?.add(internal);
  }
}

/** A document that the schema or a limit refuses. */
export class InvalidDocument extends Error {}

/** Order-preserving key of a document in a database index: the fields, `_creationTime`, the internal id. */
export function entryKey(index: IndexInfo, document: Fields, internal: string): string {
  let key = "";
  for (const field of index.fields) key += encodeValue(fieldValue(document, field));
  return key + encodeValue(document._creationTime) + internal;
}

/** Internal id of a document id, if it belongs to this table. */
export function internalOf(table: TableInfo, id: string): string | undefined {
  const decoded = decodeId(id);
  return decoded !== null && decoded.table === table.number ? decoded.internal : undefined;
}
