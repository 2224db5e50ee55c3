import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectRefusal } from "./adapter.ts";

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

const roundTrips: [string, unknown][] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["zero", 0],
  ["negative zero", -0],
  ["a float", 0.1],
  ["the greatest float", Number.MAX_VALUE],
  ["the smallest float", Number.MIN_VALUE],
  ["infinity", Infinity],
  ["negative infinity", -Infinity],
  ["not a number", NaN],
  ["int64 zero", 0n],
  ["the greatest int64", 2n ** 63n - 1n],
  ["the least int64", -(2n ** 63n)],
  ["no text", ""],
  ["text", "grüße, 学校, 🦊, \u0000 and \n"],
  ["no bytes", bytes()],
  ["bytes", bytes(0, 1, 254, 255)],
  ["an empty array", []],
  ["nested arrays", [[1, [2n, "three"]], [], [null]]],
  ["an empty object", {}],
  ["nested objects", { a: { b: { c: [{ d: bytes(7) }] } } }],
  ["a key that looks like an encoding", { value: { integer: "AAAA" } }],
];

export default describeConformance("values", (deployment) => {
  test.each(roundTrips)("%s passes through a query, a mutation and an action", async (_, value) => {
    expect(await deployment.query(api.values.echoFromQuery, { value })).toEqual(value);
    expect(await deployment.mutation(api.values.echoFromMutation, { value })).toEqual(value);
    expect(await deployment.action(api.values.echoFromAction, { value })).toEqual(value);
  });

  test.each(roundTrips)("%s is read as it was written", async (_, value) => {
    await deployment.mutation(api.values.save, { key: "k", value });
    expect(await deployment.query(api.values.load, { key: "k" })).toEqual(value);
  });

  test.each([
    ["an int64", 5n, { type: "bigint", printed: "5" }],
    ["a float", 5, { type: "number", printed: "5" }],
    ["negative zero", -0, { type: "number", printed: "-0" }],
    ["not a number", NaN, { type: "number", printed: "NaN" }],
    ["bytes", bytes(1, 2), { type: "ArrayBuffer", printed: "1,2" }],
    ["null", null, { type: "null", printed: "null" }],
    ["a boolean", false, { type: "boolean", printed: "false" }],
  ])("a function sees %s as JavaScript's own type", async (_, value, seen) => {
    expect(await deployment.query(api.values.describe, { value })).toEqual(seen);
  });

  test("a function that returns nothing returns null", async () => {
    expect(await deployment.query(api.values.returnNothing)).toBeNull();
  });

  test("an undefined property disappears from an object", async () => {
    const value = await deployment.query(api.values.returnUndefinedInside, { where: "object" });
    expect(value).toEqual({ kept: 1 });
    expect(Object.keys(value as object)).toEqual(["kept"]);
  });

  test("undefined in an array is refused", async () => {
    await expectRefusal(
      deployment,
      deployment.query(api.values.returnUndefinedInside, { where: "array" }),
      /undefined is not a valid Convex value/,
    );
  });

  test.each(["date", "map", "function", "symbol", "hugeBigint"] as const)(
    "a %s is no Convex value",
    async (kind) => {
      await expectRefusal(
        deployment,
        deployment.query(api.values.returnUnsupported, { kind }),
        /is not a supported Convex type|does not fit into a 64-bit signed integer/,
      );
    },
  );

  test("an absent optional value stays absent", async () => {
    await deployment.mutation(api.values.save, { key: "absent" });
    expect(await deployment.query(api.values.load, { key: "absent" })).toBeNull();
  });
});
