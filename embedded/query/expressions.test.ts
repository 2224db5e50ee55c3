import { compareValues, convexToJson, type Value } from "convex/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../engine/types.ts";
import { arbitraryValue } from "../values/arbitraryValue.ts";
import { compileFilter } from "./expressions.ts";

type Operand = Value | undefined;

const json = (value: Operand): Json =>
  value === undefined ? { $undefined: null } : convexToJson(value);
const literal = (value: Operand): Json => ({ $literal: json(value) });
const field = (path: string): Json => ({ $field: path });
const document = convexToJson({
  name: "Ada",
  age: 36,
  count: 7n,
  nothing: null,
  address: { city: "London" },
  tags: ["a"],
}) as { [key: string]: Json };
const run = (expression: Json) => compileFilter(expression)(document);

const OPERATORS: [string, (order: number) => boolean][] = [
  ["$eq", (order) => order === 0],
  ["$neq", (order) => order !== 0],
  ["$lt", (order) => order < 0],
  ["$lte", (order) => order <= 0],
  ["$gt", (order) => order > 0],
  ["$gte", (order) => order >= 0],
];

describe("comparisons", () => {
  const operand = fc.option(arbitraryValue, { nil: undefined, freq: 10 });
  const pair = fc.oneof(
    fc.tuple(operand, operand),
    operand.map((v) => [v, v] as [Operand, Operand]),
  );

  test.each(OPERATORS)(
    "%s follows Convex's order, for literals and for fields",
    (operator, expected) => {
      fc.assert(
        fc.property(pair, ([left, right]) => {
          const answer = expected(compareValues(left, right));
          expect(run({ [operator]: [literal(left), literal(right)] })).toBe(answer);
          const stored: { [k: string]: Json } = left === undefined ? {} : { x: { y: json(left) } };
          expect(compileFilter({ [operator]: [field("x.y"), literal(right)] })(stored)).toBe(
            answer,
          );
        }),
        { numRuns: 1500 },
      );
    },
  );

  test("a missing field is undefined, which is not null and comes first", () => {
    expect(run({ $eq: [field("missing"), literal(undefined)] })).toBe(true);
    expect(run({ $eq: [field("missing"), literal(null)] })).toBe(false);
    expect(run({ $eq: [field("nothing"), literal(null)] })).toBe(true);
    expect(run({ $lt: [field("missing"), literal(null)] })).toBe(true);
    expect(run({ $gt: [field("age"), field("missing.deeper")] })).toBe(true);
    expect(run({ $eq: [field("address.city"), literal("London")] })).toBe(true);
  });
});

describe("arithmetic", () => {
  const result = (operator: string, left: Value, right: Value, expected: Value) =>
    expect(run({ $eq: [{ [operator]: [literal(left), literal(right)] }, literal(expected)] })).toBe(
      true,
    );

  test("of numbers is that of numbers", () => {
    result("$add", 1, 2, 3);
    result("$sub", 1, 2, -1);
    result("$mul", 1.5, 2, 3);
    result("$div", 1, 0, Infinity);
    result("$div", 0, 0, NaN);
    result("$mod", -7, 3, -1);
    result("$mul", 0, -1, -0);
  });

  test("of integers stays within 64 bits", () => {
    result("$add", 2n ** 63n - 1n, 1n, -(2n ** 63n));
    result("$sub", 5n, 7n, -2n);
    result("$mul", 3n, 5n, 15n);
    result("$div", -7n, 2n, -3n);
    result("$mod", -7n, 2n, -1n);
    expect(() => run({ $div: [literal(1n), literal(0n)] })).toThrow();
  });

  test("negates", () => {
    expect(run({ $eq: [{ $neg: field("age") }, literal(-36)] })).toBe(true);
    expect(run({ $eq: [{ $neg: field("count") }, literal(-7n)] })).toBe(true);
    expect(run({ $eq: [{ $neg: literal(0) }, literal(-0)] })).toBe(true);
  });

  test("does not mix types", () => {
    expect(() => run({ $add: [field("age"), field("count")] })).toThrow(
      "Cannot add 36.0 (type Float64) and 7 (type Int64)",
    );
    expect(() => run({ $sub: [field("missing"), literal(1)] })).toThrow(
      "Cannot subtract undefined (type undefined) and 1.0 (type Float64)",
    );
    expect(() => run({ $mod: [literal("a"), literal([])] })).toThrow(
      'Cannot mod "a" (type String) and [] (type Array)',
    );
    expect(() => run({ $neg: literal(null) })).toThrow("Cannot negate null (type Null)");
    expect(() => run({ $neg: field("missing") })).toThrow(
      "Cannot negate undefined (type undefined)",
    );
  });
});

describe("logic", () => {
  const yes = literal(true);
  const no = literal(false);
  const wrong = literal(1);

  test.each<[Json, boolean]>([
    [{ $and: [] }, true],
    [{ $and: [yes, yes] }, true],
    [{ $and: [yes, no] }, false],
    [{ $and: [no, wrong] }, false],
    [{ $or: [] }, false],
    [{ $or: [no, yes] }, true],
    [{ $or: [yes, wrong] }, true],
    [{ $not: no }, true],
    [{ $not: { $and: [yes, { $not: yes }] } }, true],
    [yes, true],
    [no, false],
  ])("%j is %s", (expression, expected) => {
    expect(run(expression)).toBe(expected);
  });

  test("takes booleans only, and so does the filter itself", () => {
    for (const expression of [
      { $and: [yes, wrong] },
      { $or: [no, wrong] },
      { $not: wrong },
      wrong,
    ]) {
      expect(() => run(expression)).toThrow("Cannot use value 1.0 (type Float64) as a Boolean");
    }
    expect(() => run(field("missing"))).toThrow(
      "Cannot use value undefined (type undefined) as a Boolean",
    );
  });
});

test("a malformed expression is refused before any document is read", () => {
  for (const expression of [
    1,
    null,
    {},
    { $eq: [yes()] },
    { $eq: yes() },
    { $xor: [] },
    { $and: yes() },
    { $field: 1 },
    { $not: yes(), $neg: yes() },
    { constructor: [yes(), yes()] },
  ] as Json[]) {
    expect(() => compileFilter(expression)).toThrow("Invalid filter expression");
  }
});

function yes(): Json {
  return literal(true);
}
