/** Pages of lists, in the shape that Convex's clients page through. */
import type { PaginationResult } from "convex/server";
import { type GenericValidator, v } from "convex/values";

export function vPage<Item extends GenericValidator>(item: Item) {
  return v.object({
    page: v.array(item),
    isDone: v.boolean(),
    continueCursor: v.string(),
    splitCursor: v.optional(v.union(v.string(), v.null())),
    pageStatus: v.optional(
      v.union(v.literal("SplitRecommended"), v.literal("SplitRequired"), v.null()),
    ),
  });
}

/** The page with each row described. */
export async function mapPage<Row, Item>(
  result: PaginationResult<Row>,
  describe: (row: Row) => Promise<Item>,
): Promise<PaginationResult<Item>> {
  return { ...result, page: await Promise.all(result.page.map(describe)) };
}
