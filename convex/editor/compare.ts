/** Two texts, word by word: what stayed, what went and what came. */
import type { Node } from "@tiptap/pm/model";

export interface Passage {
  kind: "same" | "removed" | "added";
  text: string;
}

/** The words of a document, a line for each paragraph. */
export const textOf = (doc: Node): string =>
  doc.textBetween(0, doc.content.size, "\n", (leaf) =>
    leaf.type.name === "hardBreak" ? "\n" : "",
  );

/** Table of the longest common subsequence; more than this is compared as a whole. */
const MOST_CELLS = 4_000_000;

/** Joined again, "same" and "removed" give the first text, "same" and "added" the second. */
export function compareTexts(before: string, after: string): Passage[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  )
    end += 1;
  const middle = compareWords(
    old.slice(start, old.length - end),
    fresh.slice(start, fresh.length - end),
  );
  return joined([
    ...old.slice(0, start).map((text) => ({ kind: "same" as const, text })),
    ...middle,
    ...old.slice(old.length - end).map((text) => ({ kind: "same" as const, text })),
  ]);
}

/** Words, the spaces between them, punctuation and line breaks. */
const wordsOf = (text: string): string[] =>
  text.match(/\n|[\p{L}\p{N}\p{M}'’-]+|[^\S\n]+|[^\n]/gu) ?? [];

function compareWords(old: readonly string[], fresh: readonly string[]): Passage[] {
  const whole = (kind: "removed" | "added", words: readonly string[]) =>
    words.map((text) => ({ kind, text }));
  if (old.length * fresh.length > MOST_CELLS)
    return [...whole("removed", old), ...whole("added", fresh)];
  const width = fresh.length + 1;
  // How many words what follows both places has in common.
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const passages: Passage[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      passages.push({ kind: "same", text: old[i] ?? "" });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      passages.push({ kind: "removed", text: old[i] ?? "" });
      i += 1;
    } else {
      passages.push({ kind: "added", text: fresh[j] ?? "" });
      j += 1;
    }
  }
  return [...passages, ...whole("removed", old.slice(i)), ...whole("added", fresh.slice(j))];
}

function joined(passages: readonly Passage[]): Passage[] {
  const result: Passage[] = [];
  for (const passage of passages) {
    const last = result.at(-1);
    if (last?.kind === passage.kind) last.text += passage.text;
    else result.push({ ...passage });
  }
  return result;
}
