import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkField, type FieldValue, type PlanFields, readField, writeField } from "./fields";
import { checkNewRow, noRows, rowsOfTexts, transitionOf, transitionTexts, withIds } from "./rows";
import { noAssessments, noSpecialFactors } from "./structure";

const PLAN: PlanFields = {
  ...{ meetingDate: "2026-09-10", effectiveDate: "2026-09-15", expirationDate: "2027-09-14" },
  ...{ nextReviewDate: "2027-09-14", placement: "General education" },
  environment: {
    ...{ place: "regularSchool", schoolWeekMinutes: 1950, regularClassMinutes: 1560 },
    servicesInProgram: null,
  },
  specialFactors: noSpecialFactors(),
  assessments: noAssessments(),
  extendedSchoolYear: { needed: null, reason: "" },
  invitation: { studentInvited: null },
  ageOfMajority: { informedOn: null },
  rows: {
    ...noRows(),
    accommodations: [
      { id: "a", category: "Timing", description: "Extended time", setting: "Tests" },
      { id: "b", category: "", description: "Read aloud", setting: "" },
    ],
  },
};
const codes = (field: string, value: FieldValue) =>
  checkField(PLAN, field, value).map(({ code }) => code);

describe("one field", () => {
  test.each<[string, FieldValue]>([
    ["placement", "Separate class"],
    ["meetingDate", "2026-09-11"],
    ["environment.regularClassMinutes", 1000],
    ["environment.place", "separateSchool"],
    ["specialFactors.behavior.needed", false],
    ["specialFactors.behavior.how", "A behavior plan"],
    ["assessments.state.participation", "alternate"],
    ["ageOfMajority.informedOn", "2026-09-01"],
    ["accommodations.b.setting", "All classes"],
  ])("%s is written and read, and nothing else changes", (field, value) => {
    expect(codes(field, value)).toEqual([]);
    const changed = writeField(PLAN, field, value);
    expect(readField(changed, field)).toBe(value);
    expect(writeField(changed, field, readField(PLAN, field) ?? null)).toEqual(PLAN);
    expect(changed).not.toEqual(PLAN);
  });

  test.each<[string, FieldValue, string]>([
    ["placement", " ", "required"],
    ["placement", 5, "unknownValue"],
    ["meetingDate", "", "required"],
    ["meetingDate", "2026-02-30", "notADate"],
    ["environment.regularClassMinutes", 1951, "outOfRange"],
    ["environment.schoolWeekMinutes", 1559, "outOfRange"],
    ["environment.schoolWeekMinutes", 10.5, "notWhole"],
    ["environment.place", "moon", "unknownValue"],
    ["specialFactors.behavior.needed", "yes", "unknownValue"],
    ["ageOfMajority.informedOn", "soon", "notADate"],
    ["accommodations.a.description", "", "required"],
    ["accommodations.a.other", "x", "unknownValue"],
    ["status", "active", "unknownValue"],
    ["__proto__", "x", "unknownValue"],
    ["rows", "x", "unknownValue"],
  ])("%s takes no %j: %s", (field, value, code) => {
    expect(codes(field, value)).toEqual([code]);
  });

  test("what is no field, or of a row that is gone, cannot be read", () => {
    for (const field of ["status", "toString", "environment", "accommodations.c.setting", ""])
      expect(readField(PLAN, field)).toBeUndefined();
  });

  test("two fields, in either order, are both kept", () => {
    const field = fc.constantFrom(
      ...["placement", "specialFactors.braille.how", "extendedSchoolYear.reason"],
      ...["accommodations.a.setting", "accommodations.b.setting"],
    );
    fc.assert(
      fc.property(field, field, fc.string(), fc.string(), (one, two, first, second) => {
        fc.pre(one !== two);
        const forth = writeField(writeField(PLAN, one, first), two, second);
        expect(forth).toEqual(writeField(writeField(PLAN, two, second), one, first));
        expect([readField(forth, one), readField(forth, two)]).toEqual([first, second]);
      }),
    );
  });
});

describe("rows", () => {
  test("a new one has an id and its parts", () => {
    const row = { id: "c", subject: "", description: "Shorter texts", criteria: "" };
    const problems = (change: object) =>
      checkNewRow("modifications", { ...row, ...change }, []).map(({ code }) => code);
    expect(problems({})).toEqual([]);
    expect(problems({ id: "" })).toEqual(["unknownValue"]);
    expect(problems({ other: "x" })).toEqual(["unknownValue"]);
    expect(problems({ description: "" })).toEqual(["required"]);
    const full = Array.from({ length: 100 }, (_, index) => ({ ...row, id: String(index) }));
    expect(checkNewRow("modifications", row, full)).toMatchObject([{ code: "tooMany" }]);
    const area = (text: string) =>
      checkNewRow("postSecondary", { id: "x", area: text, text: "Works" }, []).length;
    expect([area(""), area("employment"), area("elsewhere")]).toEqual([0, 0, 1]);
  });

  test("rows without ids get them by their place, once", () => {
    const rows = withIds([{ text: "one" }, { id: "kept", text: "two" }]);
    expect(rows.map(({ id }) => id)).toEqual(["row-1", "kept"]);
    expect(withIds(rows)).toEqual(rows);
  });
});

describe("the contract's transition plan and the rows say the same", () => {
  const texts = fc.array(fc.constantFrom("Works in a shop", "Studies", "Travels"), {
    maxLength: 5,
  });
  test("texts become rows and the same texts again; rows whose text stays are kept", () => {
    fc.assert(
      fc.property(texts, texts, texts, texts, (goals, services, agencies, next) => {
        let count = 0;
        const newId = () => `new-${String((count += 1))}`;
        const plan = {
          postSecondaryGoals: goals,
          transitionServices: services,
          ...(agencies.length === 0 ? {} : { agencyInvolvement: agencies }),
        };
        const rows = rowsOfTexts(plan, noRows(), newId);
        const empty = goals.length + services.length + agencies.length === 0;
        expect(transitionTexts(rows)).toEqual(empty ? undefined : plan);
        const later = rowsOfTexts({ ...plan, postSecondaryGoals: next }, rows, newId);
        expect(later.transitionServices).toEqual(rows.transitionServices);
        const ids = new Set(later.postSecondary.map(({ id }) => id));
        expect(ids.size).toBe(next.length);
        const kept = rows.postSecondary.filter(({ id }) => ids.has(id)).length;
        const common = [...new Set(goals)].reduce((sum, text) => {
          const of = (list: string[]) => list.filter((one) => one === text).length;
          return sum + Math.min(of(goals), of(next));
        }, 0);
        expect(kept).toBe(common);
      }),
    );
  });

  test("nothing entered is no transition; an invitation is something", () => {
    expect(transitionOf(noRows(), null)).toBeNull();
    expect(transitionOf(noRows(), false)).toMatchObject({ studentInvited: false, agencies: [] });
    const agency = { id: "x", agency: "VR", responsibility: "Coach", consentOn: "", invitedOn: "" };
    expect(transitionOf({ ...noRows(), agencies: [agency] }, null)).toMatchObject({
      agencyInvolvement: ["VR: Coach"],
      agencies: [{ agency: "VR", responsibility: "Coach", consentOn: null, invitedOn: null }],
    });
  });
});
