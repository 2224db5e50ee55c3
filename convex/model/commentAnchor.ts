/**
 * Where a comment belongs in a section's text. The person selected a passage in the version that they saw; the server
 * finds the same passage in the newest one, by the steps in between, and marks it with one of its own. So people who may
 * read a section and not write it can still talk about a passage, and no client has to be trusted with the mark.
 */
import type { Node } from "@tiptap/pm/model";
import { Mapping, Transform } from "@tiptap/pm/transform";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict, requireValid } from "../access/errors";
import { checkNumber } from "../domain/validation/problem";
import { sectionSchema } from "../editor/schema";
import { readSteps } from "../editor/steps";
import { windowOf } from "./presence";
import {
  appendSteps,
  documentOf,
  FIRST_VERSION,
  stepsAfter,
  type TextReading,
  type TextWriting,
} from "./sectionText";

export interface Passage {
  version: number;
  from: number;
  to: number;
}

/** Changes since what the person saw: whoever was away for longer selects the passage again. */
const MOST_STEPS_BEHIND = 2000;
/** Characters of the quotation that is kept. */
const LONGEST_QUOTE = 300;

async function mappingFrom(
  ctx: TextReading,
  section: Doc<"iepSections">,
  { from, to }: { from: number; to: number },
): Promise<Mapping> {
  const mapping = new Mapping();
  let version = from;
  while (version < to) {
    const { steps } = await stepsAfter(ctx, section, version);
    if (steps.length === 0) break;
    for (const step of readSteps(steps.slice(0, to - version))) mapping.appendMap(step.getMap());
    version += steps.length;
  }
  return mapping;
}

/** A mark that began within a character of two units would cut it in two for good: it goes to before the character. */
function wholeCharacter(doc: Node, at: number): number {
  const { nodeBefore, nodeAfter, textOffset } = doc.resolve(at);
  const before = textOffset > 0 ? (nodeBefore?.text ?? "") : "";
  return /[\uD800-\uDBFF]$/u.test(before) && /^[\uDC00-\uDFFF]/u.test(nodeAfter?.text ?? "")
    ? at - 1
    : at;
}

/** The words of a passage, spaces between paragraphs; a long one by its beginning. */
export function quoteOf(doc: Node, from: number, to: number): string {
  const characters = Array.from(doc.textBetween(from, to, " ", " ").replace(/\s+/gu, " ").trim());
  if (characters.length <= LONGEST_QUOTE) return characters.join("");
  return `${characters.slice(0, LONGEST_QUOTE).join("")}…`;
}

export interface Anchored {
  quote: string;
  /** Marks the passage with a thread's id. */
  mark: (threadId: Id<"sectionThreads">, by: Id<"users">) => Promise<void>;
}

/** The passage in the newest version. @throws INVALID, CONFLICT if its words are gone */
export async function findPassage(
  ctx: TextWriting,
  section: Doc<"iepSections">,
  { version, from, to }: Passage,
): Promise<Anchored> {
  const head = await documentOf(ctx, section);
  const oldest = Math.max(FIRST_VERSION, head.version - MOST_STEPS_BEHIND);
  const place = { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true };
  requireValid([
    ...checkNumber("version", version, { min: oldest, max: head.version, whole: true }),
    ...checkNumber("from", from, place),
    ...checkNumber("to", to, { ...place, min: from }),
  ]);
  const mapping = await mappingFrom(ctx, section, { from: version, to: head.version });
  const within = (position: number, side: -1 | 1) =>
    Math.min(Math.max(0, mapping.map(position, side)), head.doc.content.size);
  const [start, end] = [within(from, 1), within(to, -1)].map((at) =>
    wholeCharacter(head.doc, at),
  ) as [number, number];
  const quote = start < end ? quoteOf(head.doc, start, end) : "";
  if (quote === "") throw conflict("passageGone");
  return {
    quote,
    mark: async (threadId, by) => {
      const mark = sectionSchema.marks.comment.create({ id: threadId });
      const change = new Transform(head.doc).addMark(start, end, mark);
      const kept = await appendSteps(ctx, section, head, {
        steps: change.steps.map((step) => JSON.stringify(step.toJSON())),
        ...{ after: change.doc, clientId: windowOf(by, "comment") },
      });
      if (!kept) throw conflict("sectionFull");
    },
  };
}
