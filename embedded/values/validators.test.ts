import { convexToJson, v, type Validator, type Value } from "convex/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ValidatorJson } from "../deploy/manifest.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import { encodeId } from "./ids.ts";
import {
  validateArguments,
  validateDocument,
  validateExistingDocument,
  validateReturns,
} from "./validators.ts";

type AnyValidator = Validator<unknown, "required" | "optional", string>;

/** The JSON of a validator as functions and schemas export it. */
const jsonOf = (validator: AnyValidator) =>
  JSON.parse(
    JSON.stringify((validator as unknown as { json: ValidatorJson }).json),
  ) as ValidatorJson;
const json = (value: Value) => convexToJson(value);

const internal = "\x01".repeat(16);
const [user, team, file, stranger] = [1, 2, 3, 4].map((table) => encodeId(table, internal)) as [
  string,
  string,
  string,
  string,
];
const tables = new Map([
  [user, "users"],
  [team, "teams"],
  [file, "_storage"],
]);
const tableOf = (id: string) => tables.get(id) ?? null;

const check = (validator: AnyValidator, value: Value) =>
  validateReturns(jsonOf(validator), json(value), tableOf);
const message = (text: string) => `ReturnsValidationError: ${text}`;

const bytes = Uint8Array.from([1, 2]).buffer;

/** For each kind of value the validator that takes exactly this kind. */
const KINDS: [string, AnyValidator, Value[]][] = [
  ["v.null()", v.null(), [null]],
  ["v.float64()", v.number(), [0, -0, 1.5, NaN, Infinity]],
  ["v.int64()", v.int64(), [0n, -(2n ** 63n)]],
  ["v.boolean()", v.boolean(), [true, false]],
  ["v.string()", v.string(), ["", "x"]],
  ["v.bytes()", v.bytes(), [bytes, new ArrayBuffer(0)]],
  ["v.array(v.any())", v.array(v.any()), [[], [1, "x"]]],
  ["v.record(v.string(), v.any())", v.record(v.string(), v.any()), [{}, { a: 1 }, { "a b": {} }]],
];

describe("each kind takes its own values only", () => {
  test.each(KINDS)("%s", (printed, validator, own) => {
    for (const value of own) expect(check(validator, value)).toBeNull();
    for (const [other, , values] of KINDS) {
      if (other === printed) continue;
      for (const value of values) {
        const answer = check(validator, value);
        expect(answer).toContain(
          "ReturnsValidationError: Value does not match validator.\n\nValue: ",
        );
        expect(answer?.endsWith(`\nValidator: ${printed}`)).toBe(true);
      }
    }
  });

  test("v.any() takes everything", () => {
    fc.assert(fc.property(arbitraryValue, (value) => check(v.any(), value) === null));
  });

  test("a literal takes the value that equals it", () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        const isPrimitive = ["string", "boolean", "bigint", "number"].includes(typeof value);
        fc.pre(isPrimitive);
        const validator: ValidatorJson = { type: "literal", value: json(value) };
        expect(validateReturns(validator, json(value), tableOf)).toBeNull();
        expect(validateReturns(validator, [json(value)], tableOf)).not.toBeNull();
      }),
    );
    expect(check(v.literal("a"), "b")).toBe(
      message('`"b"` does not match literal validator `v.literal("a")`.'),
    );
    expect(check(v.literal(3n), 3)).toBe(
      message("`3.0` does not match literal validator `v.literal(<bigint>)`."),
    );
    expect(check(v.object({ kind: v.literal(1) }), { kind: 2n })).toBe(
      message("`2` does not match literal validator `v.literal(1.0)`.Path: .kind"),
    );
  });

  test("v.commitTs() takes integers and the placeholder", () => {
    const validator: ValidatorJson = { type: "commitTs" };
    expect(validateReturns(validator, { $commitTs: null }, tableOf)).toBeNull();
    expect(validateReturns(validator, json(5n), tableOf)).toBeNull();
    expect(validateReturns(validator, 5, tableOf)).toContain("Validator: v.commitTs()");
  });
});

describe("ids", () => {
  test("must be of the table", () => {
    expect(check(v.id("users"), user)).toBeNull();
    expect(check(v.id("_storage"), file)).toBeNull();
    expect(check(v.object({ who: v.id("users") }), { who: team })).toBe(
      message(
        `Found ID "${team}" from table \`teams\`, which does not match the table name in validator \`v.id("users")\`.Path: .who`,
      ),
    );
    expect(check(v.id("users"), file)).toBe(
      message(
        `Found ID "${file}" from a system table, which does not match the table name in validator \`v.id("users")\`.`,
      ),
    );
  });

  test.each([["nobody"], [stranger], [""]])("%j is no id at all", (value) => {
    expect(check(v.id("users"), value)).toBe(
      message(`Value does not match validator.\n\nValue: "${value}"\nValidator: v.id("users")`),
    );
  });
});

describe("objects", () => {
  const person = v.object({ name: v.string(), age: v.optional(v.number()) });
  const printed = "v.object({age: v.optional(v.float64()), name: v.string()})";

  test("need their required fields and nothing more", () => {
    expect(check(person, { name: "A" })).toBeNull();
    expect(check(person, { name: "A", age: 1 })).toBeNull();
    expect(check(person, { age: 1 })).toBe(
      message(
        `Object is missing the required field \`name\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n\nObject: {age: 1.0}\nValidator: ${printed}`,
      ),
    );
    expect(check(person, { name: "A", nick: "B" })).toBe(
      message(
        `Object contains extra field \`nick\` that is not in the validator.\n\nObject: {name: "A", nick: "B"}\nValidator: ${printed}`,
      ),
    );
  });

  test("do not take an optional field that is null", () => {
    expect(check(person, { name: "A", age: null })).toBe(
      message("Value does not match validator.\nPath: .age\nValue: null\nValidator: v.float64()"),
    );
  });

  test("are not fooled by names of Object.prototype", () => {
    expect(check(v.object({ a: v.optional(v.any()) }), { toString: 1 })).toContain("`toString`");
    const odd: ValidatorJson = {
      type: "object",
      value: { constructor: { fieldType: { type: "any" }, optional: false } },
    };
    expect(validateReturns(odd, {}, tableOf)).toContain("missing the required field `constructor`");
  });

  test("tell the path through arrays, records and objects", () => {
    const nested = v.object({
      rows: v.array(v.object({ cells: v.record(v.string(), v.int64()) })),
    });
    expect(check(nested, { rows: [{ cells: {} }, { cells: { a: 1n, b: "x" } }] })).toBe(
      message(
        'Value does not match validator.\nPath: .rows[1].cells.values()\nValue: "x"\nValidator: v.int64()',
      ),
    );
  });

  test("records check their keys", () => {
    expect(check(v.record(v.id("users"), v.number()), { [user]: 1 })).toBeNull();
    expect(check(v.record(v.id("users"), v.number()), { hello: 1 })).toBe(
      message(
        'Value does not match validator.\nPath: .keys()\nValue: "hello"\nValidator: v.id("users")',
      ),
    );
  });
});

describe("unions", () => {
  test("take what any member takes, and name them all otherwise", () => {
    const union = v.union(v.string(), v.object({ a: v.null() }));
    expect(check(union, "x")).toBeNull();
    expect(check(union, { a: null })).toBeNull();
    expect(check(union, { a: 1 })).toBe(
      message(
        "Value does not match validator.\n\nValue: {a: 1.0}\nValidator: v.union(v.string(), v.object({a: v.null()}))",
      ),
    );
    expect(check(v.union(), 1)).toContain("Validator: v.union()");
  });

  test("a lone member speaks for itself", () => {
    expect(check(v.union(v.object({ a: v.null() })), { a: 1 })).toContain("Path: .a");
  });
});

describe("arguments, results and documents", () => {
  test("arguments are one object", () => {
    const args = jsonOf(v.object({ n: v.number() }));
    expect(validateArguments(args, { n: 1 }, tableOf)).toBeNull();
    expect(validateArguments(args, { n: "1" }, tableOf)).toBe(
      'ArgumentValidationError: Value does not match validator.\nPath: .n\nValue: "1"\nValidator: v.float64()',
    );
    expect(validateArguments(args, [1], tableOf)).toBe(
      "ArgumentValidationError: Expected to receive an object as the function's argument. Instead received: [1.0]",
    );
    expect(validateArguments(null, 7, tableOf)).toBeNull();
    expect(validateArguments({ type: "any" }, { x: 1 }, tableOf)).toBeNull();
    expect(validateReturns(null, 7, tableOf)).toBeNull();
  });

  test("documents may carry system fields, which no message shows", () => {
    const type = jsonOf(v.object({ title: v.string() }));
    const document = { _id: user, _creationTime: 1.5, title: 3 };
    expect(validateDocument(type, { ...document, title: "x" }, "users", tableOf)).toBeNull();
    expect(validateDocument(null, document, "users", tableOf)).toBeNull();
    expect(validateDocument(type, document, "users", tableOf)).toBe(
      'Failed to insert or update a document in table "users" because it does not match the schema: Value does not match validator.\nPath: .title\nValue: 3.0\nValidator: v.string()',
    );
    expect(validateExistingDocument(type, { _id: user, _creationTime: 1 }, "users", tableOf)).toBe(
      `Document with ID "${user}" in table "users" does not match the schema: Object is missing the required field \`title\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n\nObject: {}\nValidator: v.object({title: v.string()})`,
    );
  });

  test("a validator of unknown type is an error of its author", () => {
    expect(() => validateReturns({ type: "set" }, 1, tableOf)).toThrow(
      'Unknown validator type "set"',
    );
  });
});
