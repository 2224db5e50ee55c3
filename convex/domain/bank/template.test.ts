import fc from "fast-check";
import { expect, test } from "vitest";
import { fillTemplate, namesChild, personalHints, withoutName } from "./template";

const maya = { firstName: "Maya", lastName: "Doyle" };

test("variables are filled in, wherever and however often they stand", () => {
  expect(
    fillTemplate("Given a {grade} text, {student} reads. {Student} says it by {date}.", {
      ...{ student: "Maya", grade: "third-grade", date: "June 5, 2027" },
    }),
  ).toEqual({
    text: "Given a third-grade text, Maya reads. Maya says it by June 5, 2027.",
    open: [],
  });
});

test("what nobody knows stays in sight and is named", () => {
  expect(fillTemplate("{student} at {level} with {foo} and {level}", { student: "Maya" })).toEqual({
    ...{ text: "Maya at {level} with {foo} and {level}", open: ["level", "foo"] },
  });
  expect(fillTemplate("{student}", { student: " " }).open).toEqual(["student"]);
  expect(fillTemplate("a { b } {} {c d}", {})).toEqual({ text: "a { b } {} {c d}", open: [] });
});

test("what is filled in is not filled in again", () => {
  expect(fillTemplate("{student}", { student: "{level}", level: "x" }).text).toBe("{level}");
});

test("the child's names become the variable", () => {
  expect(withoutName("Maya will read. Maya Doyle’s book, MAYA's turn, Mayan art.", maya)).toBe(
    "{student} will read. {student}’s book, {student}'s turn, Mayan art.",
  );
  expect(withoutName("Chloé y José", { firstName: "Chloé", lastName: "" })).toBe(
    "{student} y José",
  );
  expect(withoutName("Read (a.b)", { firstName: "(a.b)", lastName: "*" })).toContain("Read");
});

test("a name that is a word, too, is one only where it is written as one", () => {
  expect(withoutName("Will will read, and WILL writes", { firstName: "Will", lastName: "" })).toBe(
    "{student} will read, and {student} writes",
  );
});

test("names, days and numbers are reasons to look again", () => {
  const child = { ...maya, studentNumber: "100234" };
  expect(personalHints("{student} will read 80 words, 4 of 5 sessions", child)).toEqual([]);
  expect(personalHints("By 2027-06-05 maya reads", child)).toEqual(["name", "date"]);
  expect(personalHints("Since 6/5/2027", child)).toEqual(["date"]);
  expect(personalHints("Folder 100234", child)).toEqual(["number"]);
  expect(personalHints("1/2 of the page, 3.5 minutes", { ...child, studentNumber: "" })).toEqual(
    [],
  );
});

test("a name that stays in some form is noticed", () => {
  expect(namesChild("Mayas Buch", maya)).toBe(true);
  expect(namesChild("the doyle family", maya)).toBe(true);
  expect(namesChild("{student} will read", maya)).toBe(false);
  // "Al" is a name and the beginning of many words.
  expect(namesChild("Always", { firstName: "Al", lastName: "" })).toBe(false);
  expect(namesChild("Al reads", { firstName: "Al", lastName: "" })).toBe(true);
});

test("a text without variables and names stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!text.includes("{") && !/maya|doyle/iu.test(text));
      expect(fillTemplate(text, { student: "Maya" })).toEqual({ text, open: [] });
      expect(withoutName(text, maya)).toBe(text.normalize("NFC"));
    }),
  );
});
