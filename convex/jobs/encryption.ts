/**
 * Looking after the keys of confidential fields, for whoever runs the deployment:
 *
 * - `checkKeys`: whether what is stored can be opened; `npm start` and `npm run dev` ask before they open the web app.
 * - `wrapDataKeys`: after a new master key was set, with the former one as `TRELLIS_FORMER_MASTER_KEY`: every data key is
 *   wrapped under the new one. The fields themselves stay as they are.
 * - `renewDataKeys`: every organization gets a new data key, and what older ones sealed is sealed anew in the
 *   background while people work; then the older ones are removed.
 */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { writeSystemEntry } from "../access/audit";
import { readMasterKeys } from "../access/encryption";
import { addDataKey, FieldCipher, unwrapDataKey, wrapAnew } from "../access/fieldCipher";
import { systemMutation, systemQuery } from "../access/systemFunctions";
import { CONFIDENTIAL, type ConfidentialTable } from "../tables/confidential";

/** Of one transaction. */
const ROWS = 50;
const KEYS = 50;
/** A renewal that has not moved for so long was stopped by a failure. */
const STUCK_MS = 10 * 60_000;

const TABLES = Object.keys(CONFIDENTIAL) as ConfidentialTable[];

/** A sentence for whoever runs the deployment, or null if all is well. */
export const checkKeys = systemQuery({
  args: {},
  returns: v.union(v.null(), v.string()),
  handler: async (ctx) => {
    try {
      const masters = readMasterKeys(process.env);
      const ids = masters.all.map(({ id }) => id).sort();
      // One key under each master key, and any that is under none of them: few reads, however many keys there are.
      const samples = await Promise.all([
        ...ids.map((id) => keyBetween(ctx, { from: id, to: id })),
        keyBetween(ctx, { before: ids[0] ?? "" }),
        ids.length > 1 ? keyBetween(ctx, { after: ids[0] ?? "", before: ids[1] ?? "" }) : null,
        keyBetween(ctx, { after: ids.at(-1) ?? "" }),
      ]);
      for (const sample of samples) if (sample !== null) unwrapDataKey(sample, masters);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
});

/** Some key whose master key's id is in a range. */
function keyBetween(
  ctx: QueryCtx,
  range: { from: string; to: string } | { after?: string; before?: string },
): Promise<Doc<"dataKeys"> | null> {
  return ctx.db
    .query("dataKeys")
    .withIndex("by_master_key", (q) => {
      if ("from" in range) return q.eq("masterKeyId", range.from);
      const { after, before } = range;
      if (after !== undefined && before !== undefined)
        return q.gt("masterKeyId", after).lt("masterKeyId", before);
      return after !== undefined ? q.gt("masterKeyId", after) : q.lt("masterKeyId", before ?? "");
    })
    .first();
}

/** @returns how many of this run's keys it wrapped; the rest follow at once */
export const wrapDataKeys = systemMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx) => {
    const { current, all } = readMasterKeys(process.env);
    const former = all.find(({ id }) => id !== current.id);
    if (former === undefined) return 0;
    const keys = await ctx.db
      .query("dataKeys")
      .withIndex("by_master_key", (q) => q.eq("masterKeyId", former.id))
      .take(KEYS);
    for (const key of keys) await wrapAnew(ctx.db, key);
    if (keys.length === KEYS)
      await ctx.scheduler.runAfter(0, internal.jobs.encryption.wrapDataKeys, {});
    return keys.length;
  },
});

/** New data keys for all organizations, page by page; then the fields are sealed anew. */
export const renewDataKeys = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await tenants(ctx, cursor);
    for (const { _id } of page) {
      await addDataKey(ctx.db, _id);
      await writeSystemEntry(ctx, _id, "encryption.renew");
    }
    if (!isDone) {
      await ctx.scheduler.runAfter(0, internal.jobs.encryption.renewDataKeys, {
        cursor: continueCursor,
      });
      return null;
    }
    const now = Date.now();
    const renewalId = await ctx.db.insert("keyRenewals", {
      ...{ step: 0, table: 0, cursor: null, rows: 0, startedAt: now, movedAt: now },
    });
    await ctx.scheduler.runAfter(0, internal.jobs.encryption.continueRenewal, {
      ...{ renewalId, step: 0 },
    });
    return null;
  },
});

/** One batch, and the next one after it. Twice the same step does nothing. */
export const continueRenewal = systemMutation({
  args: { renewalId: v.id("keyRenewals"), step: v.number() },
  returns: v.null(),
  handler: async (ctx, { renewalId, step }) => {
    const renewal = await ctx.db.get("keyRenewals", renewalId);
    if (renewal === null || renewal.step !== step || renewal.finishedAt !== undefined) return null;
    const table = TABLES[renewal.table];
    if (table === undefined) {
      await finish(ctx, renewal);
      return null;
    }
    // In the order of creation, which no edit changes: no row is passed over.
    const rows = await ctx.db.query(table).paginate({ numItems: ROWS, cursor: renewal.cursor });
    const change = {
      step: step + 1,
      rows: renewal.rows + (await resealRows(ctx, table, rows.page)),
      movedAt: Date.now(),
      ...(rows.isDone
        ? { table: renewal.table + 1, cursor: null }
        : { cursor: rows.continueCursor }),
    };
    await ctx.db.patch("keyRenewals", renewalId, change);
    await next(ctx, renewalId, change.step);
    return null;
  },
});

/** Goes on with renewals that a failure stopped. */
export const resumeRenewals = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const stuck = await ctx.db
      .query("keyRenewals")
      .withIndex("by_finished", (q) =>
        q.eq("finishedAt", undefined).lt("movedAt", Date.now() - STUCK_MS),
      )
      .take(10);
    for (const { _id, step } of stuck) await next(ctx, _id, step);
    return null;
  },
});

async function next(ctx: MutationCtx, renewalId: Id<"keyRenewals">, step: number): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.jobs.encryption.continueRenewal, { renewalId, step });
}

const tenants = (ctx: QueryCtx, cursor: string | null) =>
  ctx.db
    .query("organizations")
    .withIndex("by_parent", (q) => q.eq("parentId", undefined))
    .paginate({ numItems: KEYS, cursor });

async function resealRows(
  ctx: MutationCtx,
  table: ConfidentialTable,
  rows: Doc<ConfidentialTable>[],
): Promise<number> {
  const ciphers = new Map<Id<"organizations">, FieldCipher>();
  let count = 0;
  for (const row of rows) {
    const { organizationId } = row;
    const cipher = ciphers.get(organizationId) ?? new FieldCipher(ctx.db, organizationId);
    ciphers.set(organizationId, cipher);
    const change = await cipher.reseal(ctx.db, table, row);
    if (change === null) continue;
    await ctx.db.patch(table, row._id as Id<typeof table>, change);
    count += 1;
  }
  return count;
}

/** Nothing is sealed with a key any more that was there before the renewal and is not its organization's newest. */
async function finish(ctx: MutationCtx, renewal: Doc<"keyRenewals">): Promise<void> {
  const old = await ctx.db
    .query("dataKeys")
    .withIndex("by_creation_time", (q) => q.lt("_creationTime", renewal._creationTime))
    .paginate({ numItems: KEYS, cursor: renewal.cursor });
  for (const key of old.page) {
    const newer = await ctx.db
      .query("dataKeys")
      .withIndex("by_organization", (q) =>
        q.eq("organizationId", key.organizationId).gt("number", key.number),
      )
      .first();
    if (newer !== null && newer._creationTime < renewal._creationTime)
      await ctx.db.delete("dataKeys", key._id);
  }
  const [now, step] = [Date.now(), renewal.step + 1];
  await ctx.db.patch("keyRenewals", renewal._id, {
    ...{ step, movedAt: now },
    ...(old.isDone ? { finishedAt: now } : { cursor: old.continueCursor }),
  });
  if (!old.isDone) await next(ctx, renewal._id, step);
}
