/**
 * One text for one value, and its fingerprint. A version of a plan is kept, hashed and signed as this text: the order in
 * which a program happened to write the fields never changes it, and any change of what is said does.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * JSON without spaces, names of fields in the order of their UTF-16 code units, numbers and strings as ECMAScript writes
 * them (RFC 8785). A field that is undefined is the same as none.
 * @throws TypeError for what JSON cannot say: a number that is none, undefined within a list, functions, big integers
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string")
    return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("A number that is none has no JSON");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`A ${typeof value} has no JSON`);
  const fields = Object.entries(value)
    .filter(([, content]) => content !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]) => `${JSON.stringify(name)}:${canonicalJson(content)}`);
  return `{${fields.join(",")}}`;
}

/** SHA-256 of the text in UTF-8, in hexadecimal digits. */
export const hashOfText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The fingerprint of a value: of its canonical text. */
export const hashOf = (value: unknown): string => hashOfText(canonicalJson(value));

/** 64 hexadecimal digits. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/u.test(text);
