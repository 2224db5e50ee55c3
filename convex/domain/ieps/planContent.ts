/**
 * Everything that a plan says, as one value: what is shared with a family, signed, hashed, compared, printed and carried
 * forward is this, and nothing is looked up beside it. A version in `iepVersions` keeps it as it was on that day.
 */
import type { MasteryCriterion } from "../progress/criterion";
import type { SectionKey, SectionState } from "./sections";
import type {
  PlanAgeOfMajority,
  PlanAssessments,
  PlanEnvironment,
  PlanExtendedSchoolYear,
  PlanSpecialFactors,
  PlanTransition,
} from "./structure";

/** A node of a Tiptap document of `convex/editor`, as JSON. */
export interface RichTextNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: RichTextNode[];
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  text?: string;
}

/** Without suggestions and comments: those are no part of what a plan says. */
export interface PlanSection {
  key: SectionKey;
  state: SectionState;
  document: RichTextNode;
}

export interface PlanObjective {
  description: string;
  /** Calendar date by which it is to be reached. */
  by: string;
  criterion: string;
}

export interface PlanGoal {
  /** The same goal keeps it in every version and year. */
  lineage: string;
  number: number;
  domain: string;
  description: string;
  conditions: string;
  baseline: { value: number; date: string; context: string };
  target: { value: number; by: string };
  unit: string;
  criterion: MasteryCriterion | null;
  /** The criterion as the team wrote it. */
  criterionText: string;
  evaluationMethod: string;
  frequency: string;
  responsibleProvider: string;
  objectives: PlanObjective[];
}

/** 34 CFR 300.320(a)(4), (7). */
export interface PlanService {
  kind: "specialEducation" | "relatedService" | "supplementaryAid" | "personnelSupport";
  /** For example "Speech-language therapy". */
  type: string;
  /** Position or name of who provides it. */
  provider: string;
  /** Minutes of one session. */
  minutes: number;
  frequency: { times: number; per: "day" | "week" | "month" | "quarter" | "year" };
  delivery: "individual" | "group";
  /** Decides what counts toward the time outside of the regular class. */
  setting: "regularClass" | "separateClass" | "separateSchool" | "home" | "community";
  location: string;
  startDate: string;
  endDate: string;
}

export interface PlanContent {
  /** Of this shape; a later shape reads what earlier ones wrote. */
  format: 1;
  kind: "annual" | "amendment";
  version: number;
  effectiveDate: string;
  expirationDate: string;
  meetingDate: string;
  nextReviewDate: string;
  organization: string;
  student: {
    name: string;
    number: string;
    grade: string;
    school: string;
    birthDate: string | null;
    disabilities: string[];
  };
  team: { name: string; function: string }[];
  sections: PlanSection[];
  goals: PlanGoal[];
  services: PlanService[];
  accommodations: { category: string; description: string; setting: string }[];
  modifications: { subject: string; description: string; criteria: string }[];
  environment: PlanEnvironment;
  specialFactors: PlanSpecialFactors;
  assessments: PlanAssessments;
  extendedSchoolYear: PlanExtendedSchoolYear;
  /** null: nothing of it was entered. */
  transition: PlanTransition | null;
  ageOfMajority: PlanAgeOfMajority;
}
