import fc from "fast-check";
import { expect, test } from "vitest";
import { canChangeEnrollment, checkStudent, type StudentInput } from "./student";

const STUDENT: StudentInput = {
  ...{ firstName: "Maya", lastName: "Doyle", dateOfBirth: "2018-04-01", studentNumber: "MV-1" },
  ...{ gradeLevel: "3", primaryDisability: "autism", emergencyContacts: [] },
};
const RULES = { gradeSystem: ["K", "1", "2", "3"], today: "2026-11-20" };
const problemsOf = (change: Partial<StudentInput>) =>
  checkStudent({ ...STUDENT, ...change }, RULES).map(({ field, code }) => `${field}: ${code}`);

test("people with one name are fine, people without any are not", () => {
  expect(problemsOf({ lastName: "" })).toEqual([]);
  expect(problemsOf({ firstName: "" })).toEqual(["firstName: required"]);
});

test.each<[Partial<StudentInput>, string]>([
  [{ dateOfBirth: "" }, "dateOfBirth: required"],
  [{ dateOfBirth: "2026-11-21" }, "dateOfBirth: inFuture"],
  [{ dateOfBirth: "1999-11-20" }, "dateOfBirth: tooLongAgo"],
  [{ dateOfBirth: "2018-02-29" }, "dateOfBirth: notADate"],
  [{ studentNumber: "" }, "studentNumber: required"],
  [{ studentNumber: " 7" }, "studentNumber: unknownValue"],
  [{ studentNumber: "x".repeat(31) }, "studentNumber: tooLong"],
  [{ gradeLevel: "4" }, "gradeLevel: unknownValue"],
  [{ primaryDisability: "" }, "primaryDisability: required"],
  [{ secondaryDisabilities: ["autism"] }, "secondaryDisabilities: duplicate"],
  [{ secondaryDisabilities: ["tired"] }, "secondaryDisabilities: unknownValue"],
  [
    { emergencyContacts: [{ name: "Ann", relationship: "", phone: "call me" }] },
    "emergencyContacts.0.phone: notAPhone",
  ],
  [
    { emergencyContacts: [{ name: "Ann", relationship: "", phone: "555 010 0100", email: "ann" }] },
    "emergencyContacts.0.email: notAnEmail",
  ],
])("%j: %s", (change, problem) => {
  expect(problemsOf(change)).toEqual([problem]);
});

test("somebody of 26 is still served somewhere", () => {
  expect(problemsOf({ dateOfBirth: "2000-11-20" })).toEqual([]);
});

test("no text makes the check fail", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, text, fc.array(text), (a, b, c, list) => {
      const contact = { name: a, relationship: b, phone: c, email: a };
      checkStudent(
        {
          ...{ firstName: a, lastName: b, dateOfBirth: c, studentNumber: a, gradeLevel: b },
          ...{ primaryDisability: c, secondaryDisabilities: list, emergencyContacts: [contact] },
          ...{ medicalConsiderations: a, transportationNeeds: b },
        },
        RULES,
      );
    }),
  );
});

test("who has graduated or left does not come back by a click", () => {
  expect(canChangeEnrollment("active", "graduated")).toBe(true);
  expect(canChangeEnrollment("inactive", "active")).toBe(true);
  expect(canChangeEnrollment("graduated", "active")).toBe(false);
  expect(canChangeEnrollment("transferred", "inactive")).toBe(false);
});
