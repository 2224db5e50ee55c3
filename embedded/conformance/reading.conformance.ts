import type { FunctionArgs } from "convex/server";
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

type Filter = FunctionArgs<typeof api.reading.filterReadings>["filter"];

export default describeConformance("reading", (deployment) => {
  const insert = (rows: FunctionArgs<typeof api.reading.insertReadings>["rows"]) =>
    deployment.mutation(api.reading.insertReadings, { rows });

  test("a table scan goes by creation, forth and back", async () => {
    await insert(["x", "y", "z"].map((a) => ({ bucket: a, a })));
    const of = async (order?: "asc" | "desc") =>
      (await deployment.query(api.reading.scanTable, order === undefined ? {} : { order })).map(
        (row) => row.a as unknown,
      );
    expect(await of()).toEqual(["x", "y", "z"]);
    expect(await of("asc")).toEqual(["x", "y", "z"]);
    expect(await of("desc")).toEqual(["z", "y", "x"]);
  });

  test("first gives the first or null", async () => {
    await insert([2, 1, 3].map((a) => ({ bucket: "f", a })));
    const first = (bucket: string, order: "asc" | "desc") =>
      deployment.query(api.reading.firstReading, { bucket, order });
    expect(await first("f", "asc")).toMatchObject({ a: 1 });
    expect(await first("f", "desc")).toMatchObject({ a: 3 });
    expect(await first("none", "asc")).toBeNull();
  });

  test("unique gives the only one or null, and refuses two", async () => {
    await insert([{ bucket: "one", a: 1 }, { bucket: "two" }, { bucket: "two" }]);
    const unique = (bucket: string) => deployment.query(api.reading.uniqueReading, { bucket });
    expect(await unique("one")).toMatchObject({ a: 1 });
    expect(await unique("none")).toBeNull();
    await expect(unique("two")).rejects.toThrow(/unique\(\) query returned more than one result/);
  });

  test("take gives at most so many, and none for zero", async () => {
    await insert([1, 2, 3].map((a) => ({ bucket: "t", a })));
    const take = async (count: number) =>
      (
        await deployment.query(api.reading.scanIndex, {
          index: "by_bucket_and_a",
          bounds: [{ op: "eq", field: "bucket", value: "t" }],
          take: count,
        })
      ).map((row) => row.a as unknown);
    expect(await take(0)).toEqual([]);
    expect(await take(2)).toEqual([1, 2]);
    expect(await take(9)).toEqual([1, 2, 3]);
  });

  test("take refuses a number that is no count", async () => {
    for (const take of [-1, 1.5]) {
      await expect(
        deployment.query(api.reading.scanIndex, { index: "by_bucket", bounds: [], take }),
      ).rejects.toThrow(/integer/);
    }
  });

  test("an iteration may stop early, and many rows may be iterated", async () => {
    await insert(Array.from({ length: 700 }, (_, a) => ({ bucket: "many", a })));
    const seen = await deployment.query(api.reading.iterateReadings, {
      bucket: "many",
      stopAfter: 3,
    });
    expect(seen).toEqual([0, 1, 2]);
    const all = await deployment.query(api.reading.iterateReadings, {
      bucket: "many",
      stopAfter: 1000,
    });
    expect(all).toEqual(Array.from({ length: 700 }, (_, a) => a));
  });

  test("iterations may be nested", async () => {
    await insert([1, 2].map((a) => ({ bucket: "nested", a })));
    expect(await deployment.query(api.reading.iterateTwice, { bucket: "nested" })).toEqual([
      "1-1",
      "1-2",
      "2-1",
      "2-2",
    ]);
  });

  test.each<[Filter, number[]]>([
    ["eq", [2]],
    ["neq", [1, 3, 4]],
    ["lt", [1]],
    ["lte", [1, 2]],
    ["gt", [3, 4]],
    ["gte", [2, 3, 4]],
    ["and", [2, 3]],
    ["or", [1, 4]],
    ["not", [1, 3, 4]],
    ["arithmetic", [3]],
    ["modulo", [2, 4]],
    ["nested", [4]],
    ["missing", [1, 2, 3]],
    ["twoFilters", [2, 3]],
  ])("filter: %s", async (filter, expected) => {
    await insert([
      { bucket: "f", a: 1, c: true },
      { bucket: "f", a: 2, c: false, nested: {} },
      { bucket: "f", a: 3, nested: { deep: "other" } },
      { bucket: "f", a: 4, b: null, nested: { deep: "found" } },
    ]);
    const rows = await deployment.query(api.reading.filterReadings, { bucket: "f", filter });
    expect(rows.map((row) => row.a as unknown)).toEqual(expected);
  });

  test("filter: negation", async () => {
    await insert([1, 2, 3, 4].map((a) => ({ bucket: "neg", a })));
    const rows = deployment.query(api.reading.filterReadings, {
      bucket: "neg",
      filter: "negation",
    });
    await expectDifference(deployment, "q.neg is missing", {
      embedded: async () => expect((await rows).map((row) => row.a as unknown)).toEqual([3, 4]),
      convexTest: () => expect(rows).rejects.toThrow(/not implemented/),
    });
  });

  test("a filter may be a boolean field, and nothing but a boolean", async () => {
    await insert([
      { bucket: "bare", a: 1, c: true },
      { bucket: "bare", a: 2, c: false },
    ]);
    const filter = async (name: Filter) =>
      (await deployment.query(api.reading.filterReadings, { bucket: "bare", filter: name })).map(
        (row) => row.a as unknown,
      );
    expect(await filter("bareBoolean")).toEqual([1]);
    await insert([{ bucket: "bare", a: 3 }]);
    await expectDifference(deployment, "a filter may yield anything", {
      embedded: async () => {
        await expect(filter("bareBoolean")).rejects.toThrow(/as a Boolean/);
        await expect(filter("truthyNumber")).rejects.toThrow(/as a Boolean/);
      },
      convexTest: async () => {
        expect(await filter("bareBoolean")).toEqual([1]);
        expect(await filter("truthyNumber")).toEqual([1, 2, 3]);
      },
    });
  });

  test("take counts the rows that pass the filter", async () => {
    await insert([1, 2, 3, 4, 5, 6].map((a) => ({ bucket: "ft", a })));
    const rows = await deployment.query(api.reading.filterReadings, {
      bucket: "ft",
      filter: "modulo",
      take: 2,
    });
    expect(rows.map((row) => row.a as unknown)).toEqual([2, 4]);
  });
});
