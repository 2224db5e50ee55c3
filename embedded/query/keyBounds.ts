/**
 * Where a value stands among the keys of a field. For ordinary fields that is the value's encoding;
 * for `_id`, which keys hold as the bare internal id, the position among the table's ids, which is
 * the same order: ids of one table compare as strings like their internal ids as bytes.
 */
import type { Json } from "../engine/types.ts";
import { decodeId, encodeId } from "../values/ids.ts";
import { encodeValue, keySuccessor, MAX_KEY } from "../values/keys.ts";

/** Of the keys of a field: those of values >= v are >= `from`, those of values > v are >= `after`. */
export interface KeyBounds {
  from: string;
  after: string;
}

/** Bounds among the encoded values of an ordinary field. */
export function valueBounds(value: Json | undefined): KeyBounds {
  const key = encodeValue(value);
  return { from: key, after: keySuccessor(key) };
}

const BEFORE_ALL: KeyBounds = { from: "", after: "" };
const BEHIND_ALL: KeyBounds = { from: MAX_KEY, after: MAX_KEY };
const INTERNAL_BYTES = 16;

/**
 * Bounds among the internal ids of a table.
 * @throws when a string that is no id is compared and the table's number is not known
 */
export function idBounds(value: Json | undefined, tableNumber?: number): KeyBounds {
  if (typeof value !== "string")
    return encodeValue(value) < encodeValue("") ? BEFORE_ALL : BEHIND_ALL;
  const id = decodeId(value);
  if (id !== null && (tableNumber === undefined || id.table === tableNumber)) {
    return { from: id.internal, after: keySuccessor(id.internal) };
  }
  if (tableNumber === undefined) throw new Error(`Unable to decode ID: "${value}" is not an ID`);
  const position = firstIdFrom(tableNumber, value);
  return { from: position, after: position };
}

/** The least key that no id of the table before `text` reaches: binary search over the 128 bits. */
function firstIdFrom(tableNumber: number, text: string): string {
  const bytes = Buffer.alloc(INTERNAL_BYTES);
  const isBefore = () => encodeId(tableNumber, bytes.toString("latin1")) < text;
  if (!isBefore()) return "";
  for (let i = 0; i < INTERNAL_BYTES; i++) {
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      bytes[i] = (bytes[i] ?? 0) | bit;
      if (!isBefore()) bytes[i] = (bytes[i] ?? 0) & ~bit;
    }
  }
  return keySuccessor(bytes.toString("latin1"));
}
