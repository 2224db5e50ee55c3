/** Where things are in a snapshot: the layout that Convex's own export writes and its import reads. */
import type { ComponentPath } from "../../engine/types.ts";

export const DOCUMENTS = "documents.jsonl";
export const GENERATED_SCHEMA = "generated_schema.jsonl";
/** Says that values are written as Convex JSON, whatever the table holds. */
export const UNIFORM = '"uniform"\n';
export const TABLES_TABLE = "_tables";
export const STORAGE_TABLE = "_storage";

/** Tables of imports that are under way belong to components of such a name, which no app can have. */
export const STAGING = "~import/";

/** "_components/a/_components/b/" */
export function prefixOf(component: ComponentPath): string {
  if (component === "") return "";
  return component
    .split("/")
    .map((name) => `_components/${name}/`)
    .join("");
}

export type SnapshotFile =
  | { kind: "documents"; component: ComponentPath; table: string }
  | { kind: "generatedSchema"; component: ComponentPath; table: string }
  | { kind: "file"; component: ComponentPath; storageId: string };

/** What a file of the ZIP is; null for everything that an import ignores. A folder around the whole snapshot is allowed. */
export function snapshotFile(name: string): SnapshotFile | null {
  const parts = name.split("/");
  const file = parts.pop();
  const table = parts.pop();
  if (file === undefined || table === undefined || table === "") return null;
  const names: string[] = [];
  while (parts.length >= 2 && parts[parts.length - 2] === "_components") {
    names.unshift(parts.pop() ?? "");
    parts.pop();
  }
  const component = names.join("/");
  if (file === DOCUMENTS) return { kind: "documents", component, table };
  if (file === GENERATED_SCHEMA) return { kind: "generatedSchema", component, table };
  if (table !== STORAGE_TABLE) return null;
  const storageId = file.replace(/\.[^.]*$/, "");
  return storageId === "" ? null : { kind: "file", component, storageId };
}

/** A component within another one. */
export function within(base: ComponentPath, component: ComponentPath): ComponentPath {
  if (base === "") return component;
  return component === "" ? base : `${base}/${component}`;
}

/** Name of the file of an export, also the one that is proposed to whoever downloads it. */
export function nameOf(ts: bigint | string): string {
  return `snapshot_${ts}.zip`;
}
