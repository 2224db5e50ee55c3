/** Functions that do what no function should, and some that must not suffer from it. */
import { callTo, startHandMadeApp, type HandMadeApp } from "../../engine/handMadeApp.ts";
import type { FunctionFailure, Outcome } from "../../engine/types.ts";
import type { UdfType } from "../../deploy/manifest.ts";

const wild = `
import { actionGeneric as action, mutationGeneric as mutation, queryGeneric as query, anyApi } from "convex/server";
const internal = anyApi;

export const put = mutation({ handler: async (ctx, { text }) => { await ctx.db.insert("notes", { text }); return text; } });
export const list = query({ handler: async (ctx) => (await ctx.db.query("notes").collect()).map((note) => note.text) });
export const fail = mutation({ handler: async (ctx) => { await ctx.db.insert("notes", { text: "failed" }); throw new Error("no"); } });

export const putSlowly = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text: text + " begun" });
  for (let i = 0; i < 50; i++) await null;
  await ctx.db.insert("notes", { text });
} });
/** Takes longer than a batch of the writer, so that what comes behind it is in another one. */
export const putBusily = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text });
  let x = 0;
  for (let i = 0; i < 60_000_000; i++) x = (x * 31 + i) | 0;
  return x;
} });
export const act = action({ handler: async () => "acted" });
export const putThenWait = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text });
  await new Promise(() => {});
} });
export const dropChild = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text });
  void ctx.runMutation(internal.wild.putSlowly, { text: "child of " + text });
} });
export const waitForChild = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text });
  await ctx.runMutation(internal.wild.putThenWait, { text: "child of " + text });
} });
export const dropRejection = mutation({ handler: async (ctx, { text }) => {
  void Promise.reject(new Error("dropped"));
  await ctx.db.insert("notes", { text });
} });
export const dropRejectionInQuery = query({ handler: async () => { void Promise.reject(new Error("dropped")); return "done"; } });
export const waitAfterRejection = mutation({ handler: async (ctx, { text }) => {
  await ctx.db.insert("notes", { text });
  void Promise.reject(new Error("dropped"));
  await new Promise(() => {});
} });

/** Writes on the way back from the end of the stack, where there is ever more of it left, and takes no notice of what fails. */
export const writeAtTheEdge = mutation({ handler: async (ctx, { padding }) => {
  let left = 300;
  const writes = [
    () => ctx.db.insert("notes", { text: "edge" }),
    () => ctx.db.insert("edge" + padding, { text: "edge" }),
    () => ctx.scheduler.runAfter(3_600_000, internal.wild.put, { text: "edge" }),
  ];
  const write = () => { writes[padding % 3]().catch(() => {}); };
  const dive = (...values) => {
    try { dive(...values); } catch {}
    if (left <= 0) return;
    left -= 1;
    try { write(); } catch {}
  };
  dive(...new Array(padding).fill(0));
} });

export const exitInMutation = mutation({ handler: async (ctx) => { await ctx.db.insert("notes", { text: "exit" }); process.exit(0); } });
export const exitInQuery = query({ handler: async () => process.exit(0) });
export const loopInMutation = mutation({ handler: async (ctx) => { await ctx.db.insert("notes", { text: "loop" }); for (;;); } });
export const loopInQuery = query({ handler: async () => { for (;;); } });
const hoard = () => { const all = []; for (;;) all.push(new Array(100000).fill(all.length)); };
export const hoardInMutation = mutation({ handler: async () => hoard() });
export const hoardInQuery = query({ handler: async () => hoard() });
export const sendMuch = query({ handler: async () => "x".repeat(100_000_000) });
export const sendMuchFromMutation = mutation({ handler: async () => "x".repeat(100_000_000) });
export const logMuch = query({ handler: async () => { for (let i = 0; i < 1000; i++) console.log("x".repeat(100_000)); return "logged"; } });

export const schedule = action({ handler: async (ctx, { text }) =>
  await ctx.scheduler.runAfter(3_600_000, internal.wild.put, { text }) });
export const jobs = query({ handler: async (ctx) =>
  (await ctx.db.system.query("_scheduled_functions").collect()).map((job) => job.args[0].text) });
`;

const KINDS: Record<string, UdfType> = { action: "Action", mutation: "Mutation", query: "Query" };

function functionsIn(source: string): Record<string, UdfType> {
  const found: Record<string, UdfType> = {};
  for (const [, name = "", kind = ""] of source.matchAll(/export const (\w+) = (\w+)\(/g)) {
    const udfType = KINDS[kind];
    if (udfType !== undefined) found[name] = udfType;
  }
  return found;
}

export interface WildApp extends HandMadeApp {
  query(name: string): Promise<unknown>;
  mutate(name: string, args?: object): Promise<Outcome>;
  notes(): Promise<string[]>;
}

/** @param extra more source for the module, without functions of its own */
export async function startWildApp(functionTimeoutMs = 1000, extra = ""): Promise<WildApp> {
  const source = wild + extra;
  const app = await startHandMadeApp(
    { wild: { source, functions: functionsIn(source) } },
    { functionTimeoutMs },
  );
  const { engine } = app;
  const query = async (name: string) => value(await engine.query(callTo(`wild:${name}`)));
  return {
    ...app,
    query,
    mutate: (name, args = {}) => engine.mutate(callTo(`wild:${name}`, args), null),
    notes: async () => (await query("list")) as string[],
  };
}

/** What a function returned. @throws when it failed */
export function value(outcome: Outcome): unknown {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return JSON.parse(outcome.value) as unknown;
}

/** How a function failed. @throws when it did not */
export function failure(outcome: Outcome): FunctionFailure {
  if (outcome.ok) throw new Error(`succeeded with ${outcome.value.slice(0, 1000)}`);
  return outcome.failure;
}
