/** Who is in a section, as pages know it that do not load the editor. */
export interface Caret {
  version: number;
  anchor: number;
  head: number;
}

/** Dark enough for white letters upon them (4.5:1), and apart from each other. */
const COLORS = [
  "#1d6a8a",
  "#9c3b00",
  "#6a3d9a",
  "#2b6e3f",
  "#a3195b",
  "#4a5a00",
  "#7a4a2b",
  "#394fb3",
];

/** The same person has the same colour everywhere. */
export function colorOf(userId: string): string {
  let hash = 0;
  for (const character of userId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return COLORS[hash % COLORS.length] ?? "#394fb3";
}
