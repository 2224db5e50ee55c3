/** What a push changes, in the shapes that the CLI prints. */
import type { Json } from "../engine/types.ts";
import type { DefinitionEntry, PushManifest, SchemaTable } from "./manifest.ts";

export type ComponentDiffs = Record<string, { [key: string]: Json }>;

type IndexConfig = { name: string } & (
  | { type: "database"; fields: string[] }
  | { type: "search"; searchField: string; filterFields: string[] }
  | { type: "vector"; dimensions: number; vectorField: string; filterFields: string[] }
);

function indexesOf(tables: SchemaTable[]): Map<string, IndexConfig> {
  const configs = tables.flatMap((table): IndexConfig[] => {
    const name = (descriptor: string) => `${table.tableName}.${descriptor}`;
    return [
      // The CLI leaves the implicit last field out of what it prints; it wants to see it here.
      ...table.indexes.map((index) => ({
        name: name(index.indexDescriptor),
        type: "database" as const,
        fields: [...index.fields, "_creationTime"],
      })),
      ...table.searchIndexes.map((index) => ({
        name: name(index.indexDescriptor),
        type: "search" as const,
        searchField: index.searchField,
        filterFields: index.filterFields,
      })),
      ...table.vectorIndexes.map((index) => ({
        name: name(index.indexDescriptor),
        type: "vector" as const,
        dimensions: index.dimensions,
        vectorField: index.vectorField,
        filterFields: index.filterFields,
      })),
    ];
  });
  return new Map(configs.map((config) => [JSON.stringify(config), config]));
}

function definitionOf(manifest: PushManifest | null, component: string): DefinitionEntry | null {
  const path = manifest?.components.find(
    (candidate) => candidate.path === component,
  )?.definitionPath;
  return manifest?.definitions.find((candidate) => candidate.path === path) ?? null;
}

function indexDiff(
  former: DefinitionEntry | null,
  next: DefinitionEntry | null,
): { [key: string]: Json } {
  const before = indexesOf(former?.schema?.tables ?? []);
  const after = indexesOf(next?.schema?.tables ?? []);
  return {
    added_indexes: [...after]
      .filter(([key]) => !before.has(key))
      .map(([, config]) => config as Json),
    removed_indexes: [...before]
      .filter(([key]) => !after.has(key))
      .map(([, config]) => config as Json),
    enabled_indexes: [],
    disabled_indexes: [],
  };
}

function names(before: string[], after: string[]): { added: string[]; removed: string[] } {
  return {
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !after.includes(name)),
  };
}

/** By component path: modules, crons, indexes and schema that change. */
export function diffComponents(former: PushManifest | null, next: PushManifest): ComponentDiffs {
  const diffs: ComponentDiffs = {};
  const paths = new Set(
    [...next.components, ...(former?.components ?? [])].map((component) => component.path),
  );
  for (const path of paths) {
    const before = definitionOf(former, path);
    const after = definitionOf(next, path);
    const crons = names(Object.keys(before?.crons ?? {}), Object.keys(after?.crons ?? {}));
    const updated = Object.keys(after?.crons ?? {}).filter(
      (name) =>
        before?.crons[name] !== undefined &&
        JSON.stringify(before.crons[name]) !== JSON.stringify(after?.crons[name]),
    );
    const schemas = [before, after].map((definition) =>
      definition?.schema == null ? null : JSON.stringify(definition.schema),
    );
    diffs[path] = {
      diffType: { type: before === null ? "create" : after === null ? "unmount" : "modify" },
      moduleDiff: names(
        (before?.modules ?? []).map((module) => module.path),
        (after?.modules ?? []).map((module) => module.path),
      ),
      udfConfigDiff: null,
      cronDiff: { added: crons.added, updated, deleted: crons.removed },
      indexDiff: indexDiff(before, after),
      schemaDiff:
        schemas[0] === schemas[1]
          ? null
          : { previous_schema: schemas[0] ?? null, next_schema: schemas[1] ?? null },
    };
  }
  return diffs;
}

/** The part of `start_push`'s answer that tells which indexes would come and go. */
export function schemaChangeOf(former: PushManifest | null, next: PushManifest): Json {
  const indexDiffs: Record<string, Json> = {};
  for (const component of next.components)
    indexDiffs[component.path] = indexDiff(
      definitionOf(former, component.path),
      definitionOf(next, component.path),
    );
  return { allocatedComponentIds: {}, schemaIds: {}, indexDiffs };
}
