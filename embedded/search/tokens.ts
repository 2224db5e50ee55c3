/**
 * How a text becomes words: runs of letters and digits of any script, in lower case, accents kept.
 * There is no stemming and there are no stop words. Convex searches with the same rules.
 */

/** Words of this many bytes (UTF-8, as written) or more are not indexed and not searched. */
const LONGEST_WORD_BYTES = 32;

/** The most words of a query that count; the rest are ignored. */
const MAX_QUERY_WORDS = 16;

const WORD = /[\p{Alphabetic}\p{N}]+/gu;

/** The words of a text in their order, repeated ones repeated. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORD)) {
    // A UTF-16 unit is at least one byte, so most words need no counting.
    if (word.length >= LONGEST_WORD_BYTES) continue;
    if (word.length * 3 >= LONGEST_WORD_BYTES && Buffer.byteLength(word) >= LONGEST_WORD_BYTES)
      continue;
    words.push(lowerCase(word));
  }
  return words;
}

/** What a query looks for: each word as it stands; the last one, and words that begin with it. */
export interface QueryWords {
  exact: ReadonlySet<string>;
  prefix: string;
}

/** The words of a query's text; null when it has none, and so finds nothing. */
export function queryWords(text: string): QueryWords | null {
  const words = wordsOf(text).slice(0, MAX_QUERY_WORDS);
  const prefix = words.at(-1);
  return prefix === undefined ? null : { exact: new Set(words), prefix };
}

/** Letter by letter: JavaScript alone would write a final sigma differently from one within a word. */
function lowerCase(word: string): string {
  return word.replaceAll("Σ", "σ").toLowerCase();
}
