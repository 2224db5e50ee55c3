/**
 * Values and sizes as Convex prints them in its error messages: strings quoted, numbers always with a
 * fraction or an exponent (`2.0`), int64 without, bytes as `b"base64"`, fields in order.
 */
import type { Json } from "../engine/types.ts";
import { bytesValue, floatOf, int64Of, kindOf } from "./json.ts";

/** `1.0`, `0.5`, `1e16`, `NaN`, `-inf`. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e16)) return value.toExponential().replace("e+", "e");
  // From 1e-5 to 1e16 JavaScript writes no exponent either.
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const ESCAPES: { [character: string]: string | undefined } = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};

/** A quoted string; what cannot be printed appears as `\u{…}`. */
export function printString(text: string): string {
  const escaped = text.replace(/["\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ESCAPES[character] ?? `\\u{${code.toString(16)}}`;
  });
  return `"${escaped}"`;
}

/** A value (or a missing one) for an error message. */
export function printValue(value: Json | undefined): string {
  if (value === undefined) return "undefined";
  switch (kindOf(value)) {
    case "float64":
      return printFloat(floatOf(value));
    case "int64":
      return int64Of(value).toString();
    case "string":
      return printString(value as string);
    case "bytes":
      return `b"${bytesValue(value).toString("base64")}"`;
    case "array":
      return `[${(value as Json[]).map(printValue).join(", ")}]`;
    case "object":
      return printFields(value as { [key: string]: Json });
    case "commitTs":
      return "<commitTs>";
    default:
      // null, true or false
      return JSON.stringify(value);
  }
}

function printFields(object: { [key: string]: Json }): string {
  const fields = Object.keys(object).sort();
  return `{${fields.map((name) => `${name}: ${printValue(object[name])}`).join(", ")}}`;
}

const TYPE_NAMES = {
  null: "Null",
  int64: "Int64",
  float64: "Float64",
  boolean: "Boolean",
  string: "String",
  bytes: "Bytes",
  array: "Array",
  object: "Object",
  commitTs: "CommitTs",
} as const;

/** The type's name in messages about filters: "Float64", "Null", "undefined". */
export function typeName(value: Json | undefined): string {
  return value === undefined ? "undefined" : TYPE_NAMES[kindOf(value)];
}

/** Bytes in binary units: "16 MiB", "1.05 MiB", "3.00 MiB" when it is only nearly three. */
export function printBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let amount = bytes;
  for (; amount >= 1024 && unit < units.length - 1; unit++) amount /= 1024;
  return `${Number.isInteger(amount) ? amount : amount.toFixed(2)} ${units[unit]}`;
}
