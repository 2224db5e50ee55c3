/**
 * What teams keep to write with again: goals, accommodations and phrases, of one person, a school or the district. They
 * are about nobody; variables such as {student} are filled in when one is put into a plan (`template`).
 */
import { GOAL_DOMAINS } from "../goals/goal";
import { SECTION_KEYS } from "../ieps/sections";
import { DIRECTIONS, MEASUREMENT_KINDS, type MeasurementKind } from "../progress/shape";
import { checkText, LIMITS, type Problem, problem, searchKey } from "../validation/problem";

export const BANK_KINDS = ["goal", "accommodation", "phrase"] as const;
export type BankKind = (typeof BANK_KINDS)[number];

export const BANK_LANGUAGES = ["en", "es"] as const;
export type BankLanguage = (typeof BANK_LANGUAGES)[number];

/** Of accommodations: how something is shown, answered, where, when, how it is kept in order, behavior, tests. */
export const ACCOMMODATION_CATEGORIES = [
  "presentation",
  "response",
  "setting",
  "timing",
  "organization",
  "behavior",
  "assessment",
] as const;
export type AccommodationCategory = (typeof ACCOMMODATION_CATEGORIES)[number];

/** What a kind is sorted by: areas of goals, categories of accommodations, sections of a plan for phrases. */
export const BANK_AREAS: Readonly<Record<BankKind, readonly string[]>> = {
  goal: GOAL_DOMAINS,
  accommodation: ACCOMMODATION_CATEGORIES,
  phrase: SECTION_KEYS,
};

/** How a goal is measured, and by which words it is mastered. */
export interface BankMeasure {
  kind: MeasurementKind;
  direction: (typeof DIRECTIONS)[number];
  /** Of kinds that count something; "" of others. */
  unit: string;
  criterion: string;
}

export interface BankItemInput {
  kind: BankKind;
  language: BankLanguage;
  area: string;
  /** What it is found by; may be empty. */
  title: string;
  text: string;
  /** Of goals, and of nothing else. */
  measure?: BankMeasure;
}

export function checkBankItem(item: BankItemInput): Problem[] {
  const { kind, area, measure } = item;
  return [
    ...(BANK_AREAS[kind].includes(area)
      ? []
      : [problem("area", area === "" ? "required" : "unknownValue")]),
    ...checkText("title", item.title, { max: LIMITS.name }),
    ...checkText("text", item.text, { required: true, max: LIMITS.text }),
    ...((kind === "goal") === (measure !== undefined)
      ? []
      : [problem("measure", measure === undefined ? "required" : "wrongKind")]),
    ...(measure === undefined ? [] : checkMeasure(measure)),
  ];
}

const checkMeasure = ({ kind, direction, unit, criterion }: BankMeasure): Problem[] => [
  ...(MEASUREMENT_KINDS.includes(kind) ? [] : [problem("measure.kind", "unknownValue")]),
  ...(DIRECTIONS.includes(direction) ? [] : [problem("measure.direction", "unknownValue")]),
  ...checkText("measure.unit", unit, { max: LIMITS.name }),
  ...checkText("measure.criterion", criterion, { max: LIMITS.title }),
];

/** Most letters of a text that lists are in the order of. */
const LONGEST_NAME = 80;

/** What lists are in the order of, and what the search looks at. */
export const bankKeys = ({
  title,
  text,
  measure,
}: Pick<BankItemInput, "title" | "text" | "measure">) => ({
  sortName: searchKey(title.trim() === "" ? text : title).slice(0, LONGEST_NAME),
  searchText: searchKey([title, text, measure?.criterion ?? ""].join(" ")),
});
