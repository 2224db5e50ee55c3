/**
 * Document ids in Convex's own format, so that snapshots travel both ways and an id tells its table:
 *
 *     base32( varint(table number) · 16 bytes of internal id · fletcher16 of what precedes )
 *
 * The varint carries seven bits a byte, the lowest first; the checksum is Fletcher-16 with modulus 256,
 * its plain sum before the sum of sums; base32 is Crockford's alphabet in lower case, without padding.
 * Table numbers fit 32 bits and begin at 1, hence 19 to 23 bytes and 31 to 37 characters.
 * Ids of one table compare like their internal ids.
 */
import { randomFillSync } from "node:crypto";

const ALPHABET = Buffer.from("0123456789abcdefghjkmnpqrstvwxyz", "latin1");
const DIGITS = new Int8Array(128).fill(-1);
for (const [digit, character] of ALPHABET.entries()) DIGITS[character] = digit;

const INTERNAL_LENGTH = 16;
const MAX_TABLE_NUMBER = 0xffffffff;

/** Bytes of an encoded id by its number of characters; 0 for lengths that do not occur. */
const BYTES_BY_LENGTH = new Uint8Array(38);
for (const bytes of [19, 20, 21, 22, 23]) BYTES_BY_LENGTH[Math.ceil((bytes * 8) / 5)] = bytes;

const bytes = Buffer.alloc(23);
const characters = Buffer.alloc(37);

/** Fletcher-16 of the first `length` of `bytes`: the sum in the low byte, the sum of sums above it. */
function checksum(length: number): number {
  let sum = 0;
  let sums = 0;
  for (let i = 0; i < length; i++) {
    sum = (sum + (bytes[i] ?? 0)) & 0xff;
    sums = (sums + sum) & 0xff;
  }
  return (sums << 8) | sum;
}

/**
 * The id of a document.
 * @param internal 16 bytes, one per character
 * @throws RangeError when the table number is not in 1..2^32-1 or `internal` is not 16 bytes
 */
export function encodeId(tableNumber: number, internal: string): string {
  if (!Number.isInteger(tableNumber) || tableNumber < 1 || tableNumber > MAX_TABLE_NUMBER) {
    throw new RangeError(`Invalid table number ${tableNumber}`);
  }
  if (internal.length !== INTERNAL_LENGTH) throw new RangeError("An internal id has 16 bytes");
  let length = 0;
  let rest = tableNumber;
  for (; rest > 0x7f; rest >>>= 7) bytes[length++] = (rest & 0x7f) | 0x80;
  bytes[length++] = rest;
  for (let i = 0; i < INTERNAL_LENGTH; i++) {
    const byte = internal.charCodeAt(i);
    if (byte > 0xff) throw new RangeError("An internal id is a byte string");
    bytes[length++] = byte;
  }
  const footer = checksum(length);
  bytes[length++] = footer & 0xff;
  bytes[length++] = footer >> 8;
  return base32(length);
}

function base32(length: number): string {
  let buffer = 0;
  let bits = 0;
  let out = 0;
  for (let i = 0; i < length; i++) {
    buffer = ((buffer << 8) | (bytes[i] ?? 0)) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) {
      characters[out++] = ALPHABET[(buffer >> (bits - 5)) & 31] ?? 0;
    }
  }
  if (bits > 0) characters[out++] = ALPHABET[(buffer << (5 - bits)) & 31] ?? 0;
  return characters.toString("latin1", 0, out);
}

/** Fills `bytes` and returns how many there are; 0 when the text is no canonical base32 of an id. */
function unbase32(id: string): number {
  const expected = BYTES_BY_LENGTH[id.length] ?? 0;
  if (expected === 0) return 0;
  let buffer = 0;
  let bits = 0;
  let out = 0;
  for (let i = 0; i < id.length; i++) {
    const digit = DIGITS[id.charCodeAt(i)] ?? -1;
    if (digit < 0) return 0;
    buffer = ((buffer << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[out++] = buffer >> bits;
    }
  }
  // Bits left over are padding; an id has one spelling only.
  return out === expected && (buffer & ((1 << bits) - 1)) === 0 ? out : 0;
}

/**
 * Table number and internal id (16 bytes, one per character); null unless the text is exactly what
 * `encodeId` writes: wrong length, alphabet, checksum or spelling are all refused.
 */
export function decodeId(id: string): { table: number; internal: string } | null {
  const length = unbase32(id);
  if (length === 0) return null;
  const start = length - INTERNAL_LENGTH - 2;
  const footer = (bytes[length - 2] ?? 0) | ((bytes[length - 1] ?? 0) << 8);
  if (checksum(length - 2) !== footer) return null;
  let table = 0;
  for (let i = start - 1; i >= 0; i--) {
    const byte = bytes[i] ?? 0;
    // All bytes but the last one continue; a last byte of zero would be a longer spelling.
    if (byte > 0x7f !== i < start - 1) return null;
    if (i === start - 1 && byte === 0) return null;
    table = table * 128 + (byte & 0x7f);
  }
  if (table > MAX_TABLE_NUMBER) return null;
  const internal = bytes.toString("latin1", start, start + INTERNAL_LENGTH);
  return { table, internal };
}

const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * A new internal id: 48 bits of time (milliseconds), so that new documents stand together in the
 * B-tree, then 80 random bits, which make it unique and unguessable.
 */
export function newInternalId(nowMs: number): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const high = Math.floor(nowMs / 0x1000000);
  const time = String.fromCharCode(
    (high >> 16) & 0xff,
    (high >> 8) & 0xff,
    high & 0xff,
    (nowMs / 0x10000) & 0xff,
    (nowMs / 0x100) & 0xff,
    nowMs & 0xff,
  );
  const random = pool.toString("latin1", used, used + 10);
  used += 10;
  return time + random;
}
