/**
 * What is put on pages: strips that nothing cuts, and rows of tables whose cells are strips. Each carries what is drawn
 * and, for every piece of text, the node of the document's structure that it belongs to.
 */
import type { Figure } from "../../lib/chart/figure";
import type { Face } from "./faces";

/** Of the structure that screen readers follow: a type of the PDF standard. */
export interface Node {
  type: string;
  children: Node[];
  scope?: "Column" | "Row";
  colSpan?: number;
  rowSpan?: number;
  summary?: string;
  /** Of a list. */
  numbering?: "Disc" | "Decimal";
  /** Of a figure: what it shows. */
  alternative?: string;
}

export function child(
  parent: Node,
  type: string,
  more: Omit<Node, "type" | "children"> = {},
): Node {
  const node: Node = { type, children: [], ...more };
  parent.children.push(node);
  return node;
}

export type Ink = "text" | "quiet" | "accent";

export type Drawing =
  | {
      kind: "text";
      x: number;
      /** Of the baseline. */
      y: number;
      width: number;
      text: string;
      face: Face;
      size: number;
      ink: Ink;
      /** Null: part of the page, not of the document. */
      node: Node | null;
      link?: string;
    }
  | { kind: "rule"; x: number; y: number; width: number; thickness: number; ink: Ink | "line" }
  | { kind: "tint"; x: number; y: number; width: number; height: number }
  /** `scale`: points of the page in one of the figure's units. */
  | { kind: "figure"; x: number; y: number; figure: Figure; scale: number; node: Node };

export interface Strip {
  kind: "strip";
  /** Space above, unless it is the first on its page. */
  before: number;
  height: number;
  /** In coordinates of the strip. */
  drawings: Drawing[];
  /** Not the last on its page. */
  keep: boolean;
  bookmark?: { title: string; depth: 0 | 1 };
}

export interface Row {
  kind: "row";
  before: number;
  cells: { strips: Strip[] }[];
  least: number;
  isHead: boolean;
  keep: boolean;
  x: number;
  width: number;
  /** Rows that each page of the table begins with. */
  head: readonly Row[];
}
export type Flow = Strip | Row;

/** Above and below a cell's content. */
export const CELL_PAD = 3.5;

export const stripsHeight = (strips: readonly Strip[]): number =>
  strips.reduce((sum, { before, height }, index) => sum + (index === 0 ? 0 : before) + height, 0);

export const rowHeight = ({ cells, least }: Row): number =>
  Math.max(least, ...cells.map(({ strips }) => stripsHeight(strips) + 2 * CELL_PAD));

export const heightOf = (flow: Flow): number =>
  flow.kind === "strip" ? flow.height : rowHeight(flow);
