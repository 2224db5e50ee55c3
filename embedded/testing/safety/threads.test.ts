/** Functions that end, block or exhaust the thread that serves everybody: they fail alone, at any time, pushes included. */
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callTo } from "../../engine/handMadeApp.ts";
import type { LiveQuery } from "../../engine/types.ts";
import { findProblems } from "../crash/storedData.ts";
import { failure, startWildApp, value, type WildApp } from "./wildApp.ts";

let app: WildApp;

beforeEach(async () => {
  app = await startWildApp(400);
});
afterEach(async () => {
  await app.engine.stop(0);
  const problems = findProblems(dirname(app.database));
  await app.dispose();
  expect(problems).toEqual([]);
});

const call = (name: string, args: object = {}) => callTo(`wild:${name}`, args);
const live = (key: number, name: string): LiveQuery => ({ key, call: call(name), journal: null });
const activateAgain = () => app.engine.activate(app.activation, null, null);

test.each(["exitInMutation", "loopInMutation", "hoardInMutation"])(
  "%s fails alone, and what waited with it is done once",
  async (name) => {
    const outcomes = await Promise.all([
      app.mutate("put", { text: "before" }),
      app.mutate(name),
      app.mutate("put", { text: "after" }),
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
    expect(await app.notes()).toEqual(["before", "after"]);
  },
  20_000,
);

test.each(["exitInQuery", "loopInQuery", "hoardInQuery"])(
  "%s fails alone",
  async (name) => {
    const [first, bad, last] = await Promise.all([
      app.engine.query(call("list")),
      app.engine.query(call(name)),
      app.engine.query(call("list")),
    ]);
    expect([first.ok, bad.ok, last.ok]).toEqual([true, false, true]);
  },
  20_000,
);

test.each(["exitInQuery", "loopInQuery", "hoardInQuery"])(
  "a subscription to %s fails alone",
  async (name) => {
    await app.mutate("put", { text: "seen" });
    const run = async () => {
      const { results } = await app.engine.live.run([live(1, "list"), live(2, name)]);
      app.engine.live.release();
      return results;
    };
    // The publisher tries again after each death of the reader.
    let results = await run().catch(() => null);
    for (let tries = 0; results === null && tries < 200; tries++) {
      await app.notes();
      results = await run().catch(() => null);
    }
    expect(results?.map((result) => [result.key, result.outcome.ok])).toEqual([
      [1, true],
      [2, false],
    ]);
  },
  20_000,
);

test("what is too large to send or to log is refused or cut", async () => {
  // It is about size: on a busy machine, making so much text alone takes longer than the others may.
  await app.engine.stop(0);
  await app.dispose();
  app = await startWildApp(10_000);
  const much = await app.engine.query(call("sendMuch"));
  expect(failure(much).message).toContain("too large");
  expect(failure(await app.mutate("sendMuchFromMutation")).message).toContain("too large");
  const logged = await app.engine.query(call("logMuch"));
  expect(value(logged)).toBe("logged");
  expect(logged.logLines.join("").length).toBeLessThan(9 * 2 ** 20);
}, 30_000);

test("a mutation that never ends while code is switched does not hold the switch up", async () => {
  const endless = app.mutate("loopInMutation");
  const switches = [activateAgain(), activateAgain()];
  const others = Array.from({ length: 20 }, (_, i) => app.mutate("put", { text: String(i) }));
  expect(failure(await endless).code).toBe("timeout");
  await Promise.all(switches);
  expect((await Promise.all(others)).every((outcome) => outcome.ok)).toBe(true);
  expect((await app.notes()).sort()).toEqual(others.map((_, i) => String(i)).sort());
});

test("a mutation that ends its thread, twice, while code is switched", async () => {
  const deadly = [app.mutate("exitInMutation"), app.mutate("exitInMutation")];
  const switching = activateAgain();
  const other = app.mutate("put", { text: "other" });
  for (const outcome of await Promise.all(deadly)) expect(outcome.ok).toBe(false);
  await switching;
  expect((await other).ok).toBe(true);
  await activateAgain();
  expect(await app.notes()).toEqual(["other"]);
});

test.each(["exitInQuery", "loopInQuery"])("%s while code is switched", async (name) => {
  const queries = [app.engine.query(call(name)), app.engine.query(call("list"))];
  await Promise.all([activateAgain(), activateAgain()]);
  expect((await Promise.all(queries)).map((outcome) => outcome.ok)).toEqual([false, true]);
});

test("a switch whose last step fails changes nothing", async () => {
  const failing = app.engine.activate(app.activation, null, () =>
    Promise.reject(new Error("the last step")),
  );
  await expect(failing).rejects.toThrow("the last step");
  expect((await app.mutate("put", { text: "goes on" })).ok).toBe(true);
  await activateAgain();
  expect(await app.notes()).toEqual(["goes on"]);
});

test("code that cannot be loaded is not switched to", async () => {
  const nowhere = { pushFolder: "/nonexistent", env: {} };
  await expect(app.engine.activate(nowhere, null, null)).rejects.toThrow();
  expect((await app.mutate("put", { text: "goes on" })).ok).toBe(true);
  expect(await app.notes()).toEqual(["goes on"]);
});

test("a stop in the middle of a switch answers everything", async () => {
  const outcomes = Array.from({ length: 20 }, (_, i) => app.mutate("put", { text: String(i) }));
  const switching = activateAgain().then(
    () => "done",
    () => "refused",
  );
  await app.engine.stop(0);
  expect((await Promise.all(outcomes)).every((outcome) => outcome.ok)).toBe(true);
  expect(["done", "refused"]).toContain(await switching);
  await expect(app.mutate("put", { text: "too late" })).rejects.toThrow("shutting down");
});

test("modules may not leave timers behind in the threads of transactions", async () => {
  for (const timer of ["setTimeout", "setInterval", "setImmediate"]) {
    const extra = `${timer}(() => { for (;;); }, 1);`;
    await expect(startWildApp(400, extra)).rejects.toThrow(`Can't use ${timer}() at import time.`);
  }
});

test("a module that leaves a rejection behind disturbs neither calls nor switches", async () => {
  const strange = await startWildApp(400, `void Promise.reject(new Error("at import"));`);
  try {
    expect((await strange.mutate("put", { text: "one" })).ok).toBe(true);
    await strange.engine.activate(strange.activation, null, null);
    expect(await strange.notes()).toEqual(["one"]);
  } finally {
    await strange.dispose();
  }
});
