import fc from "fast-check";
import { convexToJson, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import { printBytes, printFloat, printString, printValue, typeName } from "./display.ts";

describe("printing", () => {
  test.each([
    [1, "1.0"],
    [0, "0.0"],
    [-0, "-0.0"],
    [-2.5, "-2.5"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e16"],
    [1.25e21, "1.25e21"],
    [0.00001, "0.00001"],
    [0.000001, "1e-6"],
    [NaN, "NaN"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("%d is %s", (number, text) => {
    expect(printFloat(number)).toBe(text);
  });

  test("a number reads back as itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(Number(printFloat(n))).toBe(n);
        expect(printFloat(n)).toMatch(/[.e]/);
      }),
    );
  });

  test("strings are quoted and escaped", () => {
    expect(printString('a "b" \\ \n\t\r\0 é 😀')).toBe('"a \\"b\\" \\\\ \\n\\t\\r\\0 é 😀"');
    expect(printString("\x1b\u200b\u00a0\ud800")).toBe('"\\u{1b}\\u{200b}\\u{a0}\\u{d800}"');
  });

  test.each<[Value | undefined, string, string]>([
    [undefined, "undefined", "undefined"],
    [null, "null", "Null"],
    [-5n, "-5", "Int64"],
    [2, "2.0", "Float64"],
    [NaN, "NaN", "Float64"],
    [true, "true", "Boolean"],
    ["x", '"x"', "String"],
    [Uint8Array.from([1, 2, 3]).buffer, 'b"AQID"', "Bytes"],
    [[1, "a", null], '[1.0, "a", null]', "Array"],
    [{ b: 1n, a: [] }, "{a: [], b: 1}", "Object"],
  ])("case %#", (value, text, type) => {
    const json = value === undefined ? undefined : convexToJson(value);
    expect(printValue(json)).toBe(text);
    expect(typeName(json)).toBe(type);
  });

  test.each([
    [0, "0 B"],
    [1000, "1000 B"],
    [1500, "1.46 KiB"],
    [1 << 24, "16 MiB"],
    [(1 << 20) + 1, "1.00 MiB"],
    [9_000_000, "8.58 MiB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(printBytes(bytes)).toBe(text);
  });
});
