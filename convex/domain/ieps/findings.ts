/** What the law still misses in a plan, one finding for each thing, with the way to it. The words are the client's. */
import type { PlanContent, RichTextNode } from "./planContent";
import type { SectionKey } from "./sections";
import type { Signer } from "./signers";
import type { Assessment, SpecialFactor } from "./structure";

export type FindingKey =
  | "dates"
  | "academicLevels"
  | "functionalLevels"
  | "effectOfDisability"
  | "considerStrengths"
  | "considerConcerns"
  | "considerEvaluations"
  | "noGoals"
  | "goalDescription"
  | "goalMethod"
  | "goalFrequency"
  | "goalCriterion"
  | "goalObjectives"
  | "progressReports"
  | "noSpecialEducation"
  | "serviceOutsidePlan"
  | "serviceBeyondPlan"
  | "noAids"
  | "accommodationPlace"
  | "personnelSupports"
  | "environmentUnknown"
  | "environmentPlace"
  | "environmentMinutes"
  | "servicesInProgram"
  | "nonParticipation"
  | "assessmentUndecided"
  | "assessmentAccommodations"
  | "alternateWhy"
  | "alternateWhich"
  | "specialFactor"
  | "specialFactorHow"
  | "brailleWhy"
  | "extendedSchoolYear"
  | "extendedSchoolYearHow"
  | "transitionUnknown"
  | "postSecondaryEducation"
  | "postSecondaryEmployment"
  | "transitionAssessments"
  | "transitionServices"
  | "coursesOfStudy"
  | "studentInvited"
  | "agencyConsent"
  | "majorityUnknown"
  | "majorityInformed"
  | "carriedUnseen"
  | "signature";

/** The parts of a plan that findings are shown by, in the order of the printed plan. */
export const PLAN_PARTS = [
  "dates",
  "considerations",
  "presentLevels",
  "specialFactors",
  "goals",
  "services",
  "environment",
  "assessments",
  "extendedSchoolYear",
  "transition",
  "ageOfMajority",
  "signatures",
] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

/** Where in the plan it is put right. */
export type FindingTarget =
  | { kind: "section"; section: SectionKey }
  | { kind: "field"; field: string }
  | { kind: "list"; list: "goals" | "services" | "accommodations" | "transition" }
  | { kind: "goal"; lineage: string }
  | { kind: "student" }
  | { kind: "signatures" }
  /** Of `domain/carry/item`. */
  | { kind: "carried"; item: string };

export interface Finding {
  key: FindingKey;
  part: PlanPart;
  /** `required`: the plan is not put in force without it. `advice`: worth a look. */
  severity: "required" | "advice";
  /** `unknown`: what decides it is not known, so nobody can say that nothing is missing. */
  state: "missing" | "unknown";
  /** Within 34 CFR, such as "300.320(a)(1)". */
  citation: string;
  target: FindingTarget;
  params?: {
    /** Of the goal. */
    number?: number;
    name?: string;
    factor?: SpecialFactor;
    assessment?: Assessment;
    field?: string;
    count?: number;
    age?: number;
    /** Of the version to sign. */
    version?: number;
    signer?: Signer;
  };
}

type Details = Pick<Finding, "part" | "citation" | "target"> & Pick<Partial<Finding>, "params">;

export const missing = (key: FindingKey, details: Details): Finding => ({
  ...{ key, severity: "required", state: "missing" },
  ...details,
});
export const advised = (key: FindingKey, details: Details): Finding => ({
  ...missing(key, details),
  severity: "advice",
});
export const notKnown = (key: FindingKey, details: Details): Finding => ({
  ...missing(key, details),
  state: "unknown",
});

/** The same finding again, whatever else changed: an override covers those that were known when it was made. */
export function findingId({ key, params = {}, target }: Finding): string {
  const { factor = "", assessment = "", name = "", field = "", signer = "" } = params;
  const goal = target.kind === "goal" ? target.lineage : "";
  const item = target.kind === "carried" ? target.item : "";
  const version = params.version === undefined ? "" : String(params.version);
  return [key, factor, assessment, name, field, goal, item, signer, version]
    .filter((part) => part !== "")
    .join(":");
}

export const blank = (text: string): boolean => text.trim() === "";

/** Whether anything is written there that can be read. */
export function isWritten(node: RichTextNode): boolean {
  if (node.text !== undefined && !blank(node.text)) return true;
  return (node.content ?? []).some(isWritten);
}

/** Whether the section says anything. */
export function isSaid({ sections }: Pick<PlanContent, "sections">, key: SectionKey): boolean {
  return sections.some((section) => section.key === key && isWritten(section.document));
}

/** Said, or marked as not needed for this student: only where the law leaves that to the team. */
export function isSettled(plan: Pick<PlanContent, "sections">, key: SectionKey): boolean {
  return (
    isSaid(plan, key) ||
    plan.sections.some((section) => section.key === key && section.state === "notNeeded")
  );
}

/** The finding, if it is one. */
export const when = (is: boolean, finding: () => Finding): Finding[] => (is ? [finding()] : []);

export const inSection = (section: SectionKey): FindingTarget => ({ kind: "section", section });
export const inField = (field: string): FindingTarget => ({ kind: "field", field });
