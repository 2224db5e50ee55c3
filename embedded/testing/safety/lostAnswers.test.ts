/**
 * A writer that dies after its commit and before its answer: here because the next mutation blocks its
 * thread while the log is still on its way to the disk. What was committed is answered by its successor,
 * and not done twice.
 */
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callTo } from "../../engine/handMadeApp.ts";
import type { RequestKey } from "../../engine/types.ts";
import { decodeId } from "../../values/ids.ts";
import { findProblems } from "../crash/storedData.ts";
import { failure, startWildApp, value, type WildApp } from "./wildApp.ts";

let app: WildApp;

beforeEach(async () => {
  app = await startWildApp(1500);
});
afterEach(async () => {
  await app.engine.stop(0);
  const problems = findProblems(dirname(app.database));
  await app.dispose();
  expect(problems).toEqual([]);
});

/** Lets the writer commit what `submit` submits, and die before it can answer. */
async function dieAfterCommit<T>(submit: () => Promise<T>): Promise<T> {
  const first = submit();
  const busy = app.mutate("putBusily", { text: "busy" });
  const endless = app.mutate("loopInMutation");
  expect(failure(await endless).code).toBe("timeout");
  expect((await busy).ok).toBe(true);
  return first;
}

function schedule(path: string, text: string): Promise<string> {
  const job = { component: "", path, args: JSON.stringify({ text }), dueMs: Date.now() };
  return app.engine.operate("actions.schedule", job);
}

test("a mutation is done once, and its caller gets its value", async () => {
  for (let i = 0; i < 3; i++) {
    const key: RequestKey = { session: "somebody", request: i };
    const call = callTo("wild:put", { text: `note ${i}` });
    const outcome = await dieAfterCommit(() => app.engine.mutate(call, key));
    expect(value(outcome)).toBe(`note ${i}`);
  }
  const notes = await app.notes();
  expect(notes.filter((note) => note !== "busy")).toEqual(["note 0", "note 1", "note 2"]);
  expect(notes.filter((note) => note === "busy")).toHaveLength(3);
});

test("what was scheduled is scheduled once", async () => {
  const ids: string[] = [];
  for (let i = 0; i < 3; i++)
    ids.push(await dieAfterCommit(() => schedule("wild:put", `job ${i}`)));
  expect(await app.query("jobs")).toEqual(["job 0", "job 1", "job 2"]);
  expect(new Set(ids).size).toBe(3);
});

test("a scheduled action that was marked as begun is begun, once", async () => {
  const id = decodeId(await schedule("wild:act", "an action"));
  const job = { table: id?.table ?? 0, internal: id?.internal ?? "" };
  expect(await dieAfterCommit(() => app.engine.runJob(job))).toMatchObject({ kind: "action" });
  expect(await app.engine.runJob(job)).toEqual({ kind: "done" });
});

test("a scheduled mutation runs once", async () => {
  const id = decodeId(await schedule("wild:put", "a job"));
  const job = { table: id?.table ?? 0, internal: id?.internal ?? "" };
  expect(await dieAfterCommit(() => app.engine.runJob(job))).toEqual({ kind: "done" });
  expect((await app.notes()).filter((note) => note === "a job")).toHaveLength(1);
});

test("listeners learn of commits that nobody could tell them of", async () => {
  let newest = 0n;
  let resets = 0;
  app.engine.live.onCommit((commit) => {
    expect(commit.ts).toBeGreaterThan(newest);
    newest = commit.ts;
  });
  app.engine.live.onReset(() => {
    resets += 1;
  });
  for (let i = 0; i < 3; i++) await dieAfterCommit(() => app.mutate("put", { text: String(i) }));
  const { ts } = await app.engine.query(callTo("wild:list"));
  expect(newest >= ts || resets > 0).toBe(true);
  expect(app.engine.live.lastCommit).toBeGreaterThanOrEqual(ts);
});
