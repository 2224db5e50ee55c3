import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference, expectRefusal } from "./adapter.ts";

const notSupported = {
  embedded: /Can't use (fetch|setTimeout|setInterval)\(?\)? in queries and mutations/i,
  convexTest: /is not supported in Convex queries or mutations/,
};

export default describeConformance("environment", (deployment) => {
  test("a variable that is not set is undefined", async () => {
    const name = "NOBODY_SET_THIS";
    expect(await deployment.query(api.environment.readVariable, { name })).toBeNull();
    expect(await deployment.action(api.environment.readVariableInAction, { name })).toBeNull();
  });

  test("variables of the deployment", async () => {
    const name = "FIXTURE_VARIABLE";
    const read = () => deployment.query(api.environment.readVariable, { name });
    await expectDifference(deployment, "there are no deployment variables", {
      embedded: async () => {
        expect(await read()).toBe("from the environment");
        expect(await deployment.action(api.environment.readVariableInAction, { name })).toBe(
          "from the environment",
        );
        expect(await deployment.query(api.environment.readDeclaredVariable)).toBe("the fixture");
      },
      convexTest: async () => {
        expect(await read()).toBeNull();
      },
    });
  });

  test("the deployment knows its own addresses", async () => {
    const read = (name: string) => deployment.query(api.environment.readVariable, { name });
    await expectDifference(deployment, "there are no deployment variables", {
      embedded: async () => {
        expect(await read("CONVEX_CLOUD_URL")).toMatch(/^http:\/\//);
        expect(await read("CONVEX_SITE_URL")).toMatch(/^http:\/\//);
      },
      convexTest: async () => {
        expect(await read("CONVEX_CLOUD_URL")).toBeNull();
      },
    });
  });

  test("the server's own environment stays out of sight", async () => {
    const seen = await deployment.query(api.environment.readVariable, { name: "PATH" });
    await expectDifference(deployment, "the process's environment is visible", {
      embedded: () => {
        expect(seen).toBeNull();
      },
      convexTest: () => {
        expect(seen === null || typeof seen === "string").toBe(true);
      },
    });
  });

  test("the clock stands still in a query and in a mutation", async () => {
    const inQuery = await deployment.query(api.environment.clockInQuery);
    const inMutation = await deployment.mutation(api.environment.clockInMutation, { key: "k" });
    expect(Math.abs(inMutation.created - inMutation.first)).toBeLessThan(5000);
    await expectDifference(deployment, "the clock runs in transactions", {
      embedded: () => {
        expect(inQuery).toEqual({
          first: inQuery.first,
          last: inQuery.first,
          dates: inQuery.first,
        });
        expect(inMutation.last).toBe(inMutation.first);
        expect(inMutation.afterWrite).toBe(inMutation.first);
      },
      convexTest: () => {
        expect(inQuery.last).toBeGreaterThanOrEqual(inQuery.first);
      },
    });
    expect(Math.abs(inQuery.first - Date.now())).toBeLessThan(30_000);
  });

  test("the clock runs in an action", async () => {
    const { first, last } = await deployment.action(api.environment.clockInAction);
    expect(last).toBeGreaterThan(first);
  });

  test("random numbers are between 0 and 1 and differ", async () => {
    const numbers = [
      ...(await deployment.query(api.environment.randomNumbers, { count: 50, salt: 1 })),
      ...(await deployment.mutation(api.environment.randomNumbersInMutation, { count: 50 })),
      ...(await deployment.mutation(api.environment.randomNumbersInMutation, { count: 50 })),
    ];
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
    expect(new Set(numbers).size).toBe(150);
  });

  test("WebCrypto works in a mutation", async () => {
    expect(await deployment.mutation(api.environment.digestInMutation, { text: "a file" })).toBe(
      "7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2",
    );
  });

  test.each(["fetch", "setTimeout", "setInterval"] as const)(
    "%s is refused in queries and mutations, and works in actions",
    async (what) => {
      await expectRefusal(
        deployment,
        deployment.query(api.environment.useForbiddenInQuery, { what }),
        notSupported,
      );
      await expectRefusal(
        deployment,
        deployment.mutation(api.environment.useForbiddenInMutation, { what }),
        notSupported,
      );
      expect(await deployment.action(api.environment.useAllowedInAction, { what })).toBe(
        { fetch: "200", setTimeout: "waited", setInterval: "ticked" }[what],
      );
    },
  );

  test("logging changes no result", async () => {
    expect(await deployment.query(api.environment.logInQuery, { text: "t" })).toBe("t");
    expect(await deployment.mutation(api.environment.logInMutation, { text: "t" })).toBe("t");
    expect(await deployment.action(api.environment.logInAction, { text: "t" })).toBe("t");
    await expect(deployment.query(api.environment.logThenFail, { text: "t" })).rejects.toThrow(
      /after the log line/,
    );
  });
});
