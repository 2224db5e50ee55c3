/** What changed between two texts, word by word. */
export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Beyond this the table of the comparison would be large: the texts are then shown whole, one after the other. */
const MOST_CELLS = 1_000_000;

/** Words, spaces and signs, so that the parts put together are the text again. */
const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

/**
 * The shortest way from one text to the other: longest common subsequence of their words. Without the added parts it is
 * the old text, without the removed ones the new.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  const [old, fresh] = [tokens(before), tokens(after)];
  if (old.length * fresh.length > MOST_CELLS)
    return joined([
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]);
  const width = fresh.length + 1;
  /** Length of the longest common subsequence of what is left from here on. */
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1)
    for (let column = fresh.length - 1; column >= 0; column -= 1)
      common[row * width + column] =
        old[row] === fresh[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const parts: DiffPart[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < fresh.length) {
    const [word, other] = [old[row], fresh[column]];
    if (word !== undefined && word === other) {
      parts.push({ kind: "same", text: word });
      row += 1;
      column += 1;
    } else if (
      word !== undefined &&
      (other === undefined || at(row + 1, column) >= at(row, column + 1))
    ) {
      parts.push({ kind: "removed", text: word });
      row += 1;
    } else {
      parts.push({ kind: "added", text: other ?? "" });
      column += 1;
    }
  }
  return joined(parts);
}

/** Neighbours of the same kind as one part. */
function joined(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.text === "") continue;
    if (last?.kind === part.kind) last.text += part.text;
    else result.push({ ...part });
  }
  return result;
}
