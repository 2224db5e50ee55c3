/** Progress reports: one for each student and period, frozen when it is issued; and the work of writing many of them. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import type { ReportContent } from "../domain/reports/content";
import { sealed } from "./sealed";

export const vProgressCode = v.union(
  v.literal("mastered"),
  v.literal("onTrack"),
  v.literal("someProgress"),
  v.literal("noProgress"),
  v.literal("notIntroduced"),
);

const vDatedValue = v.object({ date: v.string(), value: v.number() });

const vAmount = v.object({ points: v.number(), weeks: v.number() });

export const vForecast = v.object({
  expected: v.union(v.literal("yes"), v.literal("no"), v.literal("unsure")),
  because: v.union(
    v.literal("noData"),
    v.literal("oldData"),
    v.literal("tooFewPoints"),
    v.literal("tooShort"),
    v.literal("tooFar"),
    v.literal("reached"),
    v.literal("datePassed"),
    v.literal("trendReaches"),
    v.literal("trendFallsShort"),
    v.literal("bandCrosses"),
  ),
  by: v.string(),
  points: v.number(),
  level: v.union(v.null(), v.number()),
  projected: v.union(
    v.null(),
    v.object({
      ...{ value: v.number(), low: v.number(), high: v.number() },
      /** Reports that were issued before the likelihood was told have none. */
      probability: v.optional(v.number()),
    }),
  ),
  enough: v.optional(v.object({ needed: vAmount, have: vAmount })),
  possibleFrom: v.optional(v.string()),
});

/** The figures of one goal: what the data say, before anybody has written a word. */
export const figureFields = {
  goalId: v.string(),
  goalNumber: v.number(),
  domain: v.string(),
  description: v.string(),
  measurement: v.object({
    kind: v.string(),
    direction: v.union(v.literal("increase"), v.literal("decrease"), v.literal("maintain")),
    unit: v.string(),
    ratingLevels: v.optional(v.array(v.string())),
    min: v.optional(v.number()),
    max: v.optional(v.number()),
  }),
  baseline: vDatedValue,
  target: vDatedValue,
  points: v.number(),
  pointsInPeriod: v.number(),
  latest: v.union(v.null(), vDatedValue),
  expectedNow: v.union(v.null(), v.number()),
  slopePerWeek: v.union(v.null(), v.number()),
  forecast: vForecast,
  chart: v.array(vDatedValue),
  phases: v.optional(v.array(v.object({ name: v.string(), startDate: v.string() }))),
};

export const vPeriod = v.object({
  ...{ name: v.string(), start: v.string(), end: v.string() },
  issueBy: v.optional(v.string()),
});

export const vReportContent = v.object({
  student: v.object({
    ...{ firstName: v.string(), lastName: v.string() },
    ...{ gradeLevel: v.string(), schoolName: v.string() },
  }),
  organization: v.string(),
  period: vPeriod,
  asOf: v.string(),
  issuedBy: v.string(),
  goals: v.array(
    v.object({
      ...figureFields,
      code: vProgressCode,
      narrative: v.string(),
      narrativeSpanish: v.string(),
      explanation: v.string(),
      plain: v.object({ en: v.string(), es: v.string() }),
    }),
  ),
});

export const confidentialReportFields = {
  /** What it says, since it was issued. */
  content: v.optional(vReportContent),
  /** Why it corrects the former one. */
  correctionReason: v.optional(v.string()),
};

export const confidentialEntryFields = {
  narrative: v.string(),
  narrativeSpanish: v.string(),
  explanation: v.string(),
};

export const vReportState = v.union(
  v.literal("draft"),
  v.literal("issued"),
  v.literal("corrected"),
  /** A draft that nobody will issue. What was written in it stays to be read, and it can be taken up again. */
  v.literal("discarded"),
);
export const vBatchKind = v.union(v.literal("prepare"), v.literal("issue"));
export const vReminder = v.union(
  v.literal("beforeEnd"),
  v.literal("beforeIssue"),
  v.literal("late"),
);
export const vBatchFailure = v.union(
  v.literal("noPlan"),
  v.literal("noDraft"),
  v.literal("incomplete"),
  v.literal("notYours"),
);

export const reportTables = {
  progressReports: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    /** A period is known by its first day; the rest is as it was when the report was begun. */
    periodStart: v.string(),
    period: vPeriod,
    state: vReportState,
    /** The issued report that this one takes the place of, and the other way round. */
    corrects: v.optional(v.id("progressReports")),
    correctedBy: v.optional(v.id("progressReports")),
    ...sealed(confidentialReportFields),
    /** SHA-256 of the content's canonical JSON. */
    contentHash: v.optional(v.string()),
    preparedBy: v.id("users"),
    preparedAt: v.number(),
    issuedBy: v.optional(v.id("users")),
    issuedAt: v.optional(v.number()),
    discardedBy: v.optional(v.id("users")),
    discardedAt: v.optional(v.number()),
    clientMutationId: v.string(),
  })
    .index("by_student", ["organizationId", "studentId", "periodStart"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** What people write about one goal; a row of its own, so that two who write about two goals never meet. */
  reportEntries: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    reportId: v.id("progressReports"),
    goalId: v.id("goals"),
    code: v.optional(vProgressCode),
    ...sealed(confidentialEntryFields),
    version: v.number(),
    editedBy: v.id("users"),
    editedAt: v.number(),
  })
    .index("by_report", ["organizationId", "reportId", "goalId"])
    .index("by_student", ["organizationId", "studentId"]),

  reportBatches: defineTable({
    organizationId: v.id("organizations"),
    kind: vBatchKind,
    startedBy: v.id("users"),
    startedAt: v.number(),
    periodStart: v.string(),
    state: v.union(v.literal("running"), v.literal("done")),
    total: v.number(),
    done: v.number(),
    failed: v.number(),
    /** Counts the steps; a failure that stopped them is noticed by the time. */
    step: v.number(),
    movedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_starter", ["organizationId", "startedBy", "startedAt"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"])
    .index("by_state", ["state", "movedAt"]),

  reportBatchItems: defineTable({
    organizationId: v.id("organizations"),
    batchId: v.id("reportBatches"),
    studentId: v.id("students"),
    state: v.union(v.literal("waiting"), v.literal("done"), v.literal("failed")),
    failure: v.optional(vBatchFailure),
  })
    .index("by_batch", ["organizationId", "batchId", "state"])
    .index("by_student", ["organizationId", "studentId"]),

  /** Who was reminded of what: once. */
  reportReminders: defineTable({
    organizationId: v.id("organizations"),
    userId: v.id("users"),
    periodStart: v.string(),
    kind: vReminder,
    sentAt: v.number(),
  }).index("by_user", ["organizationId", "userId", "periodStart", "kind"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Validator and domain type are one: a difference does not compile. */
export const contentIsOne: Same<Infer<typeof vReportContent>, ReportContent> = true;
