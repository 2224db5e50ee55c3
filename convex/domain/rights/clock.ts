/**
 * The days that an agency has. 34 CFR 300.613(a), 99.10(b): the record is shown without unnecessary delay, before any
 * meeting about the plan and any hearing, and in no case later than 45 days after the request. For an amendment, its
 * hearing and a destruction the law says "within a reasonable time"; the same 45 days are counted.
 */
import { addDays, compareDates, daysBetween } from "../calendar/calendarDate";
import { clockRuns, type RequestKind, type RequestState } from "./requests";

export const DAYS_ALLOWED = 45;

/** What decided about the last day. */
export type Limit = "days" | "meeting";

/**
 * The last day. Undefined if nobody knows when the days began: that is unknown, and never fine.
 * @param meetingOn a meeting about the plan or a hearing, for which the record must have been seen
 */
export function lastDay(
  from: string | undefined,
  meetingOn?: string,
): { dueOn: string; limit: Limit } | undefined {
  if (from === undefined) return undefined;
  const dueOn = addDays(from, DAYS_ALLOWED);
  // One that was over when the request came asks for nothing any more.
  if (meetingOn === undefined || compareDates(meetingOn, from) < 0) return { dueOn, limit: "days" };
  const dayBefore = addDays(meetingOn, -1);
  const before = compareDates(dayBefore, from) < 0 ? from : dayBefore;
  return compareDates(before, dueOn) < 0
    ? { dueOn: before, limit: "meeting" }
    : { dueOn, limit: "days" };
}

export interface Counted {
  kind: RequestKind;
  state: RequestState;
  dueOn?: string | undefined;
  /** The day on which the agency did what it owed. */
  stoppedOn?: string | undefined;
}

export type Clock =
  /** Nothing is owed. */
  | { kind: "none" }
  | { kind: "unknown" }
  /** `days` left; 0: today is the last day. */
  | { kind: "running"; days: number; dueOn: string }
  | { kind: "overdue"; days: number; dueOn: string }
  /** Answered with so many days left. */
  | { kind: "met"; days: number; dueOn: string }
  /** Answered so many days too late. */
  | { kind: "missed"; days: number; dueOn: string };

export function clockOn({ state, dueOn, stoppedOn }: Counted, today: string): Clock {
  if (clockRuns(state)) {
    if (dueOn === undefined) return { kind: "unknown" };
    const days = daysBetween(today, dueOn);
    return days < 0 ? { kind: "overdue", days: -days, dueOn } : { kind: "running", days, dueOn };
  }
  if (stoppedOn === undefined) return { kind: "none" };
  if (dueOn === undefined) return { kind: "unknown" };
  const days = daysBetween(stoppedOn, dueOn);
  return days < 0 ? { kind: "missed", days: -days, dueOn } : { kind: "met", days, dueOn };
}
