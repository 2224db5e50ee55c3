/** A disk that is full: writes are refused, everything else goes on, and nothing that was acknowledged is lost. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { findProblems } from "../crash/storedData.ts";
import { api } from "../fixture/convex/_generated/api";
import { startServer } from "../server.ts";
import { until } from "../waiting.ts";
import { startLimitedServer, type LimitedServer } from "./limitedServer.ts";

let folder: string;
let server: LimitedServer;
let http: ConvexHttpClient;
const kept: string[] = [];
const refused: string[] = [];

async function save(key: string): Promise<void> {
  try {
    await http.mutation(api.values.save, { key, value: "x".repeat(100_000) });
    kept.push(key);
  } catch {
    refused.push(key);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-full-"));
  await cp(inject("fixtureTemplate"), folder, { recursive: true });
  server = await startLimitedServer(folder, 6144);
  http = new ConvexHttpClient(server.url, { logger: false });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("writes are refused, one by one, once there is no room", async () => {
  for (let i = 0; refused.length < 5; i++) await save(`row ${i}`);
  expect(kept.length).toBeGreaterThan(5);
});

test("many at once are all answered", async () => {
  const before = kept.length + refused.length;
  await Promise.all(Array.from({ length: 30 }, (_, i) => save(`burst ${i}`)));
  expect(kept.length + refused.length).toBe(before + 30);
});

test("queries and actions go on", async () => {
  const keys = await http.query(api.transactions.listKeys);
  expect(keys.sort()).toEqual([...kept].sort());
  expect(await http.action(api.values.echoFromAction, { value: 1 })).toBe(1);
});

test("what was acknowledged is there afterwards, and with room again everything goes on", async () => {
  expect(await server.stop()).toBe(0);
  expect(findProblems(folder)).toEqual([]);
  const roomy = await startServer({ dataDir: folder });
  try {
    const again = new ConvexHttpClient(roomy.url, { logger: false });
    const keys = await again.query(api.transactions.listKeys);
    expect(kept.filter((key) => !keys.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
    await again.mutation(api.values.save, { key: "room again" });
    await until(
      () => again.query(api.transactions.readCounter, { name: "cron" }),
      (ticks) => ticks > 0,
    );
  } finally {
    await roomy.dispose();
  }
});
