/** The official client when the wire breaks, or the server ends and comes back. */
import { ConvexClient } from "convex/browser";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { type Proxy, startProxy } from "../proxy.ts";
import { until } from "../waiting.ts";

const server = useFixtureServer();
let proxy: Proxy;
let client: ConvexClient;

beforeEach(async () => {
  proxy = await startProxy(server().url);
  client = new ConvexClient(proxy.url, { logger: false });
});

afterEach(async () => {
  await client.close();
  await proxy.close();
});

let names = 0;
const newName = () => `name ${names++}`;
const increment = (name: string) => client.mutation(api.transactions.incrementCounter, { name });

function watch(name: string): number[] {
  const seen: number[] = [];
  client.onUpdate(api.transactions.readCounter, { name }, (count) => seen.push(count));
  return seen;
}

test("after a cut, subscriptions go on and miss nothing", async () => {
  const name = newName();
  const seen = watch(name);
  await increment(name);
  proxy.sever();
  await until(
    () => client.connectionState().isWebSocketConnected,
    (connected) => !connected,
  );
  const other = new ConvexClient(server().url, { logger: false });
  await other.mutation(api.transactions.incrementCounter, { name });
  await other.close();
  proxy.mend();
  await until(
    () => seen.at(-1),
    (count) => count === 2,
  );
  expect(client.connectionState().connectionCount).toBeGreaterThan(1);
});

test("mutations called while the wire is cut run once it is mended, once and in order", async () => {
  const name = newName();
  await increment(name);
  proxy.sever();
  const later = Promise.all([increment(name), increment(name), increment(name)]);
  proxy.mend();
  expect(await later).toEqual([2, 3, 4]);
});

test("mutations whose answers were lost run only once", async () => {
  const name = newName();
  let issued = 0;
  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 20 }, () => increment(name));
    issued += calls.length;
    // Somewhere between the first answer and the last one.
    await calls[round];
    proxy.cut();
    await Promise.all(calls);
  }
  expect(await client.query(api.transactions.readCounter, { name })).toBe(issued);
});

test("an action in flight fails when the wire is cut, and is not sent again", async () => {
  const name = newName();
  await client.query(api.transactions.readCounter, { name });
  const call = client.action(api.endless.waitInAction, {});
  await until(
    () => client.connectionState().inflightActions,
    (count) => count === 1,
  );
  proxy.cut();
  await expect(call).rejects.toThrow(/[Cc]onnection lost/);
});

test("a restarted server is found again, with all that it had acknowledged", async () => {
  const name = newName();
  const seen = watch(name);
  for (let i = 0; i < 5; i++) await increment(name);
  await server().restart();
  expect(await increment(name)).toBe(6);
  await until(
    () => seen.at(-1),
    (count) => count === 6,
  );
});

test("a killed server has lost nothing and run nothing twice", async () => {
  const name = newName();
  const seen = watch(name);
  const calls = Array.from({ length: 200 }, () => increment(name));
  await calls[20];
  await server().kill();
  await server().restart();
  const counts = await Promise.all(calls);
  expect(counts).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  await until(
    () => seen.at(-1),
    (count) => count === 200,
  );
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});
