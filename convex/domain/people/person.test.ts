import { expect, test } from "vitest";
import { checkEmail, checkPassword, checkPhone, displayName, normalizeEmail } from "./person";

test.each([
  ["ann@school.example", true],
  ["  Ann@School.Example ", true],
  ["ann.o'neil+iep@k12.il.us", true],
  ["ann@school", false],
  ["ann school@x.org", false],
  ["a@b@c.org", false],
  ["@x.org", false],
])("%j is an address: %s", (email, good) => {
  expect(checkEmail("email", email).length === 0).toBe(good);
});

test.each([
  ["+1 (555) 010-0100", true],
  ["555.010.0100 ext. 12", true],
  ["+44 20 7946 0000", true],
  ["12345", false],
  ["call me maybe", false],
  ["555 010 0100 or 0101", false],
])("%j is a phone number: %s", (phone, good) => {
  expect(checkPhone("phone", phone).length === 0).toBe(good);
});

test("passwords are judged by length, not by kinds of characters", () => {
  const codes = (password: string) => checkPassword(password).map(({ code }) => code);
  expect(codes("rows of beans in june")).toEqual([]);
  expect(codes("elevenchars")).toEqual(["tooShort"]);
  expect(codes("x".repeat(129))).toEqual(["tooLong"]);
  expect(codes("")).toEqual(["required"]);
  expect(codes("abababababab")).toEqual(["commonPassword"]);
});

test("one's own name and address are no password", () => {
  const person = { email: "grace.liu@maple.example", firstName: "Grace", lastName: "Liu" };
  expect(checkPassword("Grace Liu 2026!", person).map(({ code }) => code)).toEqual([
    "containsPersonal",
  ]);
  expect(checkPassword("grace.liu@maple.example", person)).toHaveLength(1);
  expect(checkPassword("a garden for Grace", person)).toEqual([]);
});

test("names and addresses have one form", () => {
  expect(displayName("Wren", "")).toBe("Wren");
  expect(displayName(" Ada ", " Byron")).toBe("Ada Byron");
  expect(normalizeEmail(" A@B.C ")).toBe("a@b.c");
});
