/** What is wrong with a request, or with a step of it, as it was entered. */
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { checkDay } from "./consent";
import { type RequestKind, type Step, stepRule } from "./requests";

export const GROUNDS = ["inaccurate", "misleading", "privacy"] as const;
export const WAYS = ["online", "inPerson", "copy"] as const;
export const FEES = ["none", "waived"] as const;

export interface RequestInput {
  kind: RequestKind;
  /** Which part of the record; for an inspection it may be empty: all of it. */
  about: string;
  /** Of an amendment. */
  ground?: (typeof GROUNDS)[number] | undefined;
  /** Of an amendment: what it should say instead. */
  correction?: string | undefined;
}

export function checkRequest({ kind, about, ground, correction = "" }: RequestInput): Problem[] {
  const isAmendment = kind === "amendment";
  return [
    ...checkText("about", about, { required: isAmendment, max: LIMITS.text }),
    ...(isAmendment && ground === undefined ? [problem("ground", "required")] : []),
    ...checkText("correction", correction, { required: isAmendment, max: LIMITS.text }),
  ];
}

/** Of a request that came on paper. `receivedOn` may be empty: then the days are unknown until somebody finds it out. */
export function checkPaper(
  { name, receivedOn }: { name: string; receivedOn: string },
  today: string,
): Problem[] {
  return [
    ...checkText("name", name, { required: true, max: LIMITS.title }),
    ...(receivedOn === "" ? [] : checkPast("receivedOn", receivedOn, { today })),
  ];
}

function checkPast(
  field: string,
  date: string,
  { today, notBefore }: { today: string; notBefore?: string | undefined },
): Problem[] {
  const problems = checkDay(field, date);
  if (problems.length > 0) return problems;
  if (date > today) return [problem(field, "inFuture")];
  return notBefore !== undefined && date < notBefore
    ? [problem(field, "mustNotBeBefore", { other: "receivedOn" })]
    : [];
}

export interface StepInput {
  step: Step;
  /** When it happened, or will. */
  on?: string | undefined;
  way?: (typeof WAYS)[number] | undefined;
  fee?: (typeof FEES)[number] | undefined;
  text: string;
}

/** @param countsFrom the day from which the request's days are counted, if it is known */
export function checkStep(
  { step, on = "", way, fee, text }: StepInput,
  {
    kind,
    today,
    countsFrom,
  }: { kind: RequestKind; today: string; countsFrom?: string | undefined },
): Problem[] {
  const { needs, by } = stepRule(step);
  // What was changed in the record belongs into its history.
  const textRequired = needs.includes("text") || (step === "close" && kind === "amendment");
  return [
    ...(needs.includes("day") ? checkPast("on", on, { today, notBefore: countsFrom }) : []),
    ...(needs.includes("plan") ? checkPlan(on, today) : []),
    // A family's step that came on paper, some days ago.
    ...(by === "family" && on !== "" ? checkPast("on", on, { today, notBefore: countsFrom }) : []),
    ...(needs.includes("way") && way === undefined ? [problem("way", "required")] : []),
    ...(needs.includes("way") && fee === undefined ? [problem("fee", "required")] : []),
    ...checkText("text", text, { required: textRequired, max: LIMITS.text }),
  ];
}

function checkPlan(on: string, today: string): Problem[] {
  const problems = checkDay("on", on);
  if (problems.length > 0) return problems;
  return on < today ? [problem("on", "mustNotBeBefore", { other: "today" })] : [];
}

/** The days that the clock counts with; empty: unknown, or none. */
export function checkClock(
  { receivedOn, meetingOn }: { receivedOn: string; meetingOn: string },
  today: string,
): Problem[] {
  return [
    ...(receivedOn === "" ? [] : checkPast("receivedOn", receivedOn, { today })),
    ...(meetingOn === "" ? [] : checkDay("meetingOn", meetingOn)),
  ];
}
