// @vitest-environment jsdom
/** Two people in one section: what one suggests, the other neither decides about nor takes over, and loses no word. */
import { Editor, Extension } from "@tiptap/core";
import { collab, receiveTransaction, sendableSteps } from "prosemirror-collab";
import { Step } from "@tiptap/pm/transform";
import { afterEach, expect, test, vi } from "vitest";
import { sectionSchema } from "../../convex/editor/schema";
import { applySteps, readSteps } from "../../convex/editor/steps";
import { changesOthersSuggestions } from "../../convex/editor/suggestionGuard";
import { sectionExtensions } from "./extensions";
import { guardPlugin, isAllowed, withoutDeciding } from "./othersSuggestions";
import { allowSuggesting, setSuggesting, suggestionPlugin, suggestionsIn } from "./suggesting";

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});

const suggested = (type: string, text: string) => ({
  ...{ type: "text", text },
  marks: [{ type, attrs: { id: "elena.1" } }],
});
const words = (text: string) => ({ type: "text", text });
const document_ = (...content: object[]) => ({
  type: "doc",
  content: [{ type: "paragraph", content }],
});
/** "Ada reads [40][52] words": Elena suggests 52. */
const WITH_HERS = document_(
  words("Ada reads "),
  suggested("deletion", "40"),
  suggested("insertion", "52"),
  words(" words"),
);

function open(content: object, { userId = "tomas", decides = false } = {}) {
  const refused = vi.fn();
  const editor = new Editor({
    element: globalThis.document.createElement("div"),
    content,
    extensions: [
      ...sectionExtensions(),
      Extension.create({
        name: "together",
        addProseMirrorPlugins: () => [
          collab({ version: 1, clientID: userId }),
          suggestionPlugin(),
          guardPlugin(() => ({ userId, decides }), refused),
        ],
      }),
    ],
  });
  allowSuggesting(editor, userId);
  editors.push(editor);
  return { editor, refused };
}
const sent = ({ state }: Editor) =>
  sendableSteps(state)?.steps.map((step) => JSON.stringify(step.toJSON())) ?? [];
const onServer = (content: object, editor: Editor) => {
  const before = sectionSchema.nodeFromJSON(content);
  return { before, after: applySteps(before, readSteps(sent(editor))) };
};
const told = (editor: Editor) =>
  suggestionsIn(editor.state.doc).map(({ userId, added, removed }) => ({ userId, added, removed }));

test("taking out, overwriting and unmarking what Elena suggests does nothing, and says so", () => {
  const { editor, refused } = open(WITH_HERS);
  const { view } = editor;
  view.dispatch(view.state.tr.delete(5, 18));
  view.dispatch(view.state.tr.insertText("60", 11, 15));
  view.dispatch(view.state.tr.removeMark(13, 15, editor.schema.marks.insertion));
  expect(editor.state.doc.toJSON()).toEqual(WITH_HERS);
  expect(refused).toHaveBeenCalledTimes(3);
});

test("whoever decides may", () => {
  const { editor, refused } = open(WITH_HERS, { decides: true });
  editor.view.dispatch(editor.state.tr.delete(5, 18));
  expect(editor.state.doc.textContent).toBe("Ada rds");
  expect(refused).not.toHaveBeenCalled();
});

test.each([
  ["before hers", 11, "about "],
  ["within what she takes out", 12, "about "],
  ["after hers", 15, "!!"],
])("a suggestion %s keeps its own name, letter by letter, and hers stays hers", (_, at, typed) => {
  const { editor, refused } = open(WITH_HERS);
  setSuggesting(editor, true);
  editor.commands.setTextSelection(at);
  for (const letter of typed) editor.view.dispatch(editor.state.tr.insertText(letter));
  expect(refused).not.toHaveBeenCalled();
  const both = told(editor);
  expect(both).toHaveLength(2);
  expect(both).toContainEqual({ userId: "elena", added: "52", removed: "40" });
  expect(both).toContainEqual({ userId: "tomas", added: typed, removed: "" });
  const { before, after } = onServer(WITH_HERS, editor);
  expect(changesOthersSuggestions(before, after, "tomas")).toBe(false);
});

test("suggesting to take out what stands beside hers, too", () => {
  const { editor } = open(WITH_HERS);
  setSuggesting(editor, true);
  editor.view.dispatch(editor.state.tr.delete(15, 21));
  expect(told(editor)).toEqual([
    { userId: "elena", added: "52", removed: "40" },
    { userId: "tomas", added: "", removed: " words" },
  ]);
});

test("what was taken out meanwhile, around a suggestion that arrives late, comes back; the rest that was typed stays", () => {
  const plain = document_(words("Ada reads 40 words"));
  const { editor } = open(plain);
  const { view } = editor;
  view.dispatch(view.state.tr.insertText("Now ", 1));
  view.dispatch(view.state.tr.delete(8, 23));
  view.dispatch(view.state.tr.insertText(" early", 8));
  expect(view.state.doc.textContent).toBe("Now Ada early");

  const hers = open(plain, { userId: "elena" }).editor;
  setSuggesting(hers, true);
  hers.view.dispatch(hers.state.tr.insertText("52", 11, 13));
  const steps = sent(hers).map((step) => Step.fromJSON(editor.schema, JSON.parse(step)));
  view.dispatch(
    receiveTransaction(
      view.state,
      steps,
      steps.map(() => "elena"),
    ),
  );

  const allowed = isAllowed.bind(null, { userId: "tomas", decides: false });
  const without = withoutDeciding(view.state, allowed);
  if (without === null) throw new Error("Nothing was left out");
  view.dispatch(without);
  expect(told(editor)).toEqual([{ userId: "elena", added: "52", removed: "40" }]);
  for (const kept of ["Now Ada", " early", "reads", "words"])
    expect(view.state.doc.textContent).toContain(kept);
  // And the server takes it.
  const { before, after } = onServer(hers.state.doc.toJSON() as object, editor);
  expect(changesOthersSuggestions(before, after, "tomas")).toBe(false);
  expect(after.textContent).toBe(view.state.doc.textContent);
  expect(withoutDeciding(view.state, allowed)).toBe(null);
});
