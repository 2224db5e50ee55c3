import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { checkIepContent, type IepContent, statedHours } from "./content";
import { checkIepDates, defaultExpiration } from "./dates";
import { canMoveIep, IEP_STATUSES, isDraftStatus, nextIepStatuses } from "./lifecycle";

describe("dates", () => {
  const DATES = {
    ...{ meetingDate: "2026-09-10", effectiveDate: "2026-09-15", expirationDate: "2027-09-14" },
  };
  const problemsOf = (change: Partial<typeof DATES & { nextReviewDate: string }>) =>
    checkIepDates({ ...DATES, ...change }, 12).map(({ field, code }) => `${field}: ${code}`);

  test("a year less a day, also from leap days", () => {
    expect(defaultExpiration("2026-09-15", 12)).toBe("2027-09-14");
    expect(defaultExpiration("2028-02-29", 12)).toBe("2029-02-27");
    expect(defaultExpiration("2026-08-31", 6)).toBe("2027-02-27");
    expect(checkIepDates(DATES, 12)).toEqual([]);
  });

  test.each([
    [{ expirationDate: "2027-09-15" }, "expirationDate: longerThanCycle"],
    [{ expirationDate: "2026-09-15" }, "expirationDate: mustBeAfter"],
    [{ meetingDate: "2026-09-16" }, "meetingDate: mustNotBeAfter"],
    [{ meetingDate: "" }, "meetingDate: required"],
    [{ effectiveDate: "2026-02-30" }, "effectiveDate: notADate"],
    [{ nextReviewDate: "2027-09-15" }, "nextReviewDate: mustNotBeAfter"],
    [{ nextReviewDate: "2026-09-15" }, "nextReviewDate: mustBeAfter"],
  ])("%j: %s", (change, problem) => {
    expect(problemsOf(change)).toEqual([problem]);
  });

  test("the meeting may be on the first day", () => {
    expect(problemsOf({ meetingDate: "2026-09-15" })).toEqual([]);
  });

  test("the default last day is always possible, the day after it never", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 12 }),
        (day, months) => {
          const effectiveDate = addDays("2000-01-01", day);
          const expirationDate = defaultExpiration(effectiveDate, months);
          const dates = { effectiveDate, expirationDate, meetingDate: effectiveDate };
          expect(checkIepDates(dates, months)).toEqual([]);
          const longer = { ...dates, expirationDate: addDays(expirationDate, 1) };
          expect(checkIepDates(longer, months)).toHaveLength(1);
        },
      ),
    );
  });

  test("no text makes the check fail", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const dates = { effectiveDate: a, expirationDate: b, meetingDate: c, nextReviewDate: a };
        expect(checkIepDates(dates, 12).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("content", () => {
  const CONTENT: IepContent = {
    placement: "General education classroom",
    ...{ serviceHours: { specialEducation: 5 }, accommodations: [], modifications: [] },
  };
  const fieldsOf = (change: Partial<IepContent>) =>
    checkIepContent({ ...CONTENT, ...change }).map(({ field }) => field);

  test("hours are numbers of a week; rows say what they are", () => {
    expect(checkIepContent(CONTENT)).toEqual([]);
    expect(fieldsOf({ serviceHours: { specialEducation: 61 } })).toEqual([
      "serviceHours.specialEducation",
    ]);
    expect(
      fieldsOf({ serviceHours: { specialEducation: 1, other: [{ service: "", hours: NaN }] } }),
    ).toEqual(["serviceHours.other.0.service", "serviceHours.other.0.hours"]);
    expect(fieldsOf({ accommodations: [{ category: "", description: " ", setting: "" }] })).toEqual(
      ["accommodations.0.description"],
    );
    expect(
      fieldsOf({ transitionPlan: { postSecondaryGoals: [""], transitionServices: [] } }),
    ).toEqual(["transitionPlan.postSecondaryGoals.0"]);
  });

  test("services without hours are not stated", () => {
    expect(statedHours({ specialEducation: 2, counseling: undefined })).toEqual([
      ["specialEducation", 2],
    ]);
  });
});

describe("life of a plan", () => {
  test("nothing leaves its end, and what is in force was ready to be signed", () => {
    for (const ended of ["expired", "superseded", "discarded"] as const)
      expect(nextIepStatuses(ended)).toEqual([]);
    expect(IEP_STATUSES.filter((from) => canMoveIep(from, "active"))).toEqual(["ready_to_sign"]);
    expect(IEP_STATUSES.filter(isDraftStatus)).toEqual([
      ...["draft", "in_review", "ready_to_sign", "discarded"],
    ]);
  });
});
