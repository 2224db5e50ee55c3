/**
 * A document to be printed, as a value: what it says in which order and what each part is. The page for the browser's
 * printer and the PDF are both made of it, so neither can say what the other leaves out.
 */

import type { Figure } from "../../lib/chart/figure";

/** Text in one look. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  /** An address. */
  link?: string;
}

export interface Cell {
  blocks: Block[];
  /** It is the head of its column or row. */
  head?: "Column" | "Row";
  colSpan?: number;
  rowSpan?: number;
}

export type Block =
  /** A part with its own heading, which the bookmarks list. */
  | { kind: "section"; title: string; blocks: Block[] }
  | { kind: "heading"; level: 1 | 2 | 3 | 4; text: string; bookmark?: boolean }
  | { kind: "text"; runs: Run[]; look?: "lead" | "quiet" | "plain" }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | {
      kind: "table";
      /** What it is a table of, for whoever does not see it. */
      summary: string;
      /** Widths of the columns, relative to each other. */
      shares: number[];
      /** So many rows are repeated on each page. */
      headRows: number;
      rows: Cell[][];
      /** Least height of a row in lines: space to write into. */
      rowLines?: number;
    }
  /** Names and values, in one or two columns of pairs. */
  | { kind: "facts"; summary: string; columns: 1 | 2; items: Fact[] }
  /** A drawing of lines; its label says what it shows. */
  | { kind: "figure"; figure: Figure }
  /** Stays on one page if one page can hold it. */
  | { kind: "together"; blocks: Block[] };

export interface Fact {
  term: string;
  blocks: Block[];
}

export interface PrintedDocument {
  /** Of its labels; what people wrote is as they wrote it. */
  language: "en" | "es";
  title: string;
  /** Whose plan, which version: at the top of each page. */
  header: string;
  /** At the foot of each page, beside its number. */
  footer: string;
  /** "Page {page} of {pages}" */
  pageOf: string;
  /** Across each page of what is not final. */
  watermark?: string;
  /** The day it is of, as a calendar date: the same content gives the same file. */
  date: string;
  blocks: Block[];
}

export const plain = (text: string, look?: "lead" | "quiet"): Block => ({
  kind: "text",
  runs: [{ text }],
  ...(look === undefined ? {} : { look }),
});

export const cell = (text: string, head?: "Column" | "Row"): Cell => ({
  blocks: text === "" ? [] : [plain(text)],
  ...(head === undefined ? {} : { head }),
});

/** Everything that is written in these blocks, in order. */
export function runsOf(blocks: readonly Block[]): Run[] {
  return blocks.flatMap((block): Run[] => {
    switch (block.kind) {
      case "section":
        return [{ text: block.title, bold: true }, ...runsOf(block.blocks)];
      case "heading":
        return [{ text: block.text, bold: true }];
      case "text":
        return block.runs;
      case "list":
        return block.items.flatMap((item) => runsOf(item));
      case "table":
        return block.rows.flatMap((row) => row.flatMap(({ blocks: inner }) => runsOf(inner)));
      case "facts":
        return block.items.flatMap(({ term, blocks: inner }) => [
          { text: term, bold: true },
          ...runsOf(inner),
        ]);
      case "figure":
        return block.figure.parts.flatMap((part) =>
          part.kind === "text" ? [{ text: part.text }] : [],
        );
      case "together":
        return runsOf(block.blocks);
    }
  });
}
