/** How a grade is said in a sentence: "a third-grade passage", "un texto de nivel tercer grado". */
import type { BankLanguage } from "./item";

const ENGLISH = [
  ...["first", "second", "third", "fourth", "fifth", "sixth"],
  ...["seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"],
];
const SPANISH = [
  ...["primer", "segundo", "tercer", "cuarto", "quinto", "sexto"],
  ...["séptimo", "octavo", "noveno", "décimo", "undécimo", "duodécimo"],
];
const BEFORE_FIRST: Readonly<Record<string, Record<BankLanguage, string>>> = {
  PK: { en: "prekindergarten", es: "preescolar" },
  K: { en: "kindergarten", es: "kínder" },
};

/** A grade that a district names in its own way stays as it is. */
export function gradeWords(gradeLevel: string, language: BankLanguage): string {
  const grade = gradeLevel.trim();
  const before = BEFORE_FIRST[grade.toUpperCase()];
  if (before !== undefined) return before[language];
  const ordinal = /^\d+$/u.test(grade)
    ? (language === "es" ? SPANISH : ENGLISH)[Number(grade) - 1]
    : undefined;
  if (ordinal === undefined) return grade;
  return language === "es" ? `${ordinal} grado` : `${ordinal}-grade`;
}
