/** A validator of one of the words of a domain list: the list is written once, in `domain/`. */
import { v, type VLiteral, type VUnion } from "convex/values";

export function vOneOf<Word extends string>(
  words: readonly Word[],
): VUnion<Word, VLiteral<Word>[]> {
  return v.union(...words.map((word) => v.literal(word)));
}
