/**
 * What a value in Convex JSON is in Convex: `{"$integer": …}` is an int64 and no object.
 */
import type { Json } from "../engine/types.ts";

/** Convex's types, and "commitTs", the placeholder of a commit timestamp not known yet. */
export type Kind =
  | "null"
  | "int64"
  | "float64"
  | "boolean"
  | "string"
  | "bytes"
  | "array"
  | "object"
  | "commitTs";

export type JsonObject = { [key: string]: Json };

const ENCODED: { [name: string]: Kind | undefined } = {
  $integer: "int64",
  $float: "float64",
  $bytes: "bytes",
  $commitTs: "commitTs",
};

/** The Convex type of a value in Convex JSON. */
export function kindOf(value: Json): Kind {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "float64";
    case "boolean":
      return "boolean";
    default:
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : kindOfObject(value);
  }
}

function kindOfObject(value: JsonObject): Kind {
  for (const name in value) {
    // Only the first name matters: an encoded value has a single one.
    if (!name.startsWith("$")) return "object";
    const kind = Object.hasOwn(ENCODED, name) ? ENCODED[name] : undefined;
    return kind !== undefined && Object.keys(value).length === 1 ? kind : "object";
  }
  return "object";
}

/** True for an object of Convex (not for encoded int64, float64 and bytes, nor for arrays). */
export function isObject(value: Json | undefined): value is JsonObject {
  return value !== undefined && kindOf(value) === "object";
}

function bytesOf(value: Json, name: string): Buffer {
  const base64 = (value as JsonObject)[name];
  return typeof base64 === "string" ? Buffer.from(base64, "base64") : Buffer.alloc(0);
}

/** The number of a value whose kind is "float64". */
export function floatOf(value: Json): number {
  return typeof value === "number" ? value : bytesOf(value, "$float").readDoubleLE();
}

/** The integer of a value whose kind is "int64". */
export function int64Of(value: Json): bigint {
  return bytesOf(value, "$integer").readBigInt64LE();
}

/** The bytes of a value whose kind is "bytes". */
export function bytesValue(value: Json): Buffer {
  return bytesOf(value, "$bytes");
}

/** A number in Convex JSON: NaN, infinities and -0 have no JSON number. */
export function floatJson(value: number): Json {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  const bytes = Buffer.alloc(8);
  // There are many NaNs: a processor's 0/0 may be negative, which Convex would sort first.
  bytes.writeDoubleLE(Number.isNaN(value) ? NaN : value);
  return { $float: bytes.toString("base64") };
}

/** An int64 in Convex JSON. @throws RangeError when it does not fit 64 bits */
export function int64Json(value: bigint): Json {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return { $integer: bytes.toString("base64") };
}

/** Where `undefined` may stand (query bounds, filters, patches), `{"$undefined": null}` means it. */
export function orUndefined(value: Json): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.hasOwn(value, "$undefined") && Object.keys(value).length === 1 ? undefined : value;
}
