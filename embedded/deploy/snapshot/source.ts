/** What was uploaded for an import, as tables of rows and files, whichever of the four formats it has. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import type { ComponentPath, Json } from "../../engine/types.ts";
import { isObject } from "../../values/json.ts";
import { checkTableName } from "../../values/limits.ts";
import { csvRows } from "./csv.ts";
import { snapshotFile, STORAGE_TABLE, TABLES_TABLE, within } from "./layout.ts";
import { ImportRefused } from "./refusal.ts";
import { ZipReader } from "./zipReader.ts";

export type ImportFormat = "csv" | "jsonLines" | "jsonArray" | "zip";

export type Row = Record<string, Json>;

export interface SourceTable {
  component: ComponentPath;
  name: string;
  rows: () => AsyncIterable<Row>;
}

export interface SourceFile {
  component: ComponentPath;
  storageId: string;
  content: () => AsyncIterable<Uint8Array>;
}

export interface Source {
  /** With `_storage`, without `_tables`. */
  tables: SourceTable[];
  files: SourceFile[];
  /** Table numbers that the snapshot's ids were made with, by component and table name. */
  numbers: Map<string, number>;
  close(): Promise<void>;
}

export function tableKey(component: ComponentPath, name: string): string {
  return `${component}\0${name}`;
}

/** A JSON array has to be read whole. */
const MAX_JSON_ARRAY = 8 * 1024 * 1024;

export interface SourceOptions {
  file: string;
  format: ImportFormat;
  /** The component to import into; a snapshot's own components are within it. */
  component: ComponentPath;
  /** Null for a snapshot. */
  table: string | null;
}

/** @throws ImportRefused or BadZip when the upload is not what it is said to be */
export async function openSource(options: SourceOptions): Promise<Source> {
  if (options.format === "zip") return openSnapshot(options);
  const { file, format, component, table } = options;
  if (table === null) throw new ImportRefused(`The format ${format} needs the name of a table.`);
  requireTableName(table);
  const rows = {
    csv: () => csvRows(utf8(createReadStream(file))),
    jsonLines: () => jsonLines(createReadStream(file)),
    jsonArray: () => jsonArray(file),
  }[format];
  return {
    tables: [{ component, name: table, rows }],
    files: [],
    numbers: new Map(),
    close: () => Promise.resolve(),
  };
}

function requireTableName(name: string): void {
  const problem = checkTableName(name);
  if (problem !== null) throw new ImportRefused(problem);
}

async function openSnapshot(options: SourceOptions): Promise<Source> {
  const zip = await ZipReader.open(options.file);
  try {
    const source: Source = { tables: [], files: [], numbers: new Map(), close: () => zip.close() };
    for (const { name } of zip.entries()) {
      const found = snapshotFile(name);
      if (found === null) continue;
      const component = within(options.component, found.component);
      if (found.kind === "file") {
        const content = () => zip.read(name);
        source.files.push({ component, storageId: found.storageId, content });
      } else if (found.kind === "generatedSchema") await requireUniform(zip, name);
      else if (found.table === TABLES_TABLE) {
        for await (const { name: table, id } of jsonLines(zip.read(name))) {
          if (typeof table === "string" && typeof id === "number")
            source.numbers.set(tableKey(component, table), id);
        }
      } else if (found.table === STORAGE_TABLE || !found.table.startsWith("_")) {
        if (found.table !== STORAGE_TABLE) requireTableName(found.table);
        const rows = () => jsonLines(zip.read(name));
        source.tables.push({ component, name: found.table, rows });
      }
    }
    addLooseFiles(source);
    if (source.tables.length === 0)
      throw new ImportRefused(
        "The ZIP file has no table: there is no <table>/documents.jsonl in it.",
      );
    return source;
  } catch (error) {
    await zip.close();
    throw error;
  }
}

/** Files without a `_storage/documents.jsonl` still are files. */
function addLooseFiles(source: Source): void {
  for (const { component } of source.files) {
    const known = source.tables.some(
      (table) => table.component === component && table.name === STORAGE_TABLE,
    );
    if (known) continue;
    const ids = source.files.filter((file) => file.component === component);
    const rows = async function* (): AsyncGenerator<Row> {
      for (const { storageId } of ids) yield await Promise.resolve({ _id: storageId });
    };
    source.tables.push({ component, name: STORAGE_TABLE, rows });
  }
}

async function requireUniform(zip: ZipReader, name: string): Promise<void> {
  let text = "";
  for await (const chunk of zip.read(name)) text += chunk.toString("latin1");
  if (text.split("\n")[0]?.trim() === '"uniform"') return;
  throw new ImportRefused(
    `${name} is of a former format of exports, in which a value's type is not always certain. Export the data again with a current version of Convex.`,
  );
}

async function* utf8(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new ImportRefused("Import wasn't valid UTF8");
    }
  };
  for await (const chunk of chunks) yield decode(chunk as Uint8Array);
  yield decode();
}

async function* jsonLines(chunks: AsyncIterable<unknown>): AsyncGenerator<Row> {
  let number = 0;
  const parse = (line: string): Row => {
    let value: Json;
    try {
      value = JSON.parse(line) as Json;
    } catch (error) {
      throw new ImportRefused(
        `Row ${number} wasn't valid JSON: ${error instanceof Error ? error.message : ""}`,
      );
    }
    return requireObject(value, number);
  };
  let rest = "";
  for await (const text of utf8(chunks)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      number += 1;
      if (line.trim() !== "") yield parse(line);
    }
  }
  number += 1;
  if (rest.trim() !== "") yield parse(rest);
}

async function* jsonArray(file: string): AsyncGenerator<Row> {
  const { size } = await stat(file);
  if (size > MAX_JSON_ARRAY)
    throw new ImportRefused(
      `Import is too large for JSON (${size} bytes > maximum ${MAX_JSON_ARRAY}). Consider converting data to JSONLines`,
    );
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new ImportRefused(`Not valid JSON: ${error instanceof Error ? error.message : ""}`);
  }
  if (!Array.isArray(value)) throw new ImportRefused("Not a JSON array");
  for (const [i, row] of (value as Json[]).entries()) yield requireObject(row, i + 1);
}

function requireObject(value: Json, number: number): Row {
  if (!isObject(value)) throw new ImportRefused(`Row ${number} wasn't an object`);
  return value;
}
