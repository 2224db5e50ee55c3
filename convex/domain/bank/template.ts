/** Texts of a bank are about nobody: variables such as {student} are filled in when a text is put into a plan. */
export const TEMPLATE_VARIABLES = ["student", "grade", "level", "date", "text"] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

export interface FilledTemplate {
  text: string;
  /** Still in the text as they were: of these nobody knew a value, or they are no variables at all. */
  open: string[];
}

const VARIABLE = /\{([\p{L}\d_-]{1,40})\}/gu;

/** A value that is empty counts as none: a gap that shows is better than a sentence with a hole. */
export function fillTemplate(
  template: string,
  values: Partial<Record<TemplateVariable, string>>,
): FilledTemplate {
  const open = new Set<string>();
  const text = template.replace(VARIABLE, (whole, name: string) => {
    const value = (values as Partial<Record<string, string>>)[name.toLowerCase()];
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

/** The text with the child's names as {student}. */
export function withoutName(text: string, child: ChildName): string {
  return namesOf(child).reduce(
    (changed, name) => changed.replace(wordOf(name), "{student}"),
    text.normalize("NFC"),
  );
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
