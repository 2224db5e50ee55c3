/** Blocks of a printed document as strips and rows. Sizes in points. */
import type { Block, Cell, Run } from "./document";
import type { Style } from "./faces";
import {
  child,
  type Drawing,
  type Flow,
  heightOf,
  type Ink,
  type Node,
  type Row,
  type Strip,
} from "./flow";
import { type Measure, typeset } from "./typeset";

interface Look {
  size: number;
  leading: number;
  style: Style;
  ink: Ink;
  before: number;
}
const BODY: Look = { size: 10.5, leading: 14.5, style: "regular", ink: "text", before: 6 };
const LOOKS = {
  plain: BODY,
  lead: { ...BODY, size: 12, leading: 16, ink: "quiet", before: 4 },
  quiet: { ...BODY, size: 9.5, leading: 13, ink: "quiet" },
} as const satisfies Record<string, Look>;
const HEADINGS: Record<1 | 2 | 3 | 4, Look> = {
  1: { size: 21, leading: 25, style: "bold", ink: "text", before: 0 },
  2: { size: 14, leading: 18, style: "bold", ink: "accent", before: 20 },
  3: { size: 11.5, leading: 15.5, style: "bold", ink: "text", before: 13 },
  4: { size: 10.5, leading: 14.5, style: "bold", ink: "text", before: 9 },
};
const TABLE: Look = { ...BODY, size: 9.5, leading: 12.5, before: 4 };
const INDENT = 15;
const GUTTER = 10;

interface Place {
  x: number;
  width: number;
  /** Of plain text here; tables are set smaller. */
  body: Look;
  measure: Measure;
}

export function flowsOf(
  blocks: readonly Block[],
  parent: Node,
  width: number,
  measure: Measure,
): Flow[] {
  return blocks.flatMap((block) => flowOf(block, parent, { x: 0, width, body: BODY, measure }));
}

function flowOf(block: Block, parent: Node, place: Place): Flow[] {
  switch (block.kind) {
    case "section": {
      const node = child(parent, "Sect");
      return [
        ...heading(block.title, 2, { parent: node, bookmarked: true }, place),
        ...block.blocks.flatMap((inner) => flowOf(inner, node, place)),
      ];
    }
    case "heading":
      return heading(
        block.text,
        block.level,
        { parent, bookmarked: block.bookmark === true },
        place,
      );
    case "text": {
      const { look = "plain" } = block;
      const node = child(parent, "P");
      return paragraph(block.runs, node, look === "plain" ? place.body : LOOKS[look], place);
    }
    case "list":
      return list(block, parent, place);
    case "facts":
      return facts(block, parent, place);
    case "table":
      return table(block, parent, place);
    case "figure": {
      const { figure } = block;
      const node = child(parent, "Figure", { alternative: figure.label });
      const scale = place.width / figure.width;
      return [
        {
          ...{ kind: "strip", before: 8, height: figure.height * scale, keep: false },
          drawings: [{ kind: "figure", x: place.x, y: 0, figure, scale, node }],
        },
      ];
    }
    case "together":
      return together(block.blocks.flatMap((inner) => flowOf(inner, parent, place)));
  }
}

/** Kept on one page where it fills no more than most of one. */
const MOST_TOGETHER = 560;
function together(flows: Flow[]): Flow[] {
  const height = flows.reduce((sum, flow) => sum + flow.before + heightOf(flow), 0);
  if (height > MOST_TOGETHER) return flows;
  return flows.map((flow, index) => (index === flows.length - 1 ? flow : { ...flow, keep: true }));
}

function heading(
  text: string,
  level: 1 | 2 | 3 | 4,
  { parent, bookmarked }: { parent: Node; bookmarked: boolean },
  place: Place,
): Strip[] {
  const node = child(parent, `H${String(level)}`);
  const strips = paragraph([{ text }], node, HEADINGS[level], place).map((strip) => ({
    ...strip,
    keep: true,
  }));
  const [first] = strips;
  if (first !== undefined && bookmarked)
    first.bookmark = { title: text, depth: level <= 2 ? 0 : 1 };
  const last = strips.at(-1);
  if (level === 2 && last !== undefined) {
    const y = last.height + 2;
    last.drawings.push({
      ...{ kind: "rule", x: place.x, y, width: place.width },
      ...{ thickness: 0.6, ink: "line" },
    });
    last.height = y + 2;
  }
  return strips;
}

/** Neither its first nor its last line stands alone on a page. */
function paragraph(runs: readonly Run[], node: Node, look: Look, place: Place): Strip[] {
  const { size, leading, style, ink } = look;
  const lines = typeset(runs, { width: place.width, size, style }, place.measure);
  return lines.map(({ pieces }, index) => ({
    ...{ kind: "strip", before: index === 0 ? look.before : 0, height: leading },
    keep: lines.length > 1 && (index === 0 || index === lines.length - 2),
    drawings: pieces.flatMap(({ underline, strike, x, width, ...piece }): Drawing[] => {
      const y = (leading + size * 0.68) / 2;
      const at = { x: place.x + x, width: widthOf(piece, size, width, place) };
      const rule = { ...at, kind: "rule", thickness: 0.5, ink } as const;
      return [
        { kind: "text", ...piece, ...at, y, size, ink, node },
        ...(underline ? [{ ...rule, y: y + 1.6 }] : []),
        ...(strike ? [{ ...rule, y: y - size * 0.25 }] : []),
      ];
    }),
  }));
}

/** Without the blank at its end, which is there for whoever copies the text. */
const widthOf = (
  { text, face }: { text: string; face: Parameters<Measure>[0] },
  size: number,
  width: number,
  { measure }: Place,
): number => (text.endsWith(" ") ? width - measure(face, " ", size) : width);

function list(
  { ordered, start, items }: Extract<Block, { kind: "list" }>,
  parent: Node,
  place: Place,
): Flow[] {
  const node = child(parent, "L", { numbering: ordered ? "Decimal" : "Disc" });
  const inner = { ...place, x: place.x + INDENT, width: place.width - INDENT };
  return items.flatMap((blocks, index) => {
    const item = child(node, "LI");
    const label = child(item, "Lbl");
    const body = child(item, "LBody");
    const flows = blocks.flatMap((block) => flowOf(block, body, inner));
    const [first] = flows;
    if (first?.kind !== "strip") return flows;
    const text = ordered ? `${String(start + index)}. ` : "• ";
    const { size, leading, ink } = place.body;
    first.before = index === 0 ? place.body.before : 2.5;
    first.drawings.unshift({
      ...{ kind: "text", text, face: "latin/regular", size, ink, node: label },
      ...{ x: place.x + (ordered ? 0 : 3), y: (leading + size * 0.68) / 2 },
      width: place.measure("latin/regular", text.trimEnd(), size),
    });
    return flows;
  });
}

function facts(
  { columns, items, summary }: Extract<Block, { kind: "facts" }>,
  parent: Node,
  place: Place,
): Row[] {
  const pairs = items.map(({ term, blocks }): Cell[] => [
    { head: "Row", blocks: [{ kind: "text", runs: [{ text: term }] }] },
    { blocks },
  ]);
  const rows: Cell[][] = [];
  if (columns === 1) rows.push(...pairs);
  else
    for (let index = 0; index < pairs.length; index += 2) {
      const [head, value] = pairs[index] ?? [];
      const second = pairs[index + 1];
      if (head === undefined || value === undefined) continue;
      rows.push(second === undefined ? [head, { ...value, colSpan: 3 }] : [head, value, ...second]);
    }
  const shares = columns === 1 ? [2, 7] : [4, 7, 4, 7];
  return table({ kind: "table", summary, shares, headRows: 0, rows }, parent, place);
}

function table(
  { rows, shares, headRows, summary, rowLines = 1 }: Extract<Block, { kind: "table" }>,
  parent: Node,
  place: Place,
): Row[] {
  const node = child(parent, "Table", summary === "" ? {} : { summary });
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (place.width * share) / all);
  const columnsOf = gridOf(rows, shares.length);
  const flows: Row[] = [];
  const head: Row[] = [];
  for (const [index, cells] of rows.entries()) {
    const row = child(node, "TR");
    const isHead = index < headRows;
    const flow: Row = {
      ...{ kind: "row", isHead, x: place.x, width: place.width, head: isHead ? [] : head },
      before: index === 0 ? 8 : 0,
      least: isHead ? 0 : rowLines * TABLE.leading + 7,
      // A head is not left alone at the foot of a page.
      keep: isHead,
      cells: cells.map((cell, position) => {
        const from = columnsOf[index]?.[position] ?? 0;
        const span = widths.slice(from, from + (cell.colSpan ?? 1));
        const at = {
          x: place.x + widths.slice(0, from).reduce((sum, width) => sum + width, 0),
          width: span.reduce((sum, width) => sum + width, 0) - GUTTER,
        };
        return { strips: cellStrips(cell, row, { ...place, ...at }) };
      }),
    };
    if (isHead) head.push(flow);
    flows.push(flow);
  }
  return flows;
}

/** The first column of each cell, around those that reach down from rows above. */
function gridOf(rows: readonly (readonly Cell[])[], columns: number): number[][] {
  const taken = rows.map(() => new Set<number>());
  return rows.map((cells, row) => {
    let column = 0;
    return cells.map(({ colSpan = 1, rowSpan = 1 }) => {
      while (taken[row]?.has(column) === true && column < columns - 1) column += 1;
      const from = column;
      for (let below = row; below < row + rowSpan; below += 1)
        for (let across = from; across < from + colSpan; across += 1) taken[below]?.add(across);
      column += colSpan;
      return from;
    });
  });
}

function cellStrips(cell: Cell, row: Node, place: Place): Strip[] {
  const { head, colSpan, rowSpan } = cell;
  const node = child(row, head === undefined ? "TD" : "TH", {
    ...(head === undefined ? {} : { scope: head }),
    ...(colSpan === undefined ? {} : { colSpan }),
    ...(rowSpan === undefined ? {} : { rowSpan }),
  });
  const body: Look = head === undefined ? TABLE : { ...TABLE, style: "bold" };
  const flows = cell.blocks.flatMap((block) => flowOf(smaller(block), node, { ...place, body }));
  // A table within a cell: its rows one below the other.
  return flows.flatMap((flow) =>
    flow.kind === "strip" ? [flow] : flow.cells.flatMap(({ strips }) => strips),
  );
}

/** Headings within a cell are no headings of the document. */
const smaller = (block: Block): Block =>
  block.kind === "heading" ? { kind: "text", runs: [{ text: block.text, bold: true }] } : block;
