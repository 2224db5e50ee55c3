import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { until } from "../testing/waiting.ts";
import { describeConformance, expectDifference } from "./adapter.ts";

/** Components keep their rows between tests, so each test has accounts of its own. */
let accounts = 0;
const newAccount = () => `account ${Date.now()} ${accounts++}`;

export default describeConformance("a component of the app's own", (deployment) => {
  const balance = (account: string, instance?: "secondLedger") =>
    deployment.query(api.components.readBalance, {
      account,
      ...(instance === undefined ? {} : { instance }),
    });

  test("writes to its own tables and to its child's", async () => {
    const account = newAccount();
    await deployment.mutation(api.components.addEntry, { account, amount: 2 });
    await deployment.mutation(api.components.addEntry, { account, amount: 3 });
    expect(await balance(account)).toEqual({ sum: 5, writes: 2 });
  });

  test("two instances share no data", async () => {
    const account = newAccount();
    await deployment.mutation(api.components.addEntry, { account, amount: 2 });
    expect(await balance(account, "secondLedger")).toEqual({ sum: 0, writes: 0 });
  });

  test("rolls back alone, child included, when the app catches its ConvexError", async () => {
    const account = newAccount();
    expect(await deployment.mutation(api.components.catchRefusal, { account, amount: 4 })).toEqual({
      code: "refused",
      account,
    });
    expect(await balance(account)).toEqual({ sum: 4, writes: 1 });
  });

  test("calls back through a handle", async () => {
    expect(await deployment.mutation(api.components.notifyThroughComponent, { text: "back" })).toBe(
      "mutation back",
    );
    expect(await deployment.query(api.scheduling.events, { source: "secretMutation" })).toEqual([
      "back",
    ]);
  });

  test("schedules its own functions", async () => {
    const account = newAccount();
    await deployment.mutation(api.components.addEntryLater, { account, amount: 6 });
    const settled = await until(
      () => balance(account),
      ({ sum }) => sum !== 0,
    );
    expect(settled).toEqual({ sum: 6, writes: 0 });
  });

  test("stores files of its own", async () => {
    expect(await deployment.action(api.components.storeReceipt, { text: "r" })).toBe("r");
  });

  test("gets the variables that the app passes", async () => {
    const labels = await deployment.query(api.components.readLabels);
    await expectDifference(deployment, "there are no deployment variables", {
      embedded: () => {
        expect(labels).toEqual(["the fixture", "second"]);
      },
      convexTest: () => {
        expect(labels).toEqual([null, null]);
      },
    });
  });

  test("sees the app's other variables only if the app passes them", async () => {
    const read = (name: string) =>
      deployment.query(api.components.readVariableInComponent, { name });
    expect(await read("FIXTURE_VARIABLE")).toBeNull();
    await expectDifference(deployment, "there are no deployment variables", {
      embedded: async () => {
        // What the app passed is in the component's `process.env` under the component's name for it.
        expect(await read("LEDGER_LABEL")).toBe("the fixture");
        expect(await read("CONVEX_CLOUD_URL")).toMatch(/^http:/);
        // With the prefix under which the component's own routes are served.
        expect(await read("CONVEX_SITE_URL")).toMatch(/^http:.*\/ledger\/?$/);
      },
      convexTest: async () => {
        expect(await read("CONVEX_CLOUD_URL")).toBeNull();
      },
    });
  });

  test("serves HTTP under its prefix", async () => {
    const account = newAccount();
    await deployment.mutation(api.components.addEntry, { account, amount: 9 });
    const response = await deployment.fetchHttp(`/ledger/balance/${encodeURIComponent(account)}`);
    await expectDifference(deployment, "components serve no HTTP", {
      embedded: async () => {
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({ sum: 9, writes: 1 });
      },
      convexTest: () => {
        expect(response.status).toBe(404);
      },
    });
  });

  test("crons of the app and of the component run", async () => {
    await expectDifference(deployment, "crons do not run", {
      embedded: async () => {
        const sweeps = await deployment.query(api.components.countSweeps);
        await until(
          () => deployment.query(api.components.countSweeps),
          (count) => count > sweeps,
        );
        await until(
          () => deployment.query(api.transactions.readCounter, { name: "cron" }),
          (count) => count > 0,
        );
      },
      convexTest: async () => {
        expect(await deployment.query(api.components.countSweeps)).toBe(0);
      },
    });
  });
});
