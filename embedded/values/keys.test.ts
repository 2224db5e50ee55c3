import fc from "fast-check";
import { compareValues, convexToJson, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import { arbitraryValue } from "./arbitraryValue.ts";
import {
  blobToKey,
  encodeKey,
  encodeValue,
  fieldValue,
  keySuccessor,
  keyToBlob,
  MAX_KEY,
} from "./keys.ts";

type Optional = Value | undefined;

const json = (value: Optional) => (value === undefined ? undefined : convexToJson(value));
const key = (values: Optional[]) => encodeKey(values.map(json));
const sign = (a: string, b: string) => (a < b ? -1 : a === b ? 0 : 1);

function compareTuples(a: Optional[], b: Optional[]): number {
  for (const [i, value] of a.entries()) {
    const order = Math.sign(compareValues(value, b[i]));
    if (order !== 0) return order;
  }
  return 0;
}

const optional = fc.option(arbitraryValue, { nil: undefined, freq: 12 });

describe("keys", () => {
  test("compare like Convex's values, for keys of one to three values", () => {
    const tuples = fc.integer({ min: 1, max: 3 }).chain((length) => {
      const tuple = fc.array(optional, { minLength: length, maxLength: length });
      // Tuples that share values are the ones in which later values decide.
      const sharing = tuple.chain((a) =>
        fc.tuple(fc.constant(a), fc.tuple(...a.map((v) => fc.oneof(fc.constant(v), optional)))),
      );
      return fc.oneof(fc.tuple(tuple, tuple), sharing);
    });
    fc.assert(
      fc.property(tuples, ([a, b]) => sign(key(a), key(b)) === compareTuples(a, b)),
      { numRuns: 20_000 },
    );
  });

  test("no key is a prefix of another key of as many values", () => {
    fc.assert(
      fc.property(optional, optional, (a, b) => {
        const [x, y] = [key([a]), key([b])];
        return x === y || !y.startsWith(x);
      }),
      { numRuns: 5000 },
    );
  });

  test("[key, keySuccessor(key)) holds exactly the keys that begin with it", () => {
    fc.assert(
      fc.property(optional, optional, optional, (a, b, c) => {
        const prefix = key([a]);
        const inside = (other: string) => prefix <= other && other < keySuccessor(prefix);
        return inside(key([a, b])) && inside(key([b, c])) === (compareValues(a, b) === 0);
      }),
      { numRuns: 5000 },
    );
    expect(keySuccessor("")).toBe(MAX_KEY);
    expect(keySuccessor("a\xff\xff")).toBe("b");
    expect("\xff".repeat(16) < MAX_KEY).toBe(true);
  });

  test("travel through blobs, which SQLite compares by bytes", () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (a, b) => {
        const [x, y] = [key([a]), key([b])];
        expect(blobToKey(keyToBlob(x))).toBe(x);
        expect(Math.sign(Buffer.compare(keyToBlob(x), keyToBlob(y)))).toBe(sign(x, y));
      }),
    );
    const slice = Uint8Array.from([9, 1, 255, 9]).subarray(1, 3);
    expect(blobToKey(slice)).toBe("\x01\xff");
  });

  test("of corners stand in Convex's order", () => {
    const ordered: Optional[] = [
      undefined,
      null,
      -(2n ** 63n),
      -1n,
      0n,
      2n ** 63n - 1n,
      -Infinity,
      -1.5,
      -0,
      0,
      Number.MIN_VALUE,
      1,
      Infinity,
      NaN,
      false,
      true,
      "",
      "\0",
      "a",
      "a\0",
      "a\0b",
      "aa",
      "é",
      "\ud800",
      "\uffff",
      "\u{10000}",
      new ArrayBuffer(0),
      Uint8Array.from([0]).buffer,
      Uint8Array.from([0, 0]).buffer,
      Uint8Array.from([255]).buffer,
      [],
      [null],
      [null, null],
      [1],
      {},
      { a: 1 },
      { a: 1, b: 1 },
      { a: 2 },
      { b: 0 },
    ];
    const keys = ordered.map((value) => key([value]));
    expect([...keys].sort()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("of malformed encodings are refused", () => {
    expect(() => encodeValue({ $integer: "AAAA" })).toThrow("Malformed $integer");
    expect(() => encodeValue({ $float: 7 })).toThrow("Malformed $float");
    expect(() => encodeValue({ $bytes: null })).toThrow("Malformed $bytes");
  });
});

describe("fieldValue", () => {
  const document = {
    a: { b: { c: 1 }, n: null },
    list: [{ b: 2 }],
    big: { $integer: "AAAAAAAAAAA=" },
  };

  test.each([
    ["a.b.c", 1],
    ["a.n", null],
    ["a.b", { c: 1 }],
    ["a.x", undefined],
    ["a.n.x", undefined],
    ["list.b", undefined],
    ["list.0", undefined],
    ["list.length", undefined],
    ["big", { $integer: "AAAAAAAAAAA=" }],
    ["big.$integer", undefined],
    ["constructor", undefined],
    ["a.toString.name", undefined],
    ["__proto__", undefined],
  ])("%s", (path, expected) => {
    expect(fieldValue(document, path)).toEqual(expected);
  });
});
