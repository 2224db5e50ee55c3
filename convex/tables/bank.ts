/** Banks of goals, accommodations and phrases to write plans with. They are about no student. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { BANK_KINDS, BANK_LANGUAGES } from "../domain/bank/item";
import { DIRECTIONS, MEASUREMENT_KINDS } from "../domain/progress/shape";
import { vOneOf } from "./oneOf";

/** Whose bank: a person's own, a school's, the district's. */
export const vBankPlace = v.union(v.id("users"), v.id("organizations"), v.literal("district"));

/** What a person enters; checked by `domain/bank/item`. */
export const bankItemFields = {
  kind: vOneOf(BANK_KINDS),
  language: vOneOf(BANK_LANGUAGES),
  area: v.string(),
  title: v.string(),
  text: v.string(),
  measure: v.optional(
    v.object({
      kind: vOneOf(MEASUREMENT_KINDS),
      direction: vOneOf(DIRECTIONS),
      unit: v.string(),
      criterion: v.string(),
    }),
  ),
};

export const bankTables = {
  bankItems: defineTable({
    organizationId: v.id("organizations"),
    place: vBankPlace,
    ...bankItemFields,
    /** Retired ones are offered no more, and can come back. */
    isActive: v.boolean(),
    /** Lists are in this order within an area. */
    sortName: v.string(),
    searchText: v.string(),
    createdBy: v.id("users"),
    version: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_place", [
      ...(["organizationId", "place", "kind", "isActive", "language", "area", "sortName"] as const),
    ])
    .index("by_client_mutation", ["organizationId", "clientMutationId"])
    .searchIndex("search_items", {
      searchField: "searchText",
      filterFields: ["organizationId", "place", "kind", "isActive", "language", "area"],
    }),
};
