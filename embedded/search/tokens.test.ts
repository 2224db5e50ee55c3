import { describe, expect, test } from "vitest";
import { queryWords, wordsOf } from "./tokens.ts";

describe("words", () => {
  test.each([
    ["Hello, World!", ["hello", "world"]],
    ["don't stop_now", ["don", "t", "stop", "now"]],
    ["Élève ÉCOLE", ["élève", "école"]],
    ["ΟΔΟΣ", ["οδοσ"]],
    ["私の name 2nd", ["私の", "name", "2nd"]],
    ["½ ² Ⅷ", ["½", "²", "ⅷ"]],
    ["", []],
    ["… — !?", []],
    [`${"a".repeat(31)} ${"b".repeat(32)}`, ["a".repeat(31)]],
    [`${"é".repeat(15)} ${"é".repeat(16)}`, ["é".repeat(15)]],
  ])("%s", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test("a query has at most sixteen words, and the last of them is the prefix", () => {
    const text = Array.from({ length: 20 }, (_, n) => `w${n}`).join(" ");
    expect(queryWords(text)?.exact.size).toBe(16);
    expect(queryWords(text)?.prefix).toBe("w15");
    expect(queryWords(" ?! ")).toBeNull();
  });
});
