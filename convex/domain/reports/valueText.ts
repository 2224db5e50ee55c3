/** A charted value in a sentence, in English or Spanish; of kinds of measurement that have no words here, with the unit. */
import { daysBetween } from "../calendar/calendarDate";

export type ReportLanguage = "en" | "es";

export interface Measured {
  kind: string;
  unit: string;
  ratingLevels?: readonly string[] | undefined;
}

export const numberText = (value: number, language: ReportLanguage, digits = 1): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

const MS_PER_DAY = 86_400_000;

/** "November 20, 2026" */
export function dateText(date: string, language: ReportLanguage): string {
  return new Intl.DateTimeFormat(language, {
    ...{ year: "numeric", month: "long", day: "numeric", timeZone: "UTC" },
  }).format(daysBetween("1970-01-01", date) * MS_PER_DAY);
}

export function valueText(value: number, goal: Measured, language: ReportLanguage): string {
  switch (goal.kind) {
    case "trials":
    case "percent":
      return new Intl.NumberFormat(language, {
        ...{ style: "percent", maximumFractionDigits: 0 },
      }).format(value / 100);
    case "duration":
    case "latency": {
      const seconds = Math.round(value);
      const rest = String(seconds % 60).padStart(2, "0");
      return `${String(Math.floor(seconds / 60))}:${rest} min`;
    }
    case "rating":
    case "rubric": {
      const level = Number.isInteger(value) ? goal.ratingLevels?.[value - 1] : undefined;
      const text = numberText(value, language);
      return level === undefined ? text : `${text} (${level})`;
    }
    default:
      return goal.unit === ""
        ? numberText(value, language)
        : `${numberText(value, language)} ${goal.unit}`;
  }
}
