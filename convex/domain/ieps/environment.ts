/**
 * The educational environment: the extent to which a child is not with nondisabled children (34 CFR 300.320(a)(5)), and
 * the code under which it is counted (EDFacts FS002 for school age, FS089 for ages 3 to 5 that are not in kindergarten).
 */
import { ageOn } from "../calendar/calendarDate";
import type { EducationalPlace, PlanEnvironment } from "./structure";

export type SchoolAgeCode = "RC80" | "RC79TO40" | "RC39" | "SS" | "RF" | "HH" | "CF" | "PPPS";
export type EarlyChildhoodCode =
  | "REC10YSVCS"
  | "REC10YOTHLOC"
  | "REC09YSVCS"
  | "REC09YOTHLOC"
  | "SC"
  | "SS"
  | "RF"
  | "H"
  | "SPL";

/** Which of what is needed nobody has stated; with all of it, the code. */
export type EnvironmentCode =
  | { status: "known"; group: "schoolAge"; code: SchoolAgeCode }
  | { status: "known"; group: "earlyChildhood"; code: EarlyChildhoodCode }
  | { status: "unknown"; missing: EnvironmentFact[] };
export type EnvironmentFact =
  | "age"
  | "kindergarten"
  | "place"
  | "schoolWeekMinutes"
  | "regularClassMinutes"
  | "servicesInProgram";

/** Minutes in the regular class of minutes of the school week, in percent; null while one is not stated. */
export function regularClassPercent(
  environment: Pick<PlanEnvironment, "schoolWeekMinutes" | "regularClassMinutes">,
): number | null {
  const { schoolWeekMinutes: week, regularClassMinutes: regular } = environment;
  if (week === null || regular === null || week <= 0) return null;
  return (100 * regular) / week;
}

/**
 * 80.0 is RC80 and 40.0 is RC79TO40. The published wording "no more than 79%" leaves 79.x open: here everything from 40
 * to less than 80 is RC79TO40. Compared in whole minutes, so that no rounding moves a child over a boundary.
 */
export function regularClassCode(regular: number, week: number): "RC80" | "RC79TO40" | "RC39" {
  if (100 * regular >= 80 * week) return "RC80";
  return 100 * regular >= 40 * week ? "RC79TO40" : "RC39";
}

/** Ten hours a week and more are one category, less another. */
const TEN_HOURS = 600;

/** From grade names as districts write them; null for one that says neither. */
export function inKindergartenOrAbove(grade: string): boolean | null {
  const name = grade.trim().toLowerCase();
  if (/^(k|kg|kindergarten|tk|\d{1,2}(st|nd|rd|th)?)$/u.test(name)) return true;
  return /^(pk|pre-?k|prek\d?|preschool|ec|ecse)$/u.test(name) ? false : null;
}

export interface EnvironmentOf {
  environment: PlanEnvironment;
  birthDate: string | null;
  grade: string;
}

/** @param day on which the age counts */
export function environmentCode(
  { environment, birthDate, grade }: EnvironmentOf,
  day: string,
): EnvironmentCode {
  const group = groupOf(birthDate === null ? null : ageOn(birthDate, day), grade);
  if (group === "age" || group === "kindergarten") return unknown(group);
  if (environment.place === null) return unknown("place");
  return group === "schoolAge"
    ? schoolAge(environment, environment.place)
    : earlyChildhood(environment, environment.place);
}

/** Since 2019-20, children of 5 who are in kindergarten are counted with school age. */
export function groupOf(
  age: number | null,
  grade: string,
): "schoolAge" | "earlyChildhood" | "age" | "kindergarten" {
  if (age === null) return "age";
  if (age > 5) return "schoolAge";
  if (age < 5) return "earlyChildhood";
  const kindergarten = inKindergartenOrAbove(grade);
  if (kindergarten === null) return "kindergarten";
  return kindergarten ? "schoolAge" : "earlyChildhood";
}

const unknown = (...missing: EnvironmentFact[]): EnvironmentCode => ({
  status: "unknown",
  missing,
});

const SCHOOL_AGE: Partial<Record<EducationalPlace, SchoolAgeCode>> = {
  separateSchool: "SS",
  residentialFacility: "RF",
  homeboundOrHospital: "HH",
  correctionalFacility: "CF",
  privateSchoolByParents: "PPPS",
};

function schoolAge(environment: PlanEnvironment, place: EducationalPlace): EnvironmentCode {
  const code = SCHOOL_AGE[place];
  if (code !== undefined) return { status: "known", group: "schoolAge", code };
  // A place of early childhood says nothing about a student of school age.
  if (place !== "regularSchool") return unknown("place");
  const { schoolWeekMinutes: week, regularClassMinutes: regular } = environment;
  if (week === null || week <= 0 || regular === null)
    return unknown(
      ...(week === null || week <= 0 ? (["schoolWeekMinutes"] as const) : []),
      ...(regular === null ? (["regularClassMinutes"] as const) : []),
    );
  return { status: "known", group: "schoolAge", code: regularClassCode(regular, week) };
}

const EARLY_CHILDHOOD: Partial<Record<EducationalPlace, EarlyChildhoodCode>> = {
  separateClass: "SC",
  separateSchool: "SS",
  residentialFacility: "RF",
  home: "H",
  serviceProvider: "SPL",
};

function earlyChildhood(environment: PlanEnvironment, place: EducationalPlace): EnvironmentCode {
  const code = EARLY_CHILDHOOD[place];
  if (code !== undefined) return { status: "known", group: "earlyChildhood", code };
  if (place !== "earlyChildhoodProgram") return unknown("place");
  const { schoolWeekMinutes: week, servicesInProgram: there } = environment;
  if (week === null || there === null)
    return unknown(
      ...(week === null ? (["schoolWeekMinutes"] as const) : []),
      ...(there === null ? (["servicesInProgram"] as const) : []),
    );
  const long = week >= TEN_HOURS;
  return {
    ...{ status: "known", group: "earlyChildhood" },
    code: there ? (long ? "REC10YSVCS" : "REC09YSVCS") : long ? "REC10YOTHLOC" : "REC09YOTHLOC",
  };
}
