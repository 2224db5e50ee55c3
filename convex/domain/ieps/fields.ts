/**
 * The fields of a plan that are saved one by one. Whoever saves says from what they began: a field that somebody else
 * changed meanwhile is a conflict, another field is none. A row of a list is addressed by its id, so that a field is
 * `placement`, `specialFactors.behavior.how` or `accommodations.<row>.description`.
 */
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { isCalendarDate } from "../calendar/calendarDate";
import { checkRowPart, type ListName, LISTS, type PlanRows, type Row } from "./rows";
import {
  ASSESSMENTS,
  EDUCATIONAL_PLACES,
  PARTICIPATIONS,
  type PlanAgeOfMajority,
  type PlanAssessments,
  type PlanEnvironment,
  type PlanExtendedSchoolYear,
  type PlanSpecialFactors,
  SPECIAL_FACTORS,
} from "./structure";

/** What is stored besides the lists. */
export interface PlanAnswers {
  meetingDate: string;
  effectiveDate: string;
  expirationDate: string;
  nextReviewDate: string;
  placement: string;
  environment: Omit<PlanEnvironment, "placement">;
  specialFactors: PlanSpecialFactors;
  assessments: PlanAssessments;
  extendedSchoolYear: PlanExtendedSchoolYear;
  invitation: { studentInvited: boolean | null };
  ageOfMajority: PlanAgeOfMajority;
}
export type PlanFields = PlanAnswers & { rows: PlanRows };
export type FieldValue = string | number | boolean | null;

type Kind =
  | "text"
  | "requiredText"
  | "date"
  | "optionalDate"
  | "minutes"
  | "yesNo"
  | readonly string[];

const FIELDS: Readonly<Record<string, Kind>> = {
  ...{ meetingDate: "date", effectiveDate: "date", expirationDate: "date", nextReviewDate: "date" },
  placement: "requiredText",
  "environment.place": EDUCATIONAL_PLACES,
  "environment.schoolWeekMinutes": "minutes",
  "environment.regularClassMinutes": "minutes",
  "environment.servicesInProgram": "yesNo",
  ...Object.fromEntries(
    SPECIAL_FACTORS.flatMap((factor): [string, Kind][] => [
      [`specialFactors.${factor}.needed`, "yesNo"],
      [`specialFactors.${factor}.how`, "text"],
    ]),
  ),
  ...Object.fromEntries(
    ASSESSMENTS.flatMap((assessment): [string, Kind][] => [
      [`assessments.${assessment}.participation`, PARTICIPATIONS],
      [`assessments.${assessment}.accommodations`, "text"],
      [`assessments.${assessment}.whyNotRegular`, "text"],
      [`assessments.${assessment}.whyAppropriate`, "text"],
    ]),
  ),
  "extendedSchoolYear.needed": "yesNo",
  "extendedSchoolYear.reason": "text",
  "invitation.studentInvited": "yesNo",
  "ageOfMajority.informedOn": "optionalDate",
};
export const DATE_FIELDS: readonly string[] = [
  ...["meetingDate", "effectiveDate", "expirationDate", "nextReviewDate"],
];

/** A week has no more minutes. */
const MOST_MINUTES = 7 * 24 * 60;

/** A part of a row that is there. */
interface RowField {
  list: ListName;
  rowId: string;
  part: string;
}

/** Null for what is no field of a row. */
export function rowField(field: string): RowField | null {
  const [list = "", rowId = "", part = "", ...rest] = field.split(".");
  if (!Object.hasOwn(LISTS, list) || rest.length > 0) return null;
  const name = list as ListName;
  return Object.hasOwn(LISTS[name], part) ? { list: name, rowId, part } : null;
}

const rowOf = ({ rows }: PlanFields, { list, rowId }: RowField): Row | undefined =>
  rows[list].find(({ id }) => id === rowId);

/** Undefined if there is no such field, or its row is gone. */
export function readField(fields: PlanFields, field: string): FieldValue | undefined {
  const place = rowField(field);
  if (place !== null) return rowOf(fields, place)?.[place.part];
  if (!Object.hasOwn(FIELDS, field)) return undefined;
  let value: unknown = fields;
  for (const step of field.split(".")) value = (value as Record<string, unknown>)[step];
  return value as FieldValue;
}

/** The fields with one of them changed; the former ones stay as they are. `field` is one that can be read. */
export function writeField(fields: PlanFields, field: string, value: FieldValue): PlanFields {
  const place = rowField(field);
  if (place === null) return replace(fields, field.split("."), value) as PlanFields;
  const { list, rowId, part } = place;
  const changed = fields.rows[list].map((row) =>
    row.id === rowId ? { ...row, [part]: String(value) } : row,
  );
  return { ...fields, rows: { ...fields.rows, [list]: changed } };
}

function replace(object: unknown, [step = "", ...rest]: string[], value: FieldValue): unknown {
  const before = object as Record<string, unknown>;
  return { ...before, [step]: rest.length === 0 ? value : replace(before[step], rest, value) };
}

/** What is wrong with a value for this field, of whatever else the plan says. */
export function checkField(fields: PlanFields, field: string, value: FieldValue): Problem[] {
  const place = rowField(field);
  if (place !== null)
    return typeof value === "string"
      ? checkRowPart(place.list, place.part, value, field)
      : [problem(field, "unknownValue")];
  const kind = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  if (kind === undefined) return [problem(field, "unknownValue")];
  const problems = checkKind(field, kind, value);
  return problems.length > 0 ? problems : checkMinutes(fields, field, value);
}

function checkKind(field: string, kind: Kind, value: FieldValue): Problem[] {
  const wrong = [problem(field, "unknownValue")];
  if (typeof kind !== "string")
    return value === null || (typeof value === "string" && kind.includes(value)) ? [] : wrong;
  switch (kind) {
    case "text":
    case "requiredText":
      return typeof value === "string"
        ? checkText(field, value, { required: kind === "requiredText", max: LIMITS.text })
        : wrong;
    case "date":
    case "optionalDate":
      if (value === null && kind === "optionalDate") return [];
      if (typeof value !== "string") return wrong;
      if (value === "") return [problem(field, "required")];
      return isCalendarDate(value) ? [] : [problem(field, "notADate")];
    case "minutes":
      if (value === null) return [];
      return typeof value === "number"
        ? checkNumber(field, value, { min: 0, max: MOST_MINUTES, whole: true })
        : wrong;
    case "yesNo":
      return value === null || typeof value === "boolean" ? [] : wrong;
  }
}

/** Nobody is in the regular class for longer than the school week. */
function checkMinutes({ environment }: PlanFields, field: string, value: FieldValue): Problem[] {
  if (typeof value !== "number") return [];
  const { schoolWeekMinutes: week, regularClassMinutes: regular } = environment;
  if (field === "environment.regularClassMinutes" && week !== null && value > week)
    return [problem(field, "outOfRange", { min: 0, max: week })];
  if (field === "environment.schoolWeekMinutes" && regular !== null && value < regular)
    return [problem(field, "outOfRange", { min: regular, max: MOST_MINUTES })];
  return [];
}
