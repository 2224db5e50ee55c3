/**
 * Order-preserving keys: a value becomes a byte string, and byte strings compare as Convex compares
 * the values: undefined < null < int64 < float64 < false < true < string < bytes < array < object.
 * So a range of an index is a range of a B-tree.
 *
 * The technique is that of FoundationDB's tuple layer. Every encoding begins with a tag, and no
 * encoding is a prefix of another one, hence keys concatenate, and all keys that begin with given
 * values are exactly [prefix, keySuccessor(prefix)).
 *
 * A key is held as a string of one byte per character (latin1): `<` compares it, Map finds it.
 */
import type { Json } from "../engine/types.ts";

const UNDEFINED = "\x01";
const NULL = "\x02";
const INT64 = "\x03";
const FLOAT64 = "\x04";
const FALSE = "\x05";
const TRUE = "\x06";
const STRING = "\x07";
const BYTES = "\x08";
const ARRAY = "\x09";
const OBJECT = "\x0a";

/** Ends arrays and objects: less than every tag, so that a shorter array comes first. */
const END = "\x00";
/** Ends strings and bytes, in which 00 is written 00 FF. Two bytes, lest "a" be a prefix of "a\0". */
const TEXT_END = "\x00\x00";

/** Above every key of every index, raw 16-byte ids included. */
export const MAX_KEY = "\xff".repeat(17);

const double = new Float64Array(1);
const octets = new Uint8Array(double.buffer);
if (new Uint8Array(new Float64Array([1]).buffer)[7] !== 0x3f) {
  throw new Error("This machine is not little-endian");
}

/** The eight bytes in `octets` (little-endian) as an IEEE number in total order. */
function orderedDouble(): string {
  const [a, b, c, d, e, f, g, h] = octets as unknown as EightBytes;
  return h & 0x80
    ? String.fromCharCode(
        h ^ 0xff,
        g ^ 0xff,
        f ^ 0xff,
        e ^ 0xff,
        d ^ 0xff,
        c ^ 0xff,
        b ^ 0xff,
        a ^ 0xff,
      )
    : String.fromCharCode(h | 0x80, g, f, e, d, c, b, a);
}
type EightBytes = [number, number, number, number, number, number, number, number];

function encodeNumber(value: number): string {
  double[0] = value;
  return FLOAT64 + orderedDouble();
}

function eightBytes(base64: Json, type: string): Buffer {
  const bytes = typeof base64 === "string" ? Buffer.from(base64, "base64") : null;
  if (bytes?.length !== 8) throw new Error(`Malformed ${type} value`);
  return bytes;
}

const NEEDS_WORK = /[^\x01-\x7f]/;

/** UTF-8, lone surrogates in three bytes like any other unit of the basic plane. */
function utf8(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  // Node replaces each lone surrogate by U+FFFD, which would make different strings equal.
  if (!bytes.includes("\ufffd", 0, "utf8")) return bytes.toString("latin1");
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    out +=
      code >= 0xd800 && code <= 0xdfff
        ? String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
        : Buffer.from(character, "utf8").toString("latin1");
  }
  return out;
}

function escapeNul(bytes: string): string {
  return bytes.includes("\x00") ? bytes.replaceAll("\x00", "\x00\xff") : bytes;
}

function encodeString(text: string): string {
  return STRING + (NEEDS_WORK.test(text) ? escapeNul(utf8(text)) : text) + TEXT_END;
}

function encodeSpecial(name: string, content: Json): string | null {
  switch (name) {
    case "$integer": {
      const bytes = eightBytes(content, name).reverse();
      bytes[0] = (bytes[0] ?? 0) ^ 0x80;
      return INT64 + bytes.toString("latin1");
    }
    case "$float":
      octets.set(eightBytes(content, name));
      return FLOAT64 + orderedDouble();
    case "$bytes":
      if (typeof content !== "string") throw new Error("Malformed $bytes value");
      return BYTES + escapeNul(Buffer.from(content, "base64").toString("latin1")) + TEXT_END;
    default:
      return null;
  }
}

function encodeObject(value: { [key: string]: Json }): string {
  const names = Object.keys(value);
  const only = names[0];
  if (names.length === 1 && only?.startsWith("$")) {
    const special = encodeSpecial(only, value[only] ?? null);
    if (special !== null) return special;
  }
  let out = OBJECT;
  for (const name of names.sort()) out += encodeString(name) + encodeValue(value[name]);
  return out + END;
}

/**
 * The key of one value in Convex JSON (`undefined` for a missing field): for all values a and b,
 * `encodeValue(a) < encodeValue(b)` exactly when Convex orders a before b.
 * @throws when `$integer`, `$float` or `$bytes` is malformed
 */
export function encodeValue(value: Json | undefined): string {
  switch (typeof value) {
    case "string":
      return encodeString(value);
    case "number":
      return encodeNumber(value);
    case "boolean":
      return value ? TRUE : FALSE;
    case "undefined":
      return UNDEFINED;
    default: {
      if (value === null) return NULL;
      if (!Array.isArray(value)) return encodeObject(value);
      let out = ARRAY;
      for (const element of value) out += encodeValue(element);
      return out + END;
    }
  }
}

/** The key of several values: compares like the values one after another. @throws as `encodeValue` */
export function encodeKey(values: readonly (Json | undefined)[]): string {
  let out = "";
  for (const value of values) out += encodeValue(value);
  return out;
}

/** The least key above all keys that begin with `prefix`. */
export function keySuccessor(prefix: string): string {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xff) end--;
  if (end === 0) return MAX_KEY;
  return prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1);
}

/** A key as SQLite stores it. */
export function keyToBlob(key: string): Buffer {
  return Buffer.from(key, "latin1");
}

/** The key that `keyToBlob` stored. */
export function blobToKey(blob: Uint8Array): string {
  return Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString("latin1");
}

/**
 * The value at a dotted path such as "address.city"; undefined when a step is missing or is not an
 * object (int64, special floats and bytes are objects in Convex JSON, but not in Convex).
 */
export function fieldValue(document: { [key: string]: Json }, path: string): Json | undefined {
  if (!path.includes(".")) return ownField(document, path);
  let value: Json | undefined = document;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = ownField(value, name);
  }
  return value;
}

function ownField(object: { [key: string]: Json }, name: string): Json | undefined {
  // "$" begins only the names of the encodings; "constructor" is nobody's field unless it is stored.
  return !name.startsWith("$") && Object.hasOwn(object, name) ? object[name] : undefined;
}
