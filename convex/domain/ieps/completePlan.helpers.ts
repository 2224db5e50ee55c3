/** A plan of a student of 9 that misses nothing, and parts to change of it. */
import type { PlanContent, PlanGoal, PlanSection, RichTextNode } from "./planContent";
import { SECTION_KEYS, type SectionKey } from "./sections";
import { noAssessments, noSpecialFactors, type PlanTransition } from "./structure";

export const said = (text: string): RichTextNode => ({
  type: "doc",
  content: [{ type: "paragraph", content: text === "" ? [] : [{ type: "text", text }] }],
});

export const GOAL: PlanGoal = {
  ...{ lineage: "goal-1", number: 1, domain: "academic", description: "Reads 90 words a minute" },
  ...{ conditions: "Grade-level passage", unit: "words", criterion: null, objectives: [] },
  criterionText: "90 words in 3 of 4 probes",
  baseline: { value: 40, date: "2026-09-01", context: "" },
  target: { value: 90, by: "2027-09-14" },
  ...{ evaluationMethod: "Probes", frequency: "Weekly", responsibleProvider: "Priya Raman" },
};

const factor = { needed: false, how: "Not needed: no such need was found." };
const section = (key: SectionKey): PlanSection => ({
  ...{ key, state: "complete", document: said(`What is said of ${key}.`) },
});

export const COMPLETE: PlanContent = {
  ...{ format: 1, kind: "annual", version: 1, organization: "Maple Valley" },
  ...{ meetingDate: "2026-09-10", effectiveDate: "2026-09-15", expirationDate: "2027-09-14" },
  nextReviewDate: "2027-09-14",
  student: {
    ...{ name: "Ada Student", number: "A-1", grade: "4", school: "Oakridge" },
    ...{ birthDate: "2017-03-01", disabilities: ["specificLearningDisability"] },
  },
  team: [{ name: "Priya Raman", function: "caseManager" }],
  sections: SECTION_KEYS.map(section),
  goals: [GOAL],
  services: [
    {
      ...{ kind: "specialEducation", type: "Reading", provider: "Special education teacher" },
      ...{ minutes: 45, frequency: { times: 1, per: "day" }, delivery: "group" },
      ...{ setting: "separateClass", location: "Resource room" },
      ...{ startDate: "2026-09-15", endDate: "2027-06-05" },
    },
  ],
  accommodations: [{ category: "Timing", description: "Extended time", setting: "Tests" }],
  modifications: [],
  environment: {
    ...{ placement: "General education", place: "regularSchool", servicesInProgram: null },
    ...{ schoolWeekMinutes: 1950, regularClassMinutes: 1725 },
  },
  specialFactors: {
    ...noSpecialFactors(),
    ...{ behavior: factor, language: factor, braille: factor, communication: factor },
    assistiveTechnology: { needed: true, how: "Text to speech" },
  },
  assessments: {
    state: { ...noAssessments().state, participation: "accommodated", accommodations: "Time" },
    district: { ...noAssessments().district, participation: "regular" },
  },
  extendedSchoolYear: { needed: false, reason: "" },
  transition: null,
  ageOfMajority: { informedOn: null },
};

export const TRANSITION: PlanTransition = {
  postSecondary: [
    { area: "educationOrTraining", text: "Attends a certificate course" },
    { area: "employment", text: "Works in a shop" },
  ],
  postSecondaryGoals: ["Attends a certificate course", "Works in a shop"],
  ...{ transitionServices: ["Job exploration"], agencyInvolvement: [], agencies: [] },
  ...{ assessments: ["Interest inventory, 2026-09-01"], coursesOfStudy: ["Business I"] },
  studentInvited: true,
};
