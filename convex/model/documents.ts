/** Documents: who reads which, and the tickets that hand one out. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { notFound } from "../access/errors";
import type { StudentContext } from "../access/functions";
import type { Acting } from "../access/session";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { mayWithStudent, type Relation } from "../domain/access/matrix";
import { MOST_DOCUMENTS } from "../domain/documents/document";
import { vDocumentKind, vMediaType } from "../tables/documents";
import { hashToken, newToken } from "./invitations";
import { personName, vPersonName } from "./people";

const TICKET_MS = 60_000;

/** What was removed is history, for those who look after the record's documents. */
export function canReadDocument(document: Doc<"documents">, relation: Relation): boolean {
  if (document.removedAt !== undefined) return mayWithStudent("document.manage", relation);
  const capability = document.isConfidential ? "document.readConfidential" : "document.read";
  return mayWithStudent(capability, relation, { shared: document.sharedWithFamily });
}

export const vDocument = v.object({
  _id: v.id("documents"),
  title: v.string(),
  fileName: v.string(),
  kind: vDocumentKind,
  mediaType: vMediaType,
  size: v.number(),
  isConfidential: v.boolean(),
  sharedWithFamily: v.boolean(),
  uploadedBy: vPersonName,
  uploadedAt: v.number(),
  removed: v.union(v.null(), v.object({ at: v.number(), by: vPersonName, reason: v.string() })),
});

export async function describeDocument(
  db: TenantReader,
  stored: Doc<"documents">,
): Promise<Infer<typeof vDocument>> {
  const row = await db.unseal("documents", stored);
  const { _id, title, fileName, kind, mediaType, size, isConfidential, sharedWithFamily } = row;
  const { uploadedAt, removedAt, removedBy, removedReason = "" } = row;
  return {
    ...{ _id, title, fileName, kind, mediaType, size, isConfidential, sharedWithFamily },
    ...{ uploadedAt, uploadedBy: await personName(db, row.uploadedBy) },
    removed:
      removedAt === undefined || removedBy === undefined
        ? null
        : { at: removedAt, by: await personName(db, removedBy), reason: removedReason },
  };
}

/** Of one student, newest first: those that the person may read. */
export async function readableDocuments({
  db,
  student,
  relation,
}: StudentContext): Promise<Doc<"documents">[]> {
  const rows = await db
    .rows("documents", "by_student", (q) => q.eq("studentId", student._id))
    .order("desc")
    .take(MOST_DOCUMENTS);
  return rows.filter((document) => canReadDocument(document, relation));
}

/** From now on the guardianship rests on it. @throws NOT_FOUND for one of another student, or that was removed */
export async function restOn(
  { db, student, relation }: StudentContext<TenantWriter>,
  guardianshipId: Id<"guardianships">,
  documentId: Id<"documents">,
): Promise<void> {
  const document = await db.require("documents", documentId);
  const isThere = document.studentId === student._id && document.removedAt === undefined;
  if (!isThere || !canReadDocument(document, relation)) throw notFound();
  await db.patch("documents", documentId, { guardianshipId });
}

/** Only its hash is kept. */
export async function issueTicket(
  db: TenantWriter,
  { user, sessionId }: Acting,
  document: Doc<"documents">,
): Promise<string> {
  const ticket = newToken();
  await db.insert("documentTickets", {
    ...{ documentId: document._id, userId: user._id, sessionId },
    ...{ tokenHash: await hashToken(ticket), expiresAt: Date.now() + TICKET_MS },
  });
  return ticket;
}

/** The document that it opens, and it opens none any more. @throws NOT_FOUND for any other ticket */
export async function redeemTicket(
  db: TenantWriter,
  { user, sessionId }: Acting,
  ticket: string,
): Promise<Doc<"documents">> {
  const tokenHash = await hashToken(ticket);
  const found = await db
    .rows("documentTickets", "by_token", (q) => q.eq("tokenHash", tokenHash))
    .unique();
  if (found === null || found.userId !== user._id || found.sessionId !== sessionId)
    throw notFound();
  await db.delete("documentTickets", found._id);
  if (found.expiresAt < Date.now()) throw notFound();
  return db.require("documents", found.documentId);
}
