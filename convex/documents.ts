/** Documents of a student's record. They come and go by the route `/api/documents` (`access/documentRoutes`). */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, requireValid } from "./access/errors";
import { documentMutation } from "./access/documentFunctions";
import { studentQuery } from "./access/functions";
import { checkText, LIMITS } from "./domain/validation/problem";
import { describeDocument, issueTicket, readableDocuments, vDocument } from "./model/documents";

const ABILITIES = ["document.add", "document.manage"] as const;

/** Newest first: those that this person may read. */
export const listDocuments = studentQuery({
  access: "document.readList",
  args: {},
  returns: v.object({ documents: v.array(vDocument), abilities: vAbilities(ABILITIES) }),
  handler: async (ctx) => {
    const readable = await readableDocuments(ctx);
    return {
      documents: await Promise.all(readable.map((document) => describeDocument(ctx.db, document))),
      abilities: studentAbilities(ctx.relation, ABILITIES),
    };
  },
});

/**
 * A ticket for `GET /api/documents?ticket=…`, by this session, once, within a minute. Noted in the record of access.
 * @throws NOT_FOUND, CONFLICT for one that was removed
 */
export const openDocument = documentMutation({
  access: "document.read",
  args: {},
  returns: v.string(),
  handler: async ({ db, acting, document, relation }) => {
    if (document.removedAt !== undefined) throw conflict("documentRemoved");
    db.noteHandedOut(document, relation);
    return issueTicket(db, acting, document);
  },
});

/** The family reads it from this moment on, or does not. @throws NOT_FOUND, CONFLICT for one that was removed */
export const shareDocument = documentMutation({
  access: "document.manage",
  args: { sharedWithFamily: v.boolean() },
  returns: v.null(),
  handler: async ({ db, document }, { sharedWithFamily }) => {
    if (document.removedAt !== undefined) throw conflict("documentRemoved");
    await db.patch("documents", document._id, { sharedWithFamily });
    return null;
  },
});

/**
 * A confidential one is read by the case manager and administrators. Marking it ends its sharing: that is decided anew.
 * @throws NOT_FOUND, CONFLICT for one that was removed
 */
export const markDocument = documentMutation({
  access: "document.manage",
  args: { isConfidential: v.boolean() },
  returns: v.null(),
  handler: async ({ db, document }, { isConfidential }) => {
    if (document.removedAt !== undefined) throw conflict("documentRemoved");
    if (document.isConfidential === isConfidential) return null;
    await db.patch("documents", document._id, {
      isConfidential,
      ...(isConfidential ? { sharedWithFamily: false } : {}),
    });
    return null;
  },
});

/** The file and its key are gone at once; that it was there, and why it went, stays. @throws NOT_FOUND, INVALID */
export const removeDocument = documentMutation({
  access: "document.manage",
  args: { reason: v.string() },
  returns: v.null(),
  handler: async ({ db, acting, document, storage, now }, { reason }) => {
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.text }));
    // Twice is once.
    if (document.removedAt !== undefined) return null;
    await db.patch("documents", document._id, {
      ...{ removedAt: now, removedBy: acting.user._id, removedReason: reason.trim() },
      ...{ sharedWithFamily: false, storageId: undefined, fileKey: undefined },
    });
    if (document.storageId !== undefined) await storage.delete(document.storageId);
    return null;
  },
});
