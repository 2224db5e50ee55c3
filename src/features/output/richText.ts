/**
 * What was written in the editor, as blocks. A node that is not known here keeps its text: nothing that somebody wrote is
 * lost on the way to paper.
 */
import type { RichTextNode } from "../../../convex/domain/ieps/planContent";
import type { Block, Cell, Run } from "./document";

/**
 * Of a document's nodes. Its headings are all one level below `under`, the heading that they are part of: none is
 * skipped, so that a list of headings is a table of contents.
 */
export function richBlocks(document: RichTextNode, under: 1 | 2 | 3): Block[] {
  return (document.content ?? []).flatMap((node) => blockOf(node, under));
}

/** Whether it says anything. */
export function isEmptyText(document: RichTextNode): boolean {
  return textOf(document).trim() === "";
}

const textOf = (node: RichTextNode): string =>
  node.text ?? (node.content ?? []).map((child) => textOf(child)).join("");

function blockOf(node: RichTextNode, under: 1 | 2 | 3): Block[] {
  switch (node.type) {
    case "heading":
      return [{ kind: "heading", level: (under + 1) as 2 | 3 | 4, text: textOf(node).trim() }];
    case "bulletList":
    case "orderedList":
      return [
        {
          kind: "list",
          ordered: node.type === "orderedList",
          start: typeof node.attrs?.start === "number" ? node.attrs.start : 1,
          items: (node.content ?? []).map((item) => richBlocks(item, under)),
        },
      ];
    case "table":
      return [tableOf(node, under)];
    case "blockquote":
      return richBlocks(node, under);
    case "horizontalRule":
      return [];
    default:
      return hasBlocks(node) ? richBlocks(node, under) : paragraphOf(node);
  }
}

const INLINE: ReadonlySet<string> = new Set(["text", "hardBreak", "mention"]);
const hasBlocks = ({ content = [] }: RichTextNode): boolean =>
  content.some(({ type }) => !INLINE.has(type));

/** Empty lines between paragraphs are no content. */
function paragraphOf(node: RichTextNode): Block[] {
  const runs = runsOf(node);
  return runs.every(({ text }) => text.trim() === "") ? [] : [{ kind: "text", runs }];
}

function runsOf(node: RichTextNode): Run[] {
  if (node.type === "hardBreak") return [{ text: "\n" }];
  if (node.text !== undefined) return [{ text: node.text, ...looksOf(node.marks ?? []) }];
  return (node.content ?? []).flatMap((child) => runsOf(child));
}

function looksOf(marks: NonNullable<RichTextNode["marks"]>): Omit<Run, "text"> {
  const looks: Omit<Run, "text"> = {};
  for (const { type, attrs } of marks) {
    if (type === "bold" || type === "italic" || type === "underline" || type === "strike")
      looks[type] = true;
    if (type === "link" && typeof attrs?.href === "string" && isSafe(attrs.href))
      looks.link = attrs.href;
  }
  return looks;
}

/** Of a link in a document that people open: a page, a mail or a call, and nothing that runs. */
const isSafe = (address: string): boolean => /^(?:https?:\/\/|mailto:|tel:)/iu.test(address);

const spanOf = (value: unknown): number =>
  typeof value === "number" && Number.isInteger(value) && value > 1 ? value : 1;

function tableOf(node: RichTextNode, under: 1 | 2 | 3): Block {
  const written = (node.content ?? []).map((row) => row.content ?? []);
  const isHead = (child: RichTextNode) => child.type === "tableHeader";
  const headRows = written.findIndex((row) => !row.every(isHead));
  const rows = written.map((row, rowIndex) =>
    row.map((child): Cell => {
      const colSpan = spanOf(child.attrs?.colspan);
      const rowSpan = spanOf(child.attrs?.rowspan);
      return {
        blocks: richBlocks(child, under),
        ...(isHead(child)
          ? { head: rowIndex < headRows || headRows === -1 ? "Column" : "Row" }
          : {}),
        ...(colSpan > 1 ? { colSpan } : {}),
        ...(rowSpan > 1 ? { rowSpan } : {}),
      };
    }),
  );
  const columns = (rows[0] ?? []).reduce((sum, { colSpan = 1 }) => sum + colSpan, 0);
  return {
    ...{ kind: "table", summary: "", rows },
    shares: Array.from({ length: Math.max(1, columns) }, () => 1),
    headRows: headRows === -1 ? 0 : headRows,
  };
}
