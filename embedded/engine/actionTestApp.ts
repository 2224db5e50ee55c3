/** The app that the tests of actions and HTTP actions run, and what they ask of it. */
import { ActionPool, type PoolDeps } from "./actionPool.ts";
import { callTo, startHandMadeApp, type HandMadeApp } from "./handMadeApp.ts";
import type { FunctionFailure, Outcome } from "./types.ts";
import type { UdfType } from "../deploy/manifest.ts";

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

const KINDS: Record<string, UdfType> = {
  ...{ action: "Action", mutation: "Mutation", internalMutation: "Mutation", query: "Query" },
};

function functionsIn(source: string): Record<string, UdfType> {
  const functions: Record<string, UdfType> = {};
  for (const [, name = "", kind = ""] of source.matchAll(/export const (\w+) = (\w+)\(/g)) {
    const udfType = KINDS[kind];
    if (udfType !== undefined) functions[name] = udfType;
  }
  return functions;
}

export interface ActionApp {
  engine: HandMadeApp["engine"];
  /** A pool of its own for one test, stopped with the app. */
  newPool(parts?: Partial<PoolDeps>): ActionPool;
  act(name: string, args?: object): Promise<Outcome>;
  /** What the app's functions have noted down. */
  readonly notes: () => Promise<string[]>;
  dispose(): Promise<void>;
}

export async function startActionApp(): Promise<ActionApp> {
  const app = await startHandMadeApp(
    { work: { source: work, functions: functionsIn(work) }, http: { source: http } },
    { functionTimeoutMs: 400 },
  );
  const { engine } = app;
  const pools: ActionPool[] = [];
  return {
    engine,
    newPool(parts = {}) {
      const pool = new ActionPool(app.factory, app.activation, {
        actionTimeoutMs: 20_000,
        log: () => undefined,
        mutate: (call) => engine.mutate(call, null),
        operate: (name, input) => engine.operate(name as never, input as never),
        ...parts,
      });
      pools.push(pool);
      return pool;
    },
    act: (name, args = {}) => engine.act(callTo(`work:${name}`, args)),
    notes: async () => (await value(engine.query(callTo("work:list")))) as string[],
    async dispose() {
      await Promise.all(pools.map((pool) => pool.stop(0)));
      await app.dispose();
    },
  };
}

/** What a function returned. @throws when it failed */
export async function value(outcome: Outcome | Promise<Outcome>): Promise<unknown> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.failure.message);
  return JSON.parse(settled.value) as unknown;
}

/** How a function failed. @throws when it did not */
export async function failure(outcome: Promise<Outcome>): Promise<FunctionFailure> {
  const settled = await outcome;
  if (settled.ok) throw new Error(`succeeded with ${settled.value}`);
  return settled.failure;
}
