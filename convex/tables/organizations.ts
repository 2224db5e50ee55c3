/** Organizations form a tree of two levels: a tenant (district, agency, school without a district) and its schools. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const vOrganizationType = v.union(
  v.literal("school"),
  v.literal("district"),
  v.literal("agency"),
);

export const vAddress = v.object({
  street: v.string(),
  city: v.string(),
  state: v.string(),
  zipCode: v.string(),
  country: v.string(),
});

export const vContactInfo = v.object({
  phone: v.string(),
  email: v.string(),
  website: v.optional(v.string()),
});

/** See `domain/retention/retention`. */
export const vRetentionSettings = v.object({
  studentRecord: v.number(),
  invitations: v.number(),
  keepPermanentRecord: v.boolean(),
});

/** See `domain/progress/rules`. */
export const vSignatureSettings = v.object({
  /** A parent's, to the services of a first plan (34 CFR 300.300(b)). */
  consent: v.boolean(),
  family: v.boolean(),
  caseManager: v.boolean(),
  administrator: v.boolean(),
  /** The same signatures under amendments. */
  amendments: v.boolean(),
});
export const vProgressSettings = v.object({
  fourPoint: v.boolean(),
  threePoint: v.boolean(),
  trend: v.boolean(),
  minPoints: v.number(),
  minWeeks: v.number(),
  trendPoints: v.number(),
  trendWeeks: v.number(),
  parallelPercent: v.number(),
  likelihoodPoints: v.number(),
  likelihoodWeeks: v.number(),
  quietDays: v.optional(v.number()),
});

/** With what a district that stored its settings earlier was not asked for. */
export const vProgressRules = v.object({ ...vProgressSettings.fields, quietDays: v.number() });

/** The seed's shape, with dates on the reporting periods: names alone compute nothing. */
export const vOrganizationSettings = v.object({
  timezone: v.string(),
  academicYear: v.object({ start: v.string(), end: v.string() }),
  gradeSystem: v.array(v.string()),
  reportingPeriods: v.array(
    v.object({
      ...{ name: v.string(), start: v.string(), end: v.string() },
      /** The last day on which this period's progress reports go out; absent: not set. */
      issueBy: v.optional(v.string()),
    }),
  ),
  complianceSettings: v.object({
    /** Months from one annual review to the next. */
    iepReviewCycle: v.number(),
    /** Months from one evaluation to the next. */
    evaluationCycle: v.number(),
    /** Years of age at which transition planning begins. */
    transitionAge: v.number(),
    /** Years of age at which educational rights pass to the student; absent: 18. */
    ageOfMajority: v.optional(v.number()),
    /** The State or district asks for objectives of every goal, not only with alternate assessments. */
    objectivesForAll: v.optional(v.boolean()),
  }),
  /** Whose signatures a plan needs before it is put in force; absent: nobody's. */
  signatureSettings: v.optional(vSignatureSettings),
  retentionSettings: v.optional(vRetentionSettings),
  progressSettings: v.optional(vProgressSettings),
  familySettings: v.optional(v.object({ liveProgress: v.boolean() })),
  securitySettings: v.optional(
    v.object({
      /** Minutes without anything done after which a session ends; absent: none. */
      idleMinutes: v.optional(v.number()),
      /** Of whom the sign-in asks for a second factor; absent: of nobody. */
      requireSecondFactor: v.optional(
        v.union(v.literal("none"), v.literal("admins"), v.literal("staff")),
      ),
    }),
  ),
});

export const vSettingsChange = v.object({
  field: v.string(),
  before: v.string(),
  after: v.string(),
});

export const organizationTables = {
  organizations: defineTable({
    /** Of a school: the district above it. Absent for a tenant. */
    parentId: v.optional(v.id("organizations")),
    name: v.string(),
    type: vOrganizationType,
    address: vAddress,
    contactInfo: vContactInfo,
    /** A school's settings are its district's; here they are what it began with. */
    settings: vOrganizationSettings,
    settingsVersion: v.number(),
    isActive: v.boolean(),
    subscriptionTier: v.union(
      v.literal("basic"),
      v.literal("professional"),
      v.literal("enterprise"),
    ),
    maxUsers: v.number(),
    maxStudents: v.number(),
    /** Made for demonstration; its dates move along with the calendar. */
    isDemo: v.optional(v.boolean()),
    /** The day that the demonstration's dates count from. */
    demoDate: v.optional(v.string()),
  })
    .index("by_parent", ["parentId", "name"])
    .index("by_type", ["type"])
    .index("by_subscription", ["subscriptionTier"]),

  settingsChanges: defineTable({
    organizationId: v.id("organizations"),
    changedBy: v.id("users"),
    changedAt: v.number(),
    changes: v.array(vSettingsChange),
  }).index("by_organization", ["organizationId", "changedAt"]),
};
