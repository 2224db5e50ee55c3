/**
 * Relevance: BM25 with the parameters of Convex (k1 = 1.2, b = 0.75), every word of the query adding
 * its part. Words that only begin like the query's last word count half.
 */
import type { QueryWords } from "./tokens.ts";

const K1 = 1.2;
const B = 0.75;
const PREFIX_BOOST = 0.5;

/** What the weights of words depend on; document counts are of documents with searchable text. */
export interface Corpus {
  documents: number;
  /** Words in all documents together. */
  words: number;
  /** How many documents contain the word. */
  withWord(word: string): number;
  /** How many documents contain a word that begins with `prefix`. */
  withPrefix(prefix: string): number;
}

/** Scores a document by its words; 0 when it has none of the query's. Documents with equal scores compare equal. */
export function scorer(query: QueryWords, corpus: Corpus): (words: readonly string[]) => number {
  const average = corpus.words / Math.max(1, corpus.documents);
  const weights = new Map<string, number>();
  for (const word of query.exact)
    weights.set(word, weight(corpus.documents, corpus.withWord(word)));
  const prefixWeight = PREFIX_BOOST * weight(corpus.documents, corpus.withPrefix(query.prefix));
  return (words) => {
    const counts = new Map<string, number>();
    let beginnings = 0;
    for (const word of words) {
      if (weights.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
      else if (word.startsWith(query.prefix)) beginnings += 1;
    }
    const norm = K1 * (1 - B + (B * words.length) / Math.max(1, average));
    let score = beginnings === 0 ? 0 : (prefixWeight * beginnings) / (beginnings + norm);
    // In the query's order, so that equal documents get the same sum to the last bit.
    for (const [word, own] of weights) {
      const count = counts.get(word) ?? 0;
      score += (own * count) / (count + norm);
    }
    return Math.fround(score);
  };
}

function weight(documents: number, containing: number): number {
  const found = Math.min(containing, documents);
  return Math.log(1 + (documents - found + 0.5) / (found + 0.5)) * (K1 + 1);
}
