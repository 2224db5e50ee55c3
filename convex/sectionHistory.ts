/** How a section came to say what it says: who wrote when, what it said then, and taking an earlier text up again. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { conflict, requireValid } from "./access/errors";
import { leavesOthersSuggestions, sectionMutation, sectionQuery } from "./access/sectionFunctions";
import { checkNumber } from "./domain/validation/problem";
import { cleanDocument } from "./editor/cleanDocument";
import { textOf } from "./editor/compare";
import { mapPage, vPage } from "./model/pages";
import { fullName } from "./model/people";
import { windowOf } from "./model/presence";
import { noteRestored } from "./model/sectionEdits";
import {
  appendSteps,
  documentOf,
  FIRST_VERSION,
  latestVersionOf,
  stepsBetween,
} from "./model/sectionText";

const vEdit = v.object({
  _id: v.id("sectionEdits"),
  authorName: v.string(),
  startedAt: v.number(),
  lastAt: v.number(),
  firstVersion: v.number(),
  lastVersion: v.number(),
  restoredVersion: v.union(v.number(), v.null()),
});

/** Newest first: whiles of somebody's writing. */
export const listEdits = sectionQuery({
  access: "section.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(vEdit),
  handler: async ({ db, section }, { paginationOpts }) => {
    const page = await db
      .rows("sectionEdits", "by_section", (q) => q.eq("sectionId", section._id))
      .order("desc")
      .paginate(paginationOpts);
    return mapPage(page, async ({ _id, authorId, restoredVersion, ...edit }) => ({
      ...{ _id, authorName: await fullName(db, authorId) },
      ...{ startedAt: edit.startedAt, lastAt: edit.lastAt },
      ...{ firstVersion: edit.firstVersion, lastVersion: edit.lastVersion },
      restoredVersion: restoredVersion ?? null,
    }));
  },
});

/** The words of two versions, without what was only suggested; by default the newest is the second. @throws INVALID */
export const getVersions = sectionQuery({
  access: "section.read",
  args: { before: v.number(), after: v.optional(v.number()) },
  returns: v.object({ before: v.string(), after: v.string() }),
  handler: async (ctx, { before, after }) => {
    const max = await latestVersionOf(ctx, ctx.section);
    const limits = { min: FIRST_VERSION, max, whole: true };
    requireValid([
      ...checkNumber("before", before, limits),
      ...(after === undefined ? [] : checkNumber("after", after, limits)),
    ]);
    const words = async (version: number | undefined) =>
      textOf(cleanDocument((await documentOf(ctx, ctx.section, version)).doc));
    return { before: await words(before), after: await words(after) };
  },
});

/**
 * The text of an earlier version becomes the newest, as a change like any other: what was written since stays in the
 * history. The same `clientMutationId` again does nothing.
 * @throws INVALID, CONFLICT, also if it would decide about what somebody else suggests
 */
export const restoreVersion = sectionMutation({
  access: "section.write",
  args: { version: v.number(), clientMutationId: v.string() },
  returns: v.null(),
  handler: async (ctx, { version, clientMutationId }) => {
    const { db, section, acting, now } = ctx;
    if (ctx.iep.status !== "draft") throw conflict("notADraft");
    const done = await db
      .rows("sectionEdits", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done !== null) return null;
    const head = await documentOf(ctx, section);
    requireValid(
      checkNumber("version", version, { min: FIRST_VERSION, max: head.version, whole: true }),
    );
    const { doc } = await documentOf(ctx, section, version);
    const { steps, after } = stepsBetween(head.doc, doc);
    if (!leavesOthersSuggestions(ctx, head.doc, after)) throw conflict("othersSuggestions");
    if (steps.length > 0)
      await appendSteps(ctx, section, head, {
        ...{ steps, after, clientId: windowOf(acting.user._id, "restored") },
      });
    await noteRestored(db, section, {
      ...{ authorId: acting.user._id, now, restoredVersion: version, clientMutationId },
      ...{ from: head.version, to: head.version + steps.length },
    });
    return null;
  },
});
