// A page without a screen, for editors in Node: what Tiptap and the product's editor ask of a browser.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of [
  ...["document", "Node", "Element", "HTMLElement", "Text", "MutationObserver", "DOMParser"],
  ...["getComputedStyle", "getSelection", "requestAnimationFrame", "cancelAnimationFrame"],
  ...["Event", "KeyboardEvent", "MouseEvent", "ClipboardEvent", "InputEvent", "innerHeight"],
])
  globalThis[name] ??= window[name];
globalThis.window ??= window;
globalThis.addEventListener ??= window.addEventListener.bind(window);
globalThis.removeEventListener ??= window.removeEventListener.bind(window);
Object.defineProperty(globalThis, "navigator", {
  value: { onLine: true, userAgent: "node", platform: "linux" },
});

/** Where an editor is. */
export const place = () => {
  const element = window.document.createElement("div");
  window.document.body.append(element);
  return element;
};
