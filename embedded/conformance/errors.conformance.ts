import { ConvexError } from "convex/values";
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

/** What the call throws. */
async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("the call did not fail");
}

const payloads: [string, string | number | bigint | boolean | null | Record<string, unknown>][] = [
  ["text", "no"],
  ["a number", 1.5],
  ["an int64", 2n],
  ["null", null],
  ["an object", { code: "forbidden", details: [1, null] }],
  ["an object around an int64", { count: 2n }],
];

const holdsInt64 = (data: unknown) =>
  typeof data === "bigint" ||
  (typeof data === "object" &&
    data !== null &&
    Object.values(data).some((inner) => typeof inner === "bigint"));

export default describeConformance("errors", (deployment) => {
  test.each(payloads)("a ConvexError brings %s to the caller", async (_, data) => {
    for (const call of [
      () => deployment.query(api.errors.throwDataFromQuery, { data }),
      () => deployment.mutation(api.errors.throwDataFromMutation, { data }),
      () => deployment.action(api.errors.throwDataFromAction, { data }),
      () => deployment.action(api.errors.passThroughAction, { data }),
    ]) {
      const error = await thrownBy(call());
      expect(error).toBeInstanceOf(ConvexError);
      expect((error as ConvexError<null>).data).toEqual(data);
    }
  });

  test.each(payloads.filter(([, data]) => !holdsInt64(data)))(
    "a caller inside catches a ConvexError with %s",
    async (_, data) => {
      const caught = { isConvexError: true, data };
      expect(await deployment.mutation(api.errors.catchInMutation, { data })).toEqual(caught);
      expect(await deployment.action(api.errors.catchInAction, { data })).toEqual(caught);
    },
  );

  test.each(payloads.filter(([, data]) => holdsInt64(data)))(
    "a caller inside catches a ConvexError with an int64: %s",
    async (_, data) => {
      const caught = { isConvexError: true, data };
      const inMutation = await deployment.mutation(api.errors.catchInMutation, { data });
      await expectDifference(deployment, "int64 in a ConvexError gets lost inside", {
        embedded: () => {
          expect(inMutation).toEqual(caught);
        },
        convexTest: () => {
          expect(inMutation).toEqual({ isConvexError: false, data: null });
        },
      });
      expect(await deployment.action(api.errors.catchInAction, { data })).toEqual(caught);
    },
  );

  test("a plain error tells its message in development", async () => {
    const message = "the plain truth";
    for (const call of [
      () => deployment.query(api.errors.throwPlainFromQuery, { message }),
      () => deployment.mutation(api.errors.throwPlainFromMutation, { message }),
      () => deployment.action(api.errors.throwPlainFromAction, { message }),
    ]) {
      const error = await thrownBy(call());
      expect(error).not.toBeInstanceOf(ConvexError);
      expect((error as Error).message).toContain(message);
    }
  });

  test("an action catches the error of a query that it ran", async () => {
    const caught = await deployment.action(api.errors.catchPlainInAction, { message: "inner" });
    expect(caught).toContain("inner");
  });

  test("something else than an Error may be thrown", async () => {
    expect(await thrownBy(deployment.query(api.errors.throwText))).toBeDefined();
  });

  test("a mutation that throws leaves nothing behind", async () => {
    await thrownBy(deployment.mutation(api.errors.throwDataFromMutation, { data: 1 }));
    await thrownBy(deployment.mutation(api.errors.throwPlainFromMutation, { message: "m" }));
    expect(await deployment.query(api.transactions.listKeys)).toEqual([]);
  });

  test("a function that does not exist is refused", async () => {
    const missing = "errors:doesNotExist" as unknown as typeof api.errors.throwText;
    await expect(deployment.query(missing)).rejects.toThrow();
  });

  test("a query called as a mutation is refused", async () => {
    const wrong = api.errors.throwText as unknown as typeof api.transactions.incrementCounter;
    await expect(deployment.mutation(wrong, { name: "x" })).rejects.toThrow();
  });
});
