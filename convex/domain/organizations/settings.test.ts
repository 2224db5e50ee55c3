import { expect, test } from "vitest";
import { checkSettings, diffSettings, type OrganizationSettings } from "./settings";

const SETTINGS: OrganizationSettings = {
  timezone: "America/Chicago",
  academicYear: { start: "2026-08-15", end: "2027-06-05" },
  gradeSystem: ["K", "1", "2"],
  reportingPeriods: [
    { name: "Q1", start: "2026-08-15", end: "2026-10-30" },
    { name: "Q2", start: "2026-10-31", end: "2027-01-15" },
  ],
  complianceSettings: { iepReviewCycle: 12, evaluationCycle: 36, transitionAge: 16 },
};
const problemsOf = (change: Partial<OrganizationSettings>) =>
  checkSettings({ ...SETTINGS, ...change }).map(({ field, code }) => `${field}: ${code}`);
const cycles = (change: Partial<OrganizationSettings["complianceSettings"]>) => ({
  complianceSettings: { ...SETTINGS.complianceSettings, ...change },
});

test("what the law allows at most is allowed", () => {
  expect(problemsOf({ securitySettings: { idleMinutes: 15 } })).toEqual([]);
  expect(problemsOf({ securitySettings: {} })).toEqual([]);
  expect(checkSettings(SETTINGS)).toEqual([]);
});

test.each<[string, Partial<OrganizationSettings>, string]>([
  ["13 months", cycles({ iepReviewCycle: 13 }), "complianceSettings.iepReviewCycle: outOfRange"],
  ["no months", cycles({ iepReviewCycle: 0 }), "complianceSettings.iepReviewCycle: outOfRange"],
  ["37 months", cycles({ evaluationCycle: 37 }), "complianceSettings.evaluationCycle: outOfRange"],
  ["half months", cycles({ evaluationCycle: 1.5 }), "complianceSettings.evaluationCycle: notWhole"],
  ["17 years", cycles({ transitionAge: 17 }), "complianceSettings.transitionAge: outOfRange"],
  ["no number", cycles({ transitionAge: NaN }), "complianceSettings.transitionAge: notANumber"],
  [
    "an idle time-out of a moment",
    { securitySettings: { idleMinutes: 1 } },
    "securitySettings.idleMinutes: outOfRange",
  ],
  ["no time zone", { timezone: "" }, "timezone: unknownValue"],
  ["a strange one", { timezone: "Mars/Olympus" }, "timezone: unknownValue"],
  ["no grades", { gradeSystem: [] }, "gradeSystem: empty"],
  ["a grade twice", { gradeSystem: ["K", "K"] }, "gradeSystem: duplicate"],
  ["no periods", { reportingPeriods: [] }, "reportingPeriods: empty"],
  [
    "overlapping periods",
    {
      reportingPeriods: [
        SETTINGS.reportingPeriods[0],
        { name: "Q2", start: "2026-10-30", end: "2027-01-15" },
      ] as OrganizationSettings["reportingPeriods"],
    },
    "reportingPeriods.1: overlaps",
  ],
  [
    "a period outside the year",
    { reportingPeriods: [{ name: "Q1", start: "2026-08-01", end: "2026-10-30" }] },
    "reportingPeriods.0: outsideYear",
  ],
  [
    "a year that ends before it begins",
    { academicYear: { start: "2026-08-15", end: "2026-08-15" } },
    "academicYear.end: mustBeAfter",
  ],
  [
    "a year of two",
    { academicYear: { start: "2026-08-15", end: "2028-06-05" } },
    "academicYear.end: longerThanCycle",
  ],
])("%s is refused", (_name, change, problem) => {
  expect(problemsOf(change)).toContain(problem);
});

test("the history names each changed part, before and after", () => {
  expect(diffSettings(SETTINGS, structuredClone(SETTINGS))).toEqual([]);
  const after = { ...SETTINGS, ...cycles({ iepReviewCycle: 11 }), gradeSystem: ["K", "1"] };
  expect(diffSettings(SETTINGS, after)).toEqual([
    { field: "gradeSystem", before: '["K","1","2"]', after: '["K","1"]' },
    { field: "complianceSettings.iepReviewCycle", before: "12", after: "11" },
  ]);
});
