/**
 * Age of majority: educational rights pass from the parents to the student (34 CFR 300.520), and a year before the IEP
 * team has informed the student of it (300.320(c)).
 */
import { addDays, addMonths, ageOn } from "../calendar/calendarDate";

/** Years. 18 in most states, 19 in Alabama and Nebraska, 21 in Mississippi. */
export const MAJORITY_AGE = 18;
export const MAJORITY_LIMITS = { min: 18, max: 21 } as const;

/** The birthday on which somebody is `age` years old; who was born on 29 February is so on 1 March of a common year. */
export function birthday(birthDate: string, age: number): string {
  const date = addMonths(birthDate, 12 * age);
  return ageOn(birthDate, date) < age ? addDays(date, 1) : date;
}

export interface Majority {
  /** From this day on the student is of age. */
  majorityDate: string;
  /** On this day at the latest the student has been informed. */
  informBy: string;
}

export const majorityOf = (birthDate: string, age: number): Majority => ({
  majorityDate: birthday(birthDate, age),
  informBy: birthday(birthDate, age - 1),
});

/** Who holds the educational rights: the parents, the student, or the parents of a student of age by a court's order. */
export type RightsHolder = "guardian" | "student";

/** What the calendar makes of it; an order that was recorded stays. */
export function rightsHolderOn(
  student: { birthDate: string; recorded: RightsHolder | undefined },
  { age, today }: { age: number; today: string },
): RightsHolder | undefined {
  if (student.recorded === "guardian") return "guardian";
  return ageOn(student.birthDate, today) >= age ? "student" : undefined;
}
