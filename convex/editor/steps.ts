/**
 * Applying what clients send. Steps are the unit of writing together: each says what changed at which place of which
 * version. A step that cannot be read, does not fit the document, or would make it something the grammar does not know
 * is refused as a whole with everything sent beside it, and the document stays as it was.
 */
import type { Node } from "@tiptap/pm/model";
import { Step } from "@tiptap/pm/transform";
import { sectionSchema } from "./schema";

/** Of one call. */
export const MOST_STEPS = 1000;
/** Characters of all steps of one call, as JSON: a long text pasted at once fits. */
export const LONGEST_STEPS = 400_000;
/** Size of a document as ProseMirror counts it: characters and brackets; some 100 pages. */
export const LARGEST_DOCUMENT = 300_000;

export class StepsRefused extends Error {
  constructor(readonly reason: "unreadable" | "doesNotApply" | "againstTheGrammar" | "tooLong") {
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
