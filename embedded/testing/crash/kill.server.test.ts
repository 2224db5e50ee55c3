/** The server is killed again and again while clients work; nothing that they were promised is lost or done twice. */
import { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { until } from "../waiting.ts";
import { findProblems } from "./storedData.ts";
import { ACTIONS, SHARED, SOURCE, startWorkload, type Workload } from "./workload.ts";

const ROUNDS = 12;
const PATIENCE = 60_000;

const server = useFixtureServer();
const http = () => new ConvexHttpClient(server().url, { logger: false });
let workload: Workload;
const problems: string[] = [];

beforeAll(async () => {
  workload = startWorkload(server().url, 4);
  const { promises } = workload;
  for (let round = 0; round < ROUNDS; round++) {
    // A moment that nobody chose: somewhere in the middle of what the clients are doing.
    const enough = promises.acknowledged + 5 + Math.floor(Math.random() * 200);
    await until(
      () => promises.acknowledged,
      (count) => count >= enough,
      PATIENCE,
    );
    await server().kill();
    problems.push(...findProblems(server().dataDir));
    await server().restart();
  }
  await workload.finish();
  await until(
    () => http().query(api.scheduling.countUnfinishedJobs, { dueBefore: Infinity }),
    (count) => count === 0,
    PATIENCE,
  );
}, 240_000);

afterAll(() => workload.close());

test("the file is whole after every kill", () => {
  expect(problems).toEqual([]);
});

test("nothing impossible was seen on the way", () => {
  expect(workload.promises.violations).toEqual([]);
});

test("each counter was raised by each mutation exactly once", async () => {
  const counts = await Promise.all(
    [...workload.promises.counters].map(async ([name, expected]) => {
      return { name, expected, count: await http().query(api.transactions.readCounter, { name }) };
    }),
  );
  expect(counts.length).toBeGreaterThan(1);
  for (const { expected, count } of counts) expect(count).toBe(expected);
});

test("each row is there once, and no row that nobody sent", async () => {
  const { inserted, perhaps } = workload.promises;
  const keys = await http().query(api.transactions.listKeys);
  expect(new Set(keys).size).toBe(keys.length);
  expect([...inserted].filter((key) => !keys.includes(key))).toEqual([]);
  expect(keys.filter((key) => !inserted.has(key) && !perhaps.has(key))).toEqual([]);
});

test("each scheduled mutation ran once", async () => {
  const { scheduled, perhaps } = workload.promises;
  const texts = await http().query(api.scheduling.events, { source: SOURCE });
  expect(new Set(texts).size).toBe(texts.length);
  expect([...scheduled].filter((text) => !texts.includes(text))).toEqual([]);
  expect(texts.filter((text) => !scheduled.has(text) && !perhaps.has(text))).toEqual([]);
});

test("no scheduled action ran twice, and each that succeeded ran", async () => {
  const texts = await http().query(api.scheduling.events, { source: ACTIONS });
  expect(new Set(texts).size).toBe(texts.length);
  const jobs = await http().query(api.scheduling.jobs);
  const kinds = new Map(jobs.map((job) => [job._id, job.state.kind]));
  for (const [id, text] of workload.promises.actions) {
    expect(["success", "failed"]).toContain(kinds.get(id));
    if (kinds.get(id) === "success") expect(texts).toContain(text);
  }
});

test("each file that was acknowledged is there with its content", async () => {
  const { files } = workload.promises;
  expect(files.size).toBeGreaterThan(0);
  for (const [id, text] of files) {
    expect(await http().action(api.files.readText, { id })).toMatchObject({ text });
  }
});

test("subscriptions end where a fresh query is", async () => {
  for (const client of workload.clients) {
    const seen: unknown[] = [];
    client.onUpdate(api.transactions.readCounter, { name: SHARED }, (count) => seen.push(count));
    client.onUpdate(api.transactions.listKeys, {}, (keys) => seen.push(keys.length));
    const count = await http().query(api.transactions.readCounter, { name: SHARED });
    const keys = await http().query(api.transactions.listKeys);
    await until(
      () => [...seen],
      (all) => all.includes(count) && all.includes(keys.length),
    );
  }
});

test("the file of a server that was stopped is whole, too", async () => {
  await server().stop();
  expect(findProblems(server().dataDir)).toEqual([]);
});
