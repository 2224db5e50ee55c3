/** What is entered about a student. Disability categories: 34 CFR 300.8(c); developmental delay: 300.8(b). */
import { ageOn, isCalendarDate } from "../calendar/calendarDate";
import { checkEmail, checkPersonName, checkPhone } from "../people/person";
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";

export const DISABILITY_CATEGORIES = [
  "autism",
  "deafBlindness",
  "deafness",
  "emotionalDisturbance",
  "hearingImpairment",
  "intellectualDisability",
  "multipleDisabilities",
  "orthopedicImpairment",
  "otherHealthImpairment",
  "specificLearningDisability",
  "speechOrLanguageImpairment",
  "traumaticBrainInjury",
  "visualImpairment",
  "developmentalDelay",
] as const;
export type DisabilityCategory = (typeof DISABILITY_CATEGORIES)[number];

export interface EmergencyContact {
  name: string;
  relationship: string;
  phone: string;
  email?: string;
}

export interface StudentInput {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  studentNumber: string;
  gradeLevel: string;
  primaryDisability: string;
  secondaryDisabilities?: string[];
  emergencyContacts: EmergencyContact[];
  medicalConsiderations?: string;
  transportationNeeds?: string;
}

/** Special education ends at the latest with the school year of the 22nd birthday; some states serve to 26. */
const OLDEST = 26;
const MOST_CONTACTS = 10;

/** @param today where the organization is */
export function checkStudent(
  student: StudentInput,
  { gradeSystem, today }: { gradeSystem: readonly string[]; today: string },
): Problem[] {
  return [
    ...checkPersonName(student),
    ...checkBirthDate(student.dateOfBirth, today),
    ...checkStudentNumber(student.studentNumber),
    ...(gradeSystem.includes(student.gradeLevel)
      ? []
      : [problem("gradeLevel", student.gradeLevel === "" ? "required" : "unknownValue")]),
    ...checkDisabilities(student),
    ...checkContacts(student.emergencyContacts),
    ...checkText("medicalConsiderations", student.medicalConsiderations ?? "", {
      max: LIMITS.longText,
    }),
    ...checkText("transportationNeeds", student.transportationNeeds ?? "", { max: LIMITS.text }),
  ];
}

function checkBirthDate(date: string, today: string): Problem[] {
  if (date === "") return [problem("dateOfBirth", "required")];
  if (!isCalendarDate(date)) return [problem("dateOfBirth", "notADate")];
  if (date > today) return [problem("dateOfBirth", "inFuture")];
  return ageOn(date, today) > OLDEST ? [problem("dateOfBirth", "tooLongAgo")] : [];
}

function checkStudentNumber(number: string): Problem[] {
  const problems = checkText("studentNumber", number, { required: true, max: 30 });
  if (problems.length === 0 && number !== number.trim())
    problems.push(problem("studentNumber", "unknownValue"));
  return problems;
}

const isCategory = (category: string): boolean =>
  (DISABILITY_CATEGORIES as readonly string[]).includes(category);

function checkDisabilities({
  primaryDisability,
  secondaryDisabilities = [],
}: StudentInput): Problem[] {
  const problems: Problem[] = [];
  if (!isCategory(primaryDisability))
    problems.push(
      problem("primaryDisability", primaryDisability === "" ? "required" : "unknownValue"),
    );
  if (!secondaryDisabilities.every(isCategory))
    problems.push(problem("secondaryDisabilities", "unknownValue"));
  const all = [primaryDisability, ...secondaryDisabilities];
  if (new Set(all).size < all.length) problems.push(problem("secondaryDisabilities", "duplicate"));
  return problems;
}

function checkContacts(contacts: readonly EmergencyContact[]): Problem[] {
  if (contacts.length > MOST_CONTACTS)
    return [problem("emergencyContacts", "tooMany", { max: MOST_CONTACTS })];
  return contacts.flatMap(({ name, relationship, phone, email }, index) => {
    const field = `emergencyContacts.${String(index)}`;
    return [
      ...checkText(`${field}.name`, name, { required: true, max: LIMITS.name }),
      ...checkText(`${field}.relationship`, relationship, { max: LIMITS.name }),
      ...checkPhone(`${field}.phone`, phone),
      ...(email === undefined || email === "" ? [] : checkEmail(`${field}.email`, email)),
    ];
  });
}

export type EnrollmentStatus = "active" | "inactive" | "graduated" | "transferred";

const CHANGES: Record<EnrollmentStatus, readonly EnrollmentStatus[]> = {
  active: ["inactive", "graduated", "transferred"],
  inactive: ["active"],
  graduated: [],
  transferred: [],
};

export function canChangeEnrollment(from: EnrollmentStatus, to: EnrollmentStatus): boolean {
  return CHANGES[from].includes(to);
}

export function nextEnrollmentStatuses(from: EnrollmentStatus): readonly EnrollmentStatus[] {
  return CHANGES[from];
}

/** Of somebody who leaves: the last day that they belonged to the school. It may lie back, never ahead. */
export function checkLastDay(lastDay: string, today: string): Problem[] {
  if (!isCalendarDate(lastDay)) return [problem("on", lastDay === "" ? "required" : "notADate")];
  return lastDay > today ? [problem("on", "inFuture")] : [];
}
