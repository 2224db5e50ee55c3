// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { removeDrafts, useDraft } from "./drafts";

const initial = { name: "" };
const form = () => renderHook(() => useDraft("form", initial));

afterEach(() => {
  cleanup();
  localStorage.clear();
});

test("what was typed is there again after a reload, until it is saved", () => {
  const first = form();
  act(() => first.result.current[1]({ name: "שירה" }));
  first.unmount();
  const second = form();
  expect(second.result.current[0]).toEqual({ name: "שירה" });
  expect(second.result.current[2].restored).toBe(true);
  act(() => second.result.current[2].clear());
  expect(second.result.current[0]).toEqual(initial);
  second.unmount();
  expect(form().result.current[2].restored).toBe(false);
});

test("an untouched form keeps nothing", () => {
  form().unmount();
  expect(localStorage.length).toBe(0);
});

test("signing out removes that person's drafts and nobody else's", () => {
  localStorage.setItem("trellis.draft.one.form", "1");
  localStorage.setItem("trellis.draft.two.form", "2");
  removeDrafts("one");
  expect(localStorage.getItem("trellis.draft.one.form")).toBeNull();
  expect(localStorage.getItem("trellis.draft.two.form")).toBe("2");
});

test("a draft that cannot be read is no draft", () => {
  localStorage.setItem("trellis.draft.nobody.form", "{broken");
  expect(form().result.current[0]).toEqual(initial);
});
