/** A schema that changes under data and clients. */
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { DatabaseSync } from "@photostructure/sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireConvexCli, runConvexCli } from "../cli.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const push = ["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"];

const schema = (fields: string, indexes = "") => `
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ rows: defineTable({ ${fields} })${indexes} });
`;
const OPTIONAL = "group: v.number(), label: v.optional(v.string())";
const ROWS = `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";
export const fill = mutation({ args: { from: v.number(), count: v.number() }, handler: async (ctx, { from, count }) => {
  for (let n = from; n < from + count; n++) await ctx.db.insert("rows", { group: n });
} });
export const label = mutation({ args: { label: v.any() }, handler: async (ctx, { label }) => {
  for (const row of await ctx.db.query("rows").collect()) await ctx.db.patch(row._id, { label });
} });
export const groups = query({ args: { index: v.string() }, handler: async (ctx, { index }) => (await ctx.db.query("rows").withIndex(index).collect()).map((row) => row.group) });
`;
const rows = {
  fill: makeFunctionReference<"mutation">("rows:fill"),
  label: makeFunctionReference<"mutation">("rows:label"),
  groups: makeFunctionReference<"query", { index: string }, number[]>("rows:groups"),
};

let server: TestServer;
let app: TempApp;
let http: ConvexHttpClient;
beforeAll(async () => {
  server = await startServer();
  app = await createTempApp({ "schema.ts": schema(OPTIONAL), "rows.ts": ROWS });
  await requireConvexCli(server, push, app.folder);
  http = new ConvexHttpClient(server.url, { logger: false });
  await http.mutation(rows.fill, { from: 0, count: 3000 });
});
afterAll(async () => {
  await server.dispose();
  await app.dispose();
});

const pushSchema = async (text: string) => {
  await app.write({ "schema.ts": text });
  return runConvexCli(server, push, app.folder);
};

/** What the file holds of indexes: those in the catalog, those being removed, entries of neither. */
function leftovers(): { dead: number; orphans: number } {
  const database = new DatabaseSync(join(server.dataDir, "data.sqlite"), { readOnly: true });
  try {
    const count = (sql: string) => (database.prepare(sql).get() as { n: number }).n;
    return {
      dead: count("SELECT count(*) AS n FROM dead_indexes"),
      orphans: count("SELECT count(*) AS n FROM entries WHERE i NOT IN (SELECT id FROM indexes)"),
    };
  } finally {
    database.close();
  }
}

test("an index that goes leaves no entry behind", async () => {
  expect((await pushSchema(schema(OPTIONAL, '.index("by_group", ["group"])'))).code).toBe(0);
  expect(await http.query(rows.groups, { index: "by_group" })).toHaveLength(3000);
  const removed = await pushSchema(schema(OPTIONAL));
  expect(removed.stderr).toContain("[-] rows.by_group");
  await expect(http.query(rows.groups, { index: "by_group" })).rejects.toThrow("by_group");
  await until(leftovers, ({ dead, orphans }) => dead === 0 && orphans === 0);
}, 60_000);

test("an index under its old name with other fields has the new order", async () => {
  await pushSchema(schema(OPTIONAL, '.index("by_it", ["group"])'));
  expect((await pushSchema(schema(OPTIONAL, '.index("by_it", ["label", "group"])'))).code).toBe(0);
  expect(await http.query(rows.groups, { index: "by_it" })).toHaveLength(3000);
  await until(leftovers, ({ dead, orphans }) => dead === 0 && orphans === 0);
}, 60_000);

test("a field is made required when every document has it, not before", async () => {
  const required = schema("group: v.number(), label: v.string()");
  const refused = await pushSchema(required);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('table "rows"');
  expect(refused.stderr).toContain("label");
  await http.mutation(rows.label, { label: "x" });
  expect((await pushSchema(required)).code).toBe(0);
  await expect(http.mutation(rows.fill, { from: 0, count: 1 })).rejects.toThrow("schema");
}, 60_000);

test("a type widens to a union, and narrows only when nothing is outside", async () => {
  const union = schema("group: v.number(), label: v.union(v.string(), v.number())");
  expect((await pushSchema(union)).code).toBe(0);
  await http.mutation(rows.label, { label: 5 });
  const refused = await pushSchema(schema("group: v.number(), label: v.string()"));
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("v.string()");
  expect((await pushSchema(schema("group: v.number(), label: v.number()"))).code).toBe(0);
}, 60_000);

test("of two pushes at once one is served in the end, whole", async () => {
  const label = "group: v.number(), label: v.number()";
  const other = await createTempApp({
    "schema.ts": schema(label, '.index("by_first", ["group"])'),
    "rows.ts": ROWS,
  });
  try {
    const first = runConvexCli(server, push, other.folder);
    const second = pushSchema(schema(label, '.index("by_second", ["group"])'));
    const codes = [(await first).code, (await second).code];
    expect(codes).toContain(0);
    // Whichever came last: its index is there, complete, and the other one is not.
    const found = await Promise.all(
      ["by_first", "by_second"].map((index) =>
        http.query(rows.groups, { index }).then(
          (groups) => groups.length,
          () => null,
        ),
      ),
    );
    expect(found.filter((length) => length !== null)).toEqual([3000]);
    await until(leftovers, ({ dead, orphans }) => dead === 0 && orphans === 0);
  } finally {
    await other.dispose();
  }
}, 60_000);
