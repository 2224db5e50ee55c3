/** Calendar dates "YYYY-MM-DD": days without a time or a time zone. Text order is their order. */
import { CalendarDate, parseDate } from "@internationalized/date";

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const MS_PER_DAY = 86_400_000;

/** A day that exists, from 1900 to 2199. */
export function isCalendarDate(text: string): boolean {
  if (!FORM.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const date = new CalendarDate(year, month, day);
  return date.month === month && date.day === day && day <= date.calendar.getDaysInMonth(date);
}

/** Before: negative; after: positive. */
export function compareDates(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function addDays(date: string, days: number): string {
  return parseDate(date).add({ days }).toString();
}

/** The same day of another month, or its last day if it has no such day: January 31 and one month is February 28 or 29. */
export function addMonths(date: string, months: number): string {
  return parseDate(date).add({ months }).toString();
}

const dayNumber = (date: string): number =>
  Math.round(parseDate(date).toDate("UTC").getTime() / MS_PER_DAY);

/** Days from the first to the second date; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** `daysBetween / 7`: the unit of rates of improvement. */
export function weeksBetween(from: string, to: string): number {
  return daysBetween(from, to) / 7;
}

/** By time zone: making one takes a hundred times as long as using it, and every mutation asks for the day. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    clock = new Intl.DateTimeFormat("en-US", { timeZone, ...day });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/**
 * The day that a clock on a wall in this time zone shows.
 * @param instant milliseconds since 1970, UTC
 */
export function todayIn(timeZone: string, instant: number): string {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

const HOUR = 60 * 60 * 1000;

/** The instant (ms UTC) at which a day begins in a time zone, wherever its clocks change. */
export function dayStartsAt(timeZone: string, date: string): number {
  const midnight = daysBetween("1970-01-01", date) * 24 * HOUR;
  // No zone is further from UTC.
  let [before, from] = [midnight - 15 * HOUR, midnight + 15 * HOUR];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (todayIn(timeZone, middle) < date) before = middle;
    else from = middle;
  }
  return from;
}

/** Completed years of age. Somebody born on February 29 is a year older on March 1 of other years. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** 0 Monday … 6 Sunday */
export function weekday(date: string): number {
  // 1970-01-01 was a Thursday.
  return (((dayNumber(date) + 3) % 7) + 7) % 7;
}

export function isWeekend(date: string): boolean {
  return weekday(date) >= 5;
}

/** The date itself, or the Monday after a weekend. */
export function nextWeekday(date: string): string {
  return isWeekend(date) ? addDays(date, 7 - weekday(date)) : date;
}
