/**
 * How hard a text is to read. English: the grade of Flesch and Kincaid (Kincaid et al. 1975),
 *   0.39 words/sentences + 11.8 syllables/words − 15.59.
 * Spanish: the perspicuity of Szigriszt Pazos (1993), read on the INFLESZ scale (Barrio Cantalejo 2008),
 *   206.835 − 62.3 syllables/words − words/sentences.
 * Both are for texts of some sentences, and say nothing of what a text means.
 */
export type ReadingLanguage = "en" | "es";

export interface TextCounts {
  words: number;
  sentences: number;
  syllables: number;
}

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;
/** A period between digits ends nothing. */
const SENTENCE_END = /[.!?…]+(?=\s|$)|\n+/u;

export function countText(text: string, language: ReadingLanguage): TextCounts {
  const words = text.match(WORD) ?? [];
  const sentences = text.split(SENTENCE_END).filter((part) => /\p{L}/u.test(part)).length;
  const syllables = language === "en" ? englishSyllables : spanishSyllables;
  return {
    words: words.length,
    sentences,
    syllables: words.reduce((sum, word) => sum + syllables(word), 0),
  };
}

/** Groups of vowels, without the silent ones at a word's end: right for most words, and good enough for a mean. */
export function englishSyllables(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/[^a-z]/gu, "")
    .replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/u, (end) => end.charAt(0));
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/gu)?.length ?? 1);
}

/**
 * Each strong vowel (a, e, o) and each accented weak one is a syllable; weak ones (i, u, y) beside one belong to it.
 * The u of que, qui, gue, gui is silent.
 */
export function spanishSyllables(word: string): number {
  const letters = word
    .toLowerCase()
    .normalize("NFC")
    .replace(/(q|g)u(?=[eiéí])/gu, "$1")
    .replace(/h/gu, "")
    .replace(/y(?=[aeiouáéíóú])/gu, "j");
  const groups = letters.match(/[aeiouyáéíóúü]+/gu) ?? [];
  const count = groups.reduce(
    (sum, group) => sum + Math.max(1, group.match(/[aeoáéóíú]/gu)?.length ?? 0),
    0,
  );
  return Math.max(1, count);
}

export type Readability =
  | { formula: "fleschKincaid"; value: number }
  | { formula: "szigrisztPazos"; value: number; band: InfleszBand };

export type InfleszBand = "veryEasy" | "fairlyEasy" | "normal" | "somewhatHard" | "veryHard";

/** INFLESZ: above 80 very easy, above 65 fairly easy, above 55 normal, above 40 somewhat hard. */
function inflesz(value: number): InfleszBand {
  if (value > 80) return "veryEasy";
  if (value > 65) return "fairlyEasy";
  if (value > 55) return "normal";
  return value > 40 ? "somewhatHard" : "veryHard";
}

/** One decimal; null for a text without words. */
export function readability(text: string, language: ReadingLanguage): Readability | null {
  const { words, sentences, syllables } = countText(text, language);
  if (words === 0 || sentences === 0) return null;
  const round = (value: number) => Math.round(value * 10) / 10;
  if (language === "en")
    return {
      formula: "fleschKincaid",
      value: round((0.39 * words) / sentences + (11.8 * syllables) / words - 15.59),
    };
  const value = round(206.835 - (62.3 * syllables) / words - words / sentences);
  return { formula: "szigrisztPazos", value, band: inflesz(value) };
}
