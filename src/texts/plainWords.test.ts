import { expect, test } from "vitest";
import { rights } from "./en/rights";

/** Groups of vowels, without the silent ones at a word's end: right for most words, and good enough for a mean. */
function syllables(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/[^a-z]/gu, "")
    .replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/u, (end) => end.charAt(0));
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/gu)?.length ?? 1);
}

/** Flesch-Kincaid: the school grade whose readers understand it. */
function grade(text: string): number {
  const sentences = text.split(/[.!?:]+(?:\s|$)/u).filter((part) => part.trim() !== "").length;
  const words = text.split(/\s+/u).filter((word) => /[a-z]/iu.test(word));
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  return (0.39 * words.length) / sentences + (11.8 * spoken) / words.length - 15.59;
}

test("the measure: easy is easy, and the law is not", () => {
  expect(grade("The cat sat on the mat.")).toBeLessThan(1);
  const law =
    "Each participating agency must permit parents to inspect and review any education records relating to their children that are collected, maintained, or used by the agency.";
  expect(grade(law)).toBeGreaterThan(12);
});

test("what families read about their rights is for readers of the sixth grade", () => {
  const { family, next, stepHelp, consents } = rights;
  const sentences = [
    ...Object.values(family).filter((text) => text.length > 40),
    ...Object.values(next),
    ...[stepHelp.requestHearing, stepHelp.askDestruction, stepHelp.withdraw],
    ...[stepHelp.placeStatement, consents.signedNote, consents.revokeText],
  ].map((text) => text.replaceAll(/\{\{\w+\}\}/gu, "Ana"));
  for (const text of sentences) expect(grade(text), text).toBeLessThan(7);
  expect(grade(sentences.join(" "))).toBeLessThan(6);
});
