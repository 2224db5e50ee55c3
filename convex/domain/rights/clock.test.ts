import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, daysBetween } from "../calendar/calendarDate";
import { clockOn, DAYS_ALLOWED, lastDay } from "./clock";
import { REQUEST_STATES } from "./requests";

// Counted by hand on a calendar.
test.each([
  ["2026-09-01", undefined, "2026-10-16", "days"],
  // Over the end of the year, and over February of a leap year and of another one.
  ["2026-11-20", undefined, "2027-01-04", "days"],
  ["2028-01-31", undefined, "2028-03-16", "days"],
  ["2027-01-31", undefined, "2027-03-17", "days"],
  // A meeting comes first: the day before it is the last one.
  ["2026-09-01", "2026-09-21", "2026-09-20", "meeting"],
  ["2026-09-01", "2026-09-02", "2026-09-01", "meeting"],
  ["2026-09-01", "2026-09-01", "2026-09-01", "meeting"],
  // It is on the 46th day: the day before is the 45th all the same.
  ["2026-09-01", "2026-10-17", "2026-10-16", "days"],
  ["2026-09-01", "2026-12-01", "2026-10-16", "days"],
  // It was over before the request came.
  ["2026-09-01", "2026-08-31", "2026-10-16", "days"],
])("received on %s, meeting on %s: at the latest on %s", (from, meetingOn, dueOn, limit) => {
  expect(lastDay(from, meetingOn)).toEqual({ dueOn, limit });
});

test("nobody knows when it was received: the last day is unknown, and never fine", () => {
  expect(lastDay(undefined)).toBeUndefined();
  expect(lastDay(undefined, "2026-09-01")).toBeUndefined();
  const request = { kind: "inspection", state: "received" } as const;
  expect(clockOn(request, "2026-09-01")).toEqual({ kind: "unknown" });
  const provided = { kind: "inspection", state: "provided", stoppedOn: "2026-09-01" } as const;
  expect(clockOn(provided, "2026-09-01")).toEqual({ kind: "unknown" });
});

const DUE = "2026-10-16";
test.each([
  ["2026-09-01", { kind: "running", days: 45, dueOn: DUE }],
  ["2026-10-15", { kind: "running", days: 1, dueOn: DUE }],
  ["2026-10-16", { kind: "running", days: 0, dueOn: DUE }],
  ["2026-10-17", { kind: "overdue", days: 1, dueOn: DUE }],
])("on %s it stands like this", (today, clock) => {
  expect(clockOn({ kind: "inspection", state: "scheduled", dueOn: DUE }, today)).toEqual(clock);
});

test.each([
  ["2026-10-16", { kind: "met", days: 0, dueOn: DUE }],
  ["2026-10-10", { kind: "met", days: 6, dueOn: DUE }],
  ["2026-10-18", { kind: "missed", days: 2, dueOn: DUE }],
])("answered on %s it stays so, whatever day it is", (stoppedOn, clock) => {
  for (const today of ["2026-10-18", "2031-01-01"])
    expect(clockOn({ kind: "inspection", state: "closed", dueOn: DUE, stoppedOn }, today)).toEqual(
      clock,
    );
});

test("what was withdrawn, or only told, owes nothing", () => {
  for (const state of ["withdrawn", "informed"] as const)
    expect(clockOn({ kind: "destruction", state }, "2026-10-16")).toEqual({ kind: "none" });
});

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1990-01-01", days));

test("the last day is never more than 45 days away, never before the request, never after the meeting", () => {
  fc.assert(
    fc.property(day, fc.option(day, { nil: undefined }), (from, meetingOn) => {
      const { dueOn = "" } = lastDay(from, meetingOn) ?? {};
      const days = daysBetween(from, dueOn);
      expect(days).toBeGreaterThanOrEqual(0);
      expect(days).toBeLessThanOrEqual(DAYS_ALLOWED);
      if (meetingOn !== undefined && meetingOn > from) expect(dueOn < meetingOn).toBe(true);
    }),
  );
});

test("a clock loses one day each day, and a missing date is never running, met or none while it runs", () => {
  fc.assert(
    fc.property(day, day, fc.constantFrom(...REQUEST_STATES), (dueOn, today, state) => {
      const signed = (on: string) => {
        const clock = clockOn({ kind: "amendment", state, dueOn }, on);
        return clock.kind === "running"
          ? clock.days
          : clock.kind === "overdue"
            ? -clock.days
            : null;
      };
      const now = signed(today);
      if (now !== null) expect(signed(addDays(today, 1))).toBe(now - 1);
      const unknown = clockOn({ kind: "amendment", state }, today).kind;
      expect(unknown).toBe(now === null ? "none" : "unknown");
    }),
  );
});
