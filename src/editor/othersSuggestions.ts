/**
 * What others suggest is changed by nobody but its author and whoever decides (`convex/editor/suggestionGuard`). The
 * server refuses the rest; here the editor does not even begin with it, and what was typed while somebody else's
 * suggestion was on its way gives way to it.
 */
import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { type EditorState, Plugin, Selection, type Transaction } from "@tiptap/pm/state";
import {
  AddMarkStep,
  AddNodeMarkStep,
  RemoveMarkStep,
  RemoveNodeMarkStep,
  ReplaceStep,
  type Step,
} from "@tiptap/pm/transform";
import { sendableSteps } from "prosemirror-collab";
import {
  changesOthersSuggestions,
  isSuggestionMark,
  isSuggestionOf,
} from "../../convex/editor/suggestionGuard";

export interface Writer {
  userId: string;
  /** Accepts and rejects what others suggest. */
  decides: boolean;
}

export const isAllowed = ({ userId, decides }: Writer, before: Node, after: Node): boolean =>
  decides || !changesOthersSuggestions(before, after, userId);

/** Of transactions that bring what was typed before: it was allowed when it was typed. */
export const TYPED_BEFORE = "typedBefore";

/** Leaves out changes of this window that would decide about somebody's suggestion. */
export const guardPlugin = (writer: () => Writer, refused: () => void): Plugin =>
  new Plugin({
    filterTransaction(transaction) {
      if (!transaction.docChanged || transaction.getMeta("collab$") !== undefined) return true;
      if (transaction.getMeta(TYPED_BEFORE) === true) return true;
      const allowed = isAllowed(writer(), transaction.before, transaction.doc);
      if (!allowed) refused();
      return allowed;
    },
  });

/**
 * A suggestion beside somebody else's: where two touch, the library joins them under one name. Here each keeps its own.
 * @param ownId the name of a new suggestion of this person
 */
export function besideOthers(
  state: EditorState,
  suggesting: Transaction,
  { userId, ownId }: { userId: string; ownId: string },
): Transaction {
  const { tr } = state;
  const isOthers = (step: Step) =>
    (step instanceof AddMarkStep ||
      step instanceof AddNodeMarkStep ||
      step instanceof RemoveMarkStep ||
      step instanceof RemoveNodeMarkStep) &&
    isSuggestionMark(step.mark) &&
    !isSuggestionOf(userId, step.mark);
  for (const step of suggesting.steps) {
    if (step instanceof AddMarkStep && isSuggestionMark(step.mark)) {
      const mark = isOthers(step)
        ? step.mark.type.create({ ...step.mark.attrs, id: ownId })
        : step.mark;
      tr.doc.nodesBetween(step.from, step.to, (node, pos) => {
        if (!node.isInline || node.marks.some((one) => isOthersMark(one, userId))) return;
        tr.addMark(Math.max(pos, step.from), Math.min(pos + node.nodeSize, step.to), mark);
      });
    } else if (step instanceof AddNodeMarkStep && isOthers(step)) {
      tr.addNodeMark(step.pos, step.mark.type.create({ ...step.mark.attrs, id: ownId }));
    } else if (step instanceof ReplaceStep) {
      const { content, openStart, openEnd } = step.slice;
      const slice = new Slice(withoutOthers(content, userId), openStart, openEnd);
      tr.step(new ReplaceStep(step.from, step.to, slice));
    } else if (!isOthers(step)) tr.step(step);
  }
  tr.setSelection(Selection.fromJSON(tr.doc, suggesting.selection.toJSON()));
  return suggesting.scrolledIntoView ? tr.scrollIntoView() : tr;
}

const isOthersMark = (mark: Parameters<typeof isSuggestionMark>[0], userId: string): boolean =>
  isSuggestionMark(mark) && !isSuggestionOf(userId, mark);

/** What is typed within a suggestion gets its marks. */
function withoutOthers(content: Fragment, userId: string): Fragment {
  const nodes: Node[] = [];
  content.forEach((node) => {
    const marks = node.marks.filter((mark) => !isOthersMark(mark, userId));
    const inner = node.isText ? node : node.copy(withoutOthers(node.content, userId));
    nodes.push(inner.mark(marks));
  });
  return Fragment.from(nodes);
}

interface Unconfirmed {
  step: Step;
  inverted: Step;
  origin: unknown;
}

/**
 * While this window was without the network, somebody may have suggested something within what was taken out here. The
 * steps that would decide about it are left out; the others stay, at their places.
 * @returns null if there are none
 */
export function withoutDeciding(
  state: EditorState,
  allowed: (before: Node, after: Node) => boolean,
): Transaction | null {
  if (sendableSteps(state) === null) return null;
  const plugin = state.plugins.find(({ spec }) => spec.historyPreserveItems === true);
  // What prosemirror-collab keeps: no function of its own leaves out a step.
  const kept = plugin?.getState(state) as
    | { version: number; unconfirmed: readonly Unconfirmed[] }
    | undefined;
  if (plugin === undefined || kept === undefined) return null;
  const { version, unconfirmed } = kept;
  const { tr } = state;
  // As prosemirror-collab does: what is made again is where it was before it was taken back.
  const mirrors = tr.mapping as unknown as { setMirror: (from: number, to: number) => void };
  for (const { inverted } of unconfirmed.toReversed()) tr.step(inverted);
  if (allowed(tr.doc, state.doc)) return null;
  const rest: Unconfirmed[] = [];
  unconfirmed.forEach(({ step, origin }, index) => {
    const mapFrom = unconfirmed.length - index;
    const mapped = step.map(tr.mapping.slice(mapFrom));
    const before = tr.doc;
    const after = mapped?.apply(before).doc;
    if (mapped === null || after === null || after === undefined) return;
    if (!allowed(before, after)) return;
    tr.step(mapped);
    mirrors.setMirror(mapFrom - 1, tr.steps.length - 1);
    rest.push({ step: mapped, inverted: mapped.invert(before), origin });
  });
  return tr
    .setMeta("rebased", unconfirmed.length)
    .setMeta("addToHistory", false)
    .setMeta(plugin, { version, unconfirmed: rest });
}
