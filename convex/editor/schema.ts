/**
 * The grammar of a plan's text, for server and browser alike: what a section can hold, as ProseMirror sees it. The
 * editor's Tiptap extensions (`src/editor/extensions`) give the same grammar, names and order of marks; a test compares
 * them. The server applies every change against it, so whatever a client sends, no document ever holds anything else.
 *
 * Suggestions are marks, too (`insertion`, `deletion`, `modification`): text that somebody proposes to put in, to take
 * out or to change is part of the document until it is accepted or rejected, but no part of what the plan says.
 */
import { type MarkSpec, type NodeSpec, Schema } from "@tiptap/pm/model";
import { isSafeLink } from "./links";

/** Marks that a block can carry: a paragraph or list item that is proposed, or proposed to go. */
export const BLOCK_MARKS = "insertion modification deletion";

const wholeBetween = (least: number, most: number) => (value: unknown) => {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    throw new RangeError("Not a whole number within its limits");
};

const cell: NodeSpec = {
  content: "block+",
  marks: BLOCK_MARKS,
  attrs: {
    colspan: { default: 1, validate: wholeBetween(1, 20) },
    rowspan: { default: 1, validate: wholeBetween(1, 100) },
    colwidth: {
      default: null,
      validate: (value: unknown) => {
        const widths: unknown[] = Array.isArray(value) ? value : [];
        const isList = value === null || (Array.isArray(value) && widths.length <= 20);
        if (!isList || !widths.every((width) => width === null || Number.isFinite(width)))
          throw new RangeError("No widths of columns");
      },
    },
  },
};

const nodes = {
  doc: { content: "block+", marks: BLOCK_MARKS },
  paragraph: { content: "inline*", group: "block" },
  text: { group: "inline" },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    // The page has its own headings: those of a section's text begin below them.
    attrs: { level: { default: 3, validate: wholeBetween(3, 4) } },
  },
  bulletList: { content: "listItem+", group: "block list", marks: BLOCK_MARKS },
  orderedList: {
    content: "listItem+",
    group: "block list",
    marks: BLOCK_MARKS,
    attrs: { start: { default: 1, validate: wholeBetween(0, 9999) } },
  },
  listItem: { content: "paragraph block*", marks: BLOCK_MARKS, defining: true },
  hardBreak: { group: "inline", inline: true },
  table: { content: "tableRow+", group: "block", isolating: true, marks: BLOCK_MARKS },
  tableRow: { content: "(tableCell | tableHeader)*", marks: BLOCK_MARKS },
  tableCell: { ...cell, isolating: true },
  tableHeader: { ...cell, isolating: true },
} satisfies Record<string, NodeSpec>;

const suggestionId = { validate: "string|number" } as const;

/** In the order in which several on one text are kept. */
const marks = {
  link: {
    inclusive: false,
    attrs: {
      href: {
        validate: (value: unknown) => {
          if (typeof value !== "string" || !isSafeLink(value)) throw new RangeError("No safe link");
        },
      },
    },
  },
  bold: {},
  italic: {},
  underline: {},
  insertion: { inclusive: false, excludes: BLOCK_MARKS, attrs: { id: suggestionId } },
  deletion: { inclusive: false, excludes: BLOCK_MARKS, attrs: { id: suggestionId } },
  modification: {
    inclusive: false,
    excludes: "deletion insertion",
    attrs: {
      id: suggestionId,
      type: { validate: "string" },
      attrName: { default: null, validate: "string|null" },
      previousValue: { default: null },
      newValue: { default: null },
    },
  },
  /** A text that is talked about; the words of the talk are no part of the document. Several may overlap. */
  comment: { inclusive: false, excludes: "", attrs: { id: { validate: "string" } } },
} satisfies Record<string, MarkSpec>;

export const sectionSchema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks });

/** What a section says before anybody wrote in it. */
export const emptyDocument = () =>
  sectionSchema.node("doc", null, [sectionSchema.node("paragraph")]);
