import { expect, test } from "vitest";
import { gradeWords } from "./gradeWords";
import { fillTemplate } from "./template";

test.each([
  ["3", "third-grade", "tercer grado"],
  ["1", "first-grade", "primer grado"],
  ["12", "twelfth-grade", "duodécimo grado"],
  [" k ", "kindergarten", "kínder"],
  ["PK", "prekindergarten", "preescolar"],
  ["Ungraded", "Ungraded", "Ungraded"],
  ["13", "13", "13"],
  ["0", "0", "0"],
  ["", "", ""],
])("grade %j", (grade, en, es) => {
  expect([gradeWords(grade, "en"), gradeWords(grade, "es")]).toEqual([en, es]);
});

test("as it stands in a goal", () => {
  const { text } = fillTemplate("Given a {grade} passage", { grade: gradeWords("3", "en") });
  expect(text).toBe("Given a third-grade passage");
});
