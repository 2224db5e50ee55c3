/** Writes everything that a deployment stores into a snapshot, as of one commit. */
import { createReadStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "../../engine/types.ts";
import { filePath } from "../../storage/fileKey.ts";
import { readFileRecord } from "../../storage/records.ts";
import { SnapshotReader, type Reading } from "../../store/readTransaction.ts";
import type { TableInfo } from "../../store/types.ts";
import { MAX_KEY } from "../../values/keys.ts";
import {
  DOCUMENTS,
  GENERATED_SCHEMA,
  nameOf,
  prefixOf,
  STAGING,
  STORAGE_TABLE,
  TABLES_TABLE,
  UNIFORM,
} from "./layout.ts";
import { ZipWriter } from "./zipWriter.ts";

export interface ExportJob {
  database: string;
  filesFolder: string;
  /** Where the ZIP file appears, under the name of its timestamp, when it is complete. */
  folder: string;
  includeStorage: boolean;
}

const README = `# A snapshot of a Convex deployment

<table>/documents.jsonl has the documents of a table, one JSON object in each line;
_components/<name>/ has the same of a component, _storage/ the stored files.

\`npx convex import <this file>\` puts it into another deployment.
`;

const BATCH = 256;

/** @returns the timestamp of the commit that the snapshot shows */
export async function exportSnapshot(job: ExportJob): Promise<bigint> {
  const snapshots = SnapshotReader.open(job.database);
  const partial = join(job.folder, "new.zip.part");
  try {
    const read = snapshots.pin();
    await rm(partial, { force: true });
    const writer = await ZipWriter.create(partial);
    try {
      await writeSnapshot(read, writer, job);
    } catch (failure) {
      await writer.abandon();
      throw failure;
    }
    await writer.finish();
    await rename(partial, join(job.folder, nameOf(read.ts)));
    return read.ts;
  } catch (failure) {
    await rm(partial, { force: true });
    throw failure;
  } finally {
    snapshots.close();
  }
}

async function writeSnapshot(read: Reading, writer: ZipWriter, job: ExportJob): Promise<void> {
  await writer.add("README.md", [Buffer.from(README)]);
  const components = read.catalog
    .components()
    .filter((component) => !component.startsWith(STAGING))
    .sort();
  const userTables = (component: string) =>
    read.catalog.tables(component).filter((table) => !table.name.startsWith("_"));
  for (const component of components) {
    const lines = userTables(component)
      .sort((a, b) => a.number - b.number)
      .map(({ name, number }) => `${JSON.stringify({ name, id: number })}\n`);
    await writer.add(`${prefixOf(component)}${TABLES_TABLE}/${DOCUMENTS}`, [
      Buffer.from(lines.join("")),
    ]);
  }
  for (const component of components) {
    for (const table of userTables(component).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const folder = `${prefixOf(component)}${table.name}`;
      await writer.add(`${folder}/${DOCUMENTS}`, lines(documents(read, table)));
      await writer.add(`${folder}/${GENERATED_SCHEMA}`, [Buffer.from(UNIFORM)]);
    }
  }
  if (!job.includeStorage) return;
  for (const component of components) {
    const table = read.catalog.table(component, STORAGE_TABLE);
    if (table !== undefined) await writeFiles(read, writer, table, job.filesFolder);
  }
}

async function writeFiles(
  read: Reading,
  writer: ZipWriter,
  table: TableInfo,
  filesFolder: string,
): Promise<void> {
  const folder = `${prefixOf(table.component)}${STORAGE_TABLE}`;
  const keyOf = (internal: string) => readFileRecord(read, { table, internal })?.key ?? null;
  const metadata = function* () {
    for (const { key: internal, json } of documents(read, table)) {
      const document = JSON.parse(json) as Record<string, Json>;
      const key = keyOf(internal);
      // Without its content a file's document would make the snapshot one that cannot be imported.
      if (key !== null) yield { json: JSON.stringify({ ...document, internalId: key }) };
    }
  };
  await writer.add(`${folder}/${DOCUMENTS}`, lines(metadata()));
  for (const { key: internal, json } of documents(read, table)) {
    const key = keyOf(internal);
    if (key === null) continue;
    const { _id, contentType } = JSON.parse(json) as { _id: string; contentType?: string };
    await writer.add(
      `${folder}/${_id}${extensionOf(contentType)}`,
      createReadStream(filePath(filesFolder, key)),
    );
  }
}

function* documents(read: Reading, table: TableInfo): Generator<{ key: string; json: string }> {
  const byId = table.indexes.get("by_id");
  if (byId === undefined) return;
  for (let after = ""; ; ) {
    const rows = read.scan(byId, after, MAX_KEY, false, BATCH);
    yield* rows;
    const last = rows[rows.length - 1];
    if (rows.length < BATCH || last === undefined) return;
    after = `${last.key}\0`;
  }
}

/** Chunks of many lines: fewer turns of the event loop than documents. */
function* lines(rows: Iterable<{ json: string }>): Generator<Buffer> {
  let text = "";
  for (const { json } of rows) {
    text += `${json}\n`;
    if (text.length < 65536) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}

/** For people who look into the ZIP; an import does without. */
const EXTENSIONS: Record<string, string> = {
  "application/json": ".json",
  "application/pdf": ".pdf",
  "application/zip": ".zip",
  "image/gif": ".gif",
  "image/jpeg": ".jpeg",
  "image/png": ".png",
  "image/svg+xml": ".svg",
  "image/webp": ".webp",
  "text/csv": ".csv",
  "text/html": ".html",
  "text/plain": ".txt",
};

function extensionOf(contentType: string | undefined): string {
  return EXTENSIONS[contentType?.split(";")[0]?.trim().toLowerCase() ?? ""] ?? "";
}
