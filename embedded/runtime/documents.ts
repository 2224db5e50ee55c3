/** The database syscalls of one document: get, insert, patch, replace, delete, normalizeId. */
import type { Json } from "../engine/types.ts";
import type { TableInfo } from "../store/types.ts";
import { internalOf, type WriteBatch } from "../store/writeTransaction.ts";
import { decodeId } from "../values/ids.ts";
import { checkDocument, checkTableName, checkValueShape, valueSize } from "../values/limits.ts";
import type { Frame } from "./frame.ts";

type Fields = Record<string, Json>;

interface Located {
  id: string;
  table: TableInfo;
  internal: string;
}

function reader(frame: Frame) {
  if (frame.read === null)
    throw new Error(
      "The database is not available in actions; use ctx.runQuery or ctx.runMutation.",
    );
  return frame.read;
}

function writer(frame: Frame): WriteBatch {
  if (frame.write === null || frame.kind !== "mutation")
    throw new Error("The database can only be written in mutations.");
  return frame.write;
}

/** @throws when the id is malformed, of another component, or not of the table that the caller named */
function locate(
  frame: Frame,
  operation: string,
  id: Json,
  tableName: string | undefined,
  isSystem = false,
): Located {
  if (typeof id !== "string")
    throw new Error(`Invalid argument \`id\` for \`db.${operation}\`: expected a string.`);
  const decoded = decodeId(id);
  if (decoded === null)
    throw new Error(
      `Invalid argument \`id\` for \`db.${operation}\`: Unable to decode ID: Invalid ID length or format, got "${id}".`,
    );
  const table = reader(frame).catalog.tableByNumber(decoded.table);
  if (table === undefined || table.component !== frame.component) {
    throw new Error(
      `Invalid argument \`id\` for \`db.${operation}\`: Table for ID "${id}" not found.`,
    );
  }
  if (tableName !== undefined && table.name !== tableName) {
    throw new Error(
      `Invalid argument \`id\` for \`db.${operation}\`: Invalid ID "${id}" for table "${tableName}": it belongs to table "${table.name}".`,
    );
  }
  if (table.name.startsWith("_") !== isSystem) {
    throw new Error(
      isSystem
        ? `User tables can only be accessed from db.${operation}().`
        : `System tables can only be accessed from db.system.${operation}().`,
    );
  }
  return { id, table, internal: decoded.internal };
}

export function getDocument(
  frame: Frame,
  argument: { id: Json; isSystem?: boolean; table?: string },
): string {
  const { table, internal } = locate(
    frame,
    "get",
    argument.id,
    argument.table,
    argument.isSystem ?? false,
  );
  frame.reads?.push({ index: -table.number, lo: internal, hi: `${internal}\0` });
  const json = reader(frame).get(table, internal);
  frame.usage.databaseQuery();
  if (json !== undefined) frame.usage.readDocument(json.length);
  return json ?? "null";
}

export function normalizeId(frame: Frame, argument: { table: string; idString: string }): string {
  const table = reader(frame).catalog.table(frame.component, argument.table);
  const valid = table !== undefined && internalOf(table, argument.idString) !== undefined;
  return JSON.stringify({ id: valid ? argument.idString : null });
}

/** @throws when a value is too large, too deep, or has a field name that Convex refuses */
function accept(frame: Frame, fields: Fields): void {
  const problem = checkValueShape(fields) ?? checkDocument(fields);
  if (problem !== null) throw new Error(problem);
  frame.usage.writeDocument(valueSize(fields));
}

function requireObject(operation: string, value: Json | undefined): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`Invalid argument \`value\` for \`db.${operation}\`: expected an object.`);
  }
  return value;
}

export function insertDocument(frame: Frame, argument: { table: string; value: Json }): string {
  const batch = writer(frame);
  if (argument.table.startsWith("_"))
    throw new Error("System tables (prefixed with `_`) are read-only.");
  const problem = checkTableName(argument.table);
  if (problem !== null) throw new Error(problem);
  const { _id, _creationTime, ...fields } = requireObject("insert", argument.value);
  if (_id !== undefined || _creationTime !== undefined) {
    throw new Error(
      "System fields (prefixed with `_`) are set by Convex and cannot be given to `db.insert`.",
    );
  }
  accept(frame, fields);
  const id = batch.insert(batch.ensureTable(frame.component, argument.table), fields);
  return `{"_id":"${id}"}`;
}

/** Loads a document that is to be changed. @throws when it is not there */
function load(frame: Frame, located: Located, words: string): Fields {
  const json = reader(frame).get(located.table, located.internal);
  if (json === undefined) throw new Error(words);
  frame.usage.readDocument(json.length);
  return JSON.parse(json) as Fields;
}

/** The user's fields, once the system fields among them are found to agree with the document's. @throws when they do not */
function withoutSystemFields(given: Fields, former: Fields): Fields {
  const { _id, _creationTime, ...fields } = given;
  if (_id !== undefined && _id !== former._id) {
    throw new Error(
      `Provided \`_id\` field value ${JSON.stringify(_id)} does not match the document ID ${JSON.stringify(former._id)}`,
    );
  }
  if (_creationTime !== undefined && _creationTime !== former._creationTime) {
    throw new Error(
      `Provided \`_creationTime\` field value ${JSON.stringify(_creationTime)} does not match the document's creation time ${JSON.stringify(former._creationTime)}`,
    );
  }
  return fields;
}

function isUndefined(value: Json): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && "$undefined" in value
  );
}

export function patchDocument(
  frame: Frame,
  argument: { id: Json; value: Json; table?: string },
): string {
  const batch = writer(frame);
  const located = locate(frame, "patch", argument.id, argument.table);
  const former = load(frame, located, `Update on nonexistent document ID ${located.id}`);
  const changes = withoutSystemFields(requireObject("patch", argument.value), former);
  const { _id, _creationTime, ...fields } = former;
  for (const [name, value] of Object.entries(changes)) {
    if (isUndefined(value)) Reflect.deleteProperty(fields, name);
    else fields[name] = value;
  }
  accept(frame, fields);
  batch.replace(located.table, located.internal, fields, former);
  return "{}";
}

export function replaceDocument(
  frame: Frame,
  argument: { id: Json; value: Json; table?: string },
): string {
  const batch = writer(frame);
  const located = locate(frame, "replace", argument.id, argument.table);
  const former = load(frame, located, `Replace on nonexistent document ID ${located.id}`);
  const fields = withoutSystemFields(requireObject("replace", argument.value), former);
  accept(frame, fields);
  batch.replace(located.table, located.internal, fields, former);
  return "{}";
}

export function removeDocument(frame: Frame, argument: { id: Json; table?: string }): string {
  const batch = writer(frame);
  const located = locate(frame, "delete", argument.id, argument.table);
  const former = load(frame, located, `Delete on nonexistent document ID ${located.id}`);
  frame.usage.writeDocument(0);
  batch.remove(located.table, located.internal, former);
  return "{}";
}
