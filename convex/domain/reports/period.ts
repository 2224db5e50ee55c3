/** Reporting periods: for what time families are told how the goals stand, and by when (34 CFR 300.320(a)(3)(ii)). */
import { daysBetween } from "../calendar/calendarDate";

export interface Period {
  name: string;
  start: string;
  end: string;
  /** The last day on which the reports of the period go out. Absent: nobody has set one. */
  issueBy?: string;
}

/** The period that reports are being written for: the newest that has begun, or the first one before the year begins. */
export function currentPeriod(periods: readonly Period[], today: string): Period | null {
  const begun = periods.filter(({ start }) => start <= today);
  return begun.at(-1) ?? periods[0] ?? null;
}

/** A period is known by its first day: names are changed, and two periods never begin on one day. */
export const findPeriod = (periods: readonly Period[], start: string): Period | null =>
  periods.find((period) => period.start === start) ?? null;

export const REMINDERS = ["beforeEnd", "beforeIssue", "late"] as const;
export type Reminder = (typeof REMINDERS)[number];

/** So many days before a date people are reminded of it. */
const DAYS_BEFORE = 7;

/**
 * What whoever has reports to write is reminded of on this day; each of a period once.
 * Without a day of issue there is nothing to be late for, and the end of the period alone is named.
 */
export function reminderOn({ end, issueBy }: Period, today: string): Reminder | null {
  if (issueBy !== undefined && today > issueBy) return "late";
  if (issueBy !== undefined && today > end && daysBetween(today, issueBy) <= DAYS_BEFORE)
    return "beforeIssue";
  const left = daysBetween(today, end);
  return left >= 0 && left <= DAYS_BEFORE ? "beforeEnd" : null;
}
