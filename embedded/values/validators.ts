/**
 * Checks values against validators (`v.…`), with Convex's strictness and in its words: no extra
 * fields, no conversions, the first mismatch in field order is the one that is told.
 *
 * A validator is compiled once, at its first use, into a tree of checks; a check answers null or a
 * mismatch, to which each level adds its step of the path while the answer travels up.
 */
import type { ValidatorJson } from "../deploy/manifest.ts";
import type { Json } from "../engine/types.ts";
import { decodeId } from "./ids.ts";
import { printValue } from "./display.ts";
import { isObject, kindOf, type JsonObject, type Kind } from "./json.ts";
import { encodeValue } from "./keys.ts";
import { members, objectFields, printValidator, type RecordValidator } from "./validatorText.ts";

/**
 * Name of the table (of the component whose validator it is) that an id belongs to; null when there
 * is none. Only asked for well-formed ids.
 */
export type TableOf = (id: string) => string | null;

interface Mismatch {
  /** Innermost step first. */
  path: string[];
  message: (context: string) => string;
}

type Check = (value: Json, tableOf: TableOf) => Mismatch | null;

function mismatch(message: (context: string) => string): Mismatch {
  return { path: [], message };
}

function noMatch(value: Json, validator: ValidatorJson): Mismatch {
  return mismatch(
    (context) =>
      `Value does not match validator.\n${context}\nValue: ${printValue(value)}\nValidator: ${printValidator(validator)}`,
  );
}

function step(failure: Mismatch, name: string): Mismatch {
  failure.path.push(name);
  return failure;
}

function tell(failure: Mismatch): string {
  const path = failure.path.reverse().join("");
  return failure.message(path === "" ? "" : `Path: ${path}`);
}

function checkKind(validator: ValidatorJson, ...kinds: Kind[]): Check {
  const [kind, other] = kinds;
  return (value) => {
    const found = kindOf(value);
    return found === kind || found === other ? null : noMatch(value, validator);
  };
}

function checkId(validator: ValidatorJson): Check {
  const expected = validator.tableName as string;
  return (value, tableOf) => {
    const table = typeof value === "string" && decodeId(value) !== null ? tableOf(value) : null;
    if (table === expected) return null;
    if (table === null) return noMatch(value, validator);
    const from = table.startsWith("_") ? "a system table" : `table \`${table}\``;
    return mismatch(
      (context) =>
        `Found ID "${value as string}" from ${from}, which does not match the table name in validator \`v.id("${expected}")\`.${context}`,
    );
  };
}

function checkLiteral(validator: ValidatorJson): Check {
  const literal = validator.value as Json;
  const key = encodeValue(literal);
  return (value) => {
    if (value === literal || encodeValue(value) === key) return null;
    return mismatch(
      (context) =>
        `\`${printValue(value)}\` does not match literal validator \`${printValidator(validator)}\`.${context}`,
    );
  };
}

function checkArray(validator: ValidatorJson): Check {
  const [element] = members(validator).map(compiled);
  if (element === undefined) throw new Error("An array validator needs an element validator");
  return (value, tableOf) => {
    if (!Array.isArray(value)) return noMatch(value, validator);
    for (const [i, item] of value.entries()) {
      const failure = element(item, tableOf);
      if (failure !== null) return step(failure, `[${i}]`);
    }
    return null;
  };
}

function checkRecord(validator: ValidatorJson): Check {
  const { keys, values } = validator as unknown as RecordValidator;
  const checkKey = compiled(keys);
  const checkValue = compiled(values.fieldType);
  return (value, tableOf) => {
    if (!isObject(value)) return noMatch(value, validator);
    for (const name of Object.keys(value).sort()) {
      const badKey = checkKey(name, tableOf);
      if (badKey !== null) return step(badKey, ".keys()");
      const badValue = checkValue(value[name] ?? null, tableOf);
      if (badValue !== null) return step(badValue, ".values()");
    }
    return null;
  };
}

function checkObject(validator: ValidatorJson): Check {
  const fields = objectFields(validator).map(
    ([name, { fieldType, optional }]) => [name, compiled(fieldType), optional] as const,
  );
  const names = new Set(fields.map(([name]) => name));
  const both = (object: JsonObject) =>
    `Object: ${printValue(object)}\nValidator: ${printValidator(validator)}`;
  return (object, tableOf) => {
    if (!isObject(object)) return noMatch(object, validator);
    let found = 0;
    for (const [name, check, optional] of fields) {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (value !== undefined) {
        found++;
        const failure = check(value, tableOf);
        if (failure !== null) return step(failure, `.${name}`);
      } else if (!optional) {
        return mismatch(
          (context) =>
            `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n${context}\n${both(object)}`,
        );
      }
    }
    const given = Object.keys(object);
    if (given.length === found) return null;
    const extra = given.sort().find((name) => !names.has(name));
    if (extra === undefined) return null;
    return mismatch(
      (context) =>
        `Object contains extra field \`${extra}\` that is not in the validator.\n${context}\n${both(object)}`,
    );
  };
}

function checkUnion(validator: ValidatorJson): Check {
  const checks = members(validator).map(compiled);
  const [only] = checks;
  // Of several members none is to blame, so only a lone one may explain itself.
  if (checks.length === 1 && only !== undefined) return only;
  return (value, tableOf) => {
    for (const check of checks) if (check(value, tableOf) === null) return null;
    return noMatch(value, validator);
  };
}

function compile(validator: ValidatorJson): Check {
  switch (validator.type) {
    case "any":
      return () => null;
    case "null":
    case "boolean":
    case "string":
    case "bytes":
      return checkKind(validator, validator.type);
    case "number":
      return checkKind(validator, "float64");
    case "bigint":
      return checkKind(validator, "int64");
    case "commitTs":
      return checkKind(validator, "int64", "commitTs");
    case "id":
      return checkId(validator);
    case "literal":
      return checkLiteral(validator);
    case "array":
      return checkArray(validator);
    case "record":
      return checkRecord(validator);
    case "object":
      return checkObject(validator);
    case "union":
      return checkUnion(validator);
    default:
      throw new Error(`Unknown validator type "${validator.type}"`);
  }
}

const cache = new WeakMap<ValidatorJson, Check>();

function compiled(validator: ValidatorJson): Check {
  let check = cache.get(validator);
  if (check === undefined) {
    check = compile(validator);
    cache.set(validator, check);
  }
  return check;
}

/**
 * Null when the argument object matches, or `ArgumentValidationError: …`.
 * @param validator null or `v.any()`: anything goes
 * @throws when the validator itself is malformed
 */
export function validateArguments(
  validator: ValidatorJson | null,
  args: Json,
  tableOf: TableOf,
): string | null {
  if (validator === null || validator.type === "any") return null;
  if (!isObject(args)) {
    return `ArgumentValidationError: Expected to receive an object as the function's argument. Instead received: ${printValue(args)}`;
  }
  const failure = compiled(validator)(args, tableOf);
  return failure === null ? null : `ArgumentValidationError: ${tell(failure)}`;
}

/** Null when the returned value matches, or `ReturnsValidationError: …`. @throws as above */
export function validateReturns(
  validator: ValidatorJson | null,
  value: Json,
  tableOf: TableOf,
): string | null {
  if (validator === null) return null;
  const failure = compiled(validator)(value, tableOf);
  return failure === null ? null : `ReturnsValidationError: ${tell(failure)}`;
}

function documentFailure(
  validator: ValidatorJson | null,
  document: JsonObject,
  tableOf: TableOf,
): string | null {
  if (validator === null || validator.type === "any") return null;
  const fields: JsonObject = {};
  // System fields are the server's affair: schemas do not mention them.
  for (const [name, value] of Object.entries(document)) {
    if (!name.startsWith("_")) fields[name] = value;
  }
  const failure = compiled(validator)(fields, tableOf);
  return failure === null ? null : tell(failure);
}

/**
 * Null when a document about to be written matches its table's `documentType`, otherwise Convex's
 * message. System fields (`_…`) are not looked at. @throws when the validator itself is malformed
 */
export function validateDocument(
  validator: ValidatorJson | null,
  document: JsonObject,
  table: string,
  tableOf: TableOf,
): string | null {
  const failure = documentFailure(validator, document, tableOf);
  if (failure === null) return null;
  return `Failed to insert or update a document in table "${table}" because it does not match the schema: ${failure}`;
}

/**
 * The same for a document that is already stored (its `_id` appears in the message), when a push
 * brings a new schema.
 */
export function validateExistingDocument(
  validator: ValidatorJson | null,
  document: JsonObject,
  table: string,
  tableOf: TableOf,
): string | null {
  const failure = documentFailure(validator, document, tableOf);
  if (failure === null) return null;
  return `Document with ID ${printValue(document._id)} in table "${table}" does not match the schema: ${failure}`;
}
