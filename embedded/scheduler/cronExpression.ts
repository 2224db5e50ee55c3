/**
 * Cron expressions of five fields, in UTC: minute, hour, day of the month, month, day of the week.
 * A field is `*` or a list of numbers, ranges (`1-5`; `22-2` runs over the end) and steps (every 15th
 * of `*`, `5/10` from 5 on, `1-20/5`); months and weekdays may be English names of three letters.
 * Sunday is 0, and 7 is refused, as in Convex. When both kinds of day are restricted, a day that fits
 * either of them fits.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The calendar repeats itself after 400 years; the 29th of February on a given weekday comes within 40. */
const SEARCH_YEARS = 40;

interface Field {
  label: string;
  first: number;
  last: number;
  names: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MINUTES: Field = { label: "minute", first: 0, last: 59, names: [] };
const HOURS: Field = { label: "hour", first: 0, last: 23, names: [] };
const DAYS: Field = { label: "day of the month", first: 1, last: 31, names: [] };
const MONTH_FIELD: Field = { label: "month", first: 1, last: 12, names: MONTHS };
const WEEKDAY_FIELD: Field = { label: "day of the week", first: 0, last: 6, names: WEEKDAYS };

export interface CronExpression {
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  /** Null: any day. */
  days: ReadonlySet<number> | null;
  /** From 1. */
  months: ReadonlySet<number>;
  /** From 0, Sunday. Null: any. */
  weekdays: ReadonlySet<number> | null;
}

/** @throws when the text is no cron expression, or one that never comes (the 30th of February) */
export function parseCronExpression(text: string): CronExpression {
  const fields = text.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (
    fields.length !== 5 ||
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined
  ) {
    throw new Error(`Invalid cron expression "${text}": five fields are needed.`);
  }
  const expression: CronExpression = {
    minutes: parseField(minute, MINUTES, text),
    hours: parseField(hour, HOURS, text),
    days: day === "*" ? null : parseField(day, DAYS, text),
    months: parseField(month, MONTH_FIELD, text),
    weekdays: weekday === "*" ? null : parseField(weekday, WEEKDAY_FIELD, text),
  };
  if (nextTime(expression, 0) === null) {
    throw new Error(`Invalid cron expression "${text}": there is no such day.`);
  }
  return expression;
}

/** The first moment after `after` (both in milliseconds) that fits; null when none ever does. */
export function nextTime(expression: CronExpression, after: number): number | null {
  const from = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  let day = Math.floor(from / DAY_MS) * DAY_MS;
  const hours = [...expression.hours].sort((a, b) => a - b);
  const minutes = [...expression.minutes].sort((a, b) => a - b);
  const lastYear = new Date(day).getUTCFullYear() + SEARCH_YEARS;
  while (new Date(day).getUTCFullYear() <= lastYear) {
    const date = new Date(day);
    if (!expression.months.has(date.getUTCMonth() + 1)) {
      day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
      continue;
    }
    const time = fitsDay(expression, date) ? firstTime(day, from, hours, minutes) : null;
    if (time !== null) return time;
    day += DAY_MS;
  }
  return null;
}

/** The first fitting time of one day, not before `from`. */
function firstTime(day: number, from: number, hours: number[], minutes: number[]): number | null {
  for (const hour of hours) {
    for (const minute of minutes) {
      const time = day + (hour * 60 + minute) * MINUTE_MS;
      if (time >= from) return time;
    }
  }
  return null;
}

function fitsDay({ days, weekdays }: CronExpression, date: Date): boolean {
  const byDay = days?.has(date.getUTCDate());
  const byWeekday = weekdays?.has(date.getUTCDay());
  if (byDay !== undefined && byWeekday !== undefined) return byDay || byWeekday;
  return byDay ?? byWeekday ?? true;
}

function parseField(text: string, field: Field, expression: string): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [span = "", step, ...more] = part.split("/");
    const range = parseSpan(span, field, step !== undefined);
    const by = step === undefined ? 1 : parseNumber(step);
    if (range === null || by === null || by < 1 || more.length > 0) {
      throw new Error(`Invalid cron expression "${expression}": ${part} is no ${field.label}.`);
    }
    const size = field.last - field.first + 1;
    const length = ((range.end - range.start + size) % size) + 1;
    for (let offset = 0; offset < length; offset += by) {
      values.add(((range.start - field.first + offset) % size) + field.first);
    }
  }
  return values;
}

function parseSpan(
  text: string,
  field: Field,
  stepped: boolean,
): { start: number; end: number } | null {
  if (text === "*") return { start: field.first, end: field.last };
  const [first = "", last, ...more] = text.split("-");
  const start = parseValue(first, field);
  const end = last === undefined ? (stepped ? field.last : start) : parseValue(last, field);
  return start === null || end === null || more.length > 0 ? null : { start, end };
}

function parseValue(text: string, field: Field): number | null {
  const named = field.names.indexOf(text.toUpperCase());
  const value = named === -1 ? parseNumber(text) : named + field.first;
  return value !== null && value >= field.first && value <= field.last ? value : null;
}

function parseNumber(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}
