import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  environmentCode,
  inKindergartenOrAbove,
  regularClassCode,
  regularClassPercent,
} from "./environment";
import { EDUCATIONAL_PLACES, type PlanEnvironment } from "./structure";

const NOTHING: PlanEnvironment = {
  ...{ placement: "", place: null, schoolWeekMinutes: null, regularClassMinutes: null },
  servicesInProgram: null,
};
const codeOf = (
  environment: Partial<PlanEnvironment>,
  { birthDate, grade }: { birthDate: string | null; grade: string },
) => {
  const found = environmentCode(
    { environment: { ...NOTHING, ...environment }, birthDate, grade },
    "2026-10-01",
  );
  return found.status === "known" ? found.code : found.missing;
};
const NINE = { birthDate: "2017-03-01", grade: "4" };
const FOUR = { birthDate: "2022-03-01", grade: "PK" };

describe("school age, by hand", () => {
  const regular = (schoolWeekMinutes: number, regularClassMinutes: number) =>
    codeOf({ place: "regularSchool", schoolWeekMinutes, regularClassMinutes }, NINE);
  test.each([
    [1950, 1950, "RC80"],
    [1950, 1560, "RC80"],
    [1950, 1559, "RC79TO40"],
    [1950, 780, "RC79TO40"],
    [1950, 779, "RC39"],
    [1950, 0, "RC39"],
    // 80.0 % exactly, and the open 79.5 %.
    [2000, 1600, "RC80"],
    [2000, 1590, "RC79TO40"],
    [2000, 800, "RC79TO40"],
  ])("of %i minutes %i in the regular class: %s", (week, minutes, code) => {
    expect(regular(week, minutes)).toBe(code);
  });

  test.each([
    ["separateSchool", "SS"],
    ["residentialFacility", "RF"],
    ["homeboundOrHospital", "HH"],
    ["correctionalFacility", "CF"],
    ["privateSchoolByParents", "PPPS"],
  ] as const)("%s is %s without any minutes", (place, code) => {
    expect(codeOf({ place }, NINE)).toBe(code);
  });

  test("what is not stated is unknown, never a code", () => {
    expect(codeOf({}, NINE)).toEqual(["place"]);
    expect(codeOf({ place: "regularSchool" }, NINE)).toEqual([
      ...["schoolWeekMinutes", "regularClassMinutes"],
    ]);
    expect(
      codeOf({ place: "regularSchool", schoolWeekMinutes: 0, regularClassMinutes: 0 }, NINE),
    ).toEqual(["schoolWeekMinutes"]);
    expect(codeOf({ place: "serviceProvider" }, NINE)).toEqual(["place"]);
    expect(codeOf({ place: "regularSchool" }, { birthDate: null, grade: "4" })).toEqual(["age"]);
  });
});

describe("early childhood, by hand", () => {
  const program = (schoolWeekMinutes: number, servicesInProgram: boolean) =>
    codeOf({ place: "earlyChildhoodProgram", schoolWeekMinutes, servicesInProgram }, FOUR);
  test("ten hours a week, and where the services are", () => {
    expect(program(600, true)).toBe("REC10YSVCS");
    expect(program(600, false)).toBe("REC10YOTHLOC");
    expect(program(599, true)).toBe("REC09YSVCS");
    expect(program(599, false)).toBe("REC09YOTHLOC");
    expect(codeOf({ place: "earlyChildhoodProgram" }, FOUR)).toEqual([
      ...["schoolWeekMinutes", "servicesInProgram"],
    ]);
  });
  test.each([
    ["separateClass", "SC"],
    ["separateSchool", "SS"],
    ["residentialFacility", "RF"],
    ["home", "H"],
    ["serviceProvider", "SPL"],
  ] as const)("%s is %s", (place, code) => {
    expect(codeOf({ place }, FOUR)).toBe(code);
  });

  test("a child of 5 is counted by the grade, and unknown where that says nothing", () => {
    const place = { place: "separateSchool" } as const;
    const five = (grade: string) => ({ birthDate: "2021-03-01", grade });
    const groupOf = (grade: string) => {
      const found = environmentCode(
        { environment: { ...NOTHING, ...place }, ...five(grade) },
        "2026-10-01",
      );
      return found.status === "known" ? found.group : found.missing;
    };
    expect(groupOf("K")).toBe("schoolAge");
    expect(groupOf("PK")).toBe("earlyChildhood");
    expect(groupOf("Room 4")).toEqual(["kindergarten"]);
    expect(["TK", "12", "1st"].map(inKindergartenOrAbove)).toEqual([true, true, true]);
    expect(["Pre-K", "preschool"].map(inKindergartenOrAbove)).toEqual([false, false]);
  });
});

const minutes = fc.integer({ min: 1, max: 3000 });

test("more minutes in the regular class never give a more separate code", () => {
  const rank = { RC39: 0, RC79TO40: 1, RC80: 2 };
  fc.assert(
    fc.property(minutes, fc.nat(3000), fc.nat(3000), (week, a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(rank[regularClassCode(more, week)]).toBeGreaterThanOrEqual(
        rank[regularClassCode(less, week)],
      );
    }),
  );
});

test("code and percent say the same", () => {
  fc.assert(
    fc.property(minutes, fc.nat(3000), (week, regular) => {
      const percent = regularClassPercent({
        schoolWeekMinutes: week,
        regularClassMinutes: regular,
      });
      if (percent === null) throw new Error("Both are stated");
      const code = regularClassCode(regular, week);
      // Within the precision of a division.
      if (percent > 80.000001) expect(code).toBe("RC80");
      if (percent > 40.000001 && percent < 79.999999) expect(code).toBe("RC79TO40");
      if (percent < 39.999999) expect(code).toBe("RC39");
    }),
  );
});

test("without a birth date nothing is known, whatever else is stated", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EDUCATIONAL_PLACES),
      minutes,
      fc.boolean(),
      (place, week, there) => {
        const environment = {
          ...{ placement: "", place, schoolWeekMinutes: week, regularClassMinutes: week },
          servicesInProgram: there,
        };
        const known = environmentCode({ environment, birthDate: null, grade: "4" }, "2026-10-01");
        expect(known).toEqual({ status: "unknown", missing: ["age"] });
      },
    ),
  );
});
