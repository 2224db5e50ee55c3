/**
 * Where the documents of an import go. They are written to tables of their own ("staged"), which
 * nobody can see, and take their places all at once. Their ids hold the number of a table; they stay as
 * they are wherever that number can be had.
 */
import type { ComponentPath } from "../../engine/types.ts";
import type { TableInfo } from "../../store/types.ts";
import type { WriteBatch } from "../../store/writeTransaction.ts";
import { STAGING } from "./layout.ts";
import { ImportRefused } from "./refusal.ts";
import { tableKey } from "./source.ts";

export type ImportMode = "requireEmpty" | "append" | "replace" | "replaceAll";

export interface TableName {
  component: ComponentPath;
  name: string;
}

export interface WantedTable extends TableName {
  /** The table number in the documents' ids; null when they have none. */
  number: number | null;
}

export interface PlannedTable extends TableName {
  /** Number under which the documents are written first. */
  staged: number;
  /** Number in their ids, and of their table in the end. */
  final: number;
  /** The table of that name as it is now. */
  existing: number | null;
  /** The documents join those that are there. */
  append: boolean;
  /** Ids with this number become ids with the final one, because another table has the number; null when all are kept. */
  rewritten: number | null;
}

export interface ImportPlan {
  mode: ImportMode;
  tables: PlannedTable[];
  /** Tables that go. */
  deleted: (TableName & { number: number })[];
  /** Empty tables that make room for the number of an imported one. */
  moved: (TableName & { number: number; to: number })[];
  /** All tables as they will be, for ids in documents. */
  names: (TableName & { number: number })[];
  /** The code whose schema the documents are checked against. */
  activePush: string | null;
}

export interface PlanInput {
  importId: string;
  mode: ImportMode;
  /** With `replaceAll`, whatever is in this component or within it is replaced. */
  base: ComponentPath;
  tables: WantedTable[];
  /** Tables of the schema: they are emptied where others are deleted. */
  declared: TableName[];
  activePush: string | null;
}

export function isEmpty(tx: WriteBatch, table: number): boolean {
  return tx.sql("SELECT 1 AS one FROM documents WHERE t = ? LIMIT 1", table).length === 0;
}

/**
 * Decides about every table, and makes the staged ones with the indexes that they need.
 * @throws ImportRefused when the mode does not allow what the import would do
 */
export function planImport(tx: WriteBatch, input: PlanInput): ImportPlan {
  const { mode } = input;
  const wanted = [...input.tables, ...cleared(tx, input)];
  const fresh = freshNumbers(tx, wanted);
  const imported = new Set(wanted.map(({ component, name }) => tableKey(component, name)));
  const taken = new Set<number>();
  const moved: ImportPlan["moved"] = [];
  const available = (number: number, own: number | null): boolean => {
    if (taken.has(number)) return false;
    const holder = tx.catalog.tableByNumber(number);
    if (holder === undefined || holder.number === own) return true;
    if (imported.has(tableKey(holder.component, holder.name))) return mode !== "append";
    if (holder.component.startsWith(STAGING) || !isEmpty(tx, number)) return false;
    moved.push({ component: holder.component, name: holder.name, number, to: fresh() });
    return true;
  };
  const tables = wanted.map(({ component, name, number }): PlannedTable => {
    const table = tx.catalog.table(component, name);
    const existing = table?.number ?? null;
    if (mode === "requireEmpty" && existing !== null && !isEmpty(tx, existing)) {
      throw new ImportRefused(
        `Table ${name} already exists. Please choose a new table name or use replace/append modes.`,
      );
    }
    const append = mode === "append" && existing !== null;
    const kept = number !== null && (append ? number === existing : available(number, existing));
    const final = kept ? number : existing !== null && !taken.has(existing) ? existing : fresh();
    taken.add(final);
    const staged = tx.catalog.tableByNumber(final) === undefined ? final : fresh();
    stage(tx, input.importId, { component, name }, staged, table);
    const rewritten = number === null || number === final ? null : number;
    return { component, name, staged, final, existing, append, rewritten };
  });
  const deleted = surplus(tx, input).filter(
    (table) => !imported.has(tableKey(table.component, table.name)),
  );
  const plan = { mode, tables, deleted, moved, activePush: input.activePush };
  return { ...plan, names: namesAfter(tx, plan) };
}

/** What `replaceAll` leaves empty: declared tables that the import does not have. */
function cleared(tx: WriteBatch, input: PlanInput): WantedTable[] {
  const declared = new Set(input.declared.map(({ component, name }) => tableKey(component, name)));
  const imported = new Set(input.tables.map(({ component, name }) => tableKey(component, name)));
  return surplus(tx, input)
    .filter(({ component, name }) => {
      const key = tableKey(component, name);
      return declared.has(key) && !imported.has(key);
    })
    .map(({ component, name }) => ({ component, name, number: null }));
}

/** Tables that `replaceAll` is about. Files are replaced only by files. */
function surplus(tx: WriteBatch, input: PlanInput): (TableName & { number: number })[] {
  if (input.mode !== "replaceAll") return [];
  const { base } = input;
  return userTables(tx).filter(
    ({ component }) => base === "" || component === base || component.startsWith(`${base}/`),
  );
}

function userTables(tx: WriteBatch): TableInfo[] {
  return tx.catalog
    .components()
    .filter((component) => !component.startsWith(STAGING))
    .flatMap((component) => tx.catalog.tables(component))
    .filter((table) => !table.name.startsWith("_"));
}

/** Numbers above all that are or will be in use. */
function freshNumbers(tx: WriteBatch, wanted: WantedTable[]): () => number {
  const highest = tx.sql("SELECT max(number) AS n FROM tables")[0]?.n;
  let last = Math.max(10_000, Number(highest ?? 0), ...wanted.map((table) => table.number ?? 0));
  return () => {
    last += 1;
    return last;
  };
}

function stage(
  tx: WriteBatch,
  importId: string,
  target: TableName,
  number: number,
  like: TableInfo | undefined,
): void {
  const table = tx.createTable(`${STAGING}${importId}/${target.component}`, target.name, number);
  for (const index of like?.indexes.values() ?? []) {
    if (index.name === "by_id" || index.name === "by_creation_time") continue;
    const { name, kind, fields, filterFields } = index;
    tx.createIndex(table, { name, kind, fields, filterFields, state: "ready" });
  }
}

function namesAfter(
  tx: WriteBatch,
  plan: Pick<ImportPlan, "tables" | "deleted" | "moved">,
): ImportPlan["names"] {
  const gone = new Set([
    ...plan.tables.map((table) => table.existing),
    ...plan.deleted.map((table) => table.number),
  ]);
  const to = new Map(plan.moved.map((table) => [table.number, table.to]));
  const stay = tx.catalog
    .components()
    .filter((component) => !component.startsWith(STAGING))
    .flatMap((component) => tx.catalog.tables(component))
    .filter((table) => !gone.has(table.number));
  return [
    ...stay.map(({ component, name, number }) => ({
      component,
      name,
      number: to.get(number) ?? number,
    })),
    ...plan.tables.map(({ component, name, final }) => ({ component, name, number: final })),
  ];
}
