/** The two forms in which the HTTP API hands out values. */
import type { Json } from "../engine/types.ts";
import { HttpError } from "./router.ts";

/** "convex_encoded_json" keeps every type; "json" is plain JSON for everybody else. */
export type ValueFormat = "json" | "convex_encoded_json";

/** @throws HttpError 400 */
export function parseFormat(format: unknown): ValueFormat {
  if (format === undefined || format === null || format === "json") return "json";
  if (format === "convex_encoded_json" || format === "convex_json") return "convex_encoded_json";
  throw new HttpError(400, "UnknownFormat", `Unknown value format ${JSON.stringify(format)}.`);
}

/** JSON text of a value, given as convex JSON text. */
export function exportValue(value: string, format: ValueFormat): string {
  if (format === "convex_encoded_json" || !value.includes('"$')) return value;
  return JSON.stringify(plain(JSON.parse(value) as Json));
}

/** int64 as decimal text, bytes as base64, floats that JSON does not have as their names. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { $integer, $float, $bytes } = value;
  if (typeof $integer === "string") {
    return Buffer.from($integer, "base64").readBigInt64LE().toString();
  }
  if (typeof $float === "string") {
    const number = Buffer.from($float, "base64").readDoubleLE();
    return Object.is(number, -0) ? 0 : String(number);
  }
  if (typeof $bytes === "string") return $bytes;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
