/**
 * The lists of a plan, whose rows are added, changed and removed one by one: each row has an id, and each part of a row
 * is a field of its own. All parts are texts.
 */
import { isCalendarDate } from "../calendar/calendarDate";
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { type PlanTransition, POSTSECONDARY_AREAS, type PostsecondaryArea } from "./structure";

interface Part {
  max: number;
  required?: true;
  /** "" or a calendar date. */
  date?: true;
  /** "" or one of these. */
  choices?: readonly string[];
}
const sentence: Part = { max: LIMITS.text };
const said: Part = { max: LIMITS.text, required: true };

export const LISTS = {
  accommodations: {
    ...{ category: { max: LIMITS.name }, description: said, setting: { max: LIMITS.title } },
  },
  modifications: { subject: { max: LIMITS.name }, description: said, criteria: sentence },
  postSecondary: { area: { max: 40, choices: POSTSECONDARY_AREAS }, text: said },
  transitionServices: { text: said },
  agencies: {
    agency: { max: LIMITS.title, required: true },
    responsibility: sentence,
    consentOn: { max: 10, date: true },
    invitedOn: { max: 10, date: true },
  },
  transitionAssessments: { text: said },
  coursesOfStudy: { text: said },
} as const satisfies Record<string, Record<string, Part>>;
export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** Its parts, and the id that it keeps. */
export type Row = Record<string, string> & { id: string };
export type PlanRows = Record<ListName, Row[]>;

const MOST_ROWS = 100;
const ROW_ID = /^[\w-]{1,60}$/u;

export const noRows = (): PlanRows => ({
  ...{ accommodations: [], modifications: [], postSecondary: [], transitionServices: [] },
  ...{ agencies: [], transitionAssessments: [], coursesOfStudy: [] },
});

export function checkRowPart(
  list: ListName,
  part: string,
  value: string,
  field = `${list}.${part}`,
): Problem[] {
  const rule = (LISTS[list] as Record<string, Part>)[part];
  if (rule === undefined) return [problem(field, "unknownValue")];
  if (value === "" && rule.required !== true) return [];
  if (rule.date === true && !isCalendarDate(value)) return [problem(field, "notADate")];
  if (rule.choices !== undefined && !rule.choices.includes(value))
    return [problem(field, "unknownValue")];
  return checkText(field, value, { required: rule.required ?? false, max: rule.max });
}

/** A new row: it has the parts of its list and an id, and the list has room. */
export function checkNewRow(list: ListName, row: Row, rows: readonly Row[]): Problem[] {
  const { id, ...parts } = row;
  const wanted = Object.keys(LISTS[list]).sort();
  if (!ROW_ID.test(id) || Object.keys(parts).sort().join() !== wanted.join())
    return [problem(list, "unknownValue")];
  if (rows.length >= MOST_ROWS) return [problem(list, "tooMany", { max: MOST_ROWS })];
  return wanted.flatMap((part) => checkRowPart(list, part, parts[part] ?? ""));
}

/** The rows with ids: those that were stored before rows had any get them by their place, and keep them once saved. */
export function withIds<Stored extends { id?: string }>(
  rows: readonly Stored[],
): (Stored & { id: string })[] {
  return rows.map((row, index) => ({ ...row, id: row.id ?? `row-${String(index + 1)}` }));
}

/** What an agency does, as one text of the contract's list. */
const agencyText = ({ agency = "", responsibility = "" }: Row): string =>
  responsibility.trim() === "" ? agency : `${agency}: ${responsibility}`;

/** The contract's shape of a transition plan. */
export interface TransitionTexts {
  postSecondaryGoals: string[];
  transitionServices: string[];
  agencyInvolvement?: string[];
}

const texts = (rows: readonly Row[]): string[] => rows.map(({ text = "" }) => text);

/** The contract's transition plan, as the rows say it; none while they say nothing. */
export function transitionTexts(rows: PlanRows): TransitionTexts | undefined {
  const { postSecondary, transitionServices, agencies } = rows;
  if (postSecondary.length + transitionServices.length + agencies.length === 0) return undefined;
  return {
    postSecondaryGoals: texts(postSecondary),
    transitionServices: texts(transitionServices),
    ...(agencies.length === 0 ? {} : { agencyInvolvement: agencies.map(agencyText) }),
  };
}

/** Rows that say what the contract's transition plan says: those whose text stays keep their id and their other parts. */
export function rowsOfTexts(
  plan: TransitionTexts | undefined,
  rows: PlanRows,
  newId: () => string,
): PlanRows {
  const match = (
    wanted: readonly string[],
    former: readonly Row[],
    textOf: (row: Row) => string,
  ) => {
    const free = [...former];
    return (make: (text: string) => Row): Row[] =>
      wanted.map((text) => {
        const at = free.findIndex((row) => textOf(row) === text);
        return at === -1 ? make(text) : (free.splice(at, 1)[0] ?? make(text));
      });
  };
  const textOf = ({ text = "" }: Row) => text;
  return {
    ...rows,
    postSecondary: match(
      plan?.postSecondaryGoals ?? [],
      rows.postSecondary,
      textOf,
    )((text) => ({ id: newId(), area: "", text })),
    transitionServices: match(
      plan?.transitionServices ?? [],
      rows.transitionServices,
      textOf,
    )((text) => ({ id: newId(), text })),
    agencies: match(
      plan?.agencyInvolvement ?? [],
      rows.agencies,
      agencyText,
    )((agency) => ({
      ...{ id: newId(), agency, responsibility: "", consentOn: "", invitedOn: "" },
    })),
  };
}

const orNull = (text: string | undefined): string | null =>
  text === undefined || text === "" ? null : text;
const isArea = (area: string | undefined): area is PostsecondaryArea =>
  (POSTSECONDARY_AREAS as readonly (string | undefined)[]).includes(area);

/** What a plan says of the transition; null while nothing of it was entered. */
export function transitionOf(
  rows: PlanRows,
  studentInvited: boolean | null,
): PlanTransition | null {
  const { postSecondary, transitionServices, agencies, transitionAssessments } = rows;
  const all = [postSecondary, transitionServices, agencies, transitionAssessments];
  if (studentInvited === null && [...all, rows.coursesOfStudy].every((list) => list.length === 0))
    return null;
  return {
    postSecondaryGoals: texts(postSecondary),
    postSecondary: postSecondary.map(({ area, text = "" }) => ({
      ...{ area: isArea(area) ? area : null, text },
    })),
    transitionServices: texts(transitionServices),
    agencyInvolvement: agencies.map(agencyText),
    agencies: agencies.map(({ agency = "", responsibility = "", consentOn, invitedOn }) => ({
      ...{ agency, responsibility, consentOn: orNull(consentOn), invitedOn: orNull(invitedOn) },
    })),
    assessments: texts(transitionAssessments),
    coursesOfStudy: texts(rows.coursesOfStudy),
    studentInvited,
  };
}
