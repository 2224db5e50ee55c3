/** Functions that leave something unfinished: their transaction is kept whole or not at all, and nobody else's suffers. */
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callTo } from "../../engine/handMadeApp.ts";
import { findProblems } from "../crash/storedData.ts";
import { failure, startWildApp, value, type WildApp } from "./wildApp.ts";

let app: WildApp;
let before: string[];

beforeAll(async () => {
  app = await startWildApp();
});
afterAll(async () => {
  await app.engine.stop(0);
  const problems = findProblems(dirname(app.database));
  await app.dispose();
  expect(problems).toEqual([]);
});
beforeEach(async () => {
  before = await app.notes();
});

/** What was written since the test began. */
const written = async () => (await app.notes()).slice(before.length);

test("what a function wrote stays without the child for which it did not wait", async () => {
  const outcomes = await Promise.all([
    app.mutate("dropChild", { text: "parent" }),
    app.mutate("fail"),
    app.mutate("put", { text: "next" }),
  ]);
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  expect(await written()).toEqual(["parent", "next"]);
});

test("the child that was left behind does not write into its successors' transactions", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? app.mutate("dropChild", { text: `parent ${i}` }) : app.mutate("fail"),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(20);
  expect(await written()).toEqual(Array.from({ length: 20 }, (_, i) => `parent ${2 * i}`));
});

test("when a child's time is over nothing is left of its parent either", async () => {
  const [late, next] = await Promise.all([
    app.mutate("waitForChild", { text: "parent" }),
    app.mutate("put", { text: "next" }),
  ]);
  expect(failure(late).code).toBe("timeout");
  expect(value(next)).toBe("next");
  expect(await written()).toEqual(["next"]);
});

test("a rejection that nobody handles neither ends the thread nor touches others", async () => {
  const outcomes = await Promise.all([
    app.mutate("put", { text: "one" }),
    app.mutate("dropRejection", { text: "two" }),
    app.mutate("put", { text: "three" }),
  ]);
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, true]);
  expect(await app.query("dropRejectionInQuery")).toBe("done");
  expect(await written()).toEqual(["one", "two", "three"]);
});

test("a function that is still running when it leaves a rejection behind fails with it", async () => {
  const { message } = failure(await app.mutate("waitAfterRejection", { text: "never" }));
  expect(message).toContain("Uncaught Error: dropped");
  expect(await written()).toEqual([]);
});

test("writes that run out of stack half-way are not kept by halves", async () => {
  const outcomes = [];
  for (let padding = 0; padding < 30; padding++)
    outcomes.push(await app.mutate("writeAtTheEdge", { padding }));
  expect(outcomes.map((outcome) => outcome.ok)).toContain(false);
  expect(await app.mutate("put", { text: "after" })).toMatchObject({ ok: true });
  expect((await written()).at(-1)).toBe("after");
});

test("the key of a request is kept with the rest, whatever was left unfinished", async () => {
  const key = { session: "somebody", request: 7 };
  const call = callTo("wild:dropChild", { text: "once" });
  expect(await app.engine.mutate(call, key)).toMatchObject({ ok: true });
  expect(await app.engine.mutate(call, key)).toMatchObject({ ok: true });
  expect(await written()).toEqual(["once"]);
});
