/** Texts of a bank are about nobody: variables such as {student} are filled in when a text is put into a plan. */

/** Those that the plan may know; any other name in braces is asked for. */
export const TEMPLATE_VARIABLES = ["student", "grade", "level", "date"] as const;

export interface FilledTemplate {
  text: string;
  /** Still in the text as they were: of these nobody knew a value, or they are no variables at all. */
  open: string[];
}

const VARIABLE = /\{([\p{L}\d_-]{1,40})\}/gu;

/** `values` by names in lower case. A value that is empty counts as none: a gap that shows is better than a sentence with a hole. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
): FilledTemplate {
  const open = new Set<string>();
  const text = template.replace(VARIABLE, (whole, name: string) => {
    const value = values[name.toLowerCase()];
    if (value !== undefined && value.trim() !== "") return value;
    open.add(name);
    return whole;
  });
  return { text, open: [...open] };
}

/** Names that a text of a bank must not have, with where a variable would stand instead. */
export interface ChildName {
  firstName: string;
  lastName: string;
}

const wordOf = (name: string): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{M}])${name.normalize("NFC").replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}(?![\p{L}\p{M}])`,
    "giu",
  );

const namesOf = ({ firstName, lastName }: ChildName): string[] => {
  const first = firstName.trim();
  const last = lastName.trim();
  return [[first, last].filter((part) => part !== "").join(" "), first, last].filter(
    (name) => name.length >= 2,
  );
};

/** Begins like a name: "Will" is one, "will" is none. */
const isCapital = (word: string): boolean => word.charAt(0) !== word.charAt(0).toLowerCase();

/** The text with the child's names as {student}. */
export function withoutName(text: string, child: ChildName): string {
  return namesOf(child).reduce(
    (changed, name) =>
      changed.replace(wordOf(name), (found) =>
        isCapital(name) && !isCapital(found) ? found : "{student}",
      ),
    text.normalize("NFC"),
  );
}

/** What in a text may be about one person. */
export type PersonalHint = "name" | "date" | "number";

/** Days of a calendar, in the ways that they are written in plans. */
const DAY = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/u;

/** Reasons to look at a text once more before it is offered to everybody: none is a proof, and none is no proof. */
export function personalHints(
  text: string,
  child: ChildName & { studentNumber: string },
): PersonalHint[] {
  const number = child.studentNumber.trim();
  return [
    ...(namesChild(text, child) ? (["name"] as const) : []),
    ...(DAY.test(text) ? (["date"] as const) : []),
    ...(number !== "" && text.includes(number) ? (["number"] as const) : []),
  ];
}

/** Whether a name of the child is still there, alone or as part of a longer one. */
export function namesChild(text: string, child: ChildName): boolean {
  const found = text.normalize("NFC").toLowerCase();
  return namesOf(child).some((name) =>
    name.length < 4
      ? wordOf(name).test(found)
      : found.includes(name.normalize("NFC").toLowerCase()),
  );
}
