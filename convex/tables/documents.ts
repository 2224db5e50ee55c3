/** Documents of a student's record: court orders, evaluations, medical letters. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

export const vDocumentKind = v.union(
  v.literal("courtOrder"),
  v.literal("evaluation"),
  v.literal("medical"),
  v.literal("correspondence"),
  v.literal("other"),
);
export const vMediaType = v.union(
  v.literal("application/pdf"),
  v.literal("image/png"),
  v.literal("image/jpeg"),
  v.literal("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
  v.literal("application/vnd.oasis.opendocument.text"),
  v.literal("text/plain"),
);

export const confidentialDocumentFields = {
  title: v.string(),
  fileName: v.string(),
  /** The key that the file alone is sealed with, in base64; gone together with the file. */
  fileKey: v.optional(v.string()),
  removedReason: v.optional(v.string()),
};

export const documentTables = {
  documents: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    ...sealed(confidentialDocumentFields),
    kind: vDocumentKind,
    /** What its bytes are (`domain/documents/contentType`), not what its name says. */
    mediaType: vMediaType,
    /** Bytes. */
    size: v.number(),
    /** Of the file as it was uploaded, in hexadecimal digits. */
    sha256: v.string(),
    /** Absent: removed. */
    storageId: v.optional(v.id("_storage")),
    isConfidential: v.boolean(),
    sharedWithFamily: v.boolean(),
    /** The guardianship that rests on it. */
    guardianshipId: v.optional(v.id("guardianships")),
    uploadedBy: v.id("users"),
    uploadedAt: v.number(),
    removedAt: v.optional(v.number()),
    removedBy: v.optional(v.id("users")),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"])
    .index("by_storage", ["storageId"]),

  /** Each opens one document once, for one session, within a minute. */
  documentTickets: defineTable({
    organizationId: v.id("organizations"),
    documentId: v.id("documents"),
    userId: v.id("users"),
    sessionId: v.string(),
    tokenHash: v.string(),
    expiresAt: v.number(),
  })
    .index("by_token", ["organizationId", "tokenHash"])
    .index("by_expiry", ["expiresAt"]),
};
