/**
 * The reading half of an import, in a thread of its own: looks the upload through, then turns it into
 * documents as they will be stored, checked against the schema.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ComponentPath, Json } from "../../engine/types.ts";
import { writeContent } from "../../storage/contents.ts";
import { decodeId, encodeId, newInternalId } from "../../values/ids.ts";
import { checkDocument, checkValueShape } from "../../values/limits.ts";
import { validateDocument } from "../../values/validators.ts";
import type { PushManifest, ValidatorJson } from "../manifest.ts";
import type { StagedRow } from "./importOperations.ts";
import type { ImportPlan, PlannedTable, WantedTable } from "./importPlan.ts";
import { STORAGE_TABLE } from "./layout.ts";
import { ImportRefused } from "./refusal.ts";
import { openSource, tableKey, type Row, type Source, type SourceOptions } from "./source.ts";

export interface ScannedTable extends WantedTable {
  rows: number;
}

/** Reads everything once: what is not JSON is found before anything happens. @throws ImportRefused, BadZip */
export async function scanSource(options: SourceOptions): Promise<ScannedTable[]> {
  const source = await openSource(options);
  try {
    const tables: ScannedTable[] = [];
    for (const { component, name, rows } of source.tables) {
      let number = source.numbers.get(tableKey(component, name)) ?? null;
      let count = 0;
      for await (const row of rows()) {
        count += 1;
        number ??= typeof row._id === "string" ? (decodeId(row._id)?.table ?? null) : null;
      }
      tables.push({ component, name, number, rows: count });
    }
    return tables;
  } finally {
    await source.close();
  }
}

export interface StageJob {
  source: SourceOptions;
  plan: ImportPlan;
  /** Folder of the active push; null before the first one. */
  pushFolder: string | null;
  filesFolder: string;
}

export interface StageProgress {
  /** Called with each portion of documents; resolves when they are written. */
  write(staged: number, rows: StagedRow[]): Promise<void>;
  /** All documents of a table are written. */
  finished(table: PlannedTable, rows: number): void;
}

const PORTION_ROWS = 400;
const PORTION_CHARACTERS = 1_000_000;

/** @throws ImportRefused, BadZip, or what `write` throws */
export async function stageSource(job: StageJob, progress: StageProgress): Promise<void> {
  const source = await openSource(job.source);
  try {
    const importer = new Importer(job, source, await readTypes(job.pushFolder));
    await importer.collectRewrites();
    for (const table of source.tables) {
      const planned = job.plan.tables.find(
        (other) => other.component === table.component && other.name === table.name,
      );
      if (planned === undefined) throw new Error("The upload changed during the import.");
      await importer.stage(planned, table.rows(), progress);
    }
  } finally {
    await source.close();
  }
}

async function readTypes(pushFolder: string | null): Promise<Map<string, ValidatorJson | null>> {
  const types = new Map<string, ValidatorJson | null>();
  if (pushFolder === null) return types;
  const text = await readFile(join(pushFolder, "manifest.json"), "utf8");
  const manifest = JSON.parse(text) as PushManifest;
  for (const { path, definitionPath } of manifest.components) {
    const schema = manifest.definitions.find((entry) => entry.path === definitionPath)?.schema;
    if (schema?.schemaValidation !== true) continue;
    for (const table of schema.tables)
      types.set(tableKey(path, table.tableName), table.documentType);
  }
  return types;
}

class Importer {
  /** Ids that change, with what they become. */
  readonly #rewrites = new Map<string, string>();
  readonly #names: Map<number, { component: ComponentPath; name: string }>;
  readonly #files: Map<string, Source["files"][number]>;
  readonly #now = Date.now();
  #created = 0;

  constructor(
    private readonly job: StageJob,
    private readonly source: Source,
    private readonly types: Map<string, ValidatorJson | null>,
  ) {
    this.#names = new Map(job.plan.names.map((table) => [table.number, table]));
    this.#files = new Map(
      source.files.map((file) => [tableKey(file.component, file.storageId), file]),
    );
  }

  /** Which ids change must be known before the first document that may contain one. */
  async collectRewrites(): Promise<void> {
    for (const table of this.source.tables) {
      const planned = this.job.plan.tables.find(
        ({ component, name }) => component === table.component && name === table.name,
      );
      if (planned?.rewritten == null) continue;
      for await (const { _id: id } of table.rows()) {
        const decoded = typeof id === "string" ? decodeId(id) : null;
        if (typeof id === "string" && decoded?.table === planned.rewritten)
          this.#rewrites.set(id, encodeId(planned.final, decoded.internal));
      }
    }
  }

  async stage(
    table: PlannedTable,
    rows: AsyncIterable<Row>,
    progress: StageProgress,
  ): Promise<void> {
    let portion: StagedRow[] = [];
    let characters = 0;
    let number = 0;
    const flush = async () => {
      if (portion.length > 0) await progress.write(table.staged, portion);
      portion = [];
      characters = 0;
    };
    for await (const row of rows) {
      number += 1;
      const staged = await this.#document(table, row, number);
      portion.push(staged);
      characters += staged.json.length;
      if (portion.length >= PORTION_ROWS || characters >= PORTION_CHARACTERS) await flush();
    }
    await flush();
    progress.finished(table, number);
  }

  async #document(table: PlannedTable, row: Row, number: number): Promise<StagedRow> {
    const refuse = (why: string) => new ImportRefused(`Row ${number} of ${table.name}: ${why}`);
    const shape = checkValueShape(row);
    if (shape !== null) throw refuse(`wasn't a valid Convex value: ${shape}`);
    const { _id, _creationTime, ...fields } = this.#rewritten(row) as Row;
    const internal = this.#internal(table, _id, refuse);
    const created = _creationTime ?? this.#creationTime();
    if (typeof created !== "number") throw refuse("_creationTime must be a number.");
    const id = encodeId(table.final, internal);
    const system = { _creationTime: created, _id: id };
    if (table.name === STORAGE_TABLE) {
      const { document, key } = await this.#file(table, row, fields, refuse);
      return { internal, json: JSON.stringify({ ...document, ...system }), fileKey: key };
    }
    const document = { ...fields, ...system };
    const problem = checkDocument(document) ?? this.#schemaProblem(table, document);
    if (problem !== null) throw refuse(problem);
    return { internal, json: JSON.stringify(document) };
  }

  #internal(table: PlannedTable, id: Json | undefined, refuse: (why: string) => Error): string {
    if (id === undefined) return newInternalId(this.#now);
    const decoded = typeof id === "string" ? decodeId(id) : null;
    if (decoded === null) throw refuse(`${JSON.stringify(id)} is not a valid _id.`);
    if (decoded.table !== table.final)
      throw refuse(`the _id ${JSON.stringify(id)} is one of another table.`);
    return decoded.internal;
  }

  #creationTime(): number {
    this.#created += 1;
    return this.#now + this.#created / 1024;
  }

  #schemaProblem(table: PlannedTable, document: Row): string | null {
    const type = this.types.get(tableKey(table.component, table.name));
    if (type === undefined) return null;
    return validateDocument(type, document, table.name, (id) => {
      const decoded = decodeId(id);
      const found = decoded === null ? undefined : this.#names.get(decoded.table);
      return found?.component === table.component ? found.name : null;
    });
  }

  async #file(
    table: PlannedTable,
    row: Row,
    fields: Row,
    refuse: (why: string) => Error,
  ): Promise<{ document: Row; key: string }> {
    const file = this.#files.get(
      tableKey(table.component, typeof row._id === "string" ? row._id : ""),
    );
    if (file === undefined) throw refuse("the snapshot lacks the content of this file.");
    const { sha256, contentType } = fields;
    const stored = await writeContent(this.job.filesFolder, file.content(), {
      sha256: typeof sha256 === "string" ? sha256 : null,
    }).catch((error: unknown) => {
      throw refuse(error instanceof Error ? error.message : String(error));
    });
    const document: Row = { sha256: stored.sha256, size: stored.size };
    if (typeof contentType === "string") document.contentType = contentType;
    return { document, key: stored.key };
  }

  /** The value with the ids that change. */
  #rewritten(value: Json): Json {
    if (this.#rewrites.size === 0) return value;
    if (typeof value === "string") return this.#rewrites.get(value) ?? value;
    if (Array.isArray(value)) return value.map((element) => this.#rewritten(element));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        this.#rewrites.get(name) ?? name,
        this.#rewritten(inner),
      ]),
    );
  }
}
