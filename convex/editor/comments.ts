/** Which passages of a document are talked about. */
import type { Node } from "@tiptap/pm/model";

export interface MarkedPassage {
  from: number;
  to: number;
}

/**
 * By the id of the thread, in the order of the text. A passage within which somebody put something else reaches from its
 * first marked letter to its last; of one that was pasted a second time far away, the first counts.
 */
export function commentsIn(doc: Node): Map<string, MarkedPassage> {
  const found = new Map<string, MarkedPassage>();
  doc.descendants((node, pos) => {
    if (!node.isInline) return;
    for (const { type, attrs } of node.marks) {
      if (type.name !== "comment") continue;
      const id = attrs.id as string;
      const known = found.get(id);
      const to = pos + node.nodeSize;
      if (known === undefined) found.set(id, { from: pos, to });
      else if (pos - known.to <= LARGEST_GAP) known.to = to;
    }
  });
  return found;
}

/** Between two letters of one passage: what was put in between them is not marked. */
const LARGEST_GAP = 200;
