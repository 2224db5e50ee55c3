import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../testing/waiting.ts";
import { ActionPool, HttpActionFailed, type PoolDeps } from "./actionPool.ts";
import { callTo, startHandMadeApp, type HandMadeApp } from "./handMadeApp.ts";
import type { ExecutionLog, HttpActionRequest, Outcome } from "./types.ts";

const work = `
import { actionGeneric as action, internalMutationGeneric as internalMutation, mutationGeneric as mutation,
  queryGeneric as query, anyApi } from "convex/server";
import { ConvexError } from "convex/values";
const internal = anyApi;

export const thread = action({ handler: async () => (await import("node:worker_threads")).threadId });
export const add = mutation({ handler: async (ctx, { text }) => {
  console.log("adding", text);
  return await ctx.db.insert("notes", { text });
} });
export const list = query({ handler: async (ctx) => {
  console.log("listing");
  return (await ctx.db.query("notes").collect()).map((note) => note.text);
} });
export const hiddenRefuse = internalMutation({ handler: async (ctx) => {
  await ctx.db.insert("notes", { text: "never" });
  throw new ConvexError({ code: "refused", at: 7n });
} });
export const writeThenRead = action({ handler: async (ctx, { text }) => {
  await ctx.runMutation(internal.work.add, { text });
  return await ctx.runQuery(internal.work.list, {});
} });
export const readTwiceAtOnce = action({ handler: async (ctx) =>
  await Promise.all(Array.from({ length: 12 }, () => ctx.runQuery(internal.work.list, {}))) });
export const caught = action({ handler: async (ctx) => {
  try { await ctx.runMutation(internal.work.hiddenRefuse, {}); } catch (error) {
    return { isConvexError: error instanceof ConvexError, data: error.data };
  }
} });
export const uncaught = action({ handler: async (ctx) => { await ctx.runMutation(internal.work.hiddenRefuse, {}); } });
export const who = query({ handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null });
export const whoIsIt = action({ handler: async (ctx) => [
  (await ctx.auth.getUserIdentity())?.subject ?? null,
  await ctx.runQuery(internal.work.who, {}),
  await ctx.runAction(internal.work.whoNested, {}),
] });
export const whoNested = action({ handler: async (ctx) => {
  console.log("nested");
  return await ctx.runQuery(internal.work.who, {});
} });
export const schedule = action({ handler: async (ctx) => {
  const id = await ctx.scheduler.runAfter(3_600_000, internal.work.add, { text: "later" });
  const other = await ctx.scheduler.runAfter(3_600_000, internal.work.add, { text: "never" });
  await ctx.scheduler.cancel(other);
  return [id, other];
} });
export const jobs = query({ handler: async (ctx) =>
  (await ctx.db.system.query("_scheduled_functions").collect()).map((job) => [job._id, job.state.kind]) });
export const searchVectors = action({ handler: async (ctx) => await ctx.vectorSearch("notes", "by_vector", { vector: [1] }) });
export const exit = action({ handler: async () => { process.exit(3); } });
export const hang = action({ handler: async () => { for (;;); } });
export const wait = action({ handler: async () => await new Promise(() => {}) });
export const sleep = action({ handler: async (_ctx, { ms }) => { await new Promise((r) => setTimeout(r, ms)); return ms; } });
export const endlessQuery = query({ handler: async () => { for (;;); } });
export const runEndlessQuery = action({ handler: async (ctx) => await ctx.runQuery(internal.work.endlessQuery, {}) });
export const dropPromise = action({ handler: async () => {
  void Promise.reject(new Error("dropped"));
  await new Promise(() => {});
} });
export const throwLater = action({ handler: async () => {
  setTimeout(() => { throw new Error("thrown later"); }, 1);
  await new Promise(() => {});
} });
export const addAfterTheEnd = action({ handler: async (ctx) => {
  setTimeout(() => { ctx.runMutation(internal.work.add, { text: "after the end" }).catch(() => {}); }, 20);
} });
export const storeAndRead = action({ handler: async (ctx, { text }) => {
  const id = await ctx.storage.store(new Blob([text], { type: "text/plain" }));
  const blob = await ctx.storage.get(id);
  return { id, text: await blob.text(), type: blob.type, url: await ctx.storage.getUrl(id),
    metadata: await ctx.storage.getMetadata(id), uploadUrl: await ctx.storage.generateUploadUrl() };
} });
export const removeFile = action({ handler: async (ctx, { id }) => {
  await ctx.storage.delete(id);
  return [await ctx.storage.get(id), await ctx.storage.getUrl(id)];
} });
export const storeWrong = action({ handler: async (ctx) =>
  await ctx.storage.store(new Blob(["x"]), { sha256: "0".repeat(64) }) });
`;

const http = `
import { httpRouter, httpActionGeneric as httpAction, anyApi } from "convex/server";
const internal = anyApi;
const http = httpRouter();
const route = (path, method, handler) => http.route({ path, method, handler: httpAction(handler) });
route("/echo", "POST", async (_ctx, request) => new Response(request.body, { status: 201, statusText: "Made",
  headers: { "content-type": request.headers.get("content-type") ?? "none", "x-cookie": request.headers.get("cookie") ?? "" } }));
route("/ignore", "POST", async () => new Response("ignored"));
route("/cookies", "GET", async () => {
  const headers = new Headers();
  headers.append("set-cookie", "a=1; Path=/");
  headers.append("set-cookie", "b=2; Path=/");
  return new Response("cookies", { headers });
});
route("/slow", "GET", async (ctx) => {
  let n = 0;
  return new Response(new ReadableStream({
    async pull(controller) {
      n += 1;
      if (n > 3) { controller.close(); return; }
      await ctx.runMutation(internal.work.add, { text: "chunk " + n });
      controller.enqueue(new TextEncoder().encode("chunk " + n + ";"));
    },
  }));
});
route("/endless", "GET", async (ctx) => new Response(new ReadableStream({
  pull(controller) { controller.enqueue(new Uint8Array(65536)); },
  async cancel() { await ctx.runMutation(internal.work.add, { text: "cancelled" }); },
})));
route("/breaks", "GET", async () => {
  let n = 0;
  return new Response(new ReadableStream({
    pull(controller) { n += 1; if (n > 2) throw new Error("broken"); controller.enqueue(new Uint8Array(10)); },
  }));
});
route("/dies", "GET", async () => new Response(new ReadableStream({
  async pull(controller) {
    controller.enqueue(new Uint8Array(10));
    await new Promise((resolve) => setTimeout(resolve, 30));
    process.exit(1);
  },
})));
route("/throws", "GET", async () => { console.log("about to"); throw new TypeError("no luck"); });
route("/nothing", "GET", async () => "text");
route("/who", "GET", async (ctx) => Response.json((await ctx.auth.getUserIdentity())?.subject ?? null));
route("/aborted", "GET", async (ctx, request) => {
  if (!request.signal.aborted) await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
  await ctx.runMutation(internal.work.add, { text: "saw the abort" });
  return new Response("too late");
});
route("/readAll", "POST", async (ctx, request) => {
  try { return new Response(String((await request.arrayBuffer()).byteLength)); }
  catch { await ctx.runMutation(internal.work.add, { text: "body broke" }); return new Response("never seen"); }
});
route("/size", "POST", async (_ctx, request) => {
  let bytes = 0;
  for await (const chunk of request.body) bytes += chunk.byteLength;
  return new Response(String(bytes));
});
export default http;
`;

const functionsOf = (source: string) => {
  const kinds = {
    action: "Action",
    mutation: "Mutation",
    internalMutation: "Mutation",
    query: "Query",
  } as const;
  const found = source.matchAll(/export const (\w+) = (action|mutation|internalMutation|query)\(/g);
  return Object.fromEntries(
    [...found].map(([, name, kind]) => [name, kinds[kind as keyof typeof kinds]]),
  );
};

let app: HandMadeApp;
const pools: ActionPool[] = [];

beforeAll(async () => {
  app = await startHandMadeApp(
    { work: { source: work, functions: functionsOf(work) }, http: { source: http } },
    { functionTimeoutMs: 400 },
  );
}, 30_000);

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.stop(0)));
  await app.dispose();
});

function newPool(parts: Partial<PoolDeps> = {}): ActionPool {
  const pool = new ActionPool(app.factory, app.activation, {
    actionTimeoutMs: 20_000,
    log: () => undefined,
    mutate: (call) => app.engine.mutate(call, null),
    operate: (name, input) => app.engine.operate(name as never, input as never),
    ...parts,
  });
  pools.push(pool);
  return pool;
}

const act = (name: string, args: object = {}) => app.engine.act(callTo(`work:${name}`, args));

async function value(outcome: Outcome | Promise<Outcome>): Promise<unknown> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.failure.message);
  return JSON.parse(settled.value) as unknown;
}

async function failure(outcome: Promise<Outcome>) {
  const settled = await outcome;
  if (settled.ok) throw new Error(`succeeded with ${settled.value}`);
  return settled.failure;
}

const notes = () => value(app.engine.query(callTo("work:list"))) as Promise<string[]>;

test("a query of an action sees what its mutation wrote, and their log lines are kept", async () => {
  const outcome = await act("writeThenRead", { text: "first" });
  expect(await value(outcome)).toContain("first");
  expect(outcome.logLines).toEqual(["[LOG] 'adding' 'first'", "[LOG] 'listing'"]);
});

test("queries of one action run at the same time", async () => {
  const answers = (await value(act("readTwiceAtOnce"))) as unknown[];
  expect(answers).toHaveLength(12);
});

test("a ConvexError of a called function arrives as one, and passes through", async () => {
  const data = { at: { $integer: "BwAAAAAAAAA=" }, code: "refused" };
  expect(await value(act("caught"))).toEqual({ data, isConvexError: true });
  const { code, data: passed } = await failure(act("uncaught"));
  expect(code).toBe("thrown");
  expect(JSON.parse(passed ?? "")).toEqual(data);
  expect(await notes()).not.toContain("never");
});

test("the caller's identity reaches everything that is called", async () => {
  const identity = { issuer: "i", subject: "ada", tokenIdentifier: "i|ada" };
  const call = callTo("work:whoIsIt", {}, { caller: { kind: "user", identity } });
  const outcome = await app.engine.act(call);
  expect(await value(outcome)).toEqual(["ada", "ada", "ada"]);
  expect(outcome.logLines).toEqual(["[LOG] 'nested'"]);
});

test("actions schedule and cancel", async () => {
  const [kept, cancelled] = (await value(act("schedule"))) as [string, string];
  const jobs = (await value(app.engine.query(callTo("work:jobs")))) as [string, string][];
  expect(new Map(jobs).get(kept)).toBe("pending");
  expect(new Map(jobs).get(cancelled)).toBe("canceled");
});

test("what is not there says so", async () => {
  expect((await failure(act("searchVectors"))).message).toContain("Vector search is not supported");
  expect((await failure(act("missing"))).code).toBe("notFound");
  expect((await failure(act("add"))).code).toBe("notFound");
});

test("files: stored, read, described, removed", async () => {
  const stored = (await value(act("storeAndRead", { text: "grün" }))) as Record<string, never>;
  expect(stored).toMatchObject({
    text: "grün",
    type: "text/plain",
    metadata: { storageId: stored.id, size: 5, contentType: "text/plain" },
  });
  expect(stored.url).toMatch(/^http:\/\/cloud\.test\/api\/storage\/[0-9a-f-]{36}$/);
  expect(stored.uploadUrl).toMatch(/^http:\/\/cloud\.test\/api\/storage\/upload\?token=.{40,}$/);
  expect(await value(act("removeFile", { id: stored.id }))).toEqual([null, null]);
  expect((await failure(act("removeFile", { id: stored.id }))).message).toContain("not found");
  expect((await failure(act("storeWrong"))).message).toContain("was not stored");
});

test("an action that exits fails alone, and the server goes on", async () => {
  const pool = newPool();
  const innocent = pool.act(callTo("work:sleep", { ms: 100 }), null);
  const exited = failure(pool.act(callTo("work:exit"), null));
  expect((await exited).message).toContain("process.exit");
  expect(await value(innocent)).toBe(100);
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
});

test("an action that never ends is stopped at its limit, alone", async () => {
  const pool = newPool({ actionTimeoutMs: 1500 });
  const hanging = failure(pool.act(callTo("work:hang"), null));
  const waiting = failure(pool.act(callTo("work:wait"), null));
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
  for (const { code, message } of [await hanging, await waiting]) {
    expect(code).toBe("timeout");
    expect(message).toContain("maximum duration: 1.5s");
  }
});

test("of several in one worker only the one whose time is over is failed", async () => {
  const pool = newPool({ actionTimeoutMs: 1500, maxWorkers: 1 });
  const waiting = failure(pool.act(callTo("work:wait"), null));
  const busy = pool.act(callTo("work:sleep", { ms: 700 }), null);
  expect(await value(busy)).toBe(700);
  // Begins before the other one's end and is still there after it.
  const late = pool.act(callTo("work:sleep", { ms: 1000 }), null);
  expect((await waiting).code).toBe("timeout");
  expect(await value(late)).toBe(1000);
});

test("a query without end is stopped long before its action's limit", async () => {
  const pool = newPool();
  const { message } = await failure(pool.act(callTo("work:runEndlessQuery"), null));
  expect(message).toContain("maximum duration: 0.4s");
});

test("what nobody waits for fails the action that it belongs to", async () => {
  const pool = newPool({ maxWorkers: 1 });
  const innocent = pool.act(callTo("work:sleep", { ms: 300 }), null);
  expect((await failure(pool.act(callTo("work:dropPromise"), null))).message).toContain("dropped");
  expect((await failure(pool.act(callTo("work:throwLater"), null))).message).toContain(
    "thrown later",
  );
  expect(await value(innocent)).toBe(300);
});

test("nothing is done for an action after its end", async () => {
  await value(act("addAfterTheEnd"));
  await value(act("sleep", { ms: 60 }));
  expect(await notes()).not.toContain("after the end");
});

test("one worker to each action, up to the most; then they share", async () => {
  const pool = newPool({ maxWorkers: 2 });
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
  const pool = newPool({ idleMs: 50 });
  await Promise.all([1, 2, 3].map(() => pool.act(callTo("work:sleep", { ms: 50 }), null)));
  expect(pool.workers).toBe(3);
  await until(
    () => pool.workers,
    (count) => count === 1,
  );
  expect(await value(pool.act(callTo("work:sleep", { ms: 1 }), null))).toBe(1);
  expect(pool.workers).toBe(1);
});

test("retiring lets actions finish and then ends the workers", async () => {
  const pool = newPool();
  const running = pool.act(callTo("work:sleep", { ms: 200 }), null);
  const retired = pool.retire();
  expect(await value(running)).toBe(200);
  await retired;
  expect(pool.workers).toBe(0);
});

test("stopping fails what does not finish in time", async () => {
  const pool = newPool();
  const waiting = failure(pool.act(callTo("work:wait"), null));
  await pool.stop(50);
  expect((await waiting).message).toBe("The server was stopped.");
});

function request(
  method: string,
  path: string,
  parts: Partial<HttpActionRequest> = {},
): HttpActionRequest {
  return {
    method,
    url: `http://site.test${path}`,
    headers: [],
    body: null,
    request: { requestId: "test", ip: null, userAgent: null },
    caller: { kind: "anonymous" },
    authToken: null,
    ...parts,
  };
}

const serve = (method: string, path: string, parts: Partial<HttpActionRequest> = {}) =>
  app.engine.serveHttpAction(request(method, path, parts));

const text = (body: ReadableStream<Uint8Array> | null | undefined) =>
  new Response(body ?? null).text();

function bytes(count: number, size: number): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(left % 251));
      left -= 1;
    },
  });
}

test("an HTTP action gets the request and its body, and answers with a body", async () => {
  const response = await serve("POST", "/echo?x=1", {
    headers: [
      ["content-type", "text/x-test"],
      ["cookie", "session=1"],
    ],
    body: new Response("hello").body,
  });
  expect(response).toMatchObject({ status: 201, statusText: "Made" });
  expect(new Map(response?.headers)).toEqual(
    new Map([
      ["content-type", "text/x-test"],
      ["x-cookie", "session=1"],
    ]),
  );
  expect(await text(response?.body)).toBe("hello");
});

test("large bodies stream in and out", async () => {
  const size = 8 * 1024 * 1024;
  const counted = await serve("POST", "/size", { body: bytes(128, size / 128) });
  expect(await text(counted?.body)).toBe(String(size));
  const echoed = await serve("POST", "/echo", { body: bytes(128, size / 128) });
  const back = await new Response(echoed?.body).arrayBuffer();
  expect(back.byteLength).toBe(size);
});

test("several cookies stay several; HEAD has no body; no route is null", async () => {
  const cookies = await serve("GET", "/cookies");
  expect(cookies?.headers.filter(([name]) => name === "set-cookie")).toHaveLength(2);
  const head = await serve("HEAD", "/cookies");
  expect(head?.status).toBe(200);
  expect(head?.body).toBeNull();
  expect(await serve("GET", "/nowhere")).toBeNull();
  expect(await serve("POST", "/cookies")).toBeNull();
  expect(await text((await serve("POST", "/ignore", { body: bytes(1000, 65536) }))?.body)).toBe(
    "ignored",
  );
});

test("a body is made while it is sent, and may call the server", async () => {
  const response = await serve("GET", "/slow");
  expect(await text(response?.body)).toBe("chunk 1;chunk 2;chunk 3;");
  expect(await notes()).toEqual(expect.arrayContaining(["chunk 1", "chunk 2", "chunk 3"]));
});

test("an endless body is made as fast as it is read, and ends when nobody reads", async () => {
  const executed: ExecutionLog[] = [];
  const pool = newPool({ httpExecuted: (log) => executed.push(log) });
  const response = await pool.serveHttp(request("GET", "/endless"));
  const reader = response?.body?.getReader();
  expect((await reader?.read())?.value?.byteLength).toBe(65536);
  expect(executed).toEqual([]);
  await reader?.cancel("enough");
  await until(notes, (all) => all.includes("cancelled"));
  await until(
    () => executed.length,
    (count) => count === 1,
  );
  expect(executed[0]).toMatchObject({ udfType: "HttpAction", call: { path: "GET /endless" } });
});

test("a body that breaks off fails, whether its code throws or its worker dies", async () => {
  for (const path of ["/breaks", "/dies"]) {
    const response = await serve("GET", path);
    await expect(text(response?.body)).rejects.toThrow();
  }
});

test("a failing HTTP action is an error with what it threw and logged", async () => {
  const executed: ExecutionLog[] = [];
  const pool = newPool({ httpExecuted: (log) => executed.push(log) });
  await expect(pool.serveHttp(request("GET", "/throws"))).rejects.toThrow(HttpActionFailed);
  expect(executed[0]?.outcome).toMatchObject({
    ok: false,
    failure: {
      code: "thrown",
      message: expect.stringContaining("Uncaught TypeError: no luck") as string,
    },
    logLines: ["[LOG] 'about to'"],
  });
  await expect(pool.serveHttp(request("GET", "/nothing"))).rejects.toThrow(
    "did not return a Response",
  );
});

test("an HTTP action knows its caller", async () => {
  const identity = { issuer: "i", subject: "ada", tokenIdentifier: "i|ada" };
  const response = await serve("GET", "/who", { caller: { kind: "user", identity } });
  expect(await text(response?.body)).toBe('"ada"');
});

test("an HTTP action hears that its client has gone away", async () => {
  const gone = new AbortController();
  const answered = serve("GET", "/aborted", { signal: gone.signal });
  gone.abort();
  expect(await text((await answered)?.body)).toBe("too late");
  expect(await notes()).toContain("saw the abort");
});

test("a request's body that breaks off fails in the action", async () => {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      control = controller;
      controller.enqueue(new Uint8Array(5));
    },
  });
  const answered = serve("POST", "/readAll", { body });
  control?.error(new Error("The client has gone away."));
  await answered;
  expect(await notes()).toContain("body broke");
});
