/**
 * Looks into the file of a server that does not run, and says what in it does not fit together. Made from
 * the description of the layout and of the keys alone: it shares no code with the server, so that both
 * cannot be wrong in the same way.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

type Value = null | boolean | number | string | Value[] | { [field: string]: Value };

interface IndexRow {
  id: number;
  table: number;
  name: string;
  kind: string;
  fields: string;
  state: string;
}

/** Everything that is wrong with the data folder, in words; nothing when all is well. */
export function findProblems(dataDir: string): string[] {
  const database = new DatabaseSync(join(dataDir, "data.sqlite"));
  try {
    return [
      ...checkFile(database),
      ...checkDocuments(database),
      ...checkEntries(database),
      ...checkFiles(database, dataDir),
      ...checkJobs(database),
    ];
  } finally {
    database.close();
  }
}

type Database = InstanceType<typeof DatabaseSync>;

function rows<T>(database: Database, sql: string, ...values: (number | string)[]): T[] {
  return database.prepare(sql).all(...values) as T[];
}

function checkFile(database: Database): string[] {
  const verdict = rows<{ integrity_check: string }>(database, "PRAGMA integrity_check");
  return verdict.map((row) => row.integrity_check).filter((text) => text !== "ok");
}

interface DocumentRow {
  t: number;
  id: Uint8Array;
  json: string;
}

function checkDocuments(database: Database): string[] {
  const tables = new Set(
    rows<{ number: number }>(database, "SELECT number FROM tables").map((row) => row.number),
  );
  const problems: string[] = [];
  for (const row of rows<DocumentRow>(database, "SELECT t, id, json FROM documents")) {
    const document = JSON.parse(row.json) as { [field: string]: Value };
    if (!tables.has(row.t)) problems.push(`a document of table ${row.t}, which does not exist`);
    if (document._id !== idOf(row.t, row.id)) {
      problems.push(`${JSON.stringify(document._id)} stands under the key ${idOf(row.t, row.id)}`);
    }
    if (typeof document._creationTime !== "number") problems.push(`no time in ${row.json}`);
  }
  return problems;
}

/** Each database index has exactly one entry for each document of its table (at most one while it is being filled). */
function checkEntries(database: Database): string[] {
  const problems: string[] = [];
  const indexes = rows<IndexRow>(
    database,
    `SELECT id, "table", name, kind, fields, state FROM indexes WHERE kind = 'database'`,
  );
  const known = new Set(indexes.map((index) => index.id));
  for (const { id } of rows<{ id: number }>(database, "SELECT id FROM dead_indexes")) known.add(id);
  for (const { i } of rows<{ i: number }>(database, "SELECT DISTINCT i FROM entries")) {
    if (!known.has(i)) problems.push(`entries of index ${i}, which does not exist`);
  }
  for (const index of indexes) {
    const fields = JSON.parse(index.fields) as string[];
    const expected = new Set(
      rows<DocumentRow>(database, "SELECT t, id, json FROM documents WHERE t = ?", index.table).map(
        (row) => entryOf(fields, row).toString("hex"),
      ),
    );
    const found = rows<{ k: Uint8Array }>(database, "SELECT k FROM entries WHERE i = ?", index.id);
    for (const { k } of found) {
      if (!expected.delete(Buffer.from(k).toString("hex"))) {
        problems.push(`an entry of ${index.table}.${index.name} belongs to no document`);
      }
    }
    if (expected.size > 0 && index.state === "ready") {
      problems.push(`${expected.size} documents are missing in ${index.table}.${index.name}`);
    }
  }
  return problems;
}

/** Each file has its document and its content on the disk. */
function checkFiles(database: Database, dataDir: string): string[] {
  const problems: string[] = [];
  const files = rows<{ key: string; found: number | null }>(
    database,
    "SELECT f.key AS key, d.t AS found FROM files f LEFT JOIN documents d ON d.t = f.t AND d.id = f.id",
  );
  for (const { key, found } of files) {
    if (found === null) problems.push(`the file ${key} has no document`);
    if (!existsSync(join(dataDir, "files", key))) problems.push(`the file ${key} has no content`);
  }
  const bare = rows<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM documents d JOIN tables t ON t.number = d.t AND t.name = '_storage'
     WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.t = d.t AND f.id = d.id)`,
  )[0];
  if (bare?.n !== 0) problems.push(`${String(bare?.n)} files are not known by a key`);
  return problems;
}

const ROW_STATES: Record<string, string> = {
  pending: "pending",
  inProgress: "running",
  success: "done",
  failed: "done",
  canceled: "done",
};

/** Each scheduled function is known to the scheduler in the state that its document shows. */
function checkJobs(database: Database): string[] {
  const problems: string[] = [];
  const jobs = rows<{ json: string | null; state: string | null }>(
    database,
    `SELECT d.json AS json, j.state AS state FROM documents d
       JOIN tables t ON t.number = d.t AND t.name = '_scheduled_functions'
       LEFT JOIN jobs j ON j.t = d.t AND j.id = d.id
     UNION ALL
     SELECT NULL, j.state FROM jobs j
       WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.t = j.t AND d.id = j.id)`,
  );
  for (const { json, state } of jobs) {
    const shown =
      json === null ? "nothing" : (JSON.parse(json) as { state: { kind: string } }).state.kind;
    if (ROW_STATES[shown] !== state) {
      problems.push(`a job is ${String(state)}, but its document shows ${shown}`);
    }
  }
  return problems;
}

function entryOf(fields: string[], row: DocumentRow): Buffer {
  const document = JSON.parse(row.json) as { [field: string]: Value };
  const values = fields.map((path) => at(document, path.split(".")));
  return Buffer.concat([...values.map(keyOf), keyOf(document._creationTime), Buffer.from(row.id)]);
}

function at(value: Value | undefined, path: string[]): Value | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? at(value[name], rest) : undefined;
}

function keyOf(value: Value | undefined): Buffer {
  if (value === undefined) return Buffer.of(1);
  if (value === null) return Buffer.of(2);
  if (typeof value === "number") return Buffer.concat([Buffer.of(4), ordered(value)]);
  if (typeof value === "boolean") return Buffer.of(value ? 6 : 5);
  if (typeof value === "string") return Buffer.concat([Buffer.of(7), ended(Buffer.from(value))]);
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.of(9), ...value.map(keyOf), Buffer.of(0)]);
  }
  const { $integer, $float, $bytes } = value;
  if (typeof $integer === "string") {
    const bytes = Buffer.from($integer, "base64").reverse();
    bytes[0] = (bytes[0] ?? 0) ^ 0x80;
    return Buffer.concat([Buffer.of(3), bytes]);
  }
  if (typeof $float === "string") {
    return Buffer.concat([Buffer.of(4), ordered(Buffer.from($float, "base64").readDoubleLE())]);
  }
  if (typeof $bytes === "string") {
    return Buffer.concat([Buffer.of(8), ended(Buffer.from($bytes, "base64"))]);
  }
  const parts = Object.keys(value)
    .sort()
    .flatMap((name) => [keyOf(name), keyOf(value[name])]);
  return Buffer.concat([Buffer.of(10), ...parts, Buffer.of(0)]);
}

/** IEEE's total order as unsigned bytes: all bits of negative numbers flipped, of the others the sign. */
function ordered(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  if (isNegative) return Buffer.from(bytes.map((byte) => byte ^ 0xff));
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes;
}

function ended(bytes: Buffer): Buffer {
  const escaped: number[] = [];
  for (const byte of bytes) escaped.push(...(byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from([...escaped, 0, 0]);
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Table number (7 bits to a byte, the low ones first), 16 bytes, Fletcher-16; all in base32. */
function idOf(table: number, internal: Uint8Array): string {
  const bytes: number[] = [];
  for (let rest = table; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      break;
    }
    bytes.push((rest % 128) + 128);
  }
  bytes.push(...internal);
  let low = 0;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 256;
    high = (high + low) % 256;
  }
  const bits = [...bytes, low, high].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[parseInt(group.padEnd(5, "0"), 2)]).join("");
}
