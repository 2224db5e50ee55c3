/** `convex export` and `convex import`, with real servers on both ends. */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZipReader } from "../../deploy/snapshot/zipReader.ts";
import { ZipWriter } from "../../deploy/snapshot/zipWriter.ts";
import { requireConvexCli, runConvexCli } from "../cli.ts";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const push = ["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"];

const SCHEMA = `
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  people: defineTable({ name: v.string(), age: v.optional(v.number()), friend: v.optional(v.id("people")) })
    .index("by_name", ["name"])
    .searchIndex("search_name", { searchField: "name" }),
  pets: defineTable({ owner: v.id("people") }),
});
`;
const PEOPLE = `
import { mutationGeneric as mutation, queryGeneric as query, actionGeneric as action } from "convex/server";
import { v } from "convex/values";
export const add = mutation({ args: { name: v.string() }, handler: (ctx, { name }) => ctx.db.insert("people", { name }) });
export const addMany = mutation({ args: { count: v.number() }, handler: async (ctx, { count }) => {
  for (let n = 0; n < count; n++) await ctx.db.insert("people", { name: "many " + n, age: n });
} });
export const befriend = mutation({ args: { a: v.id("people"), b: v.id("people") }, handler: (ctx, { a, b }) => ctx.db.patch(a, { friend: b }) });
export const adopt = mutation({ args: { owner: v.id("people") }, handler: (ctx, { owner }) => ctx.db.insert("pets", { owner }) });
export const anything = mutation({ args: { value: v.any() }, handler: (ctx, { value }) => ctx.db.insert("things", { value }) });
export const all = query({ args: {}, handler: (ctx) => ctx.db.query("people").collect() });
export const named = query({ args: { name: v.string() }, handler: (ctx, { name }) => ctx.db.query("people").withIndex("by_name", (q) => q.eq("name", name)).collect() });
export const search = query({ args: { text: v.string() }, handler: async (ctx, { text }) => (await ctx.db.query("people").withSearchIndex("search_name", (q) => q.search("name", text)).collect()).map((p) => p.name) });
export const pets = query({ args: {}, handler: (ctx) => ctx.db.query("pets").collect() });
export const owners = query({ args: {}, handler: async (ctx) => Promise.all((await ctx.db.query("pets").collect()).map(async (pet) => (await ctx.db.get(pet.owner))?.name)) });
`;

interface Person {
  _id: string;
  _creationTime: number;
  name: string;
  age?: number;
  friend?: string;
}
const people = {
  add: makeFunctionReference<"mutation", { name: string }, string>("people:add"),
  addMany: makeFunctionReference<"mutation">("people:addMany"),
  befriend: makeFunctionReference<"mutation">("people:befriend"),
  adopt: makeFunctionReference<"mutation">("people:adopt"),
  all: makeFunctionReference<"query", Record<string, never>, Person[]>("people:all"),
  named: makeFunctionReference<"query", { name: string }, Person[]>("people:named"),
  search: makeFunctionReference<"query", { text: string }, string[]>("people:search"),
  pets: makeFunctionReference<"query", Record<string, never>, unknown[]>("people:pets"),
  owners: makeFunctionReference<"query", Record<string, never>, string[]>("people:owners"),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-snapshots-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function contents(path: string): Promise<Map<string, string>> {
  const zip = await ZipReader.open(path);
  const found = new Map<string, string>();
  for (const { name } of zip.entries()) {
    const chunks: Buffer[] = [];
    for await (const chunk of zip.read(name)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("latin1");
    // The key of a file's content is new wherever it is stored.
    found.set(name, text.replaceAll(/,"internalId":"[^"]*"/g, ""));
  }
  await zip.close();
  return found;
}

async function writeZip(path: string, files: Record<string, string>): Promise<string> {
  const writer = await ZipWriter.create(path);
  for (const [name, text] of Object.entries(files)) await writer.add(name, [Buffer.from(text)]);
  await writer.finish();
  return path;
}

describe("of the fixture", () => {
  const server = useFixtureServer();

  test("everything comes out, goes into an empty server, and comes out again the same", async () => {
    const http = new ConvexHttpClient(server().url, { logger: false });
    for (let n = 1; n < 20; n++)
      await http.mutation(api.components.addEntry, { account: `account ${n % 3}`, amount: n });
    await http.action(api.files.storeText, {
      text: "the content of a file",
      contentType: "text/plain",
    });
    const first = join(folder, "first.zip");
    await requireConvexCli(server(), ["export", "--include-file-storage", "--path", first]);
    const before = await contents(first);
    expect(before.get("_components/ledger/entries/documents.jsonl")).toContain("account 2");
    expect([...before.keys()].filter((name) => /^_storage\/.*\.txt$/.test(name))).toHaveLength(1);
    execFileSync("unzip", ["-tq", first]);

    const empty = await startServer();
    try {
      await requireConvexCli(empty, ["import", "-y", first]);
      const second = join(folder, "second.zip");
      await requireConvexCli(empty, ["export", "--include-file-storage", "--path", second]);
      expect(await contents(second)).toEqual(before);
    } finally {
      await empty.dispose();
    }
  }, 120_000);
});

describe("of a small app", () => {
  let server: TestServer;
  let app: TempApp;
  let http: ConvexHttpClient;
  const cli = (...args: string[]) => requireConvexCli(server, args, app.folder);
  const refused = async (...args: string[]) => {
    const { code, stderr } = await runConvexCli(server, args, app.folder);
    expect(code).not.toBe(0);
    return stderr;
  };
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  beforeAll(async () => {
    server = await startServer();
    app = await createTempApp({ "schema.ts": SCHEMA, "people.ts": PEOPLE });
    await cli(...push);
    http = new ConvexHttpClient(server.url, { logger: false });
  });
  afterAll(async () => {
    await server.dispose();
    await app.dispose();
  });

  test("a table from CSV, JSON lines and a JSON array; appended, refused, replaced", async () => {
    const csv = await file("a.csv", 'name,age\n"Ada ""the first"", of London",36\nBob,7.5\n');
    await cli("import", "--table", "people", csv);
    expect((await http.query(people.all)).map(({ name, age }) => [name, age])).toEqual([
      ['Ada "the first", of London', 36],
      ["Bob", 7.5],
    ]);
    const lines = await file(
      "a.jsonl",
      '{"name":"Cleo"}\n{"name":"Dan","age":{"$float":"AAAAAAAA8H8="}}',
    );
    expect(await refused("import", "--table", "people", lines)).toContain("already exists");
    await cli("import", "--append", "--table", "people", lines);
    expect((await http.query(people.all)).map(({ name }) => name)).toHaveLength(4);
    expect((await http.query(people.named, { name: "Dan" }))[0]?.age).toBe(Infinity);
    expect(await http.query(people.search, { text: "cle" })).toEqual(["Cleo"]);
    const array = await file("a.json", '[{"name":"Eve"}]');
    await cli("import", "-y", "--replace", "--table", "people", array);
    expect((await http.query(people.all)).map(({ name }) => name)).toEqual(["Eve"]);
    expect(await http.query(people.search, { text: "cle" })).toEqual([]);
    expect(await http.query(people.search, { text: "eve" })).toEqual(["Eve"]);
  }, 60_000);

  test("what does not fit the schema is refused with row and reason, and nothing changes", async () => {
    const before = await http.query(people.all);
    const bad = await file("bad.jsonl", '{"name":"Fine"}\n{"name":5}\n');
    const text = await refused("import", "-y", "--replace", "--table", "people", bad);
    expect(text).toContain("Row 2 of people");
    expect(text).toContain("v.string()");
    const broken = await file("broken.jsonl", '{"name":"Fine"}\n{"name"\n');
    expect(await refused("import", "--append", "--table", "people", broken)).toContain(
      "Row 2 wasn't valid JSON",
    );
    const stray = await file("stray.jsonl", '{"name":"Fine","_id":"nonsense"}\n');
    expect(await refused("import", "--append", "--table", "people", stray)).toContain(
      "not a valid _id",
    );
    expect(
      await refused("import", "--append", "--table", "people", "--component", "nobody", broken),
    ).toContain("nobody");
    expect(await http.query(people.all)).toEqual(before);
  }, 60_000);

  test("a snapshot brings back ids, creation times, references and indexes while the server is used", async () => {
    const a = await http.mutation(people.add, { name: "Ann" });
    const b = await http.mutation(people.add, { name: "Ben" });
    await http.mutation(people.befriend, { a, b });
    await http.mutation(people.adopt, { owner: a });
    await http.mutation(people.addMany, { count: 1500 });
    const before = await http.query(people.all);
    const snapshot = join(folder, "small.zip");
    await cli("export", "--path", snapshot);
    await http.mutation(people.add, { name: "Too late" });
    const writing = { on: true };
    const busy = (async () => {
      while (writing.on) await http.mutation(people.adopt, { owner: a });
    })();
    try {
      await cli("import", "-y", "--replace", snapshot);
    } finally {
      writing.on = false;
    }
    await busy;
    expect(await http.query(people.all)).toEqual(before);
    expect((await http.query(people.named, { name: "Ann" }))[0]?.friend).toBe(b);
    expect(await http.query(people.named, { name: "Too late" })).toEqual([]);
    expect(await http.query(people.search, { text: "too late" })).toEqual([]);
    const after = await http.mutation(people.add, { name: "After" });
    expect((await http.query(people.all)).at(-1)?._id).toBe(after);
  }, 60_000);

  test("replace-all empties declared tables that the snapshot lacks and deletes the others", async () => {
    await http.mutation(people.adopt, {
      owner: (await http.query(people.all))[0]?._id,
    });
    const things = await file("things.jsonl", '{"value":1}\n');
    await cli("import", "--table", "leftovers", things);
    expect(await cli("data")).toContain("leftovers");
    const snapshot = await writeZip(join(folder, "people.zip"), {
      "snapshot/people/documents.jsonl": '{"name":"Only"}\n',
    });
    await cli("import", "-y", "--replace-all", snapshot);
    expect((await http.query(people.all)).map(({ name }) => name)).toEqual(["Only"]);
    expect(await http.query(people.pets)).toEqual([]);
    expect(await cli("data")).not.toContain("leftovers");
  }, 60_000);

  test("a snapshot whose table numbers are taken here keeps its references", async () => {
    const other = await startServer();
    const theirs = await createTempApp({
      // Other tables first: people and pets get the numbers of other tables of this server.
      "schema.ts": SCHEMA.replace(
        "people: defineTable",
        "aaa: defineTable({}), people: defineTable",
      ),
      "people.ts": PEOPLE,
    });
    try {
      await requireConvexCli(other, push, theirs.folder);
      const client = new ConvexHttpClient(other.url, { logger: false });
      const owner = await client.mutation(people.add, { name: "From elsewhere" });
      await client.mutation(people.adopt, { owner });
      const snapshot = join(folder, "elsewhere.zip");
      await requireConvexCli(other, ["export", "--path", snapshot], theirs.folder);
      await cli("import", "-y", "--append", snapshot);
      expect(await http.query(people.owners)).toContain("From elsewhere");
    } finally {
      await other.dispose();
      await theirs.dispose();
    }
  }, 60_000);

  test("an interrupted import leaves nothing behind", async () => {
    const before = await http.query(people.all);
    const rows = Array.from({ length: 20_000 }, (_, n) => JSON.stringify({ name: `row ${n}` }));
    const big = await file("big.jsonl", rows.join("\n"));
    const running = runConvexCli(
      server,
      ["import", "-y", "--replace", "--table", "people", big],
      app.folder,
    );
    const uploads = async () =>
      (await readFile(join(server.dataDir, "data.sqlite-wal"), "latin1")).includes("row 9000");
    await until(uploads, (seen) => seen);
    await server.kill();
    await server.restart();
    expect((await running).code).not.toBe(0);
    expect(await http.query(people.all)).toEqual(before);
    // And the name of the table it was staged in is no longer taken.
    await cli("import", "-y", "--replace", "--table", "people", big);
    expect(await http.query(people.named, { name: "row 9000" })).toHaveLength(1);
  }, 60_000);
});
