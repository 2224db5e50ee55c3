import fc from "fast-check";
import { expect, test } from "vitest";
import { checkNumber, checkText, normalizeName, searchKey } from "./problem";

test.each([
  ["", true, ["required"]],
  [" \n\t ", true, ["required"]],
  ["", false, []],
  ["שירה", true, []],
  ["👩🏽‍🏫", true, []],
  ["e\u0301", true, []],
  ["two\nlines\tand a tab", true, []],
  ["null\u0000", true, ["controlCharacters"]],
  ["half \ud83d", true, ["controlCharacters"]],
])("%j (required: %s): %j", (text, required, codes) => {
  expect(checkText("x", text, { required, max: 100 }).map(({ code }) => code)).toEqual(codes);
});

test("lengths count characters, not their parts", () => {
  expect(checkText("x", "🌿".repeat(10), { max: 10 })).toEqual([]);
  expect(checkText("x", "🌿".repeat(11), { max: 10 })).toEqual([
    { field: "x", code: "tooLong", params: { max: 10 } },
  ]);
});

test("no text of any kind makes a check fail", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, max) => {
      expect(checkText("x", text, { required: true, max }).length).toBeLessThanOrEqual(1);
      expect(normalizeName(normalizeName(text))).toBe(normalizeName(text));
    }),
  );
});

test("numbers have borders that belong to them", () => {
  const codes = (value: number) =>
    checkNumber("x", value, { min: 1, max: 3, whole: true }).map(({ code }) => code);
  expect([1, 3].map(codes)).toEqual([[], []]);
  expect([0, 4, 1.5, NaN, Infinity].map((value) => codes(value)[0])).toEqual([
    ...["outOfRange", "outOfRange", "notWhole", "notANumber", "notANumber"],
  ]);
});

test("names are found without accents and case", () => {
  expect(searchKey("  Núñez   CHLOÉ ")).toBe("nunez chloe");
  expect(searchKey("Nguyễn")).toBe("nguyen");
});
