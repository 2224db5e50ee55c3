/** The official command line tool, command by command. */
import { spawn } from "node:child_process";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliCommand, requireConvexCli, runConvexCli } from "../cli.ts";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const push = ["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"];

const NUMBERS = `
import { mutationGeneric as mutation, queryGeneric as query, internalQueryGeneric as internalQuery } from "convex/server";
import { v } from "convex/values";
export const list = query({ args: {}, handler: async (ctx) => (await ctx.db.query("numbers").collect()).map((n) => n.value) });
export const add = mutation({ args: { value: v.any() }, handler: async (ctx, { value }) => { console.log("adding", value); return await ctx.db.insert("numbers", { value }); } });
export const hidden = internalQuery({ args: {}, handler: () => "not for everybody" });
export const fail = query({ args: {}, handler: () => { throw new Error("on purpose"); } });
export const version = query({ args: {}, handler: () => "one" });
export const variable = query({ args: {}, handler: () => process.env.SOME_VARIABLE ?? null });
`;

const numbers = {
  list: makeFunctionReference<"query">("numbers:list"),
  add: makeFunctionReference<"mutation">("numbers:add"),
  fail: makeFunctionReference<"query">("numbers:fail"),
  version: makeFunctionReference<"query">("numbers:version"),
  variable: makeFunctionReference<"query">("numbers:variable"),
};
const rows = {
  fill: makeFunctionReference<"mutation">("rows:fill"),
  byGroup: makeFunctionReference<"query">("rows:byGroup"),
  search: makeFunctionReference<"query">("rows:search"),
};

interface Running {
  output: () => string;
  stop: () => Promise<void>;
}

/** A command that goes on until it is stopped. */
function start(server: TestServer, args: string[], folder: string): Running {
  const { command, env } = cliCommand(server, args);
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    output: () => output,
    stop: async () => {
      child.kill("SIGINT");
      await exited;
    },
  };
}

describe("on a small app", () => {
  let server: TestServer;
  let app: TempApp;
  const http = () => new ConvexHttpClient(server.url, { logger: false });
  const cli = (...args: string[]) => requireConvexCli(server, args, app.folder);

  beforeAll(async () => {
    server = await startServer();
    app = await createTempApp({ "numbers.ts": NUMBERS });
    await cli(...push);
  });
  afterAll(async () => {
    await server.dispose();
    await app.dispose();
  });

  test("run: a mutation, a query, an internal function, and what failing looks like", async () => {
    await cli("run", "numbers:add", '{"value": 1}');
    expect(JSON.parse(await cli("run", "numbers:list"))).toEqual([1]);
    expect(JSON.parse(await cli("run", "numbers:hidden"))).toBe("not for everybody");
    const failed = await runConvexCli(server, ["run", "numbers:fail"], app.folder);
    expect(failed.code).not.toBe(0);
    expect(failed.stderr).toContain("on purpose");
    const missing = await runConvexCli(server, ["run", "numbers:nothing"], app.folder);
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toContain("numbers:nothing");
  });

  test("env: set, get, list, remove, and functions see it without a push", async () => {
    expect(await http().query(numbers.variable)).toBeNull();
    await cli("env", "set", "SOME_VARIABLE", "a value = with signs");
    expect((await cli("env", "get", "SOME_VARIABLE")).trim()).toBe("a value = with signs");
    expect(await cli("env", "list")).toContain("SOME_VARIABLE");
    expect(await http().query(numbers.variable)).toBe("a value = with signs");
    await cli("env", "remove", "SOME_VARIABLE");
    expect(await cli("env", "list")).not.toContain("SOME_VARIABLE");
    expect(await http().query(numbers.variable)).toBeNull();
  });

  test("env: built-in and malformed names are refused", async () => {
    for (const name of ["CONVEX_CLOUD_URL", "no good"]) {
      const { code, stderr } = await runConvexCli(server, ["env", "set", name, "x"], app.folder);
      expect(code).not.toBe(0);
      expect(stderr).toContain(name);
    }
  });

  test("data: the tables, one table, a limit and an order", async () => {
    await http().mutation(numbers.add, { value: 77 });
    expect(await cli("data")).toContain("numbers");
    const lines = (await cli("data", "numbers", "--format", "jsonLines", "--order", "asc"))
      .trim()
      .split("\n");
    const values = lines.map((line) => (JSON.parse(line) as { value: number }).value);
    expect(values).toEqual(await http().query(numbers.list));
    const newest = await cli("data", "numbers", "--format", "jsonLines", "--limit", "1");
    expect(JSON.parse(newest.trim().split("\n")[0] ?? "")).toMatchObject({ value: 77 });
  });

  test("logs: what functions printed and how they failed", async () => {
    const logs = start(server, ["logs", "--history", "100"], app.folder);
    try {
      await http().mutation(numbers.add, { value: "in the log" });
      await expect(http().query(numbers.fail)).rejects.toThrow();
      await until(
        logs.output,
        (text) => text.includes("in the log") && text.includes("on purpose"),
      );
    } finally {
      await logs.stop();
    }
  });

  test("function-spec names every function", async () => {
    const spec = JSON.parse(await cli("function-spec")) as { functions: { identifier: string }[] };
    expect(spec.functions.map((entry) => entry.identifier)).toContain("numbers.js:hidden");
  });

  test("dev: an edit is served and shown to subscribers; a broken one leaves the old code", async () => {
    const client = new ConvexClient(server.url, { logger: false });
    const dev = start(
      server,
      ["dev", "--typecheck", "disable", "--codegen", "disable"],
      app.folder,
    );
    const seen: unknown[] = [];
    try {
      client.onUpdate(numbers.version, {}, (value) => seen.push(value));
      await until(dev.output, (text) => text.includes("functions ready"), 30_000);
      await app.write({ "numbers.ts": NUMBERS.replace('"one"', '"two"') });
      await until(
        () => seen.at(-1),
        (value) => value === "two",
        30_000,
      );
      await app.write({ "broken.ts": 'throw new Error("not today");\nexport {};' });
      await until(dev.output, (text) => text.includes("not today"), 30_000);
      expect(await http().query(numbers.version)).toBe("two");
      await app.write({ "broken.ts": "", "numbers.ts": NUMBERS.replace('"one"', '"three"') });
      await until(
        () => seen.at(-1),
        (value) => value === "three",
        30_000,
      );
    } finally {
      await dev.stop();
      await client.close();
    }
  }, 120_000);

  test("deploy: tells which indexes come and go; refuses a schema that documents break", async () => {
    const schema = (fields: string, index: string) =>
      `import { defineSchema, defineTable } from "convex/server";\nimport { v } from "convex/values";\nexport default defineSchema({ numbers: defineTable({ ${fields} })${index} });`;
    await app.write({ "schema.ts": schema("value: v.any()", '.index("by_value", ["value"])') });
    const added = await runConvexCli(server, push, app.folder);
    expect(added.code).toBe(0);
    expect(added.stderr).toContain("[+] numbers.by_value");
    await app.write({ "schema.ts": schema("value: v.boolean()", "") });
    const refused = await runConvexCli(server, push, app.folder);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/numbers/);
    expect(refused.stderr).toMatch(/does not match the schema/);
    await app.write({ "schema.ts": schema("value: v.any()", "") });
    const removed = await runConvexCli(server, push, app.folder);
    expect(removed.code).toBe(0);
    expect(removed.stderr).toContain("[-] numbers.by_value");
  }, 60_000);

  test.each([
    [
      "a module that throws",
      { "bad.ts": 'throw new Error("cannot load");\nexport {};' },
      "cannot load",
    ],
    ["an http.ts without a router", { "http.ts": "export default {};" }, "Router"],
    [
      "a cron of a function that is not there",
      {
        "crons.ts":
          'import { cronJobs, makeFunctionReference } from "convex/server";\nconst crons = cronJobs();\ncrons.interval("x", { minutes: 1 }, makeFunctionReference("numbers:gone"));\nexport default crons;',
      },
      "numbers:gone",
    ],
    [
      "a cron at a time that never comes",
      {
        "crons.ts":
          'import { cronJobs, makeFunctionReference } from "convex/server";\nconst crons = cronJobs();\ncrons.cron("thirtieth", "0 0 30 2 *", makeFunctionReference("numbers:add"));\nexport default crons;',
      },
      "thirtieth",
    ],
    [
      "a cron of a query",
      {
        "crons.ts":
          'import { cronJobs, makeFunctionReference } from "convex/server";\nconst crons = cronJobs();\ncrons.interval("x", { minutes: 1 }, makeFunctionReference("numbers:list"));\nexport default crons;',
      },
      "only mutations and actions",
    ],
    [
      "the same route twice",
      {
        "http.ts":
          'import { httpActionGeneric, httpRouter } from "convex/server";\nconst http = httpRouter();\nconst handler = httpActionGeneric(async () => new Response());\nhttp.route({ path: "/twice", method: "GET", handler });\nhttp.route({ path: "/twice", method: "GET", handler });\nexport default http;',
      },
      "/twice",
    ],
    ["a schema.ts without a schema", { "schema.ts": "export const tables = {};" }, "default"],
    [
      "a validator that is none",
      {
        "odd.ts":
          'import { queryGeneric } from "convex/server";\nexport const odd = queryGeneric({ args: { x: "string" as never }, handler: () => 1 });',
      },
      "odd",
    ],
    [
      "a sign-in provider without its address",
      {
        "auth.config.ts":
          'export default { providers: [{ domain: process.env.NOT_SET, applicationID: "x" }] };',
      },
      "domain",
    ],
  ])(
    "a push with %s is refused with the reason, and the old code serves on",
    async (_, files, reason) => {
      const before: unknown = await http().query(numbers.list);
      const bad = await createTempApp({ "numbers.ts": NUMBERS, ...files });
      try {
        const { code, stderr } = await runConvexCli(server, push, bad.folder);
        expect(code).not.toBe(0);
        expect(stderr).toContain(reason);
        expect(await http().query(numbers.list)).toEqual(before);
      } finally {
        await bad.dispose();
      }
    },
  );
});

describe("on a server that runs while its schema changes", () => {
  let server: TestServer;
  let app: TempApp;
  const files = (index: string) => ({
    "schema.ts": `import { defineSchema, defineTable } from "convex/server";\nimport { v } from "convex/values";\nexport default defineSchema({ rows: defineTable({ group: v.number(), n: v.number(), text: v.string() })${index} });`,
    "rows.ts": `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";
export const fill = mutation({ args: { from: v.number(), count: v.number() }, handler: async (ctx, { from, count }) => {
  for (let n = from; n < from + count; n++) await ctx.db.insert("rows", { group: n % 7, n, text: "row number " + n });
} });
export const byGroup = query({ args: { group: v.number() }, handler: async (ctx, { group }) =>
  (await ctx.db.query("rows").withIndex("by_group", (q) => q.eq("group", group)).collect()).map((row) => row.n) });
export const search = query({ args: { text: v.string() }, handler: async (ctx, { text }) =>
  (await ctx.db.query("rows").withSearchIndex("by_text", (q) => q.search("text", text)).take(20)).map((row) => row.n) });
`,
  });

  beforeAll(async () => {
    server = await startServer();
    app = await createTempApp(files(""));
    await requireConvexCli(server, push, app.folder);
  });
  afterAll(async () => {
    await server.dispose();
    await app.dispose();
  });

  test("a new index holds what was there before and what is written meanwhile", async () => {
    const client = new ConvexHttpClient(server.url, { logger: false });
    for (let from = 0; from < 5000; from += 1000) {
      await client.mutation(rows.fill, { from, count: 1000 });
    }
    await app.write(
      files('.index("by_group", ["group", "n"]).searchIndex("by_text", { searchField: "text" })'),
    );
    const pushing = { on: true };
    let next = 5000;
    const writing = (async () => {
      while (pushing.on) {
        await client.mutation(rows.fill, { from: next, count: 3 });
        next += 3;
      }
    })();
    await requireConvexCli(server, push, app.folder).finally(() => {
      pushing.on = false;
    });
    await writing;
    for (let group = 0; group < 7; group++) {
      const expected = Array.from({ length: next }, (_, n) => n).filter((n) => n % 7 === group);
      expect(await client.query(rows.byGroup, { group })).toEqual(expected);
    }
    expect(await client.query(rows.search, { text: "4321" })).toEqual([4321]);
  }, 60_000);
});

describe("on the fixture", () => {
  const server = useFixtureServer();

  test("data and run reach into components", async () => {
    const http = new ConvexHttpClient(server().url, { logger: false });
    await http.mutation(api.components.addEntry, { account: "cli", amount: 4 });
    expect(await requireConvexCli(server(), ["data", "--component", "ledger"])).toContain(
      "entries",
    );
    const balance = await requireConvexCli(server(), [
      ...["run", "--component", "ledger", "entries:balance", '{"account":"cli"}'],
    ]);
    expect(JSON.parse(balance)).toMatchObject({ sum: 4 });
  });

  test("run acts as the user that it is told to be", async () => {
    const identity = JSON.stringify({
      issuer: "https://issuer.example",
      subject: "ada",
      name: "Ada",
    });
    const who = await requireConvexCli(server(), [
      "run",
      "--identity",
      identity,
      "identity:whoAmIInQuery",
    ]);
    expect(who).toContain("ada");
  });
});
