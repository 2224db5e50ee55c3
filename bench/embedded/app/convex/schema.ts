import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  events: defineTable({ client: v.number(), n: v.number(), text: v.string() }),
  messages: defineTable({ room: v.string(), n: v.number(), text: v.string() }).index("by_room", [
    "room",
  ]),
  counters: defineTable({ name: v.string(), value: v.number() }).index("by_name", ["name"]),
  small: defineTable({ group: v.number(), n: v.number(), text: v.string() }).index("by_group", [
    "group",
    "n",
  ]),
  large: defineTable({ group: v.number(), n: v.number(), text: v.string() }).index("by_group", [
    "group",
    "n",
  ]),
});
