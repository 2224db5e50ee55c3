import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DiffPart, diffWords, wordsOf } from "./wordDiff";

const without = (parts: readonly DiffPart[], kind: DiffPart["kind"]): string =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join("");
const changedWords = (parts: readonly DiffPart[]): number =>
  parts
    .filter(({ kind }) => kind !== "same")
    .reduce((sum, { text }) => sum + wordsOf(text).length, 0);

/** The fewest changes by the textbook's table: what both have in common, word by word. */
function fewest(before: string, after: string): number {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const common = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(fresh.length + 1).fill(0),
  );
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  old.forEach((word, row) =>
    fresh.forEach((other, column) => {
      const longest =
        word === other ? at(row, column) + 1 : Math.max(at(row, column + 1), at(row + 1, column));
      (common[row + 1] ?? [])[column + 1] = longest;
    }),
  );
  return old.length + fresh.length - 2 * at(old.length, fresh.length);
}

/** Separated by spaces, so that words of neighbouring parts do not run together. */
const text = fc
  .array(fc.constantFrom("Ada", "reads", "well", ".", "\n", "40", "¿", "día", "don't", "😀"), {
    maxLength: 25,
  })
  .map((words) => words.join(" "));

describe("words that changed", () => {
  test("one that changed, some that went and one that came", () => {
    expect(diffWords("Ada reads 40 words a minute.", "Ada now reads 52 words.")).toEqual([
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

  test("a word with an apostrophe or a hyphen is one word", () => {
    expect(diffWords("She doesn't re-read", "She does re-read")).toEqual([
      { kind: "same", text: "She " },
      { kind: "removed", text: "doesn't" },
      { kind: "added", text: "does" },
      { kind: "same", text: " re-read" },
    ]);
  });

  test("the parts are both texts, whatever letters they are of", () => {
    const any = fc.oneof(text, fc.string(), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(any, any, (before, after) => {
        const parts = diffWords(before, after);
        expect(without(parts, "added")).toBe(before);
        expect(without(parts, "removed")).toBe(after);
        expect(parts.every((part, index) => part.kind !== parts[index + 1]?.kind)).toBe(true);
      }),
    );
  });

  test("no fewer words could be taken out and put in", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(changedWords(diffWords(before, after))).toBe(fewest(before, after));
      }),
    );
  });

  test("a text differs in nothing from itself, and the way back is as long", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(changedWords(diffWords(before, before))).toBe(0);
        expect(changedWords(diffWords(after, before))).toBe(changedWords(diffWords(before, after)));
      }),
    );
  });

  test("one word in a hundred pages is found; texts of other words altogether are shown whole", () => {
    const long = Array.from({ length: 40_000 }, (_, index) => `word${String(index)} `);
    const changed = long.with(20_000, "else ").join("");
    expect(diffWords(long.join(""), changed).map(({ kind }) => kind)).toEqual([
      ...["same", "removed", "added", "same"],
    ]);
    const other = Array.from({ length: 3000 }, (_, index) => `other${String(index)}.`).join("");
    expect(diffWords(long.slice(0, 3000).join(""), other).map(({ kind }) => kind)).toEqual([
      ...["removed", "added"],
    ]);
  });
});
