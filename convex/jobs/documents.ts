/** For the route of documents (`access/documentRoutes`): what it may take and hand out. And what is left over. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import { conflict, notFound, requireValid } from "../access/errors";
import { uploadMutation } from "../access/documentFunctions";
import { requireStudent, type StudentContext } from "../access/functions";
import { requireActing } from "../access/session";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { checkDocument, MOST_DOCUMENTS, safeFileName } from "../domain/documents/document";
import { normalizeName } from "../domain/validation/problem";
import { canReadDocument, redeemTicket } from "../model/documents";
import { vDocumentKind, vMediaType } from "../tables/documents";

/** Of one transaction. */
const BATCH = 200;
/** An upload that takes longer has failed. */
const STALE_MS = 60 * 60_000;
/** How far back left-over files are looked for. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

const upload = {
  title: v.string(),
  fileName: v.string(),
  kind: vDocumentKind,
  isConfidential: v.boolean(),
  clientMutationId: v.string(),
};

const findDone = ({ db, student }: StudentContext, clientMutationId: string) =>
  db
    .rows("documents", "by_client_mutation", (q) =>
      q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
    )
    .first();

/**
 * Before a byte is kept.
 * @returns the document, if the same upload was done already
 * @throws NOT_FOUND, FORBIDDEN, INVALID, CONFLICT for too many
 */
export const checkUpload = uploadMutation({
  access: "document.add",
  args: upload,
  returns: v.union(v.null(), v.id("documents")),
  handler: async (ctx, { title, clientMutationId }) => {
    const done = await findDone(ctx, clientMutationId);
    if (done !== null) return done._id;
    requireValid(checkDocument({ title }));
    const rows = await ctx.db
      .rows("documents", "by_student", (q) => q.eq("studentId", ctx.student._id))
      .take(MOST_DOCUMENTS);
    if (rows.length === MOST_DOCUMENTS) throw conflict("tooManyDocuments");
    return null;
  },
});

/** The stored file becomes a document. `added` is false if the same upload was faster. @throws as `checkUpload` */
export const addDocument = uploadMutation({
  access: "document.add",
  args: {
    ...upload,
    mediaType: vMediaType,
    size: v.number(),
    sha256: v.string(),
    storageId: v.id("_storage"),
    fileKey: v.string(),
  },
  returns: v.object({ documentId: v.id("documents"), added: v.boolean() }),
  handler: async (ctx, { title, fileName, ...file }) => {
    const { db, acting, student, now } = ctx;
    const done = await findDone(ctx, file.clientMutationId);
    if (done !== null) return { documentId: done._id, added: false };
    requireValid(checkDocument({ title }));
    const documentId = await db.insert("documents", {
      ...file,
      studentId: student._id,
      title: normalizeName(title),
      fileName: safeFileName(fileName, file.mediaType),
      ...{ sharedWithFamily: false, uploadedBy: acting.user._id, uploadedAt: now },
    });
    return { documentId, added: true };
  },
});

/**
 * What a ticket opens, if this session may still read it. The look itself was noted when the ticket was given.
 * @returns null for any other ticket
 */
export const redeem = systemMutation({
  args: { ticket: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      storageId: v.id("_storage"),
      fileKey: v.string(),
      fileName: v.string(),
      mediaType: vMediaType,
    }),
  ),
  handler: async (ctx, { ticket }) => {
    const acting = await requireActing(ctx);
    const db = new TenantWriter(ctx.db, acting.organization._id);
    const document = await redeemTicket(db, acting, ticket);
    const { relation } = await requireStudent(db, acting, document.studentId);
    if (!canReadDocument(document, relation)) throw notFound();
    const { storageId, fileKey, fileName, mediaType } = await db.unseal("documents", document);
    if (storageId === undefined || fileKey === undefined) return null;
    return { storageId, fileKey, fileName, mediaType };
  },
});

/** Removes tickets that have run out, and files whose upload ended before they became a document. */
export const removeLeftovers = systemMutation({
  args: { after: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { after }) => {
    const now = Date.now();
    const tickets = await ctx.db
      .query("documentTickets")
      .withIndex("by_expiry", (q) => q.lt("expiresAt", now))
      .take(BATCH);
    for (const { _id } of tickets) await ctx.db.delete("documentTickets", _id);
    const files = await ctx.db.system
      .query("_storage")
      .withIndex("by_creation_time", (q) =>
        q.gt("_creationTime", after ?? now - LOOK_BACK_MS).lt("_creationTime", now - STALE_MS),
      )
      .take(BATCH);
    for (const { _id } of files) {
      const document = await ctx.db
        .query("documents")
        .withIndex("by_storage", (q) => q.eq("storageId", _id))
        .first();
      if (document === null) await ctx.storage.delete(_id);
    }
    const last = files.at(-1)?._creationTime;
    if (files.length === BATCH && last !== undefined)
      await ctx.scheduler.runAfter(0, internal.jobs.documents.removeLeftovers, { after: last });
    return null;
  },
});
