import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMPLETE, GOAL, said, TRANSITION } from "./completePlan.helpers";
import { checkCompleteness, type CompletenessFacts, requiredFindings } from "./completeness";
import { findingId, isWritten } from "./findings";
import { checkIndicator13 } from "./indicator13";
import type { PlanContent, PlanService } from "./planContent";
import { SECTION_KEYS, type SectionKey } from "./sections";
import { SPECIAL_FACTORS } from "./structure";

const FACTS: CompletenessFacts = {
  ...{ transitionAge: 14, ageOfMajority: 18, objectivesForAll: false, reviewCycle: 12 },
};
const shown = (plan: PlanContent, facts = FACTS) =>
  checkCompleteness(plan, facts).map(
    ({ key, severity, state, citation }) =>
      `${key} ${severity}${state === "unknown" ? " unknown" : ""} ${citation}`,
  );
const withPlan = (change: Partial<PlanContent>): PlanContent => ({ ...COMPLETE, ...change });
const without = (key: SectionKey) =>
  withPlan({ sections: COMPLETE.sections.filter((section) => section.key !== key) });
const goal = (change: Partial<typeof GOAL>) => withPlan({ goals: [{ ...GOAL, ...change }] });
const environment = (change: Partial<PlanContent["environment"]>) =>
  withPlan({ environment: { ...COMPLETE.environment, ...change } });
const state = (change: Partial<PlanContent["assessments"]["state"]>) =>
  withPlan({
    assessments: {
      ...COMPLETE.assessments,
      state: { ...COMPLETE.assessments.state, ...change },
    },
  });
const service = (change: Partial<PlanService>) =>
  withPlan({ services: COMPLETE.services.map((one) => ({ ...one, ...change })) });
const student = (change: Partial<PlanContent["student"]>) =>
  withPlan({ student: { ...COMPLETE.student, ...change } });

test("a plan that misses nothing", () => {
  expect(shown(COMPLETE)).toEqual([]);
});

describe("each element, by hand", () => {
  test.each<[string, PlanContent, string[]]>([
    ["dates", withPlan({ expirationDate: "2027-09-15" }), ["dates required 300.324(b)(1)(i)"]],
    ["(a)(1)", without("presentLevelsAcademic"), ["academicLevels required 300.320(a)(1)"]],
    ["(a)(1)", without("presentLevelsFunctional"), ["functionalLevels required 300.320(a)(1)"]],
    [
      "(a)(1)(i)",
      without("effectOfDisability"),
      ["effectOfDisability required 300.320(a)(1)(i)–(ii)"],
    ],
    ["strengths", without("strengths"), ["considerStrengths advice 300.324(a)(1)(i)"]],
    ["concerns", without("parentConcerns"), ["considerConcerns advice 300.324(a)(1)(ii)"]],
    ["evaluation", without("evaluations"), ["considerEvaluations advice 300.324(a)(1)(iii)"]],
    ["(a)(2)", withPlan({ goals: [] }), ["noGoals required 300.320(a)(2)(i)"]],
    ["(a)(2)", goal({ description: " " }), ["goalDescription required 300.320(a)(2)(i)"]],
    ["(a)(2)", goal({ criterionText: "" }), ["goalCriterion advice 300.320(a)(2)(i)"]],
    ["(a)(3)(i)", goal({ evaluationMethod: "" }), ["goalMethod required 300.320(a)(3)(i)"]],
    ["(a)(3)(i)", goal({ frequency: "" }), ["goalFrequency advice 300.320(a)(3)(i)"]],
    ["(a)(3)(ii)", without("progressReporting"), ["progressReports required 300.320(a)(3)(ii)"]],
    ["(a)(4)", withPlan({ services: [] }), ["noSpecialEducation required 300.320(a)(4)"]],
    [
      "(a)(4)",
      service({ kind: "supplementaryAid" }),
      ["noSpecialEducation required 300.320(a)(4)"],
    ],
    ["(a)(4)", withPlan({ accommodations: [] }), ["noAids advice 300.320(a)(4)"]],
    ["(a)(4)", without("personnelSupports"), ["personnelSupports advice 300.320(a)(4)"]],
    [
      "(a)(7)",
      service({ startDate: "2027-09-15", endDate: "2027-09-30" }),
      ["serviceOutsidePlan required 300.320(a)(7)"],
    ],
    [
      "(a)(7)",
      service({ startDate: "2026-09-01", endDate: "2026-09-14" }),
      ["serviceOutsidePlan required 300.320(a)(7)"],
    ],
    ["(a)(7)", service({ endDate: "2027-09-15" }), ["serviceBeyondPlan advice 300.320(a)(7)"]],
    [
      "(a)(7)",
      withPlan({ accommodations: [{ category: "", description: "Extra time", setting: " " }] }),
      ["accommodationPlace required 300.320(a)(7)"],
    ],
    ["(a)(5)", environment({ place: null }), ["environmentPlace required 300.320(a)(5)"]],
    [
      "(a)(5)",
      environment({ regularClassMinutes: null }),
      ["environmentMinutes required 300.320(a)(5)"],
    ],
    ["(a)(5)", without("placementJustification"), ["nonParticipation required 300.320(a)(5)"]],
    ["(a)(6)", state({ participation: null }), ["assessmentUndecided required 300.320(a)(6)"]],
    [
      "(a)(6)(i)",
      state({ accommodations: "" }),
      ["assessmentAccommodations required 300.320(a)(6)(i)"],
    ],
    [
      "(a)(6)(ii)",
      state({ participation: "alternate" }),
      [
        "goalObjectives required 300.320(a)(2)(ii)",
        "alternateWhy required 300.320(a)(6)(ii)(A)",
        "alternateWhich required 300.320(a)(6)(ii)(B)",
      ],
    ],
    [
      "300.106",
      withPlan({ extendedSchoolYear: { needed: null, reason: "" } }),
      ["extendedSchoolYear required 300.106(a)"],
    ],
    [
      "300.106",
      withPlan({ extendedSchoolYear: { needed: true, reason: "" } }),
      ["extendedSchoolYearHow required 300.106(a)"],
    ],
  ])("%s", (_element, plan, expected) => {
    expect(shown(plan)).toEqual(expected);
  });

  test("always in the regular class: nothing has to be explained", () => {
    const plan = without("placementJustification");
    const whole = { ...COMPLETE.environment, regularClassMinutes: 1950 };
    expect(shown({ ...plan, environment: whole })).toEqual([]);
  });

  test("objectives are asked for where the State or district asks for them of everybody", () => {
    expect(shown(COMPLETE, { ...FACTS, objectivesForAll: true })).toEqual([
      "goalObjectives required 300.320(a)(2)(ii)",
    ]);
    const objectives = [{ description: "60 words", by: "2027-01-15", criterion: "" }];
    expect(shown(goal({ objectives }), { ...FACTS, objectivesForAll: true })).toEqual([]);
  });

  test("an empty section says nothing; one that is not needed is settled where the law leaves it open", () => {
    const empty = (key: SectionKey, sectionState: "complete" | "notNeeded") =>
      withPlan({
        sections: COMPLETE.sections.map((section) =>
          section.key === key ? { key, state: sectionState, document: said("  ") } : section,
        ),
      });
    expect(shown(empty("presentLevelsAcademic", "notNeeded"))).toEqual([
      "academicLevels required 300.320(a)(1)",
    ]);
    expect(shown(empty("personnelSupports", "notNeeded"))).toEqual([]);
    expect(shown(empty("personnelSupports", "complete"))).toHaveLength(1);
    expect(isWritten(said("x"))).toBe(true);
  });
});

describe("special factors: 300.324(a)(2)", () => {
  const answer = (factor: (typeof SPECIAL_FACTORS)[number], needed: boolean | null, how = "") =>
    withPlan({ specialFactors: { ...COMPLETE.specialFactors, [factor]: { needed, how } } });

  test.each(SPECIAL_FACTORS)("%s is considered, and what is needed is said", (factor) => {
    const keys = (plan: PlanContent) => checkCompleteness(plan, FACTS).map(findingId);
    expect(keys(answer(factor, null))).toEqual([`specialFactor:${factor}`]);
    expect(keys(answer(factor, true))).toEqual([`specialFactorHow:${factor}`]);
    expect(keys(answer(factor, true, "Plan"))).toEqual([]);
    expect(keys(answer(factor, false))).toEqual([]);
  });

  test("no braille for a child with a visual impairment has a reason", () => {
    const blind = { ...COMPLETE.student, disabilities: ["visualImpairment"] };
    expect(shown({ ...answer("braille", false), student: blind })).toEqual([
      "brailleWhy required 300.324(a)(2)(iii)",
    ]);
    expect(shown({ ...answer("braille", false, "Reads print"), student: blind })).toEqual([]);
  });
});

describe("transition: 300.320(b), from the plan that is in effect on the birthday", () => {
  const NOTHING = [
    "postSecondaryEducation required 300.320(b)(1)",
    "postSecondaryEmployment required 300.320(b)(1)",
    "transitionAssessments required 300.320(b)(1)",
    "transitionServices required 300.320(b)(2), 300.43",
    "coursesOfStudy required 300.320(b)(2)",
    "studentInvited required unknown 300.321(b)(1)",
  ];
  test("14 on the plan's last day counts, a day later not", () => {
    expect(shown(student({ birthDate: "2013-09-14" }))).toEqual(NOTHING);
    expect(shown(student({ birthDate: "2013-09-15" }))).toEqual([]);
    expect(shown(student({ birthDate: "2013-09-14" }), { ...FACTS, transitionAge: 16 })).toEqual(
      [],
    );
  });

  test("all of it stated, and an agency only with consent before the invitation", () => {
    const older = student({ birthDate: "2011-03-01" });
    expect(shown({ ...older, transition: TRANSITION })).toEqual([]);
    const agency = (consentOn: string | null, invitedOn: string | null) => ({
      ...older,
      transition: {
        ...TRANSITION,
        agencies: [{ agency: "VR", responsibility: "Job coach", consentOn, invitedOn }],
      },
    });
    const refused = ["agencyConsent required 300.321(b)(3)"];
    expect(shown(agency("2026-08-01", "2026-08-10"))).toEqual([]);
    expect(shown(agency("2026-08-11", "2026-08-10"))).toEqual(refused);
    expect(shown(agency(null, "2026-08-10"))).toEqual(refused);
  });

  test("the checklist of Indicator 13: eight answers", () => {
    const answers = (plan: PlanContent) =>
      Object.fromEntries(checkIndicator13(plan).map(({ item, status }) => [item, status]));
    expect(answers(withPlan({ transition: null, goals: [] }))).toEqual({
      ...{ postSecondaryGoals: "no", updatedAnnually: "no", assessment: "no", services: "no" },
      ...{ courses: "no", annualGoals: "no", studentInvited: "unknown" },
      agencyInvited: "notApplicable",
    });
    const vocational = [{ ...GOAL, domain: "vocational" }];
    expect(answers(withPlan({ transition: TRANSITION, goals: vocational }))).toEqual({
      ...{ postSecondaryGoals: "yes", updatedAnnually: "yes", assessment: "yes", services: "yes" },
      ...{ courses: "yes", annualGoals: "yes", studentInvited: "yes" },
      agencyInvited: "notApplicable",
    });
    const old = withPlan({ transition: TRANSITION, meetingDate: "2025-09-14" });
    expect(answers(old)).toMatchObject({ updatedAnnually: "no", annualGoals: "unknown" });
  });
});

test("rights that transfer: told at the latest a year before the birthday, 300.320(c)", () => {
  const older = (birthDate: string) => ({ ...student({ birthDate }), transition: TRANSITION });
  const untold = ["majorityInformed required 300.320(c)"];
  expect(shown(older("2010-09-14"))).toEqual(untold);
  expect(shown(older("2010-09-15"))).toEqual([]);
  expect(shown({ ...older("2010-09-14"), ageOfMajority: { informedOn: "2026-09-10" } })).toEqual(
    [],
  );
  expect(shown(older("2009-09-15"), { ...FACTS, ageOfMajority: 19 })).toEqual([]);
});

test("without a birth date nobody can say that nothing is missing", () => {
  expect(shown(student({ birthDate: null }))).toEqual([
    "environmentUnknown required unknown 300.320(a)(5)",
    "transitionUnknown required unknown 300.320(b)",
    "majorityUnknown required unknown 300.320(c)",
  ]);
});

const anyPlan: fc.Arbitrary<PlanContent> = fc
  .record({
    sections: fc.subarray([...SECTION_KEYS]),
    goals: fc.boolean(),
    services: fc.boolean(),
    birthDate: fc.constantFrom(null, "2009-01-01", "2012-06-01", "2017-03-01", "2022-01-01"),
    place: fc.constantFrom(null, "regularSchool" as const, "separateSchool" as const),
    needed: fc.constantFrom(null, true, false),
  })
  .map(({ sections, goals, services, birthDate, place, needed }) => ({
    ...COMPLETE,
    sections: COMPLETE.sections.filter(({ key }) => sections.includes(key)),
    goals: goals ? [GOAL] : [],
    services: services ? COMPLETE.services : [],
    student: { ...COMPLETE.student, birthDate },
    environment: { ...COMPLETE.environment, place },
    extendedSchoolYear: { needed, reason: "" },
  }));

test("taking something away never makes a finding go; each has a name of its own", () => {
  fc.assert(
    fc.property(anyPlan, fc.constantFrom(...SECTION_KEYS), (plan, key) => {
      const before = checkCompleteness(plan, FACTS).map(findingId);
      expect(new Set(before).size).toBe(before.length);
      const less = { ...plan, sections: plan.sections.filter((section) => section.key !== key) };
      const after = checkCompleteness(less, FACTS).map(findingId);
      expect(after).toEqual(expect.arrayContaining(before));
    }),
  );
});

test("an unknown birth date is never fine, and what is required keeps its place", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const unknown = { ...plan, student: { ...plan.student, birthDate: null } };
      const findings = checkCompleteness(unknown, FACTS);
      expect(findings.filter(({ state: known }) => known === "unknown").length).toBeGreaterThan(0);
      expect(requiredFindings(findings).length).toBeGreaterThan(0);
    }),
  );
});
