import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeId, encodeId, newInternalId } from "./ids.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

const tableNumber = fc.oneof(
  fc.integer({ min: 1, max: 0xffffffff }),
  fc.constantFrom(1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 0xffffffff),
);
const internalId = fc
  .oneof(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.array(fc.constantFrom(0, 255), { minLength: 16, maxLength: 16 }),
  )
  .map((bytes) => String.fromCharCode(...bytes));

/** An independent reading of the format, in big integers. */
function naiveId(table: number, internal: string): string {
  const bytes: number[] = [];
  let rest = table;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest, ...Array.from(internal, (character) => character.charCodeAt(0)));
  let sum = 0;
  let sums = 0;
  for (const byte of bytes) {
    sum = (sum + byte) % 256;
    sums = (sums + sum) % 256;
  }
  bytes.push(sum, sums);
  const length = Math.ceil((bytes.length * 8) / 5);
  let number = bytes.reduce((total, byte) => total * 256n + BigInt(byte), 0n);
  number <<= BigInt(length * 5 - bytes.length * 8);
  let text = "";
  for (let i = length - 1; i >= 0; i--)
    text += ALPHABET[Number((number >> BigInt(i * 5)) & 31n)] ?? "";
  return text;
}

describe("ids", () => {
  test("are Convex's: the id that its backend pins in a test", () => {
    let internal = "";
    for (let byte = 251, i = 0; i < 16; i++, byte = (byte * 251) % 256) {
      internal += String.fromCharCode(byte);
    }
    expect(encodeId(1017, internal)).toBe("z43zp6c3e75gkmz1kfwj6mbbx5sw281h");
    expect(decodeId("z43zp6c3e75gkmz1kfwj6mbbx5sw281h")).toEqual({ table: 1017, internal });
  });

  test("come back as they went, and are what the format says", () => {
    fc.assert(
      fc.property(tableNumber, internalId, (table, internal) => {
        const id = encodeId(table, internal);
        expect(id).toBe(naiveId(table, internal));
        expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{31,37}$/);
        expect(decodeId(id)).toEqual({ table, internal });
      }),
      { numRuns: 3000 },
    );
  });

  test("of one table compare like their internal ids", () => {
    fc.assert(
      fc.property(tableNumber, internalId, internalId, (table, a, b) => {
        expect(encodeId(table, a) < encodeId(table, b)).toBe(a < b);
      }),
    );
  });

  test("with any one character changed or with its case changed are refused", () => {
    const change = fc.tuple(
      tableNumber,
      internalId,
      fc.nat(),
      fc.constantFrom(...Array.from(ALPHABET), "u", "I", "é"),
    );
    fc.assert(
      fc.property(change, ([table, internal, at, character]) => {
        const id = encodeId(table, internal);
        const position = at % id.length;
        const changed = id.slice(0, position) + character + id.slice(position + 1);
        // A character touches at most two neighbouring bytes, which never escapes both sums.
        expect(decodeId(changed) === null).toBe(changed !== id);
        expect(decodeId(id.toUpperCase())).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });

  test("have one spelling: whatever decodes is what encodeId writes", () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from(ALPHABET)),
      minLength: 30,
      maxLength: 38,
    });
    fc.assert(
      fc.property(text, (id) => {
        const decoded = decodeId(id);
        expect(decoded === null || encodeId(decoded.table, decoded.internal) === id).toBe(true);
      }),
      { numRuns: 3000 },
    );
    // 19 bytes leave three bits of padding in 31 characters: setting one is another spelling.
    const id = encodeId(1, "\0".repeat(16));
    const last = ALPHABET.indexOf(id.at(-1) ?? "");
    expect(decodeId(id.slice(0, -1) + (ALPHABET[last | 1] ?? ""))).toBeNull();
  });

  test("with a table number of zero, too large or spelt too long are refused", () => {
    const zeros = "\0".repeat(16);
    expect(decodeId(naiveId(0, zeros))).toBeNull();
    expect(decodeId(naiveId(2 ** 32, zeros))).toBeNull();
    // Table 1 spelt in two bytes (81 00), as the bytes of a 20-byte id.
    const bytes = [0x81, 0, ...Array.from({ length: 16 }, () => 0)];
    let [sum, sums] = [0, 0];
    for (const byte of bytes) {
      sum = (sum + byte) % 256;
      sums = (sums + sum) % 256;
    }
    const number = [...bytes, sum, sums].reduce((total, byte) => total * 256n + BigInt(byte), 0n);
    const padded = Array.from(
      { length: 32 },
      (_, i) => ALPHABET[Number((number >> BigInt((31 - i) * 5)) & 31n)],
    );
    expect(decodeId(padded.join(""))).toBeNull();
    expect(decodeId("")).toBeNull();
    expect(decodeId("x".repeat(1_000_000))).toBeNull();
  });

  test("are not made of what is none", () => {
    expect(() => encodeId(0, "\0".repeat(16))).toThrow(RangeError);
    expect(() => encodeId(1.5, "\0".repeat(16))).toThrow(RangeError);
    expect(() => encodeId(2 ** 32, "\0".repeat(16))).toThrow(RangeError);
    expect(() => encodeId(1, "short")).toThrow(RangeError);
    expect(() => encodeId(1, "é".repeat(15) + "\u0100")).toThrow(RangeError);
  });
});

describe("new internal ids", () => {
  test("begin with the time, are different, and have 16 bytes", () => {
    const now = Date.UTC(2026, 10, 20);
    const ids = Array.from({ length: 2000 }, (_, i) => newInternalId(now + Math.floor(i / 1000)));
    expect(new Set(ids).size).toBe(ids.length);
    for (const [i, id] of ids.entries()) {
      expect(id).toHaveLength(16);
      expect(Buffer.from(id, "latin1").readUIntBE(0, 6)).toBe(now + Math.floor(i / 1000));
    }
    const early = newInternalId(now);
    const late = newInternalId(now + 1);
    expect(early < late).toBe(true);
  });
});
