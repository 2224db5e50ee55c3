/** Functions that never end take nobody with them. */
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import type { FunctionReference } from "convex/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { api } from "./fixture/convex/_generated/api";
import { useFixtureServer } from "./fixtureServer.ts";
import { until } from "./waiting.ts";

const server = useFixtureServer({ functionTimeoutMs: 1000, actionTimeoutMs: 1500 });
let client: ConvexClient;
const http = () => new ConvexHttpClient(server().url, { logger: false });

beforeEach(() => {
  client = new ConvexClient(server().url, { logger: false });
});
afterEach(async () => {
  await client.close();
});

let names = 0;
const newName = () => `name ${names++}`;

/** Everything still works: queries, mutations, actions, subscriptions. */
async function expectAlive(): Promise<void> {
  const name = newName();
  const seen: number[] = [];
  const stop = client.onUpdate(api.transactions.readCounter, { name }, (n) => seen.push(n));
  expect(await client.mutation(api.transactions.incrementCounter, { name })).toBe(1);
  await until(
    () => seen.at(-1),
    (count) => count === 1,
  );
  stop();
  expect(await client.action(api.calls.fromAction, { text: "alive" })).toHaveLength(3);
}

describe.each(["loop", "wait"] as const)("%s", (way) => {
  test("in a query", async () => {
    await expect(http().query(api.endless[`${way}InQuery`])).rejects.toThrow(/time/);
    await expectAlive();
  });

  test("in a subscription", async () => {
    const errors: Error[] = [];
    client.onUpdate(
      api.endless[`${way}InQuery`],
      {},
      () => undefined,
      (error) => errors.push(error),
    );
    await until(
      () => errors.length,
      (count) => count === 1,
    );
    await expectAlive();
  });

  test("in a mutation, whose writes are undone", async () => {
    const key = newName();
    await expect(http().mutation(api.endless[`${way}InMutation`], { key })).rejects.toThrow(/time/);
    expect(await http().query(api.transactions.listKeys)).not.toContain(key);
    await expectAlive();
  });

  test("in an action", async () => {
    await expect(http().action(api.endless[`${way}InAction`])).rejects.toThrow(/time/);
    await expectAlive();
  });

  test("in a mutation, while others queue behind it: they all succeed", async () => {
    const name = newName();
    const endless = http().mutation(api.endless[`${way}InMutation`], { key: newName() });
    const others = Array.from({ length: 20 }, () =>
      http().mutation(api.transactions.incrementCounter, { name }),
    );
    await expect(endless).rejects.toThrow(/time/);
    const counts = await Promise.all(others);
    expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test("in a query, while others run: they all succeed", async () => {
    const endless = http().query(api.endless[`${way}InQuery`]);
    const others = Array.from({ length: 20 }, () =>
      http().query(api.calls.fromQuery, { text: "other" }),
    );
    await expect(endless).rejects.toThrow(/time/);
    expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, () => "query other"));
  });
});

test("many endless actions at once", async () => {
  const calls = Array.from({ length: 12 }, (_, i) =>
    http().action(i % 2 === 0 ? api.endless.loopInAction : api.endless.waitInAction),
  );
  const results = await Promise.allSettled(calls);
  expect(results.every((result) => result.status === "rejected")).toBe(true);
  await expectAlive();
});

test("an endless HTTP action", async () => {
  const response = await fetch(`${server().siteUrl}/endless`);
  expect(response.status).toBeGreaterThanOrEqual(500);
  await expectAlive();
});

test("an action that eats all memory", async () => {
  const hungry: FunctionReference<"action"> = api.endless.exhaustMemoryInAction;
  await expect(http().action(hungry)).rejects.toThrow();
  await expectAlive();
});
