/**
 * Validators as Convex prints them in error messages: `v.object({age: v.optional(v.float64())})`.
 */
import type { ValidatorJson } from "../deploy/manifest.ts";
import type { Json } from "../engine/types.ts";
import { printFloat } from "./display.ts";
import { floatOf, kindOf } from "./json.ts";

export interface FieldValidator {
  fieldType: ValidatorJson;
  optional: boolean;
}

/** The fields of an object validator in the order in which Convex checks and prints them. */
export function objectFields(validator: ValidatorJson): [string, FieldValidator][] {
  const fields = Object.entries(validator.value as { [name: string]: FieldValidator });
  return fields.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Element, members: validators that `value` holds. */
export function members(validator: ValidatorJson): ValidatorJson[] {
  const { value } = validator as unknown as { value: ValidatorJson | ValidatorJson[] };
  return Array.isArray(value) ? value : [value];
}

function printLiteral(literal: Json): string {
  switch (kindOf(literal)) {
    case "int64":
      return "<bigint>";
    case "float64": {
      const number = floatOf(literal);
      return Number.isFinite(number) ? printFloat(number) : "<number>";
    }
    default:
      return JSON.stringify(literal);
  }
}

/** `v.…` for a validator. @throws when its type is unknown */
export function printValidator(validator: ValidatorJson): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "null":
    case "boolean":
    case "string":
    case "bytes":
    case "any":
    case "commitTs":
      return `v.${validator.type}()`;
    case "id":
      return `v.id("${validator.tableName as string}")`;
    case "literal":
      return `v.literal(${printLiteral(validator.value as Json)})`;
    case "array":
      return `v.array(${members(validator).map(printValidator).join(", ")})`;
    case "union":
      return `v.union(${members(validator).map(printValidator).join(", ")})`;
    case "record": {
      const { keys, values } = validator as unknown as RecordValidator;
      return `v.record(${printValidator(keys)}, ${printValidator(values.fieldType)})`;
    }
    case "object":
      return `v.object({${objectFields(validator).map(printField).join(", ")}})`;
    default:
      throw new Error(`Unknown validator type "${validator.type}"`);
  }
}

export interface RecordValidator {
  keys: ValidatorJson;
  values: FieldValidator;
}

function printField([name, { fieldType, optional }]: [string, FieldValidator]): string {
  const text = printValidator(fieldType);
  return `${name}: ${optional ? `v.optional(${text})` : text}`;
}
