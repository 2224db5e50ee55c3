/** The answers of a plan that can come over, and what each is before anybody has answered. */
import type { PlanAnswers } from "../ieps/fields";
import { noAssessments, noSpecialFactors } from "../ieps/structure";
import type { CarriedAnswer } from "./item";

const UNANSWERED: Pick<PlanAnswers, CarriedAnswer> = {
  placement: "",
  environment: {
    ...{ place: null, schoolWeekMinutes: null, regularClassMinutes: null },
    servicesInProgram: null,
  },
  specialFactors: noSpecialFactors(),
  assessments: noAssessments(),
  extendedSchoolYear: { needed: null, reason: "" },
  ageOfMajority: { informedOn: null },
};

/** As it is while nobody has answered. */
export const unanswered = (answer: CarriedAnswer): PlanAnswers[CarriedAnswer] => UNANSWERED[answer];

/** Each single answer, by its field (`domain/ieps/fields`), without those that nobody has given. */
export function givenAnswers(
  answer: CarriedAnswer,
  value: unknown,
): { field: string; value: string | number | boolean }[] {
  const given: { field: string; value: string | number | boolean }[] = [];
  const walk = (field: string, part: unknown): void => {
    if (typeof part === "object" && part !== null)
      for (const [name, inner] of Object.entries(part)) walk(`${field}.${name}`, inner);
    else if (typeof part === "number" || typeof part === "boolean")
      given.push({ field, value: part });
    else if (typeof part === "string" && part.trim() !== "") given.push({ field, value: part });
  };
  walk(answer, value);
  return given;
}
