/** The app that carries out the programs of `programs.ts`, on a real engine. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PushManifest } from "../../deploy/manifest.ts";
import { callTo, startHandMadeApp, type HandMadeApp } from "../../engine/handMadeApp.ts";

const source = `
import { mutationGeneric as mutation, queryGeneric as query, anyApi } from "convex/server";
const internal = anyApi;

/** Values travel as lists, in which "missing" can be told. */
const open = (cell) => cell.length === 0 ? undefined : cell[0];
const rowOf = (row) => ({ a: open(row.a), b: open(row.b) });
const fieldsOf = { by_run: [], by_a: ["a"], by_ab: ["a", "b"] };

function ranged(db, run, { index, eq, lower, upper, order, filter }) {
  const fields = fieldsOf[index];
  let q = db.query("rows").withIndex(index, (r) => {
    let range = r.eq("run", run);
    eq.forEach((value, i) => { range = range.eq(fields[i], open(value)); });
    const next = fields[eq.length];
    if (lower !== null) range = lower.inclusive ? range.gte(next, open(lower.value)) : range.gt(next, open(lower.value));
    if (upper !== null) range = upper.inclusive ? range.lte(next, open(upper.value)) : range.lt(next, open(upper.value));
    return range;
  }).order(order);
  if (filter !== null) q = q.filter((f) => f.eq(f.field("b"), open(filter.value)));
  return q;
}

async function find(db, run, slot) {
  return await db.query("rows").withIndex("by_slot", (q) => q.eq("run", run).eq("slot", slot)).unique();
}

async function carryOut(ctx, run, step) {
  const row = step.row === undefined ? undefined : rowOf(step.row);
  const document = step.slot === undefined ? null : await find(ctx.db, run, step.slot);
  switch (step.kind) {
    case "insert":
      if (document !== null) return "taken";
      await ctx.db.insert("rows", { run, slot: step.slot, ...row });
      return "inserted";
    case "patch": {
      if (document === null) return "missing";
      await ctx.db.patch(document._id, row);
      return "changed";
    }
    case "replace":
      if (document === null) return "missing";
      await ctx.db.replace(document._id, { run, slot: step.slot, ...row });
      return "changed";
    case "delete":
      if (document === null) return "missing";
      await ctx.db.delete(document._id);
      return (await ctx.db.get(document._id)) === null ? "deleted" : "still there";
    case "get":
      return document === null || (await ctx.db.get(document._id)) === null ? "missing" : "there";
    case "read":
      return await slots(ctx.db, run, step.range);
    case "sweep": {
      const seen = [];
      for await (const met of ranged(ctx.db, run, step.range)) {
        if (seen.length === step.range.take) break;
        if (seen.includes(met.slot)) continue;
        seen.push(met.slot);
        if (step.how === "delete") await ctx.db.delete(met._id);
        else await ctx.db.patch(met._id, { b: { z: "raised" } });
      }
      return seen;
    }
    case "nested":
      try {
        return await ctx.runMutation(internal.programs.run, { run, steps: step.steps, fails: step.fails });
      } catch (error) {
        return "failed";
      }
  }
}

async function slots(db, run, range) {
  const q = ranged(db, run, range);
  const rows = range.take === null ? await q.collect() : await q.take(range.take);
  return rows.map((row) => row.slot);
}

export const run = mutation({ handler: async (ctx, { run, steps, fails }) => {
  const seen = [];
  for (const step of steps) seen.push(await carryOut(ctx, run, step));
  if (fails) throw new Error("this one fails");
  return seen;
} });
export const read = query({ handler: async (ctx, { run, range }) => await slots(ctx.db, run, range) });
export const page = query({ handler: async (ctx, { run, range, cursor, numItems }) => {
  const result = await ranged(ctx.db, run, range).paginate({ cursor, numItems });
  return { slots: result.page.map((row) => row.slot), isDone: result.isDone, cursor: result.continueCursor };
} });
`;

export async function startProgramApp(): Promise<HandMadeApp> {
  const functions = { run: "Mutation", read: "Query", page: "Query" } as const;
  const app = await startHandMadeApp({ programs: { source, functions } });
  const folder = app.activation.pushFolder ?? "";
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as PushManifest;
  const index = (indexDescriptor: string, ...fields: string[]) => ({ indexDescriptor, fields });
  for (const definition of manifest.definitions) {
    definition.schema = {
      schemaValidation: false,
      tables: [
        {
          ...{ tableName: "rows", documentType: null, searchIndexes: [], vectorIndexes: [] },
          indexes: [
            index("by_run", "run"),
            index("by_a", "run", "a"),
            index("by_ab", "run", "a", "b"),
            index("by_slot", "run", "slot"),
          ],
        },
      ],
    };
  }
  writeFileSync(file, JSON.stringify(manifest));
  const { engine } = app;
  const prepared = await engine.operate("schema.prepare", { folder, former: null });
  await engine.activate(app.activation, manifest, () =>
    engine.operate("schema.commit", { folder, pushId: manifest.id, prepared }),
  );
  return app;
}

/** Calls one of the app's functions; what it returned. @throws when it failed */
export async function callProgram(
  app: HandMadeApp,
  name: "run" | "read" | "page",
  args: object,
): Promise<unknown> {
  const call = callTo(`programs:${name}`, args);
  const outcome = await (name === "run" ? app.engine.mutate(call, null) : app.engine.query(call));
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return JSON.parse(outcome.value) as unknown;
}
