/**
 * What a section says: its document without what is only proposed and without the marks of what is talked about. A
 * proposal that nobody has accepted is no part of the plan, so text that is proposed to go in is left out, text that is
 * proposed to go stays, and what is proposed to change is as it was.
 */
import type { Mark, Node } from "@tiptap/pm/model";
import { Transform } from "@tiptap/pm/transform";
import { sectionSchema } from "./schema";

const { insertion, deletion, modification, comment } = sectionSchema.marks;

/** Stands in an empty or split paragraph so that a proposal has something to mark. */
const PLACEHOLDER = "\u200B";

/** The document with all suggestions rejected and no comments. */
export function cleanDocument(doc: Node): Node {
  const change = new Transform(doc);
  revertModifications(change);
  keepDeletions(change);
  removeInsertions(change);
  change.removeMark(0, change.doc.content.size, comment);
  return change.doc;
}

export const hasSuggestions = (doc: Node): boolean => suggestionIds(doc).length > 0;

/** Ids of what is proposed in the document, in its order. */
export function suggestionIds(doc: Node): (string | number)[] {
  const ids = new Set<string | number>();
  doc.descendants((node) => {
    for (const mark of node.marks)
      if (isSuggestion(mark)) ids.add(mark.attrs.id as string | number);
  });
  return [...ids];
}

const isSuggestion = ({ type }: Mark): boolean =>
  type === insertion || type === deletion || type === modification;

function keepDeletions(change: Transform): void {
  change.removeMark(0, change.doc.content.size, deletion);
  forBlocks(change.doc, deletion.isInSet.bind(deletion), (pos) => {
    change.removeNodeMark(pos, deletion);
  });
}

/** From the end: what comes before keeps its place. */
function removeInsertions(change: Transform): void {
  const ranges: { from: number; to: number }[] = [];
  change.doc.descendants((node, pos) => {
    if (!insertion.isInSet(node.marks)) return true;
    const last = ranges.at(-1);
    // A paragraph that was split in two has the end of one and the beginning of the next proposed: they become one again.
    if (last !== undefined && isBetweenBlocks(change.doc, last.to, pos))
      last.to = pos + node.nodeSize;
    else ranges.push({ from: pos, to: pos + node.nodeSize });
    return false;
  });
  for (const { from, to } of ranges.reverse()) {
    if (change.doc.resolve(from).sharedDepth(to) === change.doc.resolve(from).depth)
      change.deleteRange(from, to);
    else change.delete(from, to);
  }
  removePlaceholders(change);
}

/** Nothing but the brackets of blocks lies between the two places. */
function isBetweenBlocks(doc: Node, from: number, to: number): boolean {
  if (from === to) return true;
  const leaves: Node[] = [];
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isLeaf && pos >= from) leaves.push(node);
  });
  return (
    leaves.length === 0 &&
    doc.resolve(from).parent.isTextblock &&
    doc.resolve(to).parent.isTextblock
  );
}

function removePlaceholders(change: Transform): void {
  const places: number[] = [];
  change.doc.descendants((node, pos) => {
    if (!node.isText) return;
    const text = node.text ?? "";
    for (let at = text.indexOf(PLACEHOLDER); at !== -1; at = text.indexOf(PLACEHOLDER, at + 1))
      places.push(pos + at);
  });
  for (const place of places.reverse()) change.delete(place, place + 1);
}

function revertModifications(change: Transform): void {
  forBlocks(change.doc, modification.isInSet.bind(modification), (pos, node) => {
    const marks = node.marks.filter(({ type }) => type === modification);
    for (const mark of marks) {
      change.removeNodeMark(pos, mark);
      const { type, attrName, previousValue } = mark.attrs as Record<string, unknown>;
      if (type === "attr" && typeof attrName === "string")
        change.setNodeAttribute(pos, attrName, previousValue);
      else if (type === "nodeType" && typeof previousValue === "string") {
        const former = sectionSchema.nodes[previousValue as "paragraph"] as
          | typeof sectionSchema.nodes.paragraph
          | undefined;
        if (former !== undefined) change.setNodeMarkup(pos, former, null);
      }
    }
  });
  change.removeMark(0, change.doc.content.size, modification);
}

function forBlocks(
  doc: Node,
  has: (marks: readonly Mark[]) => Mark | undefined,
  act: (pos: number, node: Node) => void,
): void {
  const found: [number, Node][] = [];
  doc.descendants((node, pos) => {
    if (!node.isInline && has(node.marks) !== undefined) found.push([pos, node]);
  });
  for (const [pos, node] of found) act(pos, node);
}
