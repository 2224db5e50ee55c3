/** A charted value in a sentence, in English or Spanish; of kinds of measurement that have no words here, with the unit. */
import { daysBetween } from "../calendar/calendarDate";
import { type Scale, scaleOf } from "../progress/charted";
import { MEASUREMENT_KINDS } from "../progress/shape";

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

/** How the number of this kind is read; of a kind that is not known here, as a number. */
export function reportScale({ kind }: Pick<Measured, "kind">): Scale {
  const known = MEASUREMENT_KINDS.find((one) => one === kind);
  return known === undefined ? "number" : scaleOf(known);
}

const YES_NO: Record<ReportLanguage, readonly [string, string]> = {
  en: ["no", "yes"],
  es: ["no", "sí"],
};

const clock = (value: number): string => {
  const seconds = Math.round(value);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
};

export function valueText(value: number, goal: Measured, language: ReportLanguage): string {
  switch (reportScale(goal)) {
    case "percent":
      return new Intl.NumberFormat(language, {
        ...{ style: "percent", maximumFractionDigits: 0 },
      }).format(value / 100);
    case "clock":
      return `${clock(value)} min`;
    case "yesNo":
      return YES_NO[language][value] ?? numberText(value, language);
    case "level": {
      const level = Number.isInteger(value) ? goal.ratingLevels?.[value - 1] : undefined;
      const text = numberText(value, language);
      return level === undefined ? text : `${text} (${level})`;
    }
    case "number":
      return goal.unit === ""
        ? numberText(value, language)
        : `${numberText(value, language)} ${goal.unit}`;
  }
}

/** A value on an axis, whose unit is said once beside it. */
export function tickText(value: number, goal: Measured, language: ReportLanguage): string {
  switch (reportScale(goal)) {
    case "percent":
    case "yesNo":
      return valueText(value, goal, language);
    case "clock":
      return clock(value);
    case "level":
    case "number":
      return numberText(value, language, 2);
  }
}
