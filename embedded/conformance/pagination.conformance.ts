import type { FunctionArgs, PaginationOptions } from "convex/server";
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

type Options = Omit<FunctionArgs<typeof api.reading.paginateReadings>, "paginationOpts" | "bucket">;

export default describeConformance("pagination", (deployment) => {
  const insert = (...values: number[]) =>
    deployment.mutation(api.reading.insertReadings, {
      rows: values.map((a) => ({ bucket: "p", a })),
    });
  const paginate = async (paginationOpts: PaginationOptions, options: Options = {}) => {
    const result = await deployment.query(api.reading.paginateReadings, {
      bucket: "p",
      ...options,
      paginationOpts,
    });
    return { ...result, page: result.page.map((row) => row.a as number) };
  };

  test.each(["asc", "desc"] as const)("pages join without gap or overlap, %s", async (order) => {
    await insert(5, 3, 1, 4, 2, 7, 6);
    const seen: number[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    for (;;) {
      const result = await paginate({ numItems: 3, cursor }, { order });
      seen.push(...result.page);
      sizes.push(result.page.length);
      if (result.isDone) break;
      cursor = result.continueCursor;
    }
    const expected = [1, 2, 3, 4, 5, 6, 7];
    expect(seen).toEqual(order === "asc" ? expected : expected.reverse());
    expect(sizes).toEqual([3, 3, 1]);
  });

  test("an empty range is done at once", async () => {
    expect(await paginate({ numItems: 3, cursor: null })).toMatchObject({
      page: [],
      isDone: true,
    });
  });

  test("a page beyond the end is empty and done", async () => {
    await insert(1, 2);
    const first = await paginate({ numItems: 10, cursor: null });
    expect(first).toMatchObject({ page: [1, 2], isDone: true });
    expect(await paginate({ numItems: 10, cursor: first.continueCursor })).toMatchObject({
      page: [],
      isDone: true,
    });
  });

  test("rows that arrive behind the cursor do not disturb the next page", async () => {
    await insert(10, 20, 30, 40);
    const first = await paginate({ numItems: 2, cursor: null });
    await insert(5, 15, 25);
    const second = await paginate({ numItems: 10, cursor: first.continueCursor });
    expect(second.page).toEqual([25, 30, 40]);
  });

  test("an end cursor makes the page the range between the two", async () => {
    await insert(10, 20, 30, 40);
    const first = await paginate({ numItems: 3, cursor: null });
    expect(first.page).toEqual([10, 20, 30]);
    await insert(15, 30, 35);
    const again = await paginate({
      numItems: 1,
      cursor: null,
      endCursor: first.continueCursor,
    });
    expect(again.page).toEqual([10, 15, 20, 30]);
    expect(again.continueCursor).toBe(first.continueCursor);
    expect(again.isDone).toBe(false);
  });

  test("the row at the end cursor may be gone", async () => {
    const ids = await insert(10, 20, 30);
    const first = await paginate({ numItems: 2, cursor: null });
    const second = ids[1];
    if (second === undefined) throw new Error("three ids expected");
    await deployment.mutation(api.reading.deleteReading, { id: second });
    const again = await paginate({
      numItems: 2,
      cursor: null,
      endCursor: first.continueCursor,
    });
    expect(again.page).toEqual([10]);
    expect((await paginate({ numItems: 2, cursor: first.continueCursor })).page).toEqual([30]);
  });

  test("a filter leaves pages full, and passes on where the scan stopped", async () => {
    await insert(1, 2, 3, 4, 5, 6, 7, 8);
    const first = await paginate({ numItems: 2, cursor: null }, { onlyEven: true });
    expect(first.page).toEqual([2, 4]);
    const second = await paginate(
      { numItems: 2, cursor: first.continueCursor },
      { onlyEven: true },
    );
    expect(second.page).toEqual([6, 8]);
  });

  test("a limit of rows read ends a page early", async () => {
    await insert(1, 2, 3, 4, 5, 6, 7, 8);
    const first = await paginate(
      { numItems: 4, cursor: null, maximumRowsRead: 5 },
      { onlyEven: true },
    );
    expect(first.page).toEqual([2, 4]);
    expect(first.isDone).toBe(false);
    await expectDifference(deployment, "a first page at its limit must be split", {
      embedded: () => {
        expect(first.pageStatus).toBe("SplitRecommended");
      },
      convexTest: () => {
        expect(first.pageStatus).toBe("SplitRequired");
      },
    });
    const rest = await paginate({ numItems: 4, cursor: first.continueCursor }, { onlyEven: true });
    expect(rest.page).toEqual([6, 8]);
  });

  test("a page between two cursors that meets the limit must be split", async () => {
    await insert(1, 2, 3, 4, 5, 6);
    const whole = await paginate({ numItems: 5, cursor: null });
    const bounded = await paginate({
      numItems: 5,
      cursor: null,
      endCursor: whole.continueCursor,
      maximumRowsRead: 3,
    });
    expect(bounded.pageStatus).toBe("SplitRequired");
    expect(bounded.page.length).toBeLessThan(5);
  });

  test("the split cursor cuts a page in two that join", async () => {
    await insert(1, 2, 3, 4, 5, 6);
    const page = await paginate({ numItems: 10, cursor: null, maximumRowsRead: 4 });
    const split = page.splitCursor;
    if (split === null || split === undefined) throw new Error("a split cursor expected");
    const left = await paginate({ numItems: 10, cursor: null, endCursor: split });
    const right = await paginate({
      numItems: 10,
      cursor: split,
      endCursor: page.continueCursor,
    });
    expect([...left.page, ...right.page]).toEqual(page.page);
    expect(left.page.length).toBeGreaterThan(0);
    expect(right.page.length).toBeGreaterThan(0);
  });

  test("one function may paginate only once", async () => {
    await expect(
      deployment.query(api.reading.paginateTwice, {
        paginationOpts: { numItems: 1, cursor: null },
      }),
    ).rejects.toThrow(/paginat/);
  });

  test("a cursor of another query is refused or harmless, never another range", async () => {
    await insert(1, 2, 3);
    await expect(paginate({ numItems: 2, cursor: "no cursor" })).rejects.toThrow();
  });
});
