/** Strips and rows onto pages: nothing is cut, no heading is left alone, and each page of a table begins with its head. */
import {
  CELL_PAD,
  type Drawing,
  type Flow,
  heightOf,
  type Node,
  type Row,
  rowHeight,
  type Strip,
  stripsHeight,
} from "./flow";

export interface Paper {
  width: number;
  height: number;
  margin: { top: number; bottom: number; side: number };
}
export const PAPERS = {
  letter: { width: 612, height: 792, margin: { top: 66, bottom: 62, side: 56 } },
  a4: { width: 595.28, height: 841.89, margin: { top: 66, bottom: 62, side: 52 } },
} as const satisfies Record<string, Paper>;
export type PaperSize = keyof typeof PAPERS;

export interface PageContent {
  drawings: Drawing[];
  bookmarks: { title: string; depth: 0 | 1; y: number }[];
}

/** A row that is smaller than this part of a page goes to the next one rather than being divided. */
const DIVIDED = 0.3;

export function paginate(flows: readonly Flow[], paper: Paper): PageContent[] {
  const pages = new Pages(paper);
  for (const [index, flow] of flows.entries()) {
    pages.startNewPageUnless(flow, needOf(flows, index, pages.room));
    if (flow.kind === "strip") pages.strip(flow);
    else pages.row(flow);
  }
  return pages.all;
}

/** The height of what has to stay together from here on: everything kept, and the beginning of what follows. */
function needOf(flows: readonly Flow[], from: number, room: number): number {
  let need = 0;
  for (let index = from; index < flows.length; index += 1) {
    const flow = flows[index];
    if (flow === undefined) break;
    const height = heightOf(flow);
    const divisible = flow.kind === "row" && !flow.isHead && height > room * DIVIDED;
    need += (index === from ? 0 : flow.before) + (divisible ? 60 : height);
    if (!flow.keep || need > room) break;
  }
  return need;
}

class Pages {
  readonly all: PageContent[] = [{ drawings: [], bookmarks: [] }];
  readonly #paper: Paper;
  #y: number;

  constructor(paper: Paper) {
    this.#paper = paper;
    this.#y = paper.margin.top;
  }

  /** The height that a page has for content. */
  get room(): number {
    const { height, margin } = this.#paper;
    return height - margin.top - margin.bottom;
  }
  get #left(): number {
    return this.#paper.height - this.#paper.margin.bottom - this.#y;
  }
  get #isFresh(): boolean {
    return this.#y <= this.#paper.margin.top;
  }
  get #page(): PageContent {
    const page = this.all.at(-1);
    if (page === undefined) throw new Error("There is always a page");
    return page;
  }

  startNewPageUnless(flow: Flow, need: number): void {
    if (this.#isFresh) return;
    const fits = flow.before + need <= this.#left;
    // What no page can hold begins where it is.
    if (!fits && need <= this.room) this.#turn(flow);
  }

  strip(strip: Strip): void {
    if (!this.#isFresh) this.#y += strip.before;
    if (strip.height > this.#left && !this.#isFresh) this.#turn(strip);
    if (strip.bookmark !== undefined)
      this.#page.bookmarks.push({ ...strip.bookmark, y: Math.max(0, this.#y - 8) });
    this.#draw(strip.drawings, this.#y);
    this.#y += strip.height;
  }

  row(row: Row): void {
    if (!this.#isFresh) this.#y += row.before;
    const height = rowHeight(row);
    if (height <= this.#left) {
      this.#place(row, height);
      return;
    }
    const [upper, lower] = divide(row, this.#left);
    if (upper !== null) this.#place(upper, rowHeight(upper));
    this.#turn(row);
    if (lower === null) return;
    // Even an empty page is too small for one strip of it: it goes beyond the margin rather than nowhere.
    if (upper === null && this.#left < Math.min(rowHeight(lower), 30)) {
      this.#place(lower, rowHeight(lower));
      return;
    }
    this.row({ ...lower, before: 0 });
  }

  #place(row: Row, height: number): void {
    if (row.isHead)
      this.#page.drawings.push({
        kind: "tint",
        x: this.#x(row.x),
        y: this.#y,
        width: row.width,
        height,
      });
    for (const { strips } of row.cells) {
      let y = this.#y + CELL_PAD;
      for (const [index, strip] of strips.entries()) {
        if (index > 0) y += strip.before;
        this.#draw(strip.drawings, y);
        y += strip.height;
      }
    }
    this.#y += height;
    const line = { kind: "rule", x: this.#x(row.x), y: this.#y, width: row.width } as const;
    this.#page.drawings.push(
      row.isHead
        ? { ...line, thickness: 0.9, ink: "accent" }
        : { ...line, thickness: 0.5, ink: "line" },
    );
  }

  /** A new page; in the middle of a table, with its head, which is no second part of the document. */
  #turn(next: Flow): void {
    this.all.push({ drawings: [], bookmarks: [] });
    this.#y = this.#paper.margin.top;
    if (next.kind === "row")
      for (const head of next.head) this.#place(repeated(head), rowHeight(head));
  }

  #draw(drawings: readonly Drawing[], y: number): void {
    for (const drawing of drawings)
      this.#page.drawings.push({ ...drawing, x: this.#x(drawing.x), y: drawing.y + y });
  }

  #x(x: number): number {
    return this.#paper.margin.side + x;
  }
}

const repeated = (row: Row): Row => ({
  ...row,
  cells: row.cells.map(({ strips }) => ({
    strips: strips.map((strip) => ({
      ...strip,
      drawings: strip.drawings.map((drawing) =>
        drawing.kind === "text" ? { ...drawing, node: null as Node | null } : drawing,
      ),
    })),
  })),
});

/** What of a row fits into this height, and what is left. */
function divide(row: Row, height: number): [Row | null, Row | null] {
  const room = height - 2 * CELL_PAD;
  const upper: Row["cells"] = [];
  const lower: Row["cells"] = [];
  for (const { strips } of row.cells) {
    let count = 0;
    while (count < strips.length && stripsHeight(strips.slice(0, count + 1)) <= room) count += 1;
    // As in running text, no line is left alone.
    while (count > 0 && count < strips.length && strips[count - 1]?.keep === true) count -= 1;
    upper.push({ strips: strips.slice(0, count) });
    lower.push({ strips: strips.slice(count) });
  }
  const whole = { ...row, least: 0 };
  const isSome = upper.some(({ strips }) => strips.length > 0);
  const isLeft = lower.some(({ strips }) => strips.length > 0);
  if (!isSome) return [null, row];
  return [{ ...whole, cells: upper }, isLeft ? { ...whole, cells: lower } : null];
}
