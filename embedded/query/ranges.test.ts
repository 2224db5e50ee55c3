import { compareValues, convexToJson, type Value } from "convex/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../engine/types.ts";
import { arbitraryValue } from "../values/arbitraryValue.ts";
import { encodeId, newInternalId } from "../values/ids.ts";
import { encodeKey, keySuccessor } from "../values/keys.ts";
import { indexRange, searchQuery, type RangeExpression, type SearchFilter } from "./ranges.ts";

type Optional = Value | undefined;
type Bound = RangeExpression["type"];

const json = (value: Optional): Json =>
  value === undefined ? { $undefined: null } : convexToJson(value);
const on = (type: Bound, fieldPath: string, value: Optional): RangeExpression => ({
  type,
  fieldPath,
  value: json(value),
});
const stored = (value: Optional) => (value === undefined ? undefined : json(value));

const index = {
  name: "by_a_b",
  table: "items",
  tableNumber: 7,
  fields: ["a", "b", "_creationTime", "_id"],
};
const byId = { name: "by_id", table: "items", tableNumber: 7, fields: ["_id"] };

const TESTS: { [type in Bound]: (order: number) => boolean } = {
  Eq: (order) => order === 0,
  Gt: (order) => order > 0,
  Gte: (order) => order >= 0,
  Lt: (order) => order < 0,
  Lte: (order) => order <= 0,
};

const value = fc.option(arbitraryValue, { nil: undefined, freq: 8 });
const lower = fc.constantFrom<Bound>("Gt", "Gte");
const upper = fc.constantFrom<Bound>("Lt", "Lte");

describe("index ranges", () => {
  test("hold exactly the keys whose values pass every condition", () => {
    const inputs = fc.record({
      equalities: fc.integer({ min: 0, max: 2 }),
      bounds: fc.tuple(fc.option(lower), fc.option(upper)),
      values: fc.tuple(value, value),
      limits: fc.tuple(value, value),
      internal: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      others: fc.tuple(value, value),
    });
    fc.assert(
      fc.property(inputs, ({ equalities, bounds, values, limits, internal, others }) => {
        const conditions: { type: Bound; field: "a" | "b"; value: Optional }[] = [];
        if (equalities > 0) conditions.push({ type: "Eq", field: "a", value: values[0] });
        if (equalities > 1) conditions.push({ type: "Eq", field: "b", value: values[1] });
        for (const [i, type] of bounds.entries()) {
          if (type === null || equalities > 1) continue;
          conditions.push({ type, field: equalities === 0 ? "a" : "b", value: limits[i] });
        }
        const range = conditions.map((c) => on(c.type, c.field, c.value));
        const { lo, hi } = indexRange(index, range);
        expect(lo <= hi).toBe(true);
        // Rows that share the values or a bound are the ones near the edges.
        const rows = [values, others, [values[0], limits[0]], [limits[1], limits[0]]] as const;
        for (const [a, b] of rows) {
          const key = encodeKey([stored(a), stored(b), 1]) + String.fromCharCode(...internal);
          const matches = conditions.every((c) =>
            TESTS[c.type](compareValues(c.field === "a" ? a : b, c.value)),
          );
          expect(lo <= key && key < hi).toBe(matches);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test("without expressions hold every key", () => {
    const { lo, hi } = indexRange(index, []);
    const key = encodeKey([{ z: 1 }, [], 1]) + "\xff".repeat(16);
    expect(lo <= encodeKey([undefined]) && key < hi).toBe(true);
    expect(indexRange(byId, []).hi > "\xff".repeat(16)).toBe(true);
  });

  test("that cannot match are empty", () => {
    const { lo, hi } = indexRange(index, [on("Gt", "a", 5), on("Lt", "a", 3)]);
    expect(lo).toBe(hi);
  });

  test("take equalities in any order", () => {
    expect(indexRange(index, [on("Eq", "b", 2), on("Eq", "a", 1)])).toEqual(
      indexRange(index, [on("Eq", "a", 1), on("Eq", "b", 2)]),
    );
  });

  test("reach to the creation time and the id", () => {
    const internal = newInternalId(5);
    const prefix = [on("Eq", "a", 1), on("Eq", "b", 2), on("Eq", "_creationTime", 3)];
    const key = encodeKey([1, 2, 3]) + internal;
    const { lo, hi } = indexRange(index, [...prefix, on("Eq", "_id", encodeId(7, internal))]);
    expect(lo).toBe(key);
    expect(hi).toBe(keySuccessor(key));
    const rest = indexRange(index, [...prefix, on("Gt", "_id", encodeId(7, internal))]);
    expect(rest.lo > key && encodeKey([1, 2, 3]) + "\xff".repeat(16) < rest.hi).toBe(true);
  });
});

describe("ranges of by_id", () => {
  const bytes = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((b) => String.fromCharCode(...b));
  const text = fc.oneof(
    bytes.map((internal) => encodeId(7, internal)),
    fc.tuple(bytes, fc.nat({ max: 31 })).map(([internal, n]) => encodeId(7, internal).slice(0, n)),
    fc
      .tuple(bytes, fc.constantFrom(1, 8, 300))
      .map(([internal, table]) => encodeId(table, internal)),
    fc.string({ maxLength: 3 }),
    arbitraryValue,
  );

  test("compare ids as the strings that they are, whatever they are compared with", () => {
    const bound = fc.constantFrom<Bound>("Eq", "Gt", "Gte", "Lt", "Lte");
    fc.assert(
      fc.property(bound, text, bytes, (type, limit, internal) => {
        const { lo, hi } = indexRange(byId, [on(type, "_id", limit)]);
        for (const candidate of [internal, "\0".repeat(16), "\xff".repeat(16)]) {
          const matches = TESTS[type](compareValues(encodeId(7, candidate), limit));
          expect(lo <= candidate && candidate < hi).toBe(matches);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("hold an id that is asked for, also when the table's number is not told", () => {
    fc.assert(
      fc.property(bytes, (internal) => {
        const { lo, hi } = indexRange({ name: "by_id", table: "items", fields: ["_id"] }, [
          on("Eq", "_id", encodeId(7, internal)),
        ]);
        expect(lo <= internal && internal < hi).toBe(true);
      }),
    );
    expect(() =>
      indexRange({ name: "by_id", table: "items", fields: ["_id"] }, [on("Eq", "_id", "x")]),
    ).toThrow("Unable to decode ID");
  });
});

describe("ranges that do not follow the index", () => {
  const fails = (...range: RangeExpression[]) => expect(() => indexRange(index, range));

  test("are refused in Convex's words", () => {
    fails(on("Eq", "a", 1), on("Eq", "a", 2)).toThrow(
      'Already defined equality bound in index range. Can\'t add "a" == 1.0.',
    );
    fails(on("Gt", "a", 1), on("Gte", "a", 2n)).toThrow(
      'Already defined lower bound in index range. Can\'t add "a" >= 2.',
    );
    fails(on("Lte", "a", 1), on("Lt", "a", undefined)).toThrow(
      'Already defined upper bound in index range. Can\'t add "a" < undefined.',
    );
    fails(on("Eq", "a", 1), on("Gt", "a", 0)).toThrow(
      'Already defined inequality bound in index range. Can\'t add "a" == 1.0.',
    );
    fails(on("Gt", "a", 1), on("Lt", "b", 2)).toThrow(
      'Upper and lower bounds in `range` can only be applied to a single index field. This query against index items.by_a_b attempted to set a range bound on both "a" and "b". Consider using `filter` instead.',
    );
    fails(on("Eq", "c", 1)).toThrow(
      'The index range included a comparison with "c", but items.by_a_b with fields ["a", "b", "_creationTime"] doesn\'t index this field.',
    );
    fails(on("Eq", "a", 1), on("Lt", "c", 1)).toThrow('included a comparison with "c"');
    fails(on("Eq", "b", 1)).toThrow(
      'Tried to query index items.by_a_b but the query didn\'t use the index fields in order.\nIndex fields: ["a", "b", "_creationTime"]\nQuery fields: ["b"]\nFirst incorrect field: "b"\n',
    );
    fails(on("Gt", "b", 1)).toThrow('Query fields: ["b"]');
    fails(on("Eq", "b", 1), on("Gt", "a", 1)).toThrow('Query fields: ["b", "a"]');
  });
});

describe("text search", () => {
  const searchIndex = { name: "search_body", fields: ["body"], filterFields: ["team", "open"] };
  const search = (fieldPath: string, text: string): SearchFilter => ({
    type: "Search",
    fieldPath,
    value: text,
  });
  const equal = (fieldPath: string, wanted: Optional): SearchFilter => ({
    type: "Eq",
    fieldPath,
    value: json(wanted),
  });
  const run = (...filters: SearchFilter[]) => searchQuery(searchIndex, filters, "notes");

  test("asks for a text and equalities", () => {
    expect(run(equal("open", true), search("body", "hello wor"), equal("team", undefined))).toEqual(
      {
        text: "hello wor",
        equals: [
          { field: "open", value: true },
          { field: "team", value: undefined },
        ],
      },
    );
    expect(run(search("body", ""))).toEqual({ text: "", equals: [] });
  });

  test("that does not fit the index is refused in Convex's words", () => {
    expect(() => run()).toThrow(
      "Search query against notes.search_body does not contain any search filters.",
    );
    expect(() => run(search("title", "x"))).toThrow(
      'Search query against notes.search_body contains a search filter against "title", which doesn\'t match the indexed `searchField` "body".',
    );
    expect(() => run(search("body", "x"), search("body", "y"))).toThrow(
      'Search query against notes.search_body contains multiple search filters against "body". Only one is allowed.',
    );
    expect(() => run(search("body", "x"), equal("author", 1))).toThrow(
      'Search query against notes.search_body contains an equality filter on "author" but that field isn\'t indexed for filtering in `filterFields`.',
    );
    const nine = Array.from({ length: 9 }, () => equal("team", 1));
    expect(() => run(search("body", "x"), ...nine)).toThrow(
      "has too many filter conditions. Max: 8 Actual: 9",
    );
  });
});
