/**
 * The sections of a plan that are written as text, in the order of the printed plan. Each is a document of its own, so
 * that people write in different sections without meeting.
 */
export const SECTION_KEYS = [
  // 34 CFR 300.324(a)(1): strengths, concerns of the parents, latest evaluation.
  "strengths",
  "parentConcerns",
  "evaluations",
  // 34 CFR 300.320(a)(1)
  "presentLevelsAcademic",
  "presentLevelsFunctional",
  "effectOfDisability",
  // 34 CFR 300.324(a)(2)
  "specialFactors",
  // 34 CFR 300.320(a)(3)
  "progressReporting",
  // 34 CFR 300.320(a)(4)
  "personnelSupports",
  // 34 CFR 300.320(a)(5), 300.116
  "placementJustification",
  // 34 CFR 300.320(a)(6)
  "assessmentParticipation",
  // 34 CFR 300.106
  "extendedSchoolYear",
  // 34 CFR 300.320(b)
  "transitionNarrative",
  // 34 CFR 300.320(c)
  "ageOfMajority",
  "additionalNotes",
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

/** Where the team is with a section. "Complete" is a statement of its owner, no lock. */
export const SECTION_STATES = ["notStarted", "inProgress", "complete", "notNeeded"] as const;
export type SectionState = (typeof SECTION_STATES)[number];
