// @vitest-environment jsdom
import { Transform } from "@tiptap/pm/transform";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sectionSchema } from "../../convex/editor/schema";
import { LiveEditor } from "./liveEditor";
import type { NewestSteps } from "./sectionSync";

const CONTENT = {
  type: "doc",
  content: [
    { type: "paragraph", content: [{ type: "text", text: "Begin" }] },
    { type: "paragraph", content: [{ type: "text", text: "End" }] },
  ],
};
const doc = sectionSchema.nodeFromJSON(CONTENT);

let tell: (newest: NewestSteps) => void;
let live: LiveEditor;

beforeEach(() => {
  const element = document.createElement("div");
  document.body.append(element);
  live = new LiveEditor({
    ...{ element, userId: "priya", decides: true, sectionId: "section", editable: true },
    ...{ label: "Strengths", placeholder: "" },
    server: {
      getSnapshot: () => Promise.resolve({ content: JSON.stringify(CONTENT), version: 1 }),
      getSteps: () => Promise.resolve({ steps: [], clientIds: [] }),
      submitSteps: () => new Promise(() => undefined),
      watchSteps: (told) => {
        tell = told;
        return () => undefined;
      },
    },
    opened: {
      ...{ clientId: "window", version: 1, content: CONTENT, pending: [] },
      release: () => undefined,
    },
    events: {
      ...{ unsent: () => undefined, caret: () => undefined, refused: () => undefined },
      ...{ isFinal: () => false, leftOut: () => undefined },
    },
  });
});
afterEach(() => {
  live.destroy();
  document.body.replaceChildren();
});

test("a caret that a key has just moved stays there when a colleague's letter arrives before the view has heard of it", async () => {
  const { editor } = live;
  editor.commands.setTextSelection(10);
  editor.view.focus();
  expect(editor.state.selection.from).toBe(10);

  // As an arrow key does it: the browser's caret first, its event later.
  const first = editor.view.dom.querySelector("p")?.firstChild;
  if (first == null) throw new Error("No text");
  document.getSelection()?.collapse(first, 2);
  const [step] = new Transform(doc).insert(11, sectionSchema.text("!")).steps;
  tell({ after: 1, steps: [JSON.stringify(step?.toJSON())], clientIds: ["elena/window"] });
  await Promise.resolve();
  await Promise.resolve();

  expect(editor.state.doc.textContent).toBe("BeginEnd!");
  expect(editor.state.selection.from).toBe(3);
  expect(document.getSelection()?.focusNode?.textContent).toBe("Begin");
});
