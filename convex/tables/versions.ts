/**
 * What a plan said when it was shared, signed and put in force; who signed which version; what the family asked about
 * it. Everything here is written once and never changed.
 */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { vRelation } from "./audit";
import { vChannel } from "./rights";
import { sealed } from "./sealed";

/**
 * `shared`: a draft for the family to read; `final`: to be signed; `activated`, `amendment`: put in force, as annual plan
 * or as its consolidated amendment; `correction`: with a typing error put right.
 */
export const vVersionKind = v.union(
  v.literal("shared"),
  v.literal("final"),
  v.literal("activated"),
  v.literal("amendment"),
  v.literal("correction"),
);
export const vDecision = v.union(v.literal("accept"), v.literal("partly"), v.literal("decline"));
export const vCapacity = v.union(
  v.literal("parent"),
  v.literal("adultStudent"),
  v.literal("caseManager"),
  v.literal("teamMember"),
  v.literal("administrator"),
);
export const vMark = v.union(
  v.object({ kind: v.literal("typed"), name: v.string() }),
  v.object({
    kind: v.literal("drawn"),
    strokes: v.array(v.array(v.number())),
    height: v.number(),
  }),
);
/** How a version on paper reached somebody. */
export const vDeliveryWay = v.union(
  v.literal("inPerson"),
  v.literal("mail"),
  v.literal("email"),
  v.literal("sentHome"),
);
/** How the signer had signed in. */
export const vSignInMethod = v.union(
  v.literal("password"),
  v.literal("secondFactor"),
  v.literal("singleSignOn"),
);
const vLanguage = v.union(v.literal("en"), v.literal("es"));

export const confidentialVersionFields = {
  /** Canonical JSON of the `PlanContent`; the hash is of this text. */
  text: v.string(),
  /** Of a correction: what was put right. */
  correction: v.optional(
    v.object({ part: v.string(), before: v.string(), after: v.string(), reason: v.string() }),
  ),
};
export const confidentialSignatureFields = {
  signerName: v.string(),
  mark: v.optional(vMark),
  /** With what the signer does not agree. */
  exceptions: v.optional(v.string()),
  /** As it was displayed. */
  approval: v.optional(v.string()),
  understanding: v.optional(v.string()),
};
export const confidentialDeliveryFields = { recipient: v.string(), note: v.string() };
export const confidentialQuestionFields = { text: v.string() };
export const confidentialAmendmentFields = {
  reason: v.string(),
  /** Without a meeting: which parent agreed, and how. */
  agreedWith: v.optional(v.string()),
};

export const versionTables = {
  iepVersions: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    kind: vVersionKind,
    /** Counts the versions of one plan. */
    number: v.number(),
    ...sealed(confidentialVersionFields),
    /** SHA-256 of the text, in hexadecimal digits. */
    hash: v.string(),
    /** Of a correction: the version that it corrects. */
    corrects: v.optional(v.id("iepVersions")),
    createdBy: v.id("users"),
    createdAt: v.number(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_iep", ["organizationId", "iepId", "number"])
    .index("by_iep_kind", ["organizationId", "iepId", "kind", "number"]),

  signatures: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    versionId: v.id("iepVersions"),
    /** Of the version, as it was signed. */
    versionHash: v.string(),
    channel: vChannel,
    /** Absent: signed on paper. */
    signerId: v.optional(v.id("users")),
    relation: v.optional(vRelation),
    capacity: vCapacity,
    decision: vDecision,
    ...sealed(confidentialSignatureFields),
    language: v.optional(vLanguage),
    understands: v.optional(v.boolean()),
    /** 34 CFR 300.300(b): of a parent's signature under a first plan. */
    servicesConsent: v.optional(v.boolean()),
    /** Calendar day in the organization's time zone. */
    signedOn: v.string(),
    /** When it was signed; on paper, when it was recorded. */
    signedAt: v.number(),
    evidence: v.optional(
      v.object({
        sessionId: v.string(),
        method: vSignInMethod,
        ipAddress: v.optional(v.string()),
        userAgent: v.optional(v.string()),
      }),
    ),
    /** On paper: the scan. */
    documentId: v.optional(v.id("documents")),
    recordedBy: v.id("users"),
    /** SHA-256 of all of the above: a signature that somebody changes is told from one that was made. */
    recordHash: v.string(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_version", ["organizationId", "versionId", "signedAt"])
    .index("by_iep", ["organizationId", "iepId", "signedAt"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  planDeliveries: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    versionId: v.id("iepVersions"),
    way: vDeliveryWay,
    deliveredOn: v.string(),
    ...sealed(confidentialDeliveryFields),
    recordedBy: v.id("users"),
    recordedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_version", ["organizationId", "versionId", "recordedAt"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  /** What the family asks or says about a part of a version, and the answers. */
  planQuestions: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    versionId: v.id("iepVersions"),
    /** Of `domain/ieps/parts`. */
    part: v.string(),
    ...sealed(confidentialQuestionFields),
    fromFamily: v.boolean(),
    /** Of an answer: the question. */
    replyTo: v.optional(v.id("planQuestions")),
    writtenBy: v.id("users"),
    writtenAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_iep", ["organizationId", "iepId", "writtenAt"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  /** 34 CFR 300.324(a)(4), (6): why a plan is amended, and whether the parent agreed not to meet. */
  planAmendments: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    /** The amendment's own plan. */
    iepId: v.id("ieps"),
    amends: v.id("ieps"),
    withMeeting: v.boolean(),
    agreedOn: v.optional(v.string()),
    ...sealed(confidentialAmendmentFields),
    createdBy: v.id("users"),
    createdAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_iep", ["organizationId", "iepId"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),
};
