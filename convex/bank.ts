/** Banks of goals, accommodations and phrases: a person's own, a school's, the district's. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { conflict, invalid, requireValid } from "./access/errors";
import { memberMutation, memberQuery } from "./access/functions";
import { bankKeys, checkBankItem } from "./domain/bank/item";
import { normalizeName } from "./domain/validation/problem";
import {
  banksOf,
  listBank,
  requireBank,
  requireWritableBank,
  requireWritableItem,
  vBank,
  vBankItem,
} from "./model/bank";
import { vPage } from "./model/pages";
import { bankItemFields, vBankPlace } from "./tables/bank";

/** Items of one `clientMutationId`, each of another bank. */
const MOST_SAME = 100;

const vItemInput = v.object(bankItemFields);

/** The banks that this person reads, with those that they write. */
export const listBanks = memberQuery({
  access: "bank.use",
  args: {},
  returns: v.array(vBank),
  handler: (ctx) => banksOf(ctx),
});

/** What one bank holds, by area and name; with `search` what fits best first. @throws NOT_FOUND */
export const listItems = memberQuery({
  access: "bank.use",
  args: {
    place: vBankPlace,
    kind: bankItemFields.kind,
    language: bankItemFields.language,
    area: v.optional(v.string()),
    search: v.string(),
    /** Of those that are offered, or of those that were retired. */
    isActive: v.boolean(),
    paginationOpts: paginationOptsValidator,
  },
  returns: vPage(vBankItem),
  handler: async (ctx, { paginationOpts, ...filters }) => {
    await requireBank(ctx, filters.place);
    return listBank(ctx, filters, paginationOpts);
  },
});

/**
 * Into a bank that the person writes. The same `clientMutationId` again gives the same item.
 * @throws INVALID, NOT_FOUND, FORBIDDEN
 */
export const addItem = memberMutation({
  access: "bank.use",
  args: { place: vBankPlace, item: vItemInput, clientMutationId: v.string() },
  returns: v.id("bankItems"),
  handler: async (ctx, { place, item, clientMutationId }) => {
    const { db, acting } = ctx;
    await requireWritableBank(ctx, place);
    const done = await db
      .rows("bankItems", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .take(MOST_SAME);
    const same = done.find((item) => item.place === place);
    if (same !== undefined) return same._id;
    requireValid(checkBankItem(item));
    return db.insert("bankItems", {
      ...item,
      ...{ title: normalizeName(item.title), text: item.text.trim(), ...bankKeys(item) },
      ...{ place, isActive: true, createdBy: acting.user._id, version: 1, clientMutationId },
    });
  },
});

/** Plans that it was put into stay as they are. @throws INVALID, NOT_FOUND, FORBIDDEN, CONFLICT */
export const editItem = memberMutation({
  access: "bank.use",
  args: { itemId: v.id("bankItems"), item: vItemInput, expectedVersion: v.number() },
  returns: v.null(),
  handler: async (ctx, { itemId, item, expectedVersion }) => {
    const before = await requireWritableItem(ctx, itemId);
    if (before.version !== expectedVersion) throw conflict("changedMeanwhile");
    if (item.kind !== before.kind) throw invalid([{ field: "kind", code: "wrongKind" }]);
    requireValid(checkBankItem(item));
    await ctx.db.patch("bankItems", itemId, {
      ...item,
      ...{ title: normalizeName(item.title), text: item.text.trim(), ...bankKeys(item) },
      version: before.version + 1,
    });
    return null;
  },
});

/** Offered no more, or again. @throws NOT_FOUND, FORBIDDEN */
export const retireItem = memberMutation({
  access: "bank.use",
  args: { itemId: v.id("bankItems"), retired: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { itemId, retired }) => {
    const { isActive, version } = await requireWritableItem(ctx, itemId);
    if (isActive === retired)
      await ctx.db.patch("bankItems", itemId, { isActive: !retired, version: version + 1 });
    return null;
  },
});
