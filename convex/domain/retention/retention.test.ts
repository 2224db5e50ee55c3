import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkConfirmation,
  checkRetention,
  type DestructionFacts,
  dueFrom,
  dueIfLeftBy,
  obstacleTo,
  RETENTION_DEFAULTS,
} from "./retention";

const LEFT: DestructionFacts = {
  ...{ isEnrolled: false, leftOn: "2019-06-05", onHold: false },
  ...{ hasOpenRequest: false, approvedRequest: false },
};
const today = "2026-06-05";

describe("a record is destroyed", () => {
  test.each<[string, Partial<DestructionFacts>, ReturnType<typeof obstacleTo>]>([
    ["seven years after the student left", {}, null],
    ["not a day earlier", { leftOn: "2019-06-06" }, "notDue"],
    ["never while it is not known when", { leftOn: undefined }, "notDue"],
    ["not while a court holds it", { onHold: true }, "legalHold"],
    ["not while the family waits for an answer", { hasOpenRequest: true }, "openRequest"],
    ["not of somebody who came back", { isEnrolled: true }, "enrolled"],
    ["earlier if the family asked for it", { leftOn: "2026-01-01", approvedRequest: true }, null],
    ["but not against a hold", { approvedRequest: true, onHold: true }, "legalHold"],
  ])("%s", (_name, change, obstacle) => {
    expect(obstacleTo({ ...LEFT, ...change }, { today, years: 7 })).toBe(obstacle);
  });

  test("both ways of asking agree: on the list today, or due from a day on", () => {
    const date = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2040-12-31"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, date, fc.integer({ min: 3, max: 30 }), (leftOn, day, years) => {
        // On 29 February both ways round to the last day of the month.
        fc.pre(!leftOn.endsWith("02-29") && !day.endsWith("02-29"));
        expect(leftOn <= dueIfLeftBy(day, years)).toBe((dueFrom(leftOn, years) ?? "") <= day);
      }),
    );
  });
});

test("policies within their limits, whole years", () => {
  expect(checkRetention(RETENTION_DEFAULTS)).toEqual([]);
  const fields = (change: object) =>
    checkRetention({ ...RETENTION_DEFAULTS, ...change }).map(({ field }) => field);
  expect(fields({ studentRecord: 2 })).toEqual(["retentionSettings.studentRecord"]);
  expect(fields({ studentRecord: 7.5 })).toEqual(["retentionSettings.studentRecord"]);
  expect(fields({ invitations: 0 })).toEqual(["retentionSettings.invitations"]);
});

test("the typed number has to be the one that is shown", () => {
  expect(checkConfirmation(12, 12)).toEqual([]);
  expect(checkConfirmation(11, 12)).toHaveLength(1);
  expect(checkConfirmation(NaN, 12)).toHaveLength(1);
});
