/** Text into lines. Pure: how wide something is comes as a function. */
import type { Run } from "./document";
import { byFace, type Face, settable, type Style } from "./faces";

export type Measure = (face: Face, text: string, size: number) => number;

/** A stretch of a line that is drawn at once. */
export interface Piece {
  text: string;
  face: Face;
  x: number;
  width: number;
  underline: boolean;
  strike: boolean;
  link?: string;
}
export interface Line {
  pieces: Piece[];
}

interface Part extends Omit<Piece, "x"> {
  kind: "letters" | "blank" | "end";
  /** A line may end after it. */
  breaks: boolean;
}

/** Blanks at which a line may end: not those that bind a number to its unit. */
const TOKENS = /\n|[ \u2000-\u2006\u2008-\u200a]+|[^\n \u2000-\u2006\u2008-\u200a]+/gu;
/** Within a word, after these. */
const INNER = /[^\-–—/]+[\-–—/]*|[\-–—/]+/gu;

export function typeset(
  runs: readonly Run[],
  { width, size, style }: { width: number; size: number; style: Style },
  measure: Measure,
): Line[] {
  const parts = runs.flatMap((run) => partsOf(run, styleOf(run, style), size, measure));
  const setter = new Setter(width, size, measure);
  for (const word of wordsOf(parts)) setter.add(word);
  return setter.finish();
}

function styleOf({ bold = false, italic = false }: Run, base: Style): Style {
  const isBold = bold || base === "bold" || base === "boldItalic";
  const isItalic = italic || base === "italic" || base === "boldItalic";
  if (isBold) return isItalic ? "boldItalic" : "bold";
  return isItalic ? "italic" : "regular";
}

function partsOf(run: Run, style: Style, size: number, measure: Measure): Part[] {
  const look = {
    underline: run.underline === true || run.link !== undefined,
    strike: run.strike === true,
    ...(run.link === undefined ? {} : { link: run.link }),
  };
  return (settable(run.text).match(TOKENS) ?? []).flatMap((token): Part[] => {
    const face: Face = `latin/${style}`;
    if (token === "\n") return [{ ...look, kind: "end", text: "", face, width: 0, breaks: true }];
    if (token.trim() === "" && !token.includes("\u00a0") && !token.includes("\u202f")) {
      const blank = { kind: "blank", text: " ", face, breaks: true } as const;
      return [{ ...look, ...blank, width: measure(face, " ", size) }];
    }
    return (token.match(INNER) ?? []).flatMap((inner) => {
      const { parts } = byFace(inner, style);
      return parts.map((part, index) => ({
        ...look,
        ...part,
        kind: "letters" as const,
        width: measure(part.face, part.text, size),
        breaks: index === parts.length - 1 && /[\-–—/]$/u.test(part.text) && inner.length > 2,
      }));
    });
  });
}

/** Parts that stay on one line. */
function wordsOf(parts: readonly Part[]): Part[][] {
  const words: Part[][] = [];
  let word: Part[] = [];
  for (const part of parts) {
    if (part.kind !== "letters") {
      if (word.length > 0) words.push(word);
      words.push([part]);
      word = [];
      continue;
    }
    word.push(part);
    if (part.breaks) {
      words.push(word);
      word = [];
    }
  }
  return word.length > 0 ? [...words, word] : words;
}

class Setter {
  readonly #width: number;
  readonly #size: number;
  readonly #measure: Measure;
  readonly #lines: Line[] = [];
  #pieces: Piece[] = [];
  #x = 0;

  constructor(width: number, size: number, measure: Measure) {
    this.#width = width;
    this.#size = size;
    this.#measure = measure;
  }

  add(word: readonly Part[]): void {
    const [first] = word;
    if (first === undefined) return;
    if (first.kind === "end") {
      this.#end();
      return;
    }
    if (first.kind === "blank") {
      // A line does not begin with one, and one at its end takes no place.
      if (this.#pieces.length > 0) this.#append(first);
      return;
    }
    const width = word.reduce((sum, part) => sum + part.width, 0);
    if (this.#x + width > this.#width && this.#pieces.length > 0) this.#end();
    for (const part of width > this.#width ? this.#split(word) : word) {
      if (this.#x + part.width > this.#width + 0.01 && this.#pieces.length > 0) this.#end();
      this.#append(part);
    }
  }

  finish(): Line[] {
    if (this.#pieces.length > 0) this.#end();
    return this.#lines;
  }

  /** A word that no line can hold, such as an address, letter by letter. */
  #split(word: readonly Part[]): Part[] {
    return word.flatMap((part) =>
      Array.from(part.text, (text) => ({
        ...part,
        ...{ text, width: this.#measure(part.face, text, this.#size) },
      })),
    );
  }

  #append({ kind: _kind, breaks: _breaks, ...part }: Part): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined && isAlike(last, part)) {
      last.text += part.text;
      last.width += part.width;
    } else this.#pieces.push({ ...part, x: this.#x });
    this.#x += part.width;
  }

  #end(): void {
    this.#lines.push({ pieces: this.#pieces });
    this.#pieces = [];
    this.#x = 0;
  }
}

const isAlike = (a: Omit<Piece, "x">, b: Omit<Piece, "x">): boolean =>
  a.face === b.face && a.link === b.link && a.underline === b.underline && a.strike === b.strike;
