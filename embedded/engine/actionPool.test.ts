import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../testing/waiting.ts";
import { failure, startActionApp, value, type ActionApp } from "./actionTestApp.ts";
import { callTo } from "./handMadeApp.ts";

let app: ActionApp;

beforeAll(async () => {
  app = await startActionApp();
}, 30_000);

afterAll(async () => {
  await app.dispose();
});

test("a query of an action sees what its mutation wrote, and their log lines are kept", async () => {
  const outcome = await app.act("writeThenRead", { text: "first" });
  expect(await value(outcome)).toContain("first");
  expect(outcome.logLines).toEqual(["[LOG] 'adding' 'first'", "[LOG] 'listing'"]);
});

test("queries of one action run at the same time", async () => {
  const answers = (await value(app.act("readTwiceAtOnce"))) as unknown[];
  expect(answers).toHaveLength(12);
});

test("a ConvexError of a called function arrives as one, and passes through", async () => {
  const data = { at: { $integer: "BwAAAAAAAAA=" }, code: "refused" };
  expect(await value(app.act("caught"))).toEqual({ data, isConvexError: true });
  const { code, data: passed } = await failure(app.act("uncaught"));
  expect(code).toBe("thrown");
  expect(JSON.parse(passed ?? "")).toEqual(data);
  expect(await app.notes()).not.toContain("never");
});

test("the caller's identity reaches everything that is called", async () => {
  const identity = { issuer: "i", subject: "ada", tokenIdentifier: "i|ada" };
  const call = callTo("work:whoIsIt", {}, { caller: { kind: "user", identity } });
  const outcome = await app.engine.act(call);
  expect(await value(outcome)).toEqual(["ada", "ada", "ada"]);
  expect(outcome.logLines).toEqual(["[LOG] 'nested'"]);
});

test("actions schedule and cancel", async () => {
  const [kept, cancelled] = (await value(app.act("schedule"))) as [string, string];
  const jobs = (await value(app.engine.query(callTo("work:jobs")))) as [string, string][];
  expect(new Map(jobs).get(kept)).toBe("pending");
  expect(new Map(jobs).get(cancelled)).toBe("canceled");
});

test("what is not there says so", async () => {
  expect((await failure(app.act("searchVectors"))).message).toContain(
    "Vector search is not supported",
  );
  expect((await failure(app.act("missing"))).code).toBe("notFound");
  expect((await failure(app.act("add"))).code).toBe("notFound");
});

test("files: stored, read, described, removed", async () => {
  const stored = (await value(app.act("storeAndRead", { text: "grün" }))) as Record<string, never>;
  expect(stored).toMatchObject({
    text: "grün",
    type: "text/plain",
    metadata: { storageId: stored.id, size: 5, contentType: "text/plain" },
  });
  expect(stored.url).toMatch(/^http:\/\/cloud\.test\/api\/storage\/[0-9a-f-]{36}$/);
  expect(stored.uploadUrl).toMatch(/^http:\/\/cloud\.test\/api\/storage\/upload\?token=.{40,}$/);
  expect(await value(app.act("removeFile", { id: stored.id }))).toEqual([null, null]);
  expect((await failure(app.act("removeFile", { id: stored.id }))).message).toContain("not found");
  expect((await failure(app.act("storeWrong"))).message).toContain("was not stored");
});

test("an action that exits fails alone, and the server goes on", async () => {
  const pool = app.newPool();
  const innocent = pool.act(callTo("work:sleep", { ms: 100 }), null);
  const exited = failure(pool.act(callTo("work:exit"), null));
  expect((await exited).message).toContain("process.exit");
  expect(await value(innocent)).toBe(100);
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
});

test("an action that never ends is stopped at its limit, alone", async () => {
  const pool = app.newPool({ actionTimeoutMs: 4000 });
  const hanging = failure(pool.act(callTo("work:hang"), null));
  const waiting = failure(pool.act(callTo("work:wait"), null));
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
  for (const { code, message } of [await hanging, await waiting]) {
    expect(code).toBe("timeout");
    expect(message).toContain("maximum duration: 4s");
  }
});

test("of several in one worker only the one whose time is over is failed", async () => {
  const pool = app.newPool({ actionTimeoutMs: 1500, maxWorkers: 1 });
  const waiting = failure(pool.act(callTo("work:wait"), null));
  const busy = pool.act(callTo("work:sleep", { ms: 700 }), null);
  expect(await value(busy)).toBe(700);
  // Begins before the other one's end and is still there after it.
  const late = pool.act(callTo("work:sleep", { ms: 1000 }), null);
  expect((await waiting).code).toBe("timeout");
  expect(await value(late)).toBe(1000);
});

test("a query without end is stopped long before its action's limit", async () => {
  const pool = app.newPool();
  const { message } = await failure(pool.act(callTo("work:runEndlessQuery"), null));
  expect(message).toContain("maximum duration: 0.4s");
});

test("what nobody waits for fails the action that it belongs to", async () => {
  const pool = app.newPool({ maxWorkers: 1 });
  const innocent = pool.act(callTo("work:sleep", { ms: 300 }), null);
  expect((await failure(pool.act(callTo("work:dropPromise"), null))).message).toContain("dropped");
  expect((await failure(pool.act(callTo("work:throwLater"), null))).message).toContain(
    "thrown later",
  );
  expect(await value(innocent)).toBe(300);
});

test("nothing is done for an action after its end", async () => {
  await value(app.act("addAfterTheEnd"));
  await value(app.act("sleep", { ms: 60 }));
  expect(await app.notes()).not.toContain("after the end");
});

test("one worker to each action, up to the most; then they share", async () => {
  const pool = app.newPool({ maxWorkers: 2 });
  const threads = async (count: number) => {
    const sleeping = Array.from({ length: count - 1 }, () =>
      pool.act(callTo("work:sleep", { ms: 200 }), null),
    );
    const thread = await value(pool.act(callTo("work:thread"), null));
    await Promise.all(sleeping);
    return thread;
  };
  const alone = await threads(1);
  const second = await threads(2);
  expect(second).not.toBe(alone);
  expect([alone, second]).toContain(await threads(5));
});

test("idle workers end, but one", async () => {
  const pool = app.newPool({ idleMs: 50 });
  const running = [1, 2, 3].map(() => pool.act(callTo("work:sleep", { ms: 50 }), null));
  expect(pool.workers).toBe(3);
  await Promise.all(running);
  await until(
    () => pool.workers,
    (count) => count === 1,
  );
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
  expect(pool.workers).toBe(1);
});

test("retiring lets actions finish and then ends the workers", async () => {
  const pool = app.newPool();
  const running = pool.act(callTo("work:sleep", { ms: 200 }), null);
  const retired = pool.retire();
  expect(await value(running)).toBe(200);
  await retired;
  expect(pool.workers).toBe(0);
});

test("stopping fails what does not finish in time", async () => {
  const pool = app.newPool();
  const waiting = failure(pool.act(callTo("work:wait"), null));
  await pool.stop(50);
  expect((await waiting).message).toBe("The server was stopped.");
});
