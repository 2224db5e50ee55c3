import type { FunctionArgs } from "convex/server";
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import type { Id } from "../testing/fixture/convex/_generated/dataModel";
import { describeConformance, expectDifference, expectRefusal } from "./adapter.ts";

type Everything = FunctionArgs<typeof api.validators.takeEverything>;

const good: Everything = {
  text: "t",
  number: 1.5,
  integer: 1n,
  flag: true,
  nothing: null,
  bytes: new Uint8Array([1]).buffer,
  list: [1, 2],
  object: { inner: "i" },
  record: { a: 1, "a key with spaces": 2 },
  choice: "a",
  any: { what: [1n] },
};
const argumentError = { embedded: /ArgumentValidationError/, convexTest: /Validator error/ };
const returnError = {
  embedded: /ReturnsValidationError/,
  convexTest: /Return value validation failed/,
};

export default describeConformance("validators", (deployment) => {
  const take = (change: Record<string, unknown>) =>
    deployment.query(api.validators.takeEverything, { ...good, ...change });

  test("arguments that match pass unchanged", async () => {
    expect(await take({})).toEqual(good);
    expect(await take({ object: { inner: "i", perhaps: 2 }, choice: 1 })).toMatchObject({
      object: { inner: "i", perhaps: 2 },
      choice: 1,
    });
    expect(await take({ choice: null, list: [], record: {} })).toMatchObject({
      choice: null,
      list: [],
      record: {},
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ["a number for text", { text: 1 }],
    ["text for a number", { number: "1" }],
    ["an int64 for a number", { number: 1n }],
    ["a number for an int64", { integer: 1 }],
    ["null for a boolean", { flag: null }],
    ["false for null", { nothing: false }],
    ["text for bytes", { bytes: "abc" }],
    ["a wrong element", { list: [1, "2"] }],
    ["an object for an array", { list: { 0: 1 } }],
    ["a wrong inner field", { object: { inner: 1 } }],
    ["a missing inner field", { object: {} }],
    ["an extra inner field", { object: { inner: "i", extra: 1 } }],
    ["null for an optional field", { object: { inner: "i", perhaps: null } }],
    ["another literal", { choice: "b" }],
    ["a literal of another type", { choice: 1n }],
    ["an extra argument", { extra: 1 }],
    ["a missing argument", { text: undefined }],
    ["an id of no table", { person: "nonsense" }],
  ])("%s is refused", async (_, change) => {
    await expectRefusal(deployment, take(change), argumentError);
  });

  test("a wrong value in a record is refused", async () => {
    const record = { a: "1" };
    await expectDifference(deployment, "records are not validated", {
      embedded: () => expectRefusal(deployment, take({ record }), argumentError),
      convexTest: async () => {
        expect(await take({ record })).toMatchObject({ record });
      },
    });
  });

  test("an optional argument may be absent", async () => {
    expect(await deployment.query(api.validators.takeOptional)).toEqual([]);
    expect(await deployment.query(api.validators.takeOptional, { perhaps: "x" })).toEqual([
      "perhaps",
    ]);
  });

  test("a function without arguments takes none", async () => {
    expect(await deployment.query(api.validators.takeNoArguments)).toBe("called");
    await expectRefusal(
      deployment,
      deployment.query(api.validators.takeNoArguments, { extra: 1 }),
      argumentError,
    );
  });

  test("a function without a validator takes anything", async () => {
    const args = { a: 1, b: { c: [2n] } };
    expect(await deployment.query(api.validators.takeUnvalidated, args)).toEqual(args);
  });

  test("mutations and actions check their arguments too", async () => {
    const wrong = { text: 1 as unknown as string };
    await expectRefusal(
      deployment,
      deployment.mutation(api.validators.takeText, wrong),
      argumentError,
    );
    await expectRefusal(
      deployment,
      deployment.action(api.validators.takeTextInAction, wrong),
      argumentError,
    );
  });

  test("an id must be of its table", async () => {
    const person = await deployment.mutation(api.documents.insertPerson, {
      fields: { name: "n", email: "e", role: 7, active: false },
    });
    const thing: string = await deployment.mutation(api.values.save, { key: "k" });
    expect(await deployment.query(api.validators.takePersonId, { id: person })).toBe(person);
    for (const id of [thing, "nonsense", ""]) {
      await expectRefusal(
        deployment,
        deployment.query(api.validators.takePersonId, { id: id as Id<"people"> }),
        argumentError,
      );
    }
  });

  test("a union of objects is told apart by its tag", async () => {
    const of = (shape: unknown) =>
      deployment.query(api.validators.takeTaggedUnion, {
        shape: shape as { kind: "circle"; radius: number },
      });
    expect(await of({ kind: "circle", radius: 1 })).toBe("circle");
    expect(await of({ kind: "square", side: 1 })).toBe("square");
    await expectRefusal(deployment, of({ kind: "circle", side: 1 }), argumentError);
    await expectRefusal(deployment, of({ kind: "triangle" }), argumentError);
  });

  test("what a function returns is checked", async () => {
    expect(await deployment.query(api.validators.returnFromQuery, { value: "t" })).toBe("t");
    for (const call of [
      () => deployment.query(api.validators.returnFromQuery, { value: 1 }),
      () => deployment.action(api.validators.returnFromAction, { value: 1 }),
      () => deployment.mutation(api.validators.returnFromMutation, { value: 1, key: "r" }),
    ]) {
      await expectRefusal(deployment, call(), returnError);
    }
  });

  test("a function that promises null may return nothing", async () => {
    expect(await deployment.mutation(api.validators.returnNull)).toBeNull();
  });
});
