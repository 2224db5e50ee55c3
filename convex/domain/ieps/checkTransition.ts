/**
 * Transition, 34 CFR 300.320(b), from the first plan that is in effect on the birthday that the organization has set (16,
 * or younger); and the transfer of rights at the age of majority, (c). Counted from the plan's own dates, not from today.
 */
import { ageOn } from "../calendar/calendarDate";
import { majorityOf } from "../students/majority";
import type { CompletenessFacts } from "./completeness";
import { type Finding, inField, missing, notKnown, when } from "./findings";
import { checkIndicator13, type Indicator13Item } from "./indicator13";
import type { PlanContent } from "./planContent";

/** Whether the plan is in effect when the student is of that age; null while the birth date is not known. */
export function needsTransition(
  { student, expirationDate }: PlanContent,
  transitionAge: number,
): boolean | null {
  return student.birthDate === null
    ? null
    : ageOn(student.birthDate, expirationDate) >= transitionAge;
}

/** What of the checklist the law itself asks for in the plan. Related goals are judged by the team. */
const FINDINGS = {
  assessment: "transitionAssessments",
  services: "transitionServices",
  courses: "coursesOfStudy",
  studentInvited: "studentInvited",
  agencyInvited: "agencyConsent",
} as const;
const isFinding = (item: Indicator13Item): item is keyof typeof FINDINGS => item in FINDINGS;

export function checkTransition(
  plan: PlanContent,
  { transitionAge }: Pick<CompletenessFacts, "transitionAge">,
): Finding[] {
  const needed = needsTransition(plan, transitionAge);
  const part = "transition" as const;
  if (needed === null)
    return [
      notKnown("transitionUnknown", {
        ...{ part, citation: "300.320(b)", target: { kind: "student" } },
        params: { age: transitionAge },
      }),
    ];
  if (!needed) return [];
  return [
    ...checkPostSecondary(plan),
    ...checkIndicator13(plan).flatMap(({ item, status, citation, target }) =>
      when(isFinding(item) && (status === "no" || status === "unknown"), () =>
        (status === "unknown" ? notKnown : missing)(FINDINGS[item as keyof typeof FINDINGS], {
          ...{ part, citation, target },
        }),
      ),
    ),
  ];
}

/** (b)(1): education or training, and employment; independent living where appropriate. */
function checkPostSecondary({ transition }: PlanContent): Finding[] {
  const goals = transition?.postSecondary ?? [];
  const details = {
    ...{ part: "transition" as const, citation: "300.320(b)(1)" },
    target: { kind: "list" as const, list: "transition" as const },
  };
  return [
    ...when(!goals.some(({ area }) => area === "educationOrTraining"), () =>
      missing("postSecondaryEducation", details),
    ),
    ...when(!goals.some(({ area }) => area === "employment"), () =>
      missing("postSecondaryEmployment", details),
    ),
  ];
}

/** (c): not later than one year before, that the student was informed of the rights that will transfer. */
export function checkAgeOfMajority(
  { student, expirationDate, ageOfMajority }: PlanContent,
  facts: Pick<CompletenessFacts, "ageOfMajority">,
): Finding[] {
  const details = { part: "ageOfMajority" as const, citation: "300.320(c)" };
  const params = { age: facts.ageOfMajority };
  if (student.birthDate === null)
    return [notKnown("majorityUnknown", { ...details, params, target: { kind: "student" } })];
  const { informBy } = majorityOf(student.birthDate, facts.ageOfMajority);
  return when(informBy <= expirationDate && ageOfMajority.informedOn === null, () =>
    missing("majorityInformed", {
      ...{ ...details, params, target: inField("ageOfMajority.informedOn") },
    }),
  );
}
