/**
 * What changed between two texts, word by word: the fewest words taken out and put in that lead from one to the other
 * (E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986), 251–266). Its cost follows
 * from how much changed, not from how long the texts are.
 */
export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Words that changed; beyond it what lies between the common ends is shown whole, first the old, then the new. */
const MOST_CHANGES = 2000;

/** Words with what is within them ("don't", "re-read"), spaces, line breaks and signs: put together they are the text. */
export const wordsOf = (text: string): string[] =>
  text.match(/\n|[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|[^\S\n]+|[^\n]/gu) ?? [];

/** Without the added parts it is the old text, without the removed ones the new. Of one place the removed come first. */
export function diffWords(before: string, after: string): DiffPart[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const [left, right] = [
    old.slice(start, old.length - end),
    fresh.slice(start, fresh.length - end),
  ];
  const middle = shortestWay(left, right) ?? [
    ...left.map((text) => ({ kind: "removed" as const, text })),
    ...right.map((text) => ({ kind: "added" as const, text })),
  ];
  const same = (words: readonly string[]) => words.map((text) => ({ kind: "same" as const, text }));
  return joined([...same(old.slice(0, start)), ...middle, ...same(old.slice(old.length - end))]);
}

/** How far along the old words each diagonal gets with so many changes. */
type Reach = Int32Array;

/** Null: it would be longer than `MOST_CHANGES`. */
function shortestWay(old: readonly string[], fresh: readonly string[]): DiffPart[] | null {
  const most = Math.min(old.length + fresh.length, MOST_CHANGES);
  const middle = most + 1;
  const reach: Reach = new Int32Array(2 * most + 3);
  const history: Reach[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    history.push(reach.slice(middle - changes - 1, middle + changes + 2));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = stepFrom(reach, middle, { changes, diagonal }).x;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal])
        x += 1;
      reach[middle + diagonal] = x;
      if (x >= old.length && x - diagonal >= fresh.length) return wayBack(old, fresh, history);
    }
  }
  return null;
}

/** Where the next change leads on a diagonal, and whether it puts a word in or takes one out. */
function stepFrom(
  reach: Reach,
  middle: number,
  { changes, diagonal }: { changes: number; diagonal: number },
): { x: number; from: number } {
  const [below, above] = [reach[middle + diagonal - 1] ?? 0, reach[middle + diagonal + 1] ?? 0];
  const added = diagonal === -changes || (diagonal !== changes && below < above);
  return added
    ? { x: above, from: diagonal + 1 }
    : { x: changes === 0 ? 0 : below + 1, from: diagonal - 1 };
}

function wayBack(
  old: readonly string[],
  fresh: readonly string[],
  history: readonly Reach[],
): DiffPart[] {
  const parts: DiffPart[] = [];
  let [x, y] = [old.length, fresh.length];
  for (let changes = history.length - 1; changes >= 0; changes -= 1) {
    const reach = history[changes] ?? new Int32Array();
    const step = stepFrom(reach, changes + 1, { changes, diagonal: x - y });
    const begin = changes === 0 ? 0 : step.x;
    while (x > begin) {
      x -= 1;
      y -= 1;
      parts.push({ kind: "same", text: old[x] ?? "" });
    }
    if (changes === 0) break;
    if (step.from > x - y) {
      y -= 1;
      parts.push({ kind: "added", text: fresh[y] ?? "" });
    } else {
      x -= 1;
      parts.push({ kind: "removed", text: old[x] ?? "" });
    }
  }
  return parts.reverse();
}

/** Neighbours of the same kind as one part. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") result.push({ kind: "removed", text: removed });
    if (added !== "") result.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const { kind, text } of parts) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") last.text += text;
      else result.push({ kind, text });
    }
  }
  flush();
  return result;
}
