/** A document as words, for comparing it with another. */
import type { Node } from "@tiptap/pm/model";

/** A line for each paragraph. */
export const textOf = (doc: Node): string =>
  doc.textBetween(0, doc.content.size, "\n", (leaf) =>
    leaf.type.name === "hardBreak" ? "\n" : "",
  );
