/**
 * The answers of a plan that are chosen or listed, not written as text: their shapes, and what they are before anybody
 * has answered. `null` is "not answered yet" everywhere and never counts as an answer.
 */

/** 34 CFR 300.324(a)(2)(i)–(v), in its order. */
export const SPECIAL_FACTORS = [
  "behavior",
  "language",
  "braille",
  "communication",
  "assistiveTechnology",
] as const;
export type SpecialFactor = (typeof SPECIAL_FACTORS)[number];

/** Considered, and with which result. */
export interface SpecialFactorAnswer {
  needed: boolean | null;
  /** What the plan does about it, or why nothing is needed. */
  how: string;
}
export type PlanSpecialFactors = Record<SpecialFactor, SpecialFactorAnswer>;

/** 34 CFR 300.320(a)(6): assessments of the State and those of the district are decided apart. */
export const ASSESSMENTS = ["state", "district"] as const;
export type Assessment = (typeof ASSESSMENTS)[number];

/** `notGiven`: there is no such assessment in the student's grade while the plan is in force. */
export const PARTICIPATIONS = ["regular", "accommodated", "alternate", "notGiven"] as const;
export type Participation = (typeof PARTICIPATIONS)[number];

export interface PlanAssessment {
  participation: Participation | null;
  /** (6)(i), with `accommodated`. */
  accommodations: string;
  /** (6)(ii)(A), with `alternate`: why the student cannot take the regular one. */
  whyNotRegular: string;
  /** (6)(ii)(B), with `alternate`: why the chosen one is appropriate. */
  whyAppropriate: string;
}
export type PlanAssessments = Record<Assessment, PlanAssessment>;

/** 34 CFR 300.106. */
export interface PlanExtendedSchoolYear {
  needed: boolean | null;
  /** What is provided and why, or why nothing is needed. */
  reason: string;
}

/** 34 CFR 300.320(c): the student was told of the rights that will pass to them. */
export interface PlanAgeOfMajority {
  /** Calendar date, or null. */
  informedOn: string | null;
}

/** Where the student is educated. The first four are of early childhood, the others of school age (EDFacts FS089, FS002). */
export const EDUCATIONAL_PLACES = [
  "earlyChildhoodProgram",
  "separateClass",
  "home",
  "serviceProvider",
  "regularSchool",
  "separateSchool",
  "residentialFacility",
  "homeboundOrHospital",
  "correctionalFacility",
  "privateSchoolByParents",
] as const;
export type EducationalPlace = (typeof EDUCATIONAL_PLACES)[number];

/** Time with nondisabled children: 34 CFR 300.320(a)(5). Minutes are those of one week. */
export interface PlanEnvironment {
  placement: string;
  place: EducationalPlace | null;
  /** Of early childhood: the minutes of the regular early childhood program. */
  schoolWeekMinutes: number | null;
  regularClassMinutes: number | null;
  /** Early childhood: most of the special education is given in the regular program. */
  servicesInProgram: boolean | null;
}

/** 34 CFR 300.320(b)(1). */
export const POSTSECONDARY_AREAS = [
  "educationOrTraining",
  "employment",
  "independentLiving",
] as const;
export type PostsecondaryArea = (typeof POSTSECONDARY_AREAS)[number];

/** 34 CFR 300.320(b), 300.321(b). */
export interface PlanTransition {
  /** The texts of `postSecondary`. */
  postSecondaryGoals: string[];
  /** `area` null: written before areas were asked for. */
  postSecondary: { area: PostsecondaryArea | null; text: string }[];
  transitionServices: string[];
  /** One text for each of `agencies`: who, and what they do. */
  agencyInvolvement: string[];
  agencies: PlanAgency[];
  /** Age-appropriate transition assessments: which, and when. */
  assessments: string[];
  coursesOfStudy: string[];
  /** 300.321(b)(1): to the meeting at which transition is discussed. */
  studentInvited: boolean | null;
}

export interface PlanAgency {
  agency: string;
  responsibility: string;
  /** 300.321(b)(3): of the parent, or of the student of age. Calendar date, or null. */
  consentOn: string | null;
  invitedOn: string | null;
}

const notAnswered = (): SpecialFactorAnswer => ({ needed: null, how: "" });
export const noSpecialFactors = (): PlanSpecialFactors => ({
  behavior: notAnswered(),
  language: notAnswered(),
  braille: notAnswered(),
  communication: notAnswered(),
  assistiveTechnology: notAnswered(),
});

const notDecided = (): PlanAssessment => ({
  ...{ participation: null, accommodations: "", whyNotRegular: "", whyAppropriate: "" },
});
export const noAssessments = (): PlanAssessments => ({
  state: notDecided(),
  district: notDecided(),
});
