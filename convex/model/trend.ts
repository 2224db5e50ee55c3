/** The trend as it travels to clients (`domain/progress/trend`). */
import { v } from "convex/values";

export const vTrend = v.union(
  v.object({
    status: v.literal("notEnoughData"),
    /** Points that a trend needs, and how many there are. */
    needed: v.number(),
    have: v.number(),
  }),
  v.object({
    status: v.literal("computed"),
    method: v.union(v.literal("leastSquares"), v.literal("theilSen")),
    /** Change of the charted value per week. */
    slopePerWeek: v.number(),
    /** Value of the line on `firstDate`. */
    intercept: v.number(),
    firstDate: v.string(),
    lastDate: v.string(),
    points: v.number(),
  }),
);
