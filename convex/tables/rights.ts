/**
 * What families ask of a record (34 CFR 300.613, 300.618–621, 300.624), what they allow to be disclosed (300.622, 99.30)
 * and who in the agency has access (300.623).
 */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { vRole } from "./people";
import { sealed } from "./sealed";

export const vRequestKind = v.union(
  v.literal("inspection"),
  v.literal("amendment"),
  v.literal("destruction"),
);
export const vRequestState = v.union(
  v.literal("informed"),
  v.literal("received"),
  v.literal("scheduled"),
  v.literal("provided"),
  v.literal("agreed"),
  v.literal("refused"),
  v.literal("hearingRequested"),
  v.literal("hearingHeld"),
  v.literal("hearingAgreed"),
  v.literal("hearingRefused"),
  v.literal("approved"),
  v.literal("closed"),
  v.literal("withdrawn"),
);
export const vGround = v.union(
  v.literal("inaccurate"),
  v.literal("misleading"),
  v.literal("privacy"),
);
export const vWay = v.union(v.literal("online"), v.literal("inPerson"), v.literal("copy"));
export const vFee = v.union(v.literal("none"), v.literal("waived"));
export const vChannel = v.union(v.literal("online"), v.literal("paper"));
export const vRecordPart = v.union(
  v.literal("plan"),
  v.literal("progress"),
  v.literal("evaluations"),
  v.literal("services"),
  v.literal("health"),
  v.literal("attendance"),
  v.literal("discipline"),
  v.literal("contact"),
);

/** Steps of requests, and what else is told in their history. */
export const vRightsAction = v.union(
  v.literal("request"),
  v.literal("inform"),
  v.literal("schedule"),
  v.literal("provide"),
  v.literal("agree"),
  v.literal("refuse"),
  v.literal("requestHearing"),
  v.literal("holdHearing"),
  v.literal("decideForFamily"),
  v.literal("decideForAgency"),
  v.literal("askDestruction"),
  v.literal("approve"),
  v.literal("close"),
  v.literal("withdraw"),
  v.literal("placeStatement"),
  v.literal("changeClock"),
);

export const confidentialRequestFields = {
  /** Of a request on paper: the name that it is signed with. */
  requesterName: v.optional(v.string()),
  about: v.string(),
  correction: v.optional(v.string()),
};
export const confidentialEventFields = { text: v.optional(v.string()) };
export const confidentialStatementFields = {
  /** Of whoever makes it. */
  signedName: v.string(),
  text: v.string(),
};
export const confidentialConsentFields = {
  recipient: v.string(),
  purpose: v.string(),
  /** As it was signed. */
  signedName: v.string(),
};
export const confidentialDisclosureFields = { note: v.string() };

export const rightsTables = {
  rightsRequests: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    kind: vRequestKind,
    state: vRequestState,
    /** Derived from the state (`domain/rights/requests`): the agency still has something to do. */
    isOpen: v.boolean(),
    channel: vChannel,
    ...sealed(confidentialRequestFields),
    /** Whose request it is; absent of one on paper, and of the agency's information. */
    requestedBy: v.optional(v.id("users")),
    recordedBy: v.id("users"),
    /** Absent: unknown, or nothing was received yet. */
    receivedOn: v.optional(v.string()),
    /** A family that was refused asked for a hearing. */
    hearingAskedOn: v.optional(v.string()),
    /** The day from which the days count: a hearing was asked for, or it was received. */
    countsFrom: v.optional(v.string()),
    /** A meeting about the plan or a hearing, before which an inspection has to be. */
    meetingOn: v.optional(v.string()),
    /** Derived from both (`domain/rights/clock`). */
    dueOn: v.optional(v.string()),
    /** When the agency did what it owed. */
    stoppedOn: v.optional(v.string()),
    ground: v.optional(vGround),
    /** Of an inspection: for when it is planned, when and how it was, and what it cost. */
    scheduledOn: v.optional(v.string()),
    providedOn: v.optional(v.string()),
    way: v.optional(vWay),
    fee: v.optional(vFee),
    version: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_due", ["organizationId", "isOpen", "dueOn"])
    .index("by_state", ["organizationId", "kind", "state"])
    .index("by_student_open", ["organizationId", "studentId", "isOpen"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  /** What happened to a request. Written once. */
  rightsEvents: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    requestId: v.id("rightsRequests"),
    action: vRightsAction,
    /** The state that it led to. */
    state: vRequestState,
    at: v.number(),
    by: v.id("users"),
    /** The day that it is about: when it happened, or is planned. */
    on: v.optional(v.string()),
    /** The last day that counts since then. */
    dueOn: v.optional(v.string()),
    ...sealed(confidentialEventFields),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_request", ["organizationId", "requestId", "at"]),

  /** 34 CFR 300.620(b), 99.21(c): part of the record for as long as it is kept. Written once. */
  recordStatements: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    requestId: v.id("rightsRequests"),
    ...sealed(confidentialStatementFields),
    placedOn: v.string(),
    recordedBy: v.id("users"),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  disclosureConsents: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    ...sealed(confidentialConsentFields),
    parts: v.array(vRecordPart),
    from: v.string(),
    until: v.string(),
    channel: vChannel,
    givenOn: v.string(),
    recordedBy: v.id("users"),
    revokedOn: v.optional(v.string()),
    revokedBy: v.optional(v.id("users")),
    version: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  /** 34 CFR 99.32: what was disclosed under a consent. Written once. */
  disclosures: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    consentId: v.id("disclosureConsents"),
    disclosedOn: v.string(),
    parts: v.array(vRecordPart),
    ...sealed(confidentialDisclosureFields),
    recordedBy: v.id("users"),
    recordedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId"])
    .index("by_consent", ["organizationId", "consentId", "disclosedOn"])
    .index("by_client_mutation", ["organizationId", "studentId", "clientMutationId"]),

  /** What an organization calls those who work in a role, and why they have access: one row per role. */
  accessPositions: defineTable({
    organizationId: v.id("organizations"),
    role: vRole,
    title: v.string(),
    access: v.string(),
    version: v.number(),
  }).index("by_role", ["organizationId", "role"]),
};
