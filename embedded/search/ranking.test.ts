import { describe, expect, test } from "vitest";
import { scorer, type Corpus } from "./ranking.ts";
import { queryWords, wordsOf } from "./tokens.ts";

/** A corpus of these documents, counted the plain way. */
function corpusOf(documents: string[]): Corpus {
  const words = documents.map(wordsOf);
  const having = (fits: (word: string) => boolean) => words.filter((own) => own.some(fits)).length;
  return {
    documents: documents.length,
    words: words.flat().length,
    withWord: (word) => having((other) => other === word),
    withPrefix: (prefix) => having((other) => other.startsWith(prefix)),
  };
}

function scores(text: string, documents: string[]): number[] {
  const query = queryWords(text);
  if (query === null) throw new Error("no words");
  const score = scorer(query, corpusOf(documents));
  return documents.map((document) => score(wordsOf(document)));
}

describe("relevance", () => {
  test("is BM25 with k1 1.2 and b 0.75", () => {
    // Three documents of 2, 4 and 3 words; "goal" in two: ln(1 + 1.5 / 2.5) = 0.470004.
    // Twice in 4 words, norm 1.2 * (0.25 + 0.75 * 4 / 3) = 1.5: 0.470004 * 2.2 * 2 / 3.5 = 0.590862.
    // Once in 2 words, norm 1.2 * (0.25 + 0.75 * 2 / 3) = 0.9: 0.470004 * 2.2 / 1.9 = 0.544215.
    const [once, twice, none] = scores("goal", ["a goal", "goal b goal c", "x y z"]);
    expect(once).toBeCloseTo(0.544215, 5);
    expect(twice).toBeCloseTo(0.590862, 5);
    expect(none).toBe(0);
  });

  test("of words that all have, repetition and brevity still count", () => {
    const [short = 0, long = 0, often = 0] = scores("a", ["a b", "a b c d e f", "a a"]);
    expect(short).toBeGreaterThan(long);
    expect(often).toBeGreaterThan(short);
    expect(long).toBeGreaterThan(0);
  });

  test("a beginning counts less than the word itself, and only of the last word", () => {
    const [exact = 0, beginning = 0, other = 0] = scores("read plan", [
      "plan",
      "planning",
      "reading",
    ]);
    expect(exact).toBeGreaterThan(beginning);
    expect(beginning).toBeGreaterThan(0);
    expect(other).toBe(0);
  });

  test("does not depend on the order or repetition of the query's words", () => {
    const documents = ["a b c", "b c", "c a a", "d"];
    expect(scores("a b c", documents)).toEqual(scores("b a b c", documents));
  });
});
