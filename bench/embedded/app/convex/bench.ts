import {
  type DataModelFromSchemaDefinition,
  type MutationBuilder,
  mutationGeneric,
  type QueryBuilder,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";
import type schema from "./schema";

type DataModel = DataModelFromSchemaDefinition<typeof schema>;

const query: QueryBuilder<DataModel, "public"> = queryGeneric;
const mutation: MutationBuilder<DataModel, "public"> = mutationGeneric;

const table = v.union(v.literal("small"), v.literal("large"));

export const insert = mutation({
  args: { client: v.number(), n: v.number(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await ctx.db.insert("events", args);
    return null;
  },
});

export const say = mutation({
  args: { room: v.string(), n: v.number(), text: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await ctx.db.insert("messages", args);
    return null;
  },
});

/** Number of the newest message in the room. */
export const newest = query({
  args: { room: v.string() },
  returns: v.number(),
  handler: async (ctx, { room }) => {
    const message = await ctx.db
      .query("messages")
      .withIndex("by_room", (q) => q.eq("room", room))
      .order("desc")
      .first();
    return message === null ? -1 : message.n;
  },
});

export const setCounter = mutation({
  args: { name: v.string(), value: v.number() },
  returns: v.null(),
  handler: async (ctx, { name, value }) => {
    const counter = await ctx.db
      .query("counters")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    if (counter === null) await ctx.db.insert("counters", { name, value });
    else await ctx.db.patch(counter._id, { value });
    return null;
  },
});

export const counter = query({
  args: { name: v.string() },
  returns: v.number(),
  handler: async (ctx, { name }) => {
    const counter = await ctx.db
      .query("counters")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    return counter === null ? -1 : counter.value;
  },
});

/** Rows in groups of 100; a million rows are ten thousand groups. */
export const fill = mutation({
  args: { table, from: v.number(), count: v.number() },
  returns: v.null(),
  handler: async (ctx, { table, from, count }) => {
    for (let i = from; i < from + count; i++) {
      await ctx.db.insert(table, {
        group: Math.floor(i / 100),
        n: i % 100,
        text: `row ${i} of a table that is read by index`,
      });
    }
    return null;
  },
});

export const readGroup = query({
  args: { table, group: v.number() },
  returns: v.number(),
  handler: async (ctx, { table, group }) => {
    const rows = await ctx.db
      .query(table)
      .withIndex("by_group", (q) => q.eq("group", group))
      .collect();
    return rows.length;
  },
});
