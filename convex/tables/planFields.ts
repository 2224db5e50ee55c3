/** The structured answers of a plan (`domain/ieps/structure`), its services, and decisions to go without an element. */
import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import type { PlanAnswers } from "../domain/ieps/fields";
import type { ServiceInput } from "../domain/services/service";
import { sealed } from "./sealed";

const vYesNo = v.union(v.boolean(), v.null());
const vMinutes = v.union(v.number(), v.null());
const vDay = v.union(v.string(), v.null());

const vPlace = v.union(
  v.literal("earlyChildhoodProgram"),
  v.literal("separateClass"),
  v.literal("home"),
  v.literal("serviceProvider"),
  v.literal("regularSchool"),
  v.literal("separateSchool"),
  v.literal("residentialFacility"),
  v.literal("homeboundOrHospital"),
  v.literal("correctionalFacility"),
  v.literal("privateSchoolByParents"),
);
const vEnvironment = v.object({
  place: v.union(vPlace, v.null()),
  schoolWeekMinutes: vMinutes,
  regularClassMinutes: vMinutes,
  servicesInProgram: vYesNo,
});

const vSpecialFactor = v.object({ needed: vYesNo, how: v.string() });
const vSpecialFactors = v.object({
  behavior: vSpecialFactor,
  language: vSpecialFactor,
  braille: vSpecialFactor,
  communication: vSpecialFactor,
  assistiveTechnology: vSpecialFactor,
});

const vAssessment = v.object({
  participation: v.union(
    v.literal("regular"),
    v.literal("accommodated"),
    v.literal("alternate"),
    v.literal("notGiven"),
    v.null(),
  ),
  accommodations: v.string(),
  whyNotRegular: v.string(),
  whyAppropriate: v.string(),
});
const vAssessments = v.object({ state: vAssessment, district: vAssessment });

export const vTextRow = v.object({ id: v.string(), text: v.string() });
/** The lists of the transition; accommodations and modifications are fields of the contract. */
const vTransitionRows = v.object({
  postSecondary: v.array(v.object({ ...vTextRow.fields, area: v.string() })),
  transitionServices: v.array(vTextRow),
  agencies: v.array(
    v.object({
      ...{ id: v.string(), agency: v.string(), responsibility: v.string() },
      ...{ consentOn: v.string(), invitedOn: v.string() },
    }),
  ),
  transitionAssessments: v.array(vTextRow),
  coursesOfStudy: v.array(vTextRow),
});

export const vAnswers = v.object({
  environment: vEnvironment,
  specialFactors: vSpecialFactors,
  assessments: vAssessments,
  extendedSchoolYear: v.object({ needed: vYesNo, reason: v.string() }),
  invitation: v.object({ studentInvited: vYesNo }),
  ageOfMajority: v.object({ informedOn: vDay }),
});

/** Of a plan, sealed. Absent: nobody has answered yet. */
export const structuredIepFields = {
  environment: v.optional(vAnswers.fields.environment),
  specialFactors: v.optional(vAnswers.fields.specialFactors),
  assessments: v.optional(vAnswers.fields.assessments),
  extendedSchoolYear: v.optional(vAnswers.fields.extendedSchoolYear),
  invitation: v.optional(vAnswers.fields.invitation),
  ageOfMajority: v.optional(vAnswers.fields.ageOfMajority),
  transitionRows: v.optional(vTransitionRows),
};

export const confidentialServiceFields = {
  type: v.string(),
  /** Of related services, which: as telling as its name. */
  relatedService: v.optional(
    v.union(
      v.literal("audiology"),
      v.literal("counseling"),
      v.literal("earlyIdentification"),
      v.literal("interpreting"),
      v.literal("medical"),
      v.literal("occupationalTherapy"),
      v.literal("orientationMobility"),
      v.literal("parentCounseling"),
      v.literal("physicalTherapy"),
      v.literal("psychological"),
      v.literal("recreation"),
      v.literal("rehabilitationCounseling"),
      v.literal("nursing"),
      v.literal("socialWork"),
      v.literal("speechTherapy"),
      v.literal("transportation"),
      v.literal("other"),
    ),
  ),
  provider: v.string(),
  location: v.string(),
};
const openServiceFields = {
  kind: v.union(
    v.literal("specialEducation"),
    v.literal("relatedService"),
    v.literal("supplementaryAid"),
    v.literal("personnelSupport"),
  ),
  minutes: v.number(),
  frequency: v.object({
    times: v.number(),
    per: v.union(
      v.literal("day"),
      v.literal("week"),
      v.literal("month"),
      v.literal("quarter"),
      v.literal("year"),
    ),
  }),
  delivery: v.union(v.literal("individual"), v.literal("group")),
  setting: v.union(
    v.literal("regularClass"),
    v.literal("separateClass"),
    v.literal("separateSchool"),
    v.literal("home"),
    v.literal("community"),
  ),
  startDate: v.string(),
  endDate: v.string(),
};
/** What a person enters; checked by `domain/services/service`. */
export const serviceInputFields = { ...openServiceFields, ...confidentialServiceFields };
export const vServiceInput = v.object(serviceInputFields);

export const confidentialOverrideFields = { reason: v.string() };

export const planFieldTables = {
  services: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    ...openServiceFields,
    ...sealed(confidentialServiceFields),
    version: v.number(),
    clientMutationId: v.optional(v.string()),
  })
    .index("by_iep", ["organizationId", "iepId"])
    .index("by_student", ["organizationId", "studentId"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"]),

  /** That a plan may be put in force although these elements are missing. */
  completenessOverrides: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    iepId: v.id("ieps"),
    /** Ids of the findings that it covers (`findingId`): others that come later are not covered. */
    findings: v.array(v.string()),
    ...sealed(confidentialOverrideFields),
    decidedBy: v.id("users"),
    decidedAt: v.number(),
    clientMutationId: v.string(),
  })
    .index("by_iep", ["organizationId", "iepId"])
    .index("by_student", ["organizationId", "studentId"]),
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Structured = Omit<
  PlanAnswers,
  "meetingDate" | "effectiveDate" | "expirationDate" | "nextReviewDate" | "placement"
>;
/** Validators and domain types are one: a difference does not compile. */
export const answersAreOne: Same<Infer<typeof vAnswers>, Structured> = true;
export const serviceIsOne: Same<Infer<typeof vServiceInput>, ServiceInput> = true;
