/** Consent to disclose outside the agency (34 CFR 300.622, 99.30), and what was disclosed under it (99.32). */
import { isCalendarDate } from "../calendar/calendarDate";
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";

export const RECORD_PARTS = [
  "plan",
  "progress",
  "evaluations",
  "services",
  "health",
  "attendance",
  "discipline",
  "contact",
] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

export interface ConsentInput {
  recipient: string;
  purpose: string;
  parts: readonly RecordPart[];
  from: string;
  until: string;
  /** The name of whoever gives it, as they sign. */
  signedName: string;
}

export interface ConsentSpan {
  from: string;
  until: string;
  revokedOn?: string | undefined;
}

export type ConsentStanding = "notYet" | "inForce" | "expired" | "revoked";

export function consentOn({ from, until, revokedOn }: ConsentSpan, today: string): ConsentStanding {
  if (revokedOn !== undefined) return "revoked";
  if (today < from) return "notYet";
  return today > until ? "expired" : "inForce";
}

/** The last day of which a disclosure can be told: revoking takes nothing back that was done before. */
export function lastDisclosureDay({ until, revokedOn }: ConsentSpan, today: string): string {
  return [until, today, ...(revokedOn === undefined ? [] : [revokedOn])].sort()[0] ?? today;
}

export function checkConsent(input: ConsentInput): Problem[] {
  return [
    ...checkText("recipient", input.recipient, { required: true, max: LIMITS.title }),
    ...checkText("purpose", input.purpose, { required: true, max: LIMITS.text }),
    ...checkParts(input.parts),
    ...checkSpan(input),
    ...checkText("signedName", input.signedName, { required: true, max: LIMITS.title }),
  ];
}

function checkParts(parts: readonly RecordPart[]): Problem[] {
  if (parts.length === 0) return [problem("parts", "empty")];
  return parts.some((part) => !RECORD_PARTS.includes(part))
    ? [problem("parts", "unknownValue")]
    : [];
}

function checkSpan({ from, until }: { from: string; until: string }): Problem[] {
  const problems = [...checkDay("from", from), ...checkDay("until", until)];
  if (problems.length > 0) return problems;
  return until < from ? [problem("until", "mustNotBeBefore", { other: "from" })] : [];
}

export const checkDay = (field: string, date: string): Problem[] =>
  date === ""
    ? [problem(field, "required")]
    : isCalendarDate(date)
      ? []
      : [problem(field, "notADate")];

/** @param consent under which it was made */
export function checkDisclosure(
  input: { disclosedOn: string; parts: readonly RecordPart[]; note: string },
  consent: ConsentSpan & { parts: readonly RecordPart[] },
  today: string,
): Problem[] {
  const { disclosedOn, parts, note } = input;
  const problems = [
    ...checkDay("disclosedOn", disclosedOn),
    ...checkParts(parts),
    ...checkText("note", note, { max: LIMITS.text }),
  ];
  if (parts.some((part) => !consent.parts.includes(part)))
    problems.push(problem("parts", "notConsented"));
  if (problems.some(({ field }) => field === "disclosedOn")) return problems;
  if (disclosedOn > today) problems.push(problem("disclosedOn", "inFuture"));
  else if (disclosedOn < consent.from || disclosedOn > lastDisclosureDay(consent, today))
    problems.push(problem("disclosedOn", "notConsented"));
  return problems;
}
