/**
 * Whose a suggestion is, and that it stays as it is. Only the case manager accepts or rejects what others suggest; its
 * author withdraws or rewords it. For everybody else somebody's suggestion is a part of the text that nobody changes:
 * its words, what it would take out, its name. Accepting, rejecting, taking over, adding words to it and putting one
 * under another person's name all differ in this, however the steps that do it look.
 */
import type { Mark, Node } from "@tiptap/pm/model";
import { sectionSchema } from "./schema";

const SUGGESTIONS: ReadonlySet<string> = new Set([
  sectionSchema.marks.insertion.name,
  sectionSchema.marks.deletion.name,
  sectionSchema.marks.modification.name,
]);

/** By name: editors have the same grammar, but are not made of the same objects. */
export const isSuggestionMark = ({ type }: Mark): boolean => SUGGESTIONS.has(type.name);

/** The suggestion's name begins with its author's id. One without belongs to nobody, and the case manager decides. */
export const isSuggestionOf = (userId: string, { attrs }: Mark): boolean =>
  typeof attrs.id === "string" && attrs.id.startsWith(`${userId}.`);

/** Whether a suggestion of anybody but this person says something else in the second document, came or went. */
export function changesOthersSuggestions(before: Node, after: Node, userId: string): boolean {
  if (before.eq(after)) return false;
  const [was, is] = [othersSuggestions(before, userId), othersSuggestions(after, userId)];
  return was.size !== is.size || [...was].some(([id, said]) => is.get(id) !== said);
}

/** What each says: its pieces in the order of the text, however other marks cut them up. */
function othersSuggestions(doc: Node, userId: string): Map<string, string> {
  const found = new Map<string, { kind: string; text: string }[]>();
  doc.descendants((node) => {
    for (const mark of node.marks) {
      if (!isSuggestionMark(mark) || isSuggestionOf(userId, mark)) continue;
      const id = JSON.stringify(mark.attrs.id);
      const pieces = found.get(id) ?? [];
      found.set(id, pieces);
      const kind = JSON.stringify([mark.type.name, mark.attrs, node.isText ? "" : shape(node)]);
      const last = pieces.at(-1);
      if (node.isText && last?.kind === kind) last.text += node.text ?? "";
      else pieces.push({ kind, text: node.isText ? (node.text ?? "") : node.textContent });
    }
  });
  return new Map([...found].map(([id, pieces]) => [id, JSON.stringify(pieces)]));
}

const shape = ({ type, attrs }: Node): unknown => [type.name, attrs];
