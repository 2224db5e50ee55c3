/** The demonstration's transactions. */
import { v } from "convex/values";
import { systemMutation, systemQuery } from "../../access/systemFunctions";
import { DISTRICTS, type DistrictKey } from "./people";
import { writeDistrict } from "./district";
import { rollDates } from "./rollDates";

const vDistrictKey = v.union(v.literal("maple"), v.literal("lakeshore"));

/** Demonstration districts that are there already. */
export const existing = systemQuery({
  args: {},
  returns: v.array(v.string()),
  handler: async (ctx) => {
    const districts = await ctx.db
      .query("organizations")
      .withIndex("by_type", (q) => q.eq("type", "district"))
      .take(1000);
    return districts.filter(({ isDemo }) => isDemo === true).map(({ name }) => name);
  },
});

/** Once: a district that is there is left alone. */
export const district = systemMutation({
  args: { key: vDistrictKey, authIds: v.record(v.string(), v.string()) },
  returns: v.null(),
  handler: async (ctx, { key, authIds }) => {
    const districts = await ctx.db
      .query("organizations")
      .withIndex("by_type", (q) => q.eq("type", "district"))
      .take(1000);
    if (!districts.some(({ name, isDemo }) => isDemo === true && name === DISTRICTS[key].name))
      await writeDistrict(ctx, key satisfies DistrictKey, authIds);
    return null;
  },
});

/** Days by which each demonstration district moved. */
export const roll = systemMutation({
  args: {},
  returns: v.array(v.number()),
  handler: async (ctx) => {
    const districts = await ctx.db
      .query("organizations")
      .withIndex("by_type", (q) => q.eq("type", "district"))
      .take(1000);
    const moved: number[] = [];
    for (const organization of districts)
      if (organization.isDemo === true) moved.push(await rollDates(ctx, organization));
    return moved;
  },
});
