/**
 * Which tables and indexes there are. Kept in SQL and cached per connection; the version in `meta`
 * tells a reader whether its copy is still that of its snapshot.
 */
import type { ComponentPath } from "../engine/types.ts";
import type { Connection } from "./database.ts";
import type { Catalog, IndexInfo, TableInfo } from "./types.ts";

/** Tables that every component has from its first moment. */
export const SYSTEM_TABLES = ["_storage", "_scheduled_functions"] as const;

/** The number space of tables begins here; lower numbers stay free for the format's own use. */
const FIRST_TABLE = 10001;

interface MutableTable extends TableInfo {
  indexes: Map<string, IndexInfo>;
  /** Index that is being filled to replace or become a readable one; not reachable by name. */
  filling: IndexInfo[];
}

export class StoredCatalog implements Catalog {
  version = 0;
  readonly #byName = new Map<string, MutableTable>();
  readonly #byNumber = new Map<number, MutableTable>();

  /** Reads the whole catalog; a few rows per table. */
  static load(connection: Connection): StoredCatalog {
    const catalog = new StoredCatalog();
    catalog.version = Number(
      connection.sql("SELECT value FROM meta WHERE key = 'catalog'")[0]?.value ?? 0,
    );
    for (const row of connection.sql("SELECT number, component, name FROM tables")) {
      catalog.#add(Number(row.number), String(row.component), String(row.name));
    }
    for (const row of connection.sql(
      'SELECT id, "table", name, kind, fields, filter_fields, state FROM indexes',
    )) {
      catalog.#addIndex({
        id: Number(row.id),
        table: Number(row.table),
        name: String(row.name),
        kind: row.kind === "search" ? "search" : "database",
        fields: JSON.parse(String(row.fields)) as string[],
        filterFields: JSON.parse(String(row.filter_fields)) as string[],
        state: row.state === "ready" ? "ready" : "backfilling",
      });
    }
    return catalog;
  }

  table(component: ComponentPath, name: string): MutableTable | undefined {
    return this.#byName.get(`${component}\0${name}`);
  }

  tableByNumber(number: number): MutableTable | undefined {
    return this.#byNumber.get(number);
  }

  tables(component: ComponentPath): TableInfo[] {
    return [...this.#byNumber.values()].filter((table) => table.component === component);
  }

  components(): ComponentPath[] {
    return [...new Set([...this.#byNumber.values()].map((table) => table.component))];
  }

  /** Every index of the table that writes must maintain, readable or not. */
  maintained(table: TableInfo): IndexInfo[] {
    const entry = this.#byNumber.get(table.number);
    return entry === undefined
      ? []
      : [...entry.indexes.values(), ...entry.filling].filter((index) => index.name !== "by_id");
  }

  /** The lowest number above all that are taken. */
  freeNumber(connection: Connection): number {
    const highest = Number(connection.sql("SELECT max(number) AS n FROM tables")[0]?.n ?? 0);
    return Math.max(FIRST_TABLE, highest + 1);
  }

  createTable(
    connection: Connection,
    component: ComponentPath,
    name: string,
    number = this.freeNumber(connection),
  ): TableInfo {
    connection.change("INSERT INTO tables VALUES(?, ?, ?)", number, component, name);
    const table = this.#add(number, component, name);
    this.createIndex(connection, table, {
      name: "by_creation_time",
      kind: "database",
      fields: [],
      filterFields: [],
      state: "ready",
    });
    this.#bump(connection);
    return table;
  }

  createIndex(
    connection: Connection,
    table: TableInfo,
    wanted: Omit<IndexInfo, "id" | "table">,
  ): IndexInfo {
    const row = connection.sql(
      'INSERT INTO indexes("table", name, kind, fields, filter_fields, state) VALUES(?, ?, ?, ?, ?, ?) RETURNING id',
      table.number,
      wanted.name,
      wanted.kind,
      JSON.stringify(wanted.fields),
      JSON.stringify(wanted.filterFields),
      wanted.state,
    )[0];
    const index: IndexInfo = { ...wanted, id: Number(row?.id), table: table.number };
    this.#addIndex(index);
    this.#bump(connection);
    return index;
  }

  /** Takes an index out of the catalog; its entries are swept up later, in small steps. */
  dropIndex(connection: Connection, index: IndexInfo): void {
    connection.change("DELETE FROM indexes WHERE id = ?", index.id);
    if (index.kind === "database")
      connection.change("INSERT OR IGNORE INTO dead_indexes VALUES(?)", index.id);
    const table = this.#byNumber.get(index.table);
    if (table !== undefined) {
      if (table.indexes.get(index.name)?.id === index.id) table.indexes.delete(index.name);
      table.filling = table.filling.filter((other) => other.id !== index.id);
    }
    this.#bump(connection);
  }

  /** A filled index becomes readable under its name; returns the index that had that name before, if any. */
  publishIndex(connection: Connection, index: IndexInfo): IndexInfo | undefined {
    const table = this.#byNumber.get(index.table);
    if (table === undefined) throw new Error(`Index ${index.id} belongs to no table.`);
    const former = table.indexes.get(index.name);
    if (former !== undefined) this.dropIndex(connection, former);
    connection.change("UPDATE indexes SET state = 'ready' WHERE id = ?", index.id);
    table.filling = table.filling.filter((other) => other.id !== index.id);
    table.indexes.set(index.name, { ...index, state: "ready" });
    this.#bump(connection);
    return former;
  }

  fillingById(id: number): IndexInfo | undefined {
    for (const table of this.#byNumber.values()) {
      const found = table.filling.find((index) => index.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Indexes being filled, of one table. */
  filling(table: TableInfo): IndexInfo[] {
    return this.#byNumber.get(table.number)?.filling ?? [];
  }

  dropTable(connection: Connection, table: TableInfo): void {
    for (const index of this.maintained(table)) this.dropIndex(connection, index);
    connection.change("DELETE FROM tables WHERE number = ?", table.number);
    this.#byNumber.delete(table.number);
    this.#byName.delete(`${table.component}\0${table.name}`);
    this.#bump(connection);
  }

  #add(number: number, component: string, name: string): MutableTable {
    const byId: IndexInfo = {
      id: -number,
      table: number,
      name: "by_id",
      kind: "database",
      fields: ["_id"],
      filterFields: [],
      state: "ready",
    };
    const table: MutableTable = {
      number,
      component,
      name,
      indexes: new Map([["by_id", byId]]),
      filling: [],
    };
    this.#byNumber.set(number, table);
    this.#byName.set(`${component}\0${name}`, table);
    return table;
  }

  #addIndex(index: IndexInfo): void {
    const table = this.#byNumber.get(index.table);
    if (table === undefined) return;
    if (index.state === "ready") table.indexes.set(index.name, index);
    else table.filling.push(index);
  }

  #bump(connection: Connection): void {
    connection.change("UPDATE meta SET value = value + 1 WHERE key = 'catalog'");
    this.version += 1;
  }
}
