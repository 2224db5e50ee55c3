/** The queries under `_system/` that the official tools subscribe to. They run in the reader, for admins only. */
import type { PushManifest } from "../deploy/manifest.ts";
import { importById, importList, latestExport } from "../deploy/snapshot/transferState.ts";
import type { ComponentPath, Json } from "../engine/types.ts";
import type { ReadTransaction } from "../store/types.ts";
import { blobToKey, keySuccessor, keyToBlob, MAX_KEY } from "../values/keys.ts";

export interface SystemContext {
  manifest: PushManifest | null;
  cloudUrl: string;
  siteUrl: string;
  /** The component that the caller asks about. */
  component: ComponentPath;
}

type SystemQuery = (
  tx: ReadTransaction,
  args: Record<string, Json>,
  context: SystemContext,
) => Json;

/** Names that are no text name nothing. */
function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function environment(tx: ReadTransaction): Json[] {
  return tx
    .sql("SELECT name, value FROM env ORDER BY name")
    .map((row) => ({ name: String(row.name), value: String(row.value) }));
}

function variable(tx: ReadTransaction, args: Record<string, Json>): Json {
  const row = tx.sql("SELECT name, value FROM env WHERE name = ?", text(args.name))[0];
  return row === undefined ? null : { name: String(row.name), value: String(row.value) };
}

/** Tables of the component that have ever been written to or declared, without the server's own. */
function tables(tx: ReadTransaction, args: Record<string, Json>, context: SystemContext): Json {
  const all = tx.catalog
    .tables(context.component)
    .filter((table) => !table.name.startsWith("_"))
    .map((table) => ({ name: table.name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return "paginationOpts" in args ? { page: all, isDone: true, continueCursor: "" } : all;
}

function pagination(args: Record<string, Json>): { cursor: string | null; items: number } {
  const options = args.paginationOpts as { cursor?: Json; numItems?: Json } | undefined;
  const items = Number(options?.numItems ?? 100);
  return {
    cursor: typeof options?.cursor === "string" ? options.cursor : null,
    items: Math.max(0, Math.min(items, 1000)),
  };
}

function tableData(tx: ReadTransaction, args: Record<string, Json>, context: SystemContext): Json {
  const table = tx.catalog.table(context.component, text(args.table));
  const index = table?.indexes.get("by_creation_time");
  if (index === undefined) return { page: [], isDone: true, continueCursor: "" };
  const descending = args.order !== "asc";
  const { cursor, items } = pagination(args);
  const after = cursor === null ? null : blobToKey(Buffer.from(cursor, "base64url"));
  const lo = after !== null && !descending ? keySuccessor(after) : "";
  const hi = after !== null && descending ? after : MAX_KEY;
  const rows = tx.scan(index, lo, hi, descending, items);
  const last = rows[rows.length - 1];
  return {
    page: rows.map((row) => JSON.parse(row.json) as Json),
    isDone: rows.length < items,
    continueCursor: last === undefined ? (cursor ?? "") : keyToBlob(last.key).toString("base64url"),
  };
}

/** Changes whenever a document of the table may have changed; `convex dev` retries a push then. */
function queryTable(tx: ReadTransaction, args: Record<string, Json>, context: SystemContext): Json {
  const table = tx.catalog.table(context.component, text(args.tableName));
  return table === undefined ? null : `${table.number}@${tx.ts}`;
}

function tableSize(tx: ReadTransaction, args: Record<string, Json>, context: SystemContext): Json {
  const table = tx.catalog.table(context.component, text(args.tableName ?? args.table));
  return table === undefined
    ? 0
    : Number(tx.sql("SELECT count(*) AS n FROM documents WHERE t = ?", table.number)[0]?.n ?? 0);
}

function apiSpec(_tx: ReadTransaction, _args: Record<string, Json>, context: SystemContext): Json {
  const path = context.manifest?.components.find(
    (component) => component.path === context.component,
  )?.definitionPath;
  const definition = context.manifest?.definitions.find((candidate) => candidate.path === path);
  return Object.entries(definition?.functions ?? {}).flatMap(([module, functions]) =>
    functions
      .filter((entry) => entry.udfType !== "HttpAction")
      .map((entry) => ({
        identifier: `${module}:${entry.name}`,
        functionType: entry.udfType,
        visibility: { kind: entry.visibility },
        args: (entry.args ?? { type: "any" }) as Json,
        returns: (entry.returns ?? { type: "any" }) as Json,
      })),
  );
}

function components(
  _tx: ReadTransaction,
  _args: Record<string, Json>,
  context: SystemContext,
): Json {
  return (context.manifest?.components ?? [])
    .filter((component) => component.path !== "")
    .map((component) => ({
      id: component.path,
      name: component.path.split("/").at(-1) ?? "",
      path: component.path,
      args: {},
      state: "active",
    }));
}

function schemas(_tx: ReadTransaction, _args: Record<string, Json>, context: SystemContext): Json {
  const path = context.manifest?.components.find(
    (component) => component.path === context.component,
  )?.definitionPath;
  const schema =
    context.manifest?.definitions.find((definition) => definition.path === path)?.schema ?? null;
  return { active: schema === null ? null : JSON.stringify(schema), inProgress: null };
}

export const systemQueries: Record<string, SystemQuery> = {
  "_system/cli/convexUrl:cloudUrl": (_tx, _args, context) => context.cloudUrl,
  "_system/cli/convexUrl:siteUrl": (_tx, _args, context) => context.siteUrl,
  "_system/cli/queryEnvironmentVariables": (tx) => environment(tx),
  "_system/cli/queryEnvironmentVariables:get": variable,
  "_system/cli/tables": tables,
  "_system/cli/tableData": tableData,
  "_system/cli/queryTable": queryTable,
  "_system/cli/tableSize": tableSize,
  "_system/cli/modules:apiSpec": apiSpec,
  "_system/cli/exports:getLatest": latestExport,
  "_system/cli/queryImport": importById,
  "_system/cli/queryImport:list": importList,
  "_system/frontend/components:list": components,
  "_system/frontend/getSchemas": schemas,
};
