/** What is left after the server was stopped, or killed, and started again. */
import { ConvexHttpClient } from "convex/browser";
import { expect, test } from "vitest";
import { api } from "./fixture/convex/_generated/api";
import { useFixtureServer } from "./fixtureServer.ts";
import { until } from "./waiting.ts";

const server = useFixtureServer();
const http = () => new ConvexHttpClient(server().url, { logger: false });

const endings = {
  stopped: () => server().restart(),
  killed: async () => {
    await server().kill();
    await server().restart();
  },
};

test.each(Object.entries(endings))("%s: documents, files, variables and code", async (how, end) => {
  await http().mutation(api.values.save, { key: how, value: { deep: [1n, null] } });
  const id = await http().action(api.files.storeText, { text: `a file, ${how}` });
  await end();
  expect(await http().query(api.values.load, { key: how })).toEqual({ deep: [1n, null] });
  expect(await http().action(api.files.readText, { id })).toMatchObject({
    text: `a file, ${how}`,
  });
  expect(await http().query(api.environment.readVariable, { name: "FIXTURE_VARIABLE" })).toBe(
    "from the environment",
  );
  expect(await http().query(api.searching.searchNotes, { text: "nothing" })).toEqual([]);
});

test.each(Object.entries(endings))(
  "%s: a mutation that was scheduled runs afterwards, once",
  async (how, end) => {
    const source = `scheduled, ${how}`;
    const id = await http().mutation(api.scheduling.scheduleAfter, {
      source,
      text: "once",
      milliseconds: 1500,
    });
    await end();
    const read = () => http().query(api.scheduling.job, { id });
    await until(read, (job) => job?.state.kind === "success");
    expect(await http().query(api.scheduling.events, { source })).toEqual(["once"]);
  },
);

test.each(Object.entries(endings))("%s: crons go on", async (_, end) => {
  const count = () => http().query(api.transactions.readCounter, { name: "cron" });
  await until(count, (ticks) => ticks > 0);
  await end();
  const before = await count();
  await until(count, (ticks) => ticks > before);
});

test("an action that ran when the server was killed is not run again", async () => {
  const id = await http().mutation(api.durability.scheduleEndlessAction, {
    source: "at most once",
  });
  const state = async () => (await http().query(api.scheduling.job, { id }))?.state.kind;
  await until(
    () => http().query(api.scheduling.events, { source: "at most once" }),
    (events) => events.length === 1,
  );
  await server().kill();
  await server().restart();
  await until(state, (kind) => kind === "failed");
  expect(await http().query(api.scheduling.events, { source: "at most once" })).toEqual([
    "started",
  ]);
});
