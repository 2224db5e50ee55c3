/** Plans for tests: a whole one to change parts of, and one as long as real ones get. */
import type { PlanContent, PlanGoal, PlanSection, RichTextNode } from "./planContent";
import { SECTION_KEYS, type SectionKey } from "./sections";
import { noAssessments, noSpecialFactors } from "./structure";

export const paragraph = (...content: (string | RichTextNode)[]): RichTextNode => ({
  type: "paragraph",
  content: content.map((part) => (typeof part === "string" ? { type: "text", text: part } : part)),
});
export const written = (text: string, ...marks: string[]): RichTextNode => ({
  ...{ type: "text", text },
  marks: marks.map((type) => ({ type })),
});
const node = (type: string, ...content: RichTextNode[]): RichTextNode => ({ type, content });
const row = (type: string, ...texts: string[]): RichTextNode =>
  node("tableRow", ...texts.map((text) => node(type, paragraph(text))));

const section = (key: SectionKey, ...content: RichTextNode[]): PlanSection => ({
  ...{ key, state: "complete" },
  document: { type: "doc", content },
});

const goal = (number: number, more: Partial<PlanGoal> = {}): PlanGoal => ({
  ...{ lineage: `goal-${String(number)}`, number, domain: "academic" },
  description:
    "Given a grade-level passage of about 250 words, Maya answers comprehension questions that ask for inference.",
  conditions: "Text read aloud once; no time limit",
  baseline: { value: 45, date: "2026-09-04", context: "Two probes in the reading room" },
  target: { value: 80, by: "2027-09-14" },
  unit: "%",
  criterion: {
    ...{ comparator: "atLeast", level: 80, met: 4, outOf: 5, of: "sessions", window: "last" },
    ...{ consecutive: false, alsoWithinTrials: false, minTrials: 8, settings: 2 },
    maxPromptLevel: "gestural",
  },
  criterionText: "80 % correct in 4 of 5 sessions",
  evaluationMethod: "Curriculum-based probes",
  frequency: "Weekly",
  responsibleProvider: "Priya Raman",
  objectives: [],
  ...more,
});

/** A plan with something in every place. */
export function planContent(more: Partial<PlanContent> = {}): PlanContent {
  return {
    ...{ format: 1, kind: "annual", version: 2 },
    ...{ effectiveDate: "2026-09-15", expirationDate: "2027-09-14", meetingDate: "2026-09-08" },
    ...{ nextReviewDate: "2027-09-14", organization: "Maple Valley School District" },
    student: {
      ...{ name: "Maya Doyle", number: "MV-1042", grade: "4", school: "Cedar Elementary School" },
      ...{ birthDate: "2016-11-02", disabilities: ["specificLearningDisability"] },
    },
    team: [
      { name: "Priya Raman", function: "caseManager" },
      { name: "Tom Becker", function: "generalEducationTeacher" },
      { name: "Elena Petrova", function: "relatedServiceProvider" },
    ],
    sections: sections(),
    goals: [
      goal(1, {
        objectives: [
          {
            ...{ description: "Answers literal questions", by: "2027-01-15" },
            criterion: "80 % in 3 of 4 sessions",
          },
          {
            ...{ description: "Finds the sentence that supports an inference", by: "2027-05-01" },
            criterion: "",
          },
        ],
      }),
      goal(2, {
        ...{ domain: "communication", unit: "words", criterion: null, conditions: "" },
        ...{ description: "Maya produces the /r/ sound in sentences.", frequency: "Twice a week" },
        responsibleProvider: "Elena Petrova",
      }),
    ],
    services: [
      {
        ...{ kind: "relatedService", type: "Speech-language therapy", provider: "Elena Petrova" },
        ...{ minutes: 30, frequency: { times: 2, per: "week" }, delivery: "group" },
        ...{ setting: "separateClass", location: "Room 12" },
        ...{ startDate: "2026-09-15", endDate: "2027-06-10" },
      },
      {
        ...{ kind: "specialEducation", type: "Reading instruction", provider: "Priya Raman" },
        ...{ minutes: 45, frequency: { times: 5, per: "week" }, delivery: "individual" },
        ...{ setting: "regularClass", location: "" },
        ...{ startDate: "2026-09-15", endDate: "2027-09-14" },
      },
    ],
    accommodations: [
      { category: "Time", description: "Time and a half on tests ≥ 20 minutes", setting: "All" },
      { category: "Presentation", description: "Text read aloud", setting: "Science, history" },
    ],
    modifications: [
      { subject: "Spelling", description: "Ten words instead of twenty", criteria: "80 % correct" },
    ],
    environment: {
      ...{ placement: "General education with support", place: "regularSchool" },
      ...{ schoolWeekMinutes: 1800, regularClassMinutes: 1515, servicesInProgram: null },
    },
    specialFactors: {
      ...noSpecialFactors(),
      behavior: { needed: true, how: "Breaks on request; plan of 12 September" },
      assistiveTechnology: { needed: false, how: "Considered; classroom tools are enough" },
    },
    assessments: {
      ...noAssessments(),
      state: {
        ...{ participation: "accommodated", accommodations: "Extended time, text to speech" },
        ...{ whyNotRegular: "", whyAppropriate: "" },
      },
    },
    extendedSchoolYear: { needed: false, reason: "No loss over the last two summers" },
    transition: {
      postSecondaryGoals: ["Maya will study at the community college"],
      postSecondary: [
        { area: "educationOrTraining", text: "Maya will study at the community college" },
      ],
      transitionServices: ["Visits to two programs"],
      agencyInvolvement: ["Vocational Rehabilitation: counseling"],
      agencies: [
        {
          ...{ agency: "Vocational Rehabilitation", responsibility: "Counseling" },
          ...{ consentOn: "2026-08-20", invitedOn: null },
        },
      ],
      assessments: ["Interest inventory, 2026-08-28"],
      coursesOfStudy: ["College preparatory"],
      studentInvited: true,
    },
    ageOfMajority: { informedOn: null },
    ...more,
  };
}

function sections(): PlanSection[] {
  const item = (text: string) => node("listItem", paragraph(text));
  return [
    section(
      "strengths",
      paragraph(
        "Maya is curious, ",
        written("kind", "bold"),
        " and loves to ",
        written("draw", "italic"),
        ".",
      ),
      node("bulletList", item("Asks for help"), item("Explains what she has read to others")),
    ),
    section(
      "parentConcerns",
      paragraph("«Quiero que lea con gusto», dice su mamá. ¿Cómo ayudarla?"),
    ),
    section(
      "presentLevelsAcademic",
      paragraph("Maya reads 74 words correct a minute; the class reads 98."),
      { type: "heading", attrs: { level: 3 }, content: [{ type: "text", text: "Measures" }] },
      node(
        "table",
        row("tableHeader", "Measure", "September", "May"),
        row("tableCell", "Oral reading fluency", "74", "61"),
        row("tableCell", "Comprehension", "45 %", "38 %"),
      ),
      {
        type: "orderedList",
        attrs: { start: 3 },
        content: [item("Third step"), item("Fourth step")],
      },
    ),
    { ...section("extendedSchoolYear"), state: "notNeeded" },
    section(
      "additionalNotes",
      paragraph("See ", {
        ...{ type: "text", text: "the reading guide" },
        marks: [{ type: "link", attrs: { href: "https://example.org/guide" } }],
      }),
    ),
  ];
}

const WORDS =
  "Maya reads the passage and tells what it says in her own words before she answers the questions about it with a partner who listens and asks for the place in the text where it stands".split(
    " ",
  );
/** Always the same words for the same number. */
function prose(seed: number, sentences: number): string {
  return Array.from({ length: sentences }, (_, sentence) => {
    const from = (seed * 7 + sentence * 5) % 20;
    const words = WORDS.slice(from, from + 9 + ((seed + sentence) % 7)).join(" ");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  }).join(" ");
}

/** Some forty pages: long sections, two dozen goals with objectives, tables over several pages. */
export function longPlanContent(): PlanContent {
  const plan = planContent();
  return {
    ...plan,
    sections: SECTION_KEYS.map((key, index) =>
      section(
        key,
        ...Array.from({ length: 7 }, (_, part) => paragraph(prose(index * 11 + part, 9))),
      ),
    ),
    goals: Array.from({ length: 24 }, (_, index) =>
      goal(index + 1, {
        description: prose(index, 3),
        objectives: [1, 2, 3].map((part) => ({
          ...{ description: prose(index + part, 2), by: "2027-03-01", criterion: prose(part, 1) },
        })),
      }),
    ),
    accommodations: Array.from({ length: 40 }, (_, index) => ({
      ...{ category: "Time", description: prose(index, 2), setting: "All classes" },
    })),
    services: Array.from({ length: 20 }, (_, index) => ({
      ...(plan.services[index % 2] ?? plan.services[0]),
    })).filter((service): service is PlanContent["services"][number] => "kind" in service),
  };
}
