/** Banks: who reads and writes which, and what they hold. */
import { type PaginationOptions, type PaginationResult } from "convex/server";
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { forbidden, notFound } from "../access/errors";
import { may, type MemberContext } from "../access/functions";
import { searchKey } from "../domain/validation/problem";
import { bankItemFields, vBankPlace } from "../tables/bank";
import { mapPage } from "./pages";

export type BankPlace = Infer<typeof vBankPlace>;

export const vBank = v.object({
  place: vBankPlace,
  scope: v.union(v.literal("personal"), v.literal("school"), v.literal("district")),
  /** Of the school or district; of one's own bank "". */
  name: v.string(),
  canWrite: v.boolean(),
});

export const vBankItem = v.object({
  _id: v.id("bankItems"),
  ...bankItemFields,
  isActive: v.boolean(),
  version: v.number(),
});

/** Every bank that the person reads: their own, those of their schools, the district's. */
export async function banksOf(ctx: MemberContext): Promise<Infer<typeof vBank>[]> {
  const { db, acting } = ctx;
  const schools = (await db.schools()).filter(({ _id }) => covers(ctx, _id));
  return [
    { place: acting.user._id, scope: "personal", name: "", canWrite: true },
    ...schools.map(({ _id, name }) => ({
      ...{ place: _id, scope: "school" as const, name, canWrite: canWrite(ctx, _id) },
    })),
    {
      ...{ place: "district" as const, scope: "district", name: acting.organization.name },
      canWrite: canWrite(ctx, "district"),
    },
  ];
}

const covers = ({ acting }: MemberContext, school: Id<"organizations">): boolean =>
  acting.schoolIds === null || acting.schoolIds.has(school);

const canWrite = ({ acting }: MemberContext, place: BankPlace): boolean =>
  place === acting.user._id ||
  may(acting, place === "district" ? "bank.shareWithDistrict" : "bank.shareWithSchool");

/** @throws NOT_FOUND for somebody else's own bank, or one of a school that the person has nothing to do with */
export async function requireBank(ctx: MemberContext, place: BankPlace): Promise<void> {
  if (place === "district" || place === ctx.acting.user._id) return;
  const school = await ctx.db.requireSchool(place);
  // The district itself has its bank under the name "district" alone.
  if (school.parentId === undefined || !covers(ctx, school._id)) throw notFound();
}

/** @throws NOT_FOUND, FORBIDDEN for one that the person reads only */
export async function requireWritableBank(ctx: MemberContext, place: BankPlace): Promise<void> {
  await requireBank(ctx, place);
  if (!canWrite(ctx, place)) throw forbidden();
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function requireWritableItem(
  ctx: MemberContext,
  itemId: Id<"bankItems">,
): Promise<Doc<"bankItems">> {
  const item = await ctx.db.require("bankItems", itemId);
  await requireWritableBank(ctx, item.place);
  return item;
}

export interface BankFilters
  extends Pick<Doc<"bankItems">, "place" | "kind" | "isActive" | "language"> {
  area?: string;
  search: string;
}

/** By area and name; with a search by relevance. */
export async function listBank(
  { db }: MemberContext,
  { search, area, place, kind, isActive, language }: BankFilters,
  page: PaginationOptions,
): Promise<PaginationResult<Infer<typeof vBankItem>>> {
  const text = searchKey(search);
  const rows =
    text === ""
      ? db.rows("bankItems", "by_place", (q) => {
          const all = q
            .eq("place", place)
            .eq("kind", kind)
            .eq("isActive", isActive)
            .eq("language", language);
          return area === undefined ? all : all.eq("area", area);
        })
      : db.search("bankItems", "search_items", text, { place, kind, isActive, language, area });
  return mapPage(await rows.paginate(page), (row) => Promise.resolve(describe(row)));
}

function describe(row: Doc<"bankItems">): Infer<typeof vBankItem> {
  const { _id, kind, language, area, title, text, measure, isActive, version } = row;
  return {
    ...{ _id, kind, language, area, title, text, isActive, version },
    ...(measure === undefined ? {} : { measure }),
  };
}
