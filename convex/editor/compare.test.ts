import fc from "fast-check";
import { expect, test } from "vitest";
import { compareTexts } from "./compare";

const joined = (passages: ReturnType<typeof compareTexts>, without: "removed" | "added"): string =>
  passages
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

test("a word that changed, one that went and one that came", () => {
  expect(compareTexts("Ada reads 40 words a minute.", "Ada now reads 52 words.")).toEqual([
    { kind: "same", text: "Ada " },
    { kind: "added", text: "now " },
    { kind: "same", text: "reads " },
    { kind: "removed", text: "40" },
    { kind: "added", text: "52" },
    { kind: "same", text: " words" },
    { kind: "removed", text: " a minute" },
    { kind: "same", text: "." },
  ]);
});

test("both texts can be read out of it, and a text differs in nothing from itself", () => {
  const text = fc
    .array(fc.constantFrom("Ada ", "reads ", "well", ".", "\n", "40 ", "¿", "día "))
    .map((words) => words.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const passages = compareTexts(before, after);
      expect(joined(passages, "added")).toBe(before);
      expect(joined(passages, "removed")).toBe(after);
      expect(compareTexts(before, before).every(({ kind }) => kind === "same")).toBe(true);
    }),
  );
});
