/**
 * Which font file shows which letters. The family comes in small files by script, so that a phone loads the one or two
 * that a plan needs; signs such as "≥" and "✓" are in two larger ones that are loaded only where they occur.
 */

export type Style = "regular" | "italic" | "bold" | "boldItalic";
export const SUBSETS = [
  ...(["latin", "latin-ext", "vietnamese", "greek", "greek-ext"] as const),
  ...(["cyrillic", "cyrillic-ext", "math", "symbols"] as const),
] as const;
export type Subset = (typeof SUBSETS)[number];
export type Face = `${Subset}/${Style}`;

/** Of the Source Sans 3 package's own list, in the order in which they are asked. */
const RANGES: Record<
  Exclude<Subset, "math" | "symbols">,
  readonly (readonly [number, number])[]
> = {
  latin: [
    ...([
      [0x20, 0x7e],
      [0xa0, 0xff],
      [0x131, 0x131],
      [0x152, 0x153],
      [0x2bb, 0x2bc],
    ] as const),
    ...([
      [0x2c6, 0x2c6],
      [0x2da, 0x2da],
      [0x2dc, 0x2dc],
      [0x2000, 0x200a],
    ] as const),
    ...([
      [0x2010, 0x2027],
      [0x202f, 0x205f],
      [0x20ac, 0x20ac],
      [0x2122, 0x2122],
    ] as const),
    ...([
      [0x2191, 0x2191],
      [0x2193, 0x2193],
      [0x2212, 0x2212],
      [0x2215, 0x2215],
    ] as const),
  ],
  vietnamese: [
    [0x1ea0, 0x1ef9],
    [0x20ab, 0x20ab],
    [0x1a0, 0x1a1],
    [0x1af, 0x1b0],
  ],
  "latin-ext": [
    ...([
      [0x100, 0x2ba],
      [0x2bd, 0x2c5],
      [0x2c7, 0x2cc],
      [0x2ce, 0x2d7],
      [0x2dd, 0x2ff],
    ] as const),
    ...([
      [0x1e00, 0x1e9f],
      [0x20a0, 0x20c0],
      [0x2113, 0x2113],
      [0xa720, 0xa7ff],
    ] as const),
  ],
  greek: [
    [0x370, 0x377],
    [0x37a, 0x37f],
    [0x384, 0x38a],
    [0x38c, 0x3ff],
  ],
  "greek-ext": [[0x1f00, 0x1fff]],
  cyrillic: [
    [0x400, 0x45f],
    [0x490, 0x491],
    [0x4b0, 0x4b1],
    [0x2116, 0x2116],
  ],
  "cyrillic-ext": [
    [0x460, 0x52f],
    [0x20b4, 0x20b4],
  ],
};
/** Mathematical signs and arrows; then everything else that is a sign. */
const MATH = [
  [0x2070, 0x209c],
  [0x2150, 0x218f],
  [0x2190, 0x22ff],
  [0x27c0, 0x27ff],
] as const;
const SYMBOLS = [
  [0x2300, 0x27bf],
  [0x2800, 0x28ff],
  [0x2b00, 0x2bff],
  [0x1f300, 0x1f6ff],
] as const;

const within = (ranges: readonly (readonly [number, number])[], code: number): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

/** Null: no font here has it. */
export function subsetOf(character: string): Subset | null {
  const code = character.codePointAt(0) ?? 0;
  for (const [subset, ranges] of Object.entries(RANGES))
    if (within(ranges, code)) return subset as Subset;
  if (within(MATH, code)) return "math";
  return within(SYMBOLS, code) ? "symbols" : null;
}

/** Signs that show nothing by themselves and are left out: joiners, direction marks, the choice of an emoji's look. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\u00ad]/gu;

/** As the fonts have it: whole letters instead of letters with loose accents, and blanks that are one blank. */
export const settable = (text: string): string =>
  text.normalize("NFC").replace(INVISIBLE, "").replace(/\t/gu, " ");

/** Parts of a text by the file that shows them. What no file shows is in `missing`. */
export function byFace(
  text: string,
  style: Style,
): { parts: { face: Face; text: string }[]; missing: string[] } {
  const parts: { face: Face; text: string }[] = [];
  const missing: string[] = [];
  for (const character of text) {
    const subset = subsetOf(character);
    if (subset === null) {
      missing.push(character);
      continue;
    }
    const face: Face = `${subset}/${style}`;
    const last = parts.at(-1);
    if (last?.face === face) last.text += character;
    else parts.push({ face, text: character });
  }
  return { parts, missing };
}

/** The file of a face, as its package names it. */
export function fileOf(face: Face): { family: string; file: string } {
  const [subset, style] = face.split("/") as [Subset, Style];
  if (subset === "math") return { family: "noto-sans-math", file: "latin-400-normal" };
  if (subset === "symbols") return { family: "noto-sans-symbols-2", file: "symbols-400-normal" };
  const weight = style === "bold" || style === "boldItalic" ? 600 : 400;
  const slant = style === "italic" || style === "boldItalic" ? "italic" : "normal";
  return { family: "source-sans-3", file: `${subset}-${String(weight)}-${slant}` };
}
