/**
 * Applying what clients send. Steps are the unit of writing together: each says what changed at which place of which
 * version. A step that cannot be read, does not fit the document, or would make it something the grammar does not know
 * is refused as a whole with everything sent beside it, and the document stays as it was.
 */
import type { Node } from "@tiptap/pm/model";
import { ReplaceStep, Step } from "@tiptap/pm/transform";
import { cleanDocument, hasSuggestions } from "./cleanDocument";
import { sectionSchema } from "./schema";
import { isSuggestionMark } from "./suggestionGuard";

/** Of one call. */
export const MOST_STEPS = 1000;
/** Characters of all steps of one call, as JSON: a long text pasted at once fits. */
export const LONGEST_STEPS = 400_000;
/** Size of a document as ProseMirror counts it: characters and brackets; some 100 pages. */
export const LARGEST_DOCUMENT = 300_000;
/** Blocks within blocks: a list ten deep within a table fits. What a database can hold is not much deeper. */
export const DEEPEST_DOCUMENT = 24;

export class StepsRefused extends Error {
  constructor(
    readonly reason: "unreadable" | "doesNotApply" | "againstTheGrammar" | "tooDeep" | "tooLong",
  ) {
    super(reason);
  }
}

/** @throws StepsRefused */
export function readSteps(texts: readonly string[]): Step[] {
  try {
    return texts.map((text) => Step.fromJSON(sectionSchema, JSON.parse(text)));
  } catch {
    throw new StepsRefused("unreadable");
  }
}

/**
 * The document after the steps.
 * @throws StepsRefused
 */
export function applySteps(doc: Node, steps: readonly Step[]): Node {
  let after = doc;
  for (const step of steps) {
    const applied = tryStep(step, after);
    if (applied === null) throw new StepsRefused("doesNotApply");
    after = applied;
  }
  if (after.content.size > LARGEST_DOCUMENT && after.content.size > doc.content.size)
    throw new StepsRefused("tooLong");
  try {
    after.check();
  } catch {
    throw new StepsRefused("againstTheGrammar");
  }
  return after;
}

function tryStep(step: Step, doc: Node): Node | null {
  try {
    return step.apply(doc).doc;
  } catch {
    // Positions outside of the document.
    return null;
  }
}

/**
 * New text that every reader can go on with: not deeper than can be kept and shown, and what the plan says in it can be
 * told. A suggestion names what stood there before, and a forged one could name what the grammar does not know.
 * @throws StepsRefused
 */
export function requireSound(before: Node, after: Node, steps: readonly Step[]): Node {
  // Most of what is sent is letters: they make no text deeper, and break no suggestion.
  if (steps.every(isTyping)) return after;
  if (depthOf(after) > DEEPEST_DOCUMENT && depthOf(after) > depthOf(before))
    throw new StepsRefused("tooDeep");
  if (!hasSuggestions(after)) return after;
  try {
    cleanDocument(after).check();
  } catch {
    throw new StepsRefused("againstTheGrammar");
  }
  return after;
}

/** Text that is put in, and suggests nothing. */
function isTyping(step: Step): boolean {
  if (!(step instanceof ReplaceStep) || step.from !== step.to) return false;
  let isPlain = true;
  step.slice.content.forEach((node) => {
    if (!node.isText || node.marks.some(isSuggestionMark)) isPlain = false;
  });
  return isPlain;
}

/** Without recursion: how deep it is, is the question. */
function depthOf(doc: Node): number {
  let deepest = 0;
  const waiting: [Node, number][] = [[doc, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    node.forEach((child) => waiting.push([child, depth + 1]));
  }
  return deepest;
}
