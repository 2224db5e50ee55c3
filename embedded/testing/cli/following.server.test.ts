/** Commands that follow the deployment until they are stopped, and what they leave in the app's folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cliCommand, requireConvexCli } from "../cli.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const NOTES = `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";
export const add = mutation({ args: { text: v.string() }, handler: async (ctx, { text }) => { console.warn("noted", text); await ctx.db.insert("notes", { text }); } });
export const texts = query({ args: {}, handler: async (ctx) => (await ctx.db.query("notes").collect()).map((note) => note.text) });
export const fail = mutation({ args: {}, handler: () => { throw new Error("failed on purpose"); } });
export const version = query({ args: {}, handler: () => "one" });
`;
const notes = {
  add: makeFunctionReference<"mutation", { text: string }>("notes:add"),
  fail: makeFunctionReference<"mutation">("notes:fail"),
  texts: makeFunctionReference<"query", Record<string, never>, string[]>("notes:texts"),
  version: makeFunctionReference<"query", Record<string, never>, string>("notes:version"),
};

let server: TestServer;
let app: TempApp;
let http: ConvexHttpClient;
const running: ChildProcess[] = [];

beforeAll(async () => {
  server = await startServer();
  app = await createTempApp({ "notes.ts": NOTES });
  http = new ConvexHttpClient(server.url, { logger: false });
});
afterEach(async () => {
  for (const child of running.splice(0)) await stop(child);
});
afterAll(async () => {
  await server.dispose();
  await app.dispose();
});

function start(...args: string[]): { child: ChildProcess; output: () => string } {
  const { command, env } = cliCommand(server, args);
  const child = spawn(process.execPath, command, {
    cwd: app.folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await exited;
}

const says = (output: () => string, text: string) =>
  until(output, (said) => said.includes(text), 30_000);

test("dev --once pushes, writes the generated code and ends; codegen changes nothing", async () => {
  await requireConvexCli(server, ["dev", "--once", "--typecheck", "disable"], app.folder);
  expect(await http.query(notes.version, {})).toBe("one");
  const generated = join(app.folder, "convex", "_generated", "api.d.ts");
  expect(await readFile(generated, "utf8")).toContain("notes");
  await app.write({
    "notes.ts": NOTES.replace('"one"', '"not pushed"'),
    "more.ts": "export {};\n",
  });
  await requireConvexCli(server, ["codegen", "--typecheck", "disable"], app.folder);
  expect(await readFile(generated, "utf8")).toContain("more");
  expect(await http.query(notes.version, {})).toBe("one");
  await app.write({ "notes.ts": NOTES });
}, 60_000);

test("dev shows what functions print, reports a syntax error, goes on, and stops when told to", async () => {
  const { child, output } = start("dev", "--typecheck", "disable", "--codegen", "disable");
  await says(output, "functions ready");
  await http.mutation(notes.add, { text: "while dev runs" });
  await says(output, "while dev runs");
  await app.write({ "notes.ts": `${NOTES}\nexport const = 5;` });
  await says(output, "notes.ts:");
  expect(await http.query(notes.version, {})).toBe("one");
  await app.write({ "notes.ts": NOTES.replace('"one"', '"two"') });
  await until(
    () => http.query(notes.version, {}),
    (version) => version === "two",
    30_000,
  );
  await stop(child);
  await http.mutation(notes.add, { text: "after dev" });
}, 90_000);

test("run --watch shows each new result", async () => {
  const { output } = start("run", "--watch", "notes:texts");
  await says(output, "after dev");
  await http.mutation(notes.add, { text: "seen live" });
  await says(output, "seen live");
}, 60_000);

test("logs: successes when asked for, failures always, from the past and as they come", async () => {
  await http.mutation(notes.add, { text: "long ago" });
  const all = start("logs", "--success", "--history", "100");
  const failures = start("logs", "--history", "100");
  await says(all.output, "long ago");
  await http.query(notes.version, {});
  await says(all.output, "Q(notes:version)");
  await http.mutation(notes.fail, {}).catch(() => undefined);
  await says(all.output, "failed on purpose");
  await says(failures.output, "failed on purpose");
  expect(failures.output()).not.toContain("Q(notes:version)");
}, 60_000);

test("data: one table in every format", async () => {
  const data = (format: string) =>
    requireConvexCli(
      server,
      ["data", "notes", "--order", "asc", "--limit", "2", "--format", format],
      app.folder,
    );
  const array = JSON.parse(await data("jsonArray")) as { text: string }[];
  expect(array.map((note) => note.text)).toEqual(["while dev runs", "after dev"]);
  const lines = (await data("jsonLines")).trim().split("\n");
  expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual(array);
  expect(await data("pretty")).toContain("while dev runs");
}, 60_000);
