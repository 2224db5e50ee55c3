/**
 * Convex's limits, and what counts towards them.
 *
 * Numbers: https://docs.convex.dev/production/state/limits, and where that page has none, or lags
 * behind what Convex enforces (its open-source backend, `crates/common/src/knobs.rs` and
 * `crates/value/src`), the latter. Messages are worded like the backend's.
 */
import type { Json } from "../engine/types.ts";
import { printBytes, printValue } from "./display.ts";
import { bytesValue, kindOf, type JsonObject } from "./json.ts";

const MIB = 1 << 20;

export const LIMITS = {
  // Per query or mutation, with everything that it calls in its transaction.
  /** Documents that a filter rejects count too. */
  documentsRead: 32_000,
  bytesRead: 16 * MIB,
  /** "Index ranges read": each `db.get` and `db.query`. */
  databaseQueries: 4096,
  documentsWritten: 16_000,
  bytesWritten: 16 * MIB,
  functionsScheduled: 1000,
  scheduledFunctionArgsBytes: 16 * MIB,

  // Per function call.
  argumentBytes: 16 * MIB,
  returnBytes: 16 * MIB,
  /** Operators (filters and limits) of one database query. */
  queryOperators: 256,

  // Per document and value.
  documentBytes: MIB,
  /** Objects and arrays in each other, the document itself included. */
  documentNesting: 16,
  /** The same for values that are not stored: arguments, results. */
  valueNesting: 64,
  arrayElements: 8192,
  objectFields: 1024,
  fieldNameLength: 1024,

  // Names and indexes.
  /** Tables, indexes, and the fields that schemas and indexes name. */
  identifierLength: 64,
  indexesPerTable: 64,
  fieldsPerIndex: 16,

  // Text search.
  filterFieldsPerSearchIndex: 16,
  filtersPerSearchQuery: 8,
  termsPerSearchQuery: 16,
  searchResults: 1024,
} as const;

/** Ends the messages about reading too much. */
export const OVER_LIMIT_HELP =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

/** Length of a string in UTF-8. */
function utf8Length(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/**
 * The size of a value in bytes as Convex counts it, which is neither the JSON's length nor that of
 * the key: 1 for null and booleans, 9 for numbers, strings and bytes their length + 2, arrays and
 * objects their contents + 2, each field its name + 1.
 */
export function valueSize(value: Json): number {
  switch (kindOf(value)) {
    case "int64":
    case "float64":
    case "commitTs":
      return 9;
    case "string":
      return utf8Length(value as string) + 2;
    case "bytes":
      return bytesValue(value).length + 2;
    case "array": {
      let size = 2;
      for (const element of value as Json[]) size += valueSize(element);
      return size;
    }
    case "object": {
      let size = 2;
      const object = value as JsonObject;
      for (const name of Object.keys(object)) {
        size += utf8Length(name) + 1 + valueSize(object[name] ?? null);
      }
      return size;
    }
    default:
      return 1;
  }
}

/** How deep arrays and objects stand in each other: 0 for a number, 1 for `[]`, 2 for `[[]]`. */
export function valueNesting(value: Json): number {
  const kind = kindOf(value);
  if (kind !== "array" && kind !== "object") return 0;
  const children = kind === "array" ? (value as Json[]) : Object.values(value as JsonObject);
  let deepest = 0;
  for (const child of children) deepest = Math.max(deepest, valueNesting(child));
  return 1 + deepest;
}

const BAD_FIELD_CHARACTER = /[^\x20-\x7e]/u;

/** Null when Convex takes a name for a field of an object (or a key of a record), else why not. */
export function checkFieldName(name: string): string | null {
  if (name === "") return "Field name cannot be empty";
  if (name.startsWith("$")) return `Field name ${name} starts with '$', which is reserved.`;
  const bad = BAD_FIELD_CHARACTER.exec(name);
  if (bad !== null) {
    return `Field name ${name} has invalid character '${bad[0]}': Field names can only contain non-control ASCII characters`;
  }
  if (name.length > LIMITS.fieldNameLength) {
    return `Field name is too long (${name.length} > maximum ${LIMITS.fieldNameLength})`;
  }
  return null;
}

/** Bytes that an encoding in base64 must have; bytes may have any number. */
const ENCODED_LENGTHS: { [name: string]: number | undefined } = { $integer: 8, $float: 8 };
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function checkEncoded(value: JsonObject): string | null {
  for (const [name, content] of Object.entries(value)) {
    if (name === "$commitTs") return content === null ? null : `Malformed ${name} field`;
    if (typeof content !== "string" || !BASE64.test(content)) return `Malformed ${name} field`;
    const expected = ENCODED_LENGTHS[name];
    const length = Buffer.byteLength(content, "base64");
    if (expected !== undefined && length !== expected) {
      return `Received ${length} bytes, expected ${expected} for ${name}`;
    }
  }
  return null;
}

function checkArray(array: Json[], depth: number): string | null {
  if (array.length > LIMITS.arrayElements) {
    return `Array length is too long (${array.length} > maximum length ${LIMITS.arrayElements})`;
  }
  for (const element of array) {
    const failure = checkShape(element, depth + 1);
    if (failure !== null) return failure;
  }
  return null;
}

function checkObject(object: JsonObject, depth: number): string | null {
  const names = Object.keys(object);
  if (names.length > LIMITS.objectFields) {
    return `Object has too many fields (${names.length} > maximum number ${LIMITS.objectFields})`;
  }
  for (const name of names) {
    const failure = checkFieldName(name) ?? checkShape(object[name] ?? null, depth + 1);
    if (failure !== null) return failure;
  }
  return null;
}

/** @param depth how many arrays and objects are around the value */
function checkShape(value: Json, depth: number): string | null {
  const kind = kindOf(value);
  switch (kind) {
    case "string":
      return /\p{Surrogate}/u.test(value as string)
        ? "Strings must be valid Unicode sequences with no unpaired surrogates"
        : null;
    case "int64":
    case "float64":
    case "bytes":
    case "commitTs":
      return typeof value === "number" ? null : checkEncoded(value as JsonObject);
    case "array":
    case "object":
      // Convex builds values from their leaves up, so it always complains about level 65.
      if (depth >= LIMITS.valueNesting) {
        return `Value is too nested (nested ${LIMITS.valueNesting + 1} levels deep > maximum nesting ${LIMITS.valueNesting})`;
      }
      return kind === "array"
        ? checkArray(value as Json[], depth)
        : checkObject(value as JsonObject, depth);
    default:
      return null;
  }
}

/**
 * Null when a value is one that Convex knows: nesting of at most 64, lengths of arrays and objects,
 * field names, whole Unicode, well-formed encodings. Safe for values of any depth.
 */
export function checkValueShape(value: Json): string | null {
  return checkShape(value, 0);
}

const SYSTEM_FIELDS = new Set(["_id", "_creationTime"]);

/**
 * Null when a document (with its system fields) of good shape may be stored: nesting of at most 16,
 * no other fields that begin with an underscore, at most 1 MiB.
 */
export function checkDocument(document: JsonObject): string | null {
  const violations: string[] = [];
  const nesting = valueNesting(document);
  if (nesting > LIMITS.documentNesting) {
    violations.push(
      `Document is too nested (nested ${nesting} levels deep > maximum nesting ${LIMITS.documentNesting})`,
    );
  }
  for (const name of Object.keys(document)) {
    if (name.startsWith("_") && !SYSTEM_FIELDS.has(name)) {
      violations.push(
        `Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`,
      );
    }
  }
  if (violations.length > 0) {
    return `Document(value: ${printValue(document)}) isn't a valid document: ${violations.join("\n ")}`;
  }
  const size = valueSize(document);
  if (size <= LIMITS.documentBytes) return null;
  return `Value is too large (${printBytes(size)} > maximum size ${printBytes(LIMITS.documentBytes)})`;
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Null when users may give this name to a table, else why not. */
export function checkTableName(name: string): string | null {
  if (name.startsWith("_")) return `${name} is a reserved table name.`;
  if (IDENTIFIER.test(name)) return null;
  return `Invalid table name: "${name}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`;
}

/** Null when users may give this name to an index of the table, else why not. */
export function checkIndexName(table: string, name: string): string | null {
  if (name.startsWith("_") || name === "by_id" || name === "by_creation_time") {
    return `In table "${table}" cannot name an index "${name}" because the name is reserved. Indexes may not start with an underscore or be named "by_id" or "by_creation_time".`;
  }
  if (IDENTIFIER.test(name)) return null;
  return `Invalid index name: "${name}". Identifiers must be 64 characters or less, start with a letter, and only contain letters, digits, underscores.`;
}

const FIELD_PATH = /^(?!_+(?:\.|$))[A-Za-z_]\w{0,63}(?:\.(?!_+(?:\.|$))[A-Za-z_]\w{0,63})*$/;

/** Null when an index may have these fields (without the implicit ones), else why not. */
export function checkIndexFields(index: string, fields: readonly string[]): string | null {
  const refuse = (reason: string) => `In index "${index}": ${reason}`;
  if (fields.length > LIMITS.fieldsPerIndex) {
    return refuse(`Indexes may have up to ${LIMITS.fieldsPerIndex} fields.`);
  }
  for (const [i, field] of fields.entries()) {
    if (!FIELD_PATH.test(field)) return refuse(`Invalid index field: "${field}"`);
    if (field === "_id") {
      return refuse("`_id` is not a valid index field. To load documents by ID, use `db.get(id)`.");
    }
    if (field === "_creationTime") {
      return refuse(
        "`_creationTime` is automatically added to the end of each index. It should not be added explicitly in the index definition. See https://docs.convex.dev/using/indexes for more details.",
      );
    }
    if (field.startsWith("_")) {
      return refuse("Reserved fields (starting with `_`) are not allowed in indexes.");
    }
    if (fields.indexOf(field) < i) {
      return refuse(`Duplicate field "${field}". Index fields must be unique within an index.`);
    }
  }
  return null;
}
