/** Dates, numbers and names in the reader's language, days by the organization's calendar. */
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { todayIn } from "../../convex/domain/calendar/calendarDate";
import { displayName } from "../../convex/domain/people/person";

/** Time zone of the acting organization. */
export const TimeZoneContext = createContext<string | null>(null);

export interface Formatting {
  /** "November 20, 2026" */
  date: (calendarDate: string) => string;
  /** "Nov 20, 2026" */
  dateMedium: (calendarDate: string) => string;
  /** "Nov 20" */
  dateShort: (calendarDate: string) => string;
  /** "Friday, November 20" */
  weekday: (calendarDate: string) => string;
  /** Day and time of an instant (ms UTC) on the organization's clock. */
  instant: (ms: number) => string;
  number: (value: number, digits?: number) => string;
  /** A change: "+3", "−3", "±0". */
  change: (value: number, digits?: number) => string;
  /** 62 becomes "62 %" as the language writes it. */
  percent: (value: number, digits?: number) => string;
  person: (firstName: string, lastName: string) => string;
  /** The organization's calendar day now. */
  today: () => string;
}

/** A calendar date has no time zone: it is shown as the day it names. */
const noon = (calendarDate: string): Date => new Date(`${calendarDate}T12:00:00Z`);

/** With so many digits at most. A table asks thousands of times, and each way of writing takes long to make. */
function numbers(language: string, options: Intl.NumberFormatOptions) {
  const made = new Map<number, Intl.NumberFormat>();
  return (value: number, digits = 1): string => {
    const known = made.get(digits);
    if (known !== undefined) return known.format(value);
    const format = new Intl.NumberFormat(language, { ...options, maximumFractionDigits: digits });
    made.set(digits, format);
    return format.format(value);
  };
}

export function createFormatting(language: string, timeZone: string): Formatting {
  const day = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    return (calendarDate: string) =>
      /^\d{4}-\d{2}-\d{2}$/u.test(calendarDate) ? format.format(noon(calendarDate)) : calendarDate;
  };
  const instant = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });
  const number = numbers(language, {});
  const percent = numbers(language, { style: "percent" });
  return {
    date: day({ year: "numeric", month: "long", day: "numeric" }),
    dateMedium: day({ year: "numeric", month: "short", day: "numeric" }),
    dateShort: day({ month: "short", day: "numeric" }),
    weekday: day({ weekday: "long", month: "long", day: "numeric" }),
    instant: (ms) => instant.format(ms),
    number,
    change: (value, digits) =>
      (value > 0 ? "+" : value < 0 ? "−" : "±") + number(Math.abs(value), digits),
    percent: (value, digits = 0) => percent(value / 100, digits),
    person: displayName,
    today: () => todayIn(timeZone, Date.now()),
  };
}

export function useFormatting(): Formatting {
  const { i18n } = useTranslation();
  const timeZone = useContext(TimeZoneContext) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useMemo(() => createFormatting(i18n.language, timeZone), [i18n.language, timeZone]);
}
