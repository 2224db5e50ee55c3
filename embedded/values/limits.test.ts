import fc from "fast-check";
import { convexToJson, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import type { Json } from "../engine/types.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import {
  checkDocument,
  checkFieldName,
  checkIndexFields,
  checkIndexName,
  checkTableName,
  checkValueShape,
  LIMITS,
  valueNesting,
  valueSize,
} from "./limits.ts";

const json = (value: Value) => convexToJson(value);
const nested = (depth: number): Json => {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};
const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, 1]));

describe("valueSize", () => {
  test.each<[Value, number]>([
    [null, 1],
    [true, 1],
    [1, 9],
    [NaN, 9],
    [5n, 9],
    ["", 2],
    ["é😀", 8],
    [new ArrayBuffer(5), 7],
    [[], 2],
    [[null, "a"], 6],
    [{}, 2],
    [{ ab: 1, c: null }, 2 + 3 + 9 + 2 + 1],
  ])("case %#", (value, size) => {
    expect(valueSize(json(value))).toBe(size);
  });

  test("of a whole is that of its parts and two bytes", () => {
    fc.assert(
      fc.property(fc.array(arbitraryValue, { maxLength: 5 }), (values) => {
        const parts = values.map((value) => valueSize(json(value)));
        expect(valueSize(json(values))).toBe(2 + parts.reduce((a, b) => a + b, 0));
      }),
    );
  });
});

describe("checkValueShape", () => {
  test("takes every value whose strings are Unicode", () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        const text = JSON.stringify(json(value));
        expect(checkValueShape(json(value)) === null).toBe(!/\\ud[89a-f]/.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("limits depth, and survives any depth", () => {
    expect(checkValueShape(nested(64))).toBeNull();
    const tooNested = "Value is too nested (nested 65 levels deep > maximum nesting 64)";
    expect(checkValueShape(nested(65))).toBe(tooNested);
    expect(checkValueShape(nested(200_000))).toBe(tooNested);
    let integer: Json = { $integer: "AAAAAAAAAAA=" };
    for (let i = 0; i < 64; i++) integer = [integer];
    expect(checkValueShape(integer)).toBeNull();
  });

  test("limits lengths", () => {
    expect(checkValueShape(Array.from({ length: 8192 }, () => 0))).toBeNull();
    expect(checkValueShape({ a: Array.from({ length: 8193 }, () => 0) })).toBe(
      "Array length is too long (8193 > maximum length 8192)",
    );
    expect(checkValueShape(fields(1024))).toBeNull();
    expect(checkValueShape([fields(1025)])).toBe(
      "Object has too many fields (1025 > maximum number 1024)",
    );
  });

  test.each<[Json, string]>([
    [{ $a: 1 }, "Field name $a starts with '$', which is reserved."],
    [{ $integer: "AAAAAAAAAAA=", b: 1 }, "Field name $integer starts with '$', which is reserved."],
    [{ $undefined: null }, "Field name $undefined starts with '$', which is reserved."],
    [{ $integer: "AA==" }, "Received 1 bytes, expected 8 for $integer"],
    [{ $float: "AAAAAAAAAAAA" }, "Received 9 bytes, expected 8 for $float"],
    [{ $bytes: "no base64" }, "Malformed $bytes field"],
    [{ $bytes: 7 }, "Malformed $bytes field"],
    ["a\ud800b", "Strings must be valid Unicode sequences with no unpaired surrogates"],
  ])("refuses %j", (value, message) => {
    expect(checkValueShape(value)).toBe(message);
    expect(checkValueShape({ list: [value] })).toBe(message);
  });

  test("field names are printable ASCII of 1 to 1024 characters", () => {
    for (const name of ["a", "_a", "a b", "~", "0", "x".repeat(1024)]) {
      expect(checkFieldName(name)).toBeNull();
    }
    expect(checkFieldName("")).toBe("Field name cannot be empty");
    expect(checkFieldName("aé")).toBe(
      "Field name aé has invalid character 'é': Field names can only contain non-control ASCII characters",
    );
    expect(checkFieldName("😀")).toContain("invalid character '😀'");
    expect(checkFieldName("a\n")).toContain("invalid character '\n'");
    expect(checkFieldName("a\x7f")).toContain("invalid character");
    expect(checkFieldName("x".repeat(1025))).toBe("Field name is too long (1025 > maximum 1024)");
  });
});

describe("checkDocument", () => {
  const system = { _id: "x", _creationTime: 1 };

  test("limits nesting to 16, the document included", () => {
    expect(valueNesting({ ...system, deep: nested(15) })).toBe(16);
    expect(checkDocument({ ...system, deep: nested(15) })).toBeNull();
    expect(checkDocument({ deep: nested(16) })).toContain(
      "isn't a valid document: Document is too nested (nested 17 levels deep > maximum nesting 16)",
    );
  });

  test("knows two system fields", () => {
    expect(checkDocument({ ...system, _secret: 1, inner: { _fine: 1 } })).toBe(
      "Document(value: {_creationTime: 1.0, _id: \"x\", _secret: 1.0, inner: {_fine: 1.0}}) isn't a valid document: Field '_secret' starts with an underscore, which is only allowed for system fields like '_id'",
    );
  });

  test("limits the size to 1 MiB", () => {
    const text = (size: number) => ({ t: "x".repeat(size - 2 - 2 - 2) });
    expect(valueSize(text(LIMITS.documentBytes))).toBe(LIMITS.documentBytes);
    expect(checkDocument(text(LIMITS.documentBytes))).toBeNull();
    expect(checkDocument(text(1_100_000))).toBe(
      "Value is too large (1.05 MiB > maximum size 1 MiB)",
    );
  });
});

describe("names", () => {
  test.each(["a", "Users2", "by_x_y", "x".repeat(64)])("%s is a name", (name) => {
    expect(checkTableName(name)).toBeNull();
    expect(checkIndexName("t", name)).toBeNull();
  });

  test.each(["", "2x", "a-b", "a.b", "é", "x".repeat(65), "a\n"])("%j is no name", (name) => {
    expect(checkTableName(name)).toContain(`Invalid table name: "${name}"`);
    expect(checkIndexName("t", name)).toContain(`Invalid index name: "${name}"`);
  });

  test("some are reserved", () => {
    expect(checkTableName("_storage")).toBe("_storage is a reserved table name.");
    for (const name of ["_x", "by_id", "by_creation_time"]) {
      expect(checkIndexName("t", name)).toContain(`In table "t" cannot name an index "${name}"`);
    }
  });

  test.each<[string[], string | null]>([
    [["a"], null],
    [["a.b", "a_1.c"], null],
    [
      ["a", "b", "a"],
      'In index "i": Duplicate field "a". Index fields must be unique within an index.',
    ],
    [["a."], 'In index "i": Invalid index field: "a."'],
    [["a..b"], 'In index "i": Invalid index field: "a..b"'],
    [["1a"], 'In index "i": Invalid index field: "1a"'],
    [["a b"], 'In index "i": Invalid index field: "a b"'],
    [["___"], 'In index "i": Invalid index field: "___"'],
    [
      ["_id"],
      'In index "i": `_id` is not a valid index field. To load documents by ID, use `db.get(id)`.',
    ],
    [["_x"], 'In index "i": Reserved fields (starting with `_`) are not allowed in indexes.'],
    [
      Array.from({ length: 17 }, (_, i) => `f${i}`),
      'In index "i": Indexes may have up to 16 fields.',
    ],
  ])("index fields %j", (names, message) => {
    expect(checkIndexFields("i", names)).toBe(message);
  });

  test("_creationTime is added by itself", () => {
    expect(checkIndexFields("i", ["a", "_creationTime"])).toContain("is automatically added");
  });
});
