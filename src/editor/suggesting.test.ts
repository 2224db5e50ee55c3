// @vitest-environment jsdom
import { Editor, Extension } from "@tiptap/core";
import { collab, sendableSteps } from "prosemirror-collab";
import { afterEach, expect, test } from "vitest";
import { cleanDocument } from "../../convex/editor/cleanDocument";
import { sectionSchema } from "../../convex/editor/schema";
import { applySteps, readSteps } from "../../convex/editor/steps";
import { sectionExtensions } from "./extensions";
import {
  allowSuggesting,
  decide,
  setSuggesting,
  suggestionPlugin,
  suggestionsIn,
} from "./suggesting";

let editor: Editor | undefined;
afterEach(() => {
  editor?.destroy();
});

const BEFORE = "Ada reads 40 words.";
/** An editor with one paragraph, as `liveEditor` makes it. */
function newEditor(): Editor {
  editor = new Editor({
    element: document.createElement("div"),
    content: {
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: BEFORE }] }],
    },
    extensions: [
      ...sectionExtensions(),
      Extension.create({
        name: "together",
        addProseMirrorPlugins: () => [collab({ version: 1, clientID: "w" }), suggestionPlugin()],
      }),
    ],
  });
  allowSuggesting(editor, "elena");
  return editor;
}
/** The document as the server has it after all steps. */
const onServer = ({ state }: Editor) =>
  applySteps(
    sectionSchema.nodeFromJSON({
      type: "doc",
      content: [{ type: "paragraph", content: [{ type: "text", text: BEFORE }] }],
    }),
    readSteps(sendableSteps(state)?.steps.map((step) => JSON.stringify(step.toJSON())) ?? []),
  );

function suggest(): Editor {
  const current = newEditor();
  setSuggesting(current, true);
  current.view.dispatch(current.state.tr.insertText("52", 11, 13));
  return current;
}

test("what is suggested is in the document, whose it is can be told, and the plan says what it said", () => {
  const current = suggest();
  const suggestions = suggestionsIn(current.state.doc);
  expect(suggestions.map(({ userId }) => userId)).toEqual(suggestions.map(() => "elena"));
  expect(suggestions.map(({ added }) => added).join("")).toBe("52");
  expect(suggestions.map(({ removed }) => removed).join("")).toBe("40");
  expect(cleanDocument(onServer(current)).textContent).toBe(BEFORE);
});

test.each([
  [true, "Ada reads 52 words."],
  [false, BEFORE],
])("decided (accepted: %s), it reads: %s", (accept, after) => {
  const current = suggest();
  for (const { id } of suggestionsIn(current.state.doc)) decide(current, id, accept);
  expect(suggestionsIn(current.state.doc)).toEqual([]);
  expect(current.state.doc.textContent).toBe(after);
  expect(onServer(current).textContent).toBe(after);
});

test("without the mode, a change is a change", () => {
  const current = newEditor();
  current.view.dispatch(current.state.tr.insertText("52", 11, 13));
  expect(suggestionsIn(current.state.doc)).toEqual([]);
  expect(current.state.doc.textContent).toBe("Ada reads 52 words.");
});
