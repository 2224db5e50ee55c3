/**
 * What next year's draft can take over from this year's plan, item by item: each has an id that says where it stands. Dates,
 * signatures, questions and consents are of one year and never come over.
 */
import { LIST_NAMES, type ListName } from "../ieps/rows";
import { SECTION_KEYS, type SectionKey } from "../ieps/sections";
import type { PlanPart } from "../ieps/findings";

/** Of the answers of a plan, those that can still be true next year. */
export const CARRIED_ANSWERS = [
  "placement",
  "environment",
  "specialFactors",
  "assessments",
  "extendedSchoolYear",
  "ageOfMajority",
] as const;
export type CarriedAnswer = (typeof CARRIED_ANSWERS)[number];

export type CarriedPlace =
  | { kind: "section"; section: SectionKey }
  | { kind: "goal"; id: string }
  | { kind: "service"; id: string }
  | { kind: "row"; list: ListName; id: string }
  | { kind: "answer"; answer: CarriedAnswer };
export type CarriedKind = CarriedPlace["kind"];

export function itemId(place: CarriedPlace): string {
  switch (place.kind) {
    case "section":
      return `section/${place.section}`;
    case "goal":
    case "service":
      return `${place.kind}/${place.id}`;
    case "row":
      return `row/${place.list}/${place.id}`;
    case "answer":
      return `answer/${place.answer}`;
  }
}

/** Null for what is no id of an item. */
export function readItem(id: string): CarriedPlace | null {
  const [kind, first = "", second = "", ...rest] = id.split("/");
  if (rest.length > 0 || first === "" || (second !== "") !== (kind === "row")) return null;
  switch (kind) {
    case "section":
      return isOneOf(SECTION_KEYS, first) ? { kind, section: first } : null;
    case "goal":
    case "service":
      return { kind, id: first };
    case "row":
      return isOneOf(LIST_NAMES, first) ? { kind, list: first, id: second } : null;
    case "answer":
      return isOneOf(CARRIED_ANSWERS, first) ? { kind, answer: first } : null;
    default:
      return null;
  }
}

const isOneOf = <Text extends string>(texts: readonly Text[], text: string): text is Text =>
  (texts as readonly string[]).includes(text);

const PART_OF_SECTION: Record<SectionKey, PlanPart> = {
  ...{ strengths: "considerations", parentConcerns: "considerations" },
  ...{ evaluations: "considerations", additionalNotes: "considerations" },
  ...{ presentLevelsAcademic: "presentLevels", presentLevelsFunctional: "presentLevels" },
  effectOfDisability: "presentLevels",
  specialFactors: "specialFactors",
  progressReporting: "goals",
  personnelSupports: "services",
  placementJustification: "environment",
  assessmentParticipation: "assessments",
  extendedSchoolYear: "extendedSchoolYear",
  transitionNarrative: "transition",
  ageOfMajority: "ageOfMajority",
};
const PART_OF_ANSWER: Record<CarriedAnswer, PlanPart> = {
  ...{ placement: "environment", environment: "environment", specialFactors: "specialFactors" },
  ...{ assessments: "assessments", extendedSchoolYear: "extendedSchoolYear" },
  ageOfMajority: "ageOfMajority",
};

/** The part of the plan that it belongs to. */
export function partOf(place: CarriedPlace): PlanPart {
  switch (place.kind) {
    case "section":
      return PART_OF_SECTION[place.section];
    case "goal":
      return "goals";
    case "service":
      return "services";
    case "row":
      return place.list === "accommodations" || place.list === "modifications"
        ? "services"
        : "transition";
    case "answer":
      return PART_OF_ANSWER[place.answer];
  }
}
