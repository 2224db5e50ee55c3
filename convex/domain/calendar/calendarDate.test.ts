import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  dayStartsAt,
  isCalendarDate,
  isWeekend,
  nextWeekday,
  todayIn,
  weeksBetween,
} from "./calendarDate";

const someDate = fc.integer({ min: 0, max: 80_000 }).map((days) => addDays("1950-01-01", days));

test.each([
  ["2026-02-28", true],
  ["2026-02-29", false],
  ["2028-02-29", true],
  ["2026-13-01", false],
  ["2026-00-10", false],
  ["2026-04-31", false],
  ["1899-12-31", false],
  ["2026-1-01", false],
  ["", false],
  ["2026-01-01T00:00", false],
])("%s is a day: %s", (text, expected) => {
  expect(isCalendarDate(text)).toBe(expected);
});

describe("arithmetic", () => {
  test("months end where the shorter month ends", () => {
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(addMonths("2026-03-15", -14)).toBe("2025-01-15");
  });

  test("days and weeks across months, years and leap days", () => {
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2026-12-31", "2026-12-01")).toBe(-30);
    expect(weeksBetween("2026-09-01", "2026-09-15")).toBe(2);
  });

  test("adding and counting are opposites, whatever the days", () => {
    fc.assert(
      fc.property(someDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  test("a later date is later as text", () => {
    fc.assert(
      fc.property(someDate, fc.integer({ min: 1, max: 9000 }), (date, days) => {
        expect(addDays(date, days) > date).toBe(true);
      }),
    );
  });
});

test("today is what the clock on the wall says there", () => {
  const instant = Date.parse("2026-11-21T05:30:00Z");
  expect(todayIn("America/Chicago", instant)).toBe("2026-11-20");
  expect(todayIn("America/New_York", instant)).toBe("2026-11-21");
  // The night in which summer time ends.
  expect(todayIn("America/Chicago", Date.parse("2026-11-01T04:59:00Z"))).toBe("2026-10-31");
  expect(todayIn("America/Chicago", Date.parse("2026-11-01T05:00:00Z"))).toBe("2026-11-01");
});

test("age changes on the birthday; without a February 29 on March 1", () => {
  expect(ageOn("2010-11-21", "2026-11-20")).toBe(15);
  expect(ageOn("2010-11-21", "2026-11-21")).toBe(16);
  expect(ageOn("2012-02-29", "2026-02-28")).toBe(13);
  expect(ageOn("2012-02-29", "2026-03-01")).toBe(14);
});

test("weekdays", () => {
  expect(["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].map(isWeekend)).toEqual([
    ...[false, true, true, false],
  ]);
  expect(nextWeekday("2026-11-21")).toBe("2026-11-23");
  expect(nextWeekday("2026-11-20")).toBe("2026-11-20");
  fc.assert(
    fc.property(someDate, (date) => {
      const day = nextWeekday(date);
      expect(isWeekend(day)).toBe(false);
      expect(daysBetween(date, day)).toBeLessThanOrEqual(2);
    }),
  );
});

test("a day begins at midnight of its zone, also when clocks change at midnight", () => {
  expect(dayStartsAt("UTC", "2026-11-20")).toBe(Date.UTC(2026, 10, 20));
  expect(dayStartsAt("America/Chicago", "2026-11-20")).toBe(Date.UTC(2026, 10, 20, 6));
  // Daylight saving: five hours behind UTC.
  expect(dayStartsAt("America/Chicago", "2026-07-01")).toBe(Date.UTC(2026, 6, 1, 5));
  // The clock goes from 0:00 to 1:00 in Santiago on 2026-09-06 (UTC-4 becomes UTC-3).
  expect(dayStartsAt("America/Santiago", "2026-09-06")).toBe(Date.UTC(2026, 8, 6, 4));
  expect(dayStartsAt("Pacific/Kiritimati", "2026-01-01")).toBe(Date.UTC(2025, 11, 31, 10));
});
