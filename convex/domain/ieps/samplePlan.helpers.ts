/** A plan for tests, with something in every part. */
import type { PlanContent } from "./planContent";
import { noAssessments, noSpecialFactors } from "./structure";

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });

export const samplePlan = (change: Partial<PlanContent> = {}): PlanContent => ({
  ...{ format: 1, kind: "annual", version: 1, organization: "Own District" },
  ...{ effectiveDate: "2026-09-01", expirationDate: "2027-08-31" },
  ...{ meetingDate: "2026-08-25", nextReviewDate: "2027-08-31" },
  student: {
    ...{ name: "Ada Student", number: "A-1", grade: "2", school: "First School" },
    ...{ birthDate: "2018-11-28", disabilities: ["autism"] },
  },
  team: [{ name: "Pat Teacher", function: "caseManager" }],
  sections: [
    {
      ...{ key: "strengths", state: "complete" },
      document: {
        type: "doc",
        content: [paragraph("She likes storys and tells them well."), paragraph("She is kind.")],
      },
    },
  ],
  goals: [
    {
      ...{ lineage: "goal-1", number: 1, domain: "academic", description: "Reads words" },
      ...{ conditions: "", baseline: { value: 40, date: "2026-09-01", context: "" } },
      ...{ target: { value: 80, by: "2027-06-01" }, unit: "words", criterion: null },
      ...{ criterionText: "80 %", evaluationMethod: "Probes", frequency: "Weekly" },
      ...{ responsibleProvider: "Pat Teacher", objectives: [] },
    },
  ],
  services: [
    {
      ...{ kind: "relatedService", type: "Speech therapy", provider: "Therapist", minutes: 30 },
      ...{ frequency: { times: 2, per: "week" }, delivery: "individual", setting: "separateClass" },
      ...{ location: "Room 4", startDate: "2026-09-01", endDate: "2027-08-31" },
    },
  ],
  accommodations: [{ category: "Timing", description: "Extra time", setting: "Tests" }],
  modifications: [],
  environment: {
    ...{ placement: "General education classroom", place: null, schoolWeekMinutes: 1800 },
    ...{ regularClassMinutes: 1740, servicesInProgram: null },
  },
  specialFactors: noSpecialFactors(),
  assessments: noAssessments(),
  extendedSchoolYear: { needed: false, reason: "Keeps what she has learned" },
  transition: {
    postSecondaryGoals: ["A job in a libary"],
    postSecondary: [{ area: "employment", text: "A job in a libary" }],
    ...{ transitionServices: [], agencyInvolvement: [], agencies: [], assessments: [] },
    ...{ coursesOfStudy: [], studentInvited: null },
  },
  ageOfMajority: { informedOn: null },
  ...change,
});
