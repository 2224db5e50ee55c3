import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, ageOn, isCalendarDate } from "../calendar/calendarDate";
import { birthday, majorityOf, rightsHolderOn } from "./majority";

test.each([
  ["2008-03-14", 18, "2026-03-14", "2025-03-14"],
  // Born on a leap day: 2026 and 2025 have none.
  ["2008-02-29", 18, "2026-03-01", "2025-03-01"],
  // 2024 has one.
  ["2006-02-28", 18, "2024-02-28", "2023-02-28"],
  ["2004-02-29", 20, "2024-02-29", "2023-03-01"],
  ["2007-12-31", 19, "2026-12-31", "2025-12-31"],
])("born on %s, of age at %i: on %s, informed by %s", (birthDate, age, majorityDate, informBy) => {
  expect(majorityOf(birthDate, age)).toEqual({ majorityDate, informBy });
});

const date = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

test("on a birthday one is that old, and the day before a year younger", () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 1, max: 25 }), (birthDate, age) => {
      const day = birthday(birthDate, age);
      expect(isCalendarDate(day)).toBe(true);
      expect(ageOn(birthDate, day)).toBe(age);
      expect(ageOn(birthDate, addDays(day, -1))).toBe(age - 1);
    }),
  );
});

test("rights pass on the birthday; not where a court has ordered otherwise; a corrected birth date takes them back", () => {
  const holder = (today: string, recorded?: "guardian" | "student", birthDate = "2008-03-14") =>
    rightsHolderOn({ birthDate, recorded }, { age: 18, today });
  expect(holder("2026-03-13")).toBe(undefined);
  expect(holder("2026-03-14")).toBe("student");
  expect(holder("2026-03-14", "guardian")).toBe("guardian");
  expect(holder("2026-03-14", "student", "2009-03-14")).toBe(undefined);
});
