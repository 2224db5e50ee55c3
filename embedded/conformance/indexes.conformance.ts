import type { FunctionArgs } from "convex/server";
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectRefusal } from "./adapter.ts";

type Scan = FunctionArgs<typeof api.reading.scanIndex>;

/** One value of each type (two of most), in Convex's order. `undefined` sorts before all of them. */
const ascending: unknown[] = [
  null,
  -(2n ** 63n),
  -1n,
  0n,
  7n,
  -Infinity,
  -1.5,
  -0,
  0,
  Number.MIN_VALUE,
  1.5,
  Infinity,
  false,
  true,
  "",
  "A",
  "a",
  "a\u0000",
  "ab",
  "ü",
  "学",
  "🦊",
  new ArrayBuffer(0),
  new Uint8Array([0]).buffer,
  new Uint8Array([0, 255]).buffer,
  new Uint8Array([1]).buffer,
  [],
  [1n],
  [1, 2],
  [1, 2, 3],
  ["a"],
  {},
  { a: 1 },
  { a: 1, b: 0 },
  { a: 2 },
  { b: 0 },
];

export default describeConformance("indexes", (deployment) => {
  const insert = (rows: FunctionArgs<typeof api.reading.insertReadings>["rows"]) =>
    deployment.mutation(api.reading.insertReadings, { rows });
  const scan = (args: Scan) => deployment.query(api.reading.scanIndex, args);
  const valuesOf = async (args: Scan) => (await scan(args)).map((row) => row.a as unknown);

  test("values of all types are kept in Convex's order", async () => {
    const shuffled = ascending.map((a, i) => ({ a, rank: (i * 17) % ascending.length }));
    shuffled.sort((x, y) => x.rank - y.rank);
    await insert([...shuffled.map(({ a }) => ({ bucket: "all", a })), { bucket: "all" }]);
    const bounds: Scan["bounds"] = [{ op: "eq", field: "bucket", value: "all" }];
    expect(await valuesOf({ index: "by_bucket_and_a", bounds })).toEqual([undefined, ...ascending]);
    expect(await valuesOf({ index: "by_bucket_and_a", bounds, order: "desc" })).toEqual([
      ...[...ascending].reverse(),
      undefined,
    ]);
  });

  test("NaN has a place of its own among the floats", async () => {
    await insert([1, NaN, -1, Infinity, -Infinity].map((a) => ({ bucket: "nan", a })));
    const found = await valuesOf({
      index: "by_bucket_and_a",
      bounds: [{ op: "eq", field: "bucket", value: "nan" }],
    });
    expect(found).toEqual([-Infinity, -1, 1, Infinity, NaN]);
  });

  test("a bound compares by type first", async () => {
    await insert([1, 1n, "1", null, true].map((a) => ({ bucket: "types", a })));
    const bounds = (op: "eq" | "gt" | "lt", value: unknown): Scan["bounds"] => [
      { op: "eq", field: "bucket", value: "types" },
      { op, field: "a", value },
    ];
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: bounds("eq", 1) })).toEqual([1]);
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: bounds("eq", 1n) })).toEqual([1n]);
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: bounds("gt", 1) })).toEqual([
      true,
      "1",
    ]);
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: bounds("lt", 1) })).toEqual([
      null,
      1n,
    ]);
  });

  test.each<[string, Scan["bounds"], number[]]>([
    ["gt", [{ op: "gt", field: "a", value: 2 }], [3, 4]],
    ["gte", [{ op: "gte", field: "a", value: 2 }], [2, 3, 4]],
    ["lt", [{ op: "lt", field: "a", value: 3 }], [1, 2]],
    ["lte", [{ op: "lte", field: "a", value: 3 }], [1, 2, 3]],
    [
      "gt and lt",
      [
        { op: "gt", field: "a", value: 1 },
        { op: "lt", field: "a", value: 4 },
      ],
      [2, 3],
    ],
    [
      "gte and lte",
      [
        { op: "gte", field: "a", value: 2 },
        { op: "lte", field: "a", value: 3 },
      ],
      [2, 3],
    ],
    ["a bound between two values", [{ op: "gt", field: "a", value: 2.5 }], [3, 4]],
    [
      "an empty range",
      [
        { op: "gt", field: "a", value: 3 },
        { op: "lt", field: "a", value: 2 },
      ],
      [],
    ],
    ["eq", [{ op: "eq", field: "a", value: 3 }], [3]],
  ])("range: %s", async (_, bounds, expected) => {
    await insert([3, 1, 4, 2].map((a) => ({ bucket: "r", a })));
    const all: Scan["bounds"] = [{ op: "eq", field: "bucket", value: "r" }, ...bounds];
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: all })).toEqual(expected);
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: all, order: "desc" })).toEqual(
      [...expected].reverse(),
    );
    expect(await valuesOf({ index: "by_bucket_and_a", bounds: all, take: 1 })).toEqual(
      expected.slice(0, 1),
    );
  });

  test("an upper bound alone includes rows without the field, a lower bound on undefined leaves them out", async () => {
    await insert([{ bucket: "u" }, { bucket: "u", a: null }, { bucket: "u", a: 1 }]);
    const of = (...bounds: Scan["bounds"]) =>
      valuesOf({
        index: "by_bucket_and_a",
        bounds: [{ op: "eq", field: "bucket", value: "u" }, ...bounds],
      });
    expect(await of({ op: "lt", field: "a", value: 1 })).toEqual([undefined, null]);
    expect(await of({ op: "eq", field: "a" })).toEqual([undefined]);
    expect(await of({ op: "gt", field: "a" })).toEqual([null, 1]);
    expect(await of({ op: "eq", field: "a", value: null })).toEqual([null]);
  });

  test("three fields: equality on two, a range on the third", async () => {
    await insert([1, 2].flatMap((a) => [1, 2, 3].map((b) => ({ bucket: "three", a, b }))));
    const rows = await scan({
      index: "by_bucket_and_a_and_b",
      bounds: [
        { op: "eq", field: "bucket", value: "three" },
        { op: "eq", field: "a", value: 2 },
        { op: "gte", field: "b", value: 2 },
      ],
      order: "desc",
    });
    expect(rows.map(({ a, b }) => [a, b] as unknown)).toEqual([
      [2, 3],
      [2, 2],
    ]);
  });

  test("equal keys come in the order of their creation", async () => {
    await insert(["first", "second", "third"].map((b) => ({ bucket: "ties", a: 1, b })));
    const of = async (order: "asc" | "desc") =>
      (
        await scan({
          index: "by_bucket_and_a",
          bounds: [
            { op: "eq", field: "bucket", value: "ties" },
            { op: "eq", field: "a", value: 1 },
          ],
          order,
        })
      ).map((row) => row.b as unknown);
    expect(await of("asc")).toEqual(["first", "second", "third"]);
    expect(await of("desc")).toEqual(["third", "second", "first"]);
  });

  test("an index may end in a nested field", async () => {
    await insert([
      { bucket: "n", nested: { deep: 2 }, a: "two" },
      { bucket: "n", nested: { deep: 1 }, a: "one" },
      { bucket: "n", nested: {}, a: "empty" },
      { bucket: "n", a: "none" },
    ]);
    const bounds: Scan["bounds"] = [{ op: "eq", field: "bucket", value: "n" }];
    expect(await valuesOf({ index: "by_bucket_and_nested", bounds })).toEqual([
      "empty",
      "none",
      "one",
      "two",
    ]);
    expect(
      await valuesOf({
        index: "by_bucket_and_nested",
        bounds: [...bounds, { op: "gt", field: "nested.deep", value: 1 }],
      }),
    ).toEqual(["two"]);
  });

  test("an index on a field of any type, over the whole table", async () => {
    await insert([{ bucket: "x", a: "b" }, { bucket: "y", a: 1 }, { bucket: "z" }]);
    expect(await valuesOf({ index: "by_a", bounds: [] })).toEqual([undefined, 1, "b"]);
  });

  test("a change moves the row, a deletion removes it", async () => {
    const [first, second] = await insert([
      { bucket: "m", a: 1 },
      { bucket: "m", a: 2 },
    ]);
    const bounds: Scan["bounds"] = [{ op: "eq", field: "bucket", value: "m" }];
    if (first === undefined || second === undefined) throw new Error("two ids expected");
    await deployment.mutation(api.reading.changeReading, { id: first, a: 3 });
    expect(await valuesOf({ index: "by_bucket_and_a", bounds })).toEqual([2, 3]);
    await deployment.mutation(api.reading.deleteReading, { id: second });
    expect(await valuesOf({ index: "by_bucket_and_a", bounds })).toEqual([3]);
  });

  test("by_creation_time takes a range of times", async () => {
    await insert([1, 2, 3, 4].map((a) => ({ bucket: "t", a })));
    const rows = await scan({ index: "by_creation_time", bounds: [] });
    expect(rows.map((row) => row.a as unknown)).toEqual([1, 2, 3, 4]);
    const second = rows[1]?._creationTime;
    expect(
      await valuesOf({
        index: "by_creation_time",
        bounds: [{ op: "gt", field: "_creationTime", value: second }],
        order: "desc",
      }),
    ).toEqual([4, 3]);
  });

  test("by_id finds one document and orders by id", async () => {
    const ids = await insert([1, 2, 3].map((a) => ({ bucket: "i", a })));
    expect(
      await valuesOf({ index: "by_id", bounds: [{ op: "eq", field: "_id", value: ids[1] }] }),
    ).toEqual([2]);
    const ordered = (await scan({ index: "by_id", bounds: [] })).map((row) => row._id);
    expect(ordered).toEqual([...ids].sort());
  });

  test("an index ends with the creation time, which may be part of the range", async () => {
    await insert([1, 2, 3].map((b) => ({ bucket: "c", a: 1, b })));
    const bounds: Scan["bounds"] = [
      { op: "eq", field: "bucket", value: "c" },
      { op: "eq", field: "a", value: 1 },
    ];
    const rows = await scan({ index: "by_bucket_and_a", bounds });
    const later = await scan({
      index: "by_bucket_and_a",
      bounds: [...bounds, { op: "gt", field: "_creationTime", value: rows[0]?._creationTime }],
    });
    expect(later.map((row) => row.b as unknown)).toEqual([2, 3]);
  });

  test.each<[string, Scan["bounds"]]>([
    ["skips a field", [{ op: "eq", field: "a", value: 1 }]],
    [
      "goes on after a range",
      [
        { op: "gt", field: "bucket", value: "a" },
        { op: "eq", field: "a", value: 1 },
      ],
    ],
    [
      "has bounds on two fields",
      [
        { op: "gt", field: "bucket", value: "a" },
        { op: "lt", field: "a", value: 1 },
      ],
    ],
    [
      "has two lower bounds",
      [
        { op: "gt", field: "bucket", value: "a" },
        { op: "gte", field: "bucket", value: "b" },
      ],
    ],
    ["names a field that is not of the index", [{ op: "eq", field: "c", value: 1 }]],
  ])("a range that %s is refused", async (_, bounds) => {
    await expectRefusal(deployment, scan({ index: "by_bucket_and_a", bounds }), {
      embedded: /./,
      convexTest: /Incorrect (field|operator) used in `withIndex`/,
    });
  });
});
