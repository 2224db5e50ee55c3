import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { checkConsent, checkDisclosure, consentOn, lastDisclosureDay } from "./consent";

const SPAN = { from: "2026-09-01", until: "2027-06-30" };
const CONSENT = {
  ...{ ...SPAN, recipient: "Dr. Ana Ruiz", purpose: "Treatment", signedName: "Karen Doyle" },
  parts: ["plan", "progress"] as const,
};
const codes = (problems: { field: string; code: string }[]) =>
  problems.map(({ field, code }) => `${field}: ${code}`);

test.each([
  ["2026-08-31", undefined, "notYet"],
  ["2026-09-01", undefined, "inForce"],
  ["2027-06-30", undefined, "inForce"],
  ["2027-07-01", undefined, "expired"],
  ["2026-10-01", "2026-10-01", "revoked"],
  ["2027-07-01", "2026-10-01", "revoked"],
])("on %s, revoked on %s: %s", (today, revokedOn, standing) => {
  expect(consentOn({ ...SPAN, revokedOn }, today)).toBe(standing);
});

test("a consent names who, what, why, from when until when, and who signs", () => {
  expect(checkConsent(CONSENT)).toEqual([]);
  expect(
    codes(
      checkConsent({
        ...{
          recipient: "",
          purpose: " ",
          parts: [],
          from: "2026-02-30",
          until: "",
          signedName: "",
        },
      }),
    ),
  ).toEqual([
    ...["recipient: required", "purpose: required", "parts: empty"],
    ...["from: notADate", "until: required", "signedName: required"],
  ]);
  expect(codes(checkConsent({ ...CONSENT, until: "2026-08-31" }))).toEqual([
    "until: mustNotBeBefore",
  ]);
  expect(checkConsent({ ...CONSENT, until: CONSENT.from })).toEqual([]);
});

test.each([
  [{ disclosedOn: "2026-09-01" }, []],
  [{ disclosedOn: "2026-08-31" }, ["disclosedOn: notConsented"]],
  [{ disclosedOn: "2026-11-21" }, ["disclosedOn: inFuture"]],
  [{ disclosedOn: "2026-10-10", parts: ["health"] as const }, ["parts: notConsented"]],
  [{ disclosedOn: "" }, ["disclosedOn: required"]],
])("%j is told as it may be", (change, expected) => {
  const input = { parts: ["plan"] as const, note: "", ...change };
  expect(codes(checkDisclosure(input, CONSENT, "2026-11-20"))).toEqual(expected);
});

test("after it was revoked nothing is disclosed; what was disclosed before can still be told", () => {
  const revoked = { ...CONSENT, revokedOn: "2026-10-10" };
  const on = (disclosedOn: string) =>
    codes(checkDisclosure({ disclosedOn, parts: ["plan"], note: "" }, revoked, "2026-11-20"));
  expect(on("2026-10-10")).toEqual([]);
  expect(on("2026-10-11")).toEqual(["disclosedOn: notConsented"]);
});

const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays("2024-01-01", days));

test("no disclosure is taken for a day on which the consent was not in force, or had been revoked before", () => {
  fc.assert(
    fc.property(
      ...[day, day, day, day, fc.option(day, { nil: undefined })],
      (from, until, today, disclosedOn, revokedOn) => {
        const consent = { ...CONSENT, from, until, revokedOn };
        const found = checkDisclosure({ disclosedOn, parts: ["plan"], note: "" }, consent, today);
        const before = revokedOn === undefined || disclosedOn <= revokedOn;
        const fine = disclosedOn >= from && disclosedOn <= until && disclosedOn <= today && before;
        expect(found.length === 0).toBe(fine);
        if (fine) expect(disclosedOn <= lastDisclosureDay(consent, today)).toBe(true);
      },
    ),
  );
});
