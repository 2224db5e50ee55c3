/**
 * What is wrong with what somebody entered. Forms and mutations call the same `check…` functions and show or send the
 * same problems; the words are chosen by the client.
 */
export interface Problem {
  /** Dotted path of the field, such as "baselineData.date". */
  field: string;
  code: ProblemCode;
  params?: Record<string, string | number>;
}

export type ProblemCode =
  | "required"
  /** `max` characters */
  | "tooLong"
  /** `min` characters */
  | "tooShort"
  | "notADate"
  | "inFuture"
  | "tooLongAgo"
  /** `other`: the field that it must be after */
  | "mustBeAfter"
  /** `other`: the field that it must not be after */
  | "mustNotBeAfter"
  /** `other`: the field that it must not be before */
  | "mustNotBeBefore"
  | "notANumber"
  | "negative"
  /** `min`, `max` */
  | "outOfRange"
  | "notWhole"
  | "notAnEmail"
  | "notAPhone"
  | "duplicate"
  | "unknownValue"
  | "empty"
  /** `max` items */
  | "tooMany"
  | "controlCharacters"
  | "moreThanTotal"
  /** The number that was typed is not the one that is shown. */
  | "notTheSame"
  | "sameAsBefore"
  /** These words do not stand there, or more than once. */
  | "notThereOnce"
  | "sameAsBaseline"
  /** The target lies on the other side of the baseline than the direction says. */
  | "wrongDirection"
  | "wrongKind"
  | "commonPassword"
  | "containsPersonal"
  /** No address that the server may ask. */
  | "notAnAddress"
  | "notADomain"
  | "publicDomain"
  | "takenDomain"
  | "needsEnabled"
  | "overlaps"
  | "outsideYear"
  /** `months`, `latest`: a plan lasts no longer than the review cycle */
  | "longerThanCycle"
  /** The family's consent does not reach so far. */
  | "notConsented"
  /** `max` megabytes */
  | "fileTooLarge"
  | "fileEmpty"
  /** Its bytes are nothing that a record takes. */
  | "fileType"
  /** A change of a text that is made for another text. */
  | "doesNotFit"
  | "notALink";

/** Largest lengths in characters (code points). */
export const LIMITS = { name: 100, title: 200, text: 2000, longText: 20_000 } as const;

export function problem(
  field: string,
  code: ProblemCode,
  params?: Record<string, string | number>,
): Problem {
  return params === undefined ? { field, code } : { field, code, params };
}

/** Control characters other than line break and tab, and halves of surrogate pairs: text that no keyboard makes. */
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** Emoji, combining marks and right-to-left letters are text like any other. */
export function checkText(
  field: string,
  value: string,
  { required = false, max }: { required?: boolean; max: number },
): Problem[] {
  if (value.trim() === "") return required ? [problem(field, "required")] : [];
  // Code points are never more than UTF-16 units: a short text needs no count.
  if (value.length > max && Array.from(value).length > max)
    return [problem(field, "tooLong", { max })];
  return UNPRINTABLE.test(value) ? [problem(field, "controlCharacters")] : [];
}

/** A finite number within limits. */
export function checkNumber(
  field: string,
  value: number,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): Problem[] {
  if (!Number.isFinite(value)) return [problem(field, "notANumber")];
  if (whole && !Number.isInteger(value)) return [problem(field, "notWhole")];
  if (value < min && min === 0) return [problem(field, "negative")];
  if (value < min || value > max) return [problem(field, "outOfRange", { min, max })];
  return [];
}

/** One form for the same name: composed characters, single spaces, none at the ends. */
export function normalizeName(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** For order and search: lower case, without accents, single spaces. */
export function searchKey(text: string): string {
  return normalizeName(text)
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
}
