// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { removeDrafts } from "./draftKeys";
import { mergeDraft, useDraft } from "./drafts";

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

test("fields that were left alone follow what is saved; those that two changed are said to be", () => {
  const from = { name: "Ana", note: "old", tags: ["a"] };
  const value = { ...from, note: "mine" };
  // Somebody else changed another field, the same field, and the same field to the same words.
  expect(mergeDraft({ value, from }, { ...from, name: "Anna" })).toEqual({
    value: { name: "Anna", note: "mine", tags: ["a"] },
    from: { ...from, name: "Anna" },
    overwrites: false,
  });
  expect(mergeDraft({ value, from }, { ...from, note: "theirs" })).toEqual({
    ...{ value, from, overwrites: true },
  });
  expect(mergeDraft({ value, from }, { ...from, note: "mine" }).overwrites).toBe(false);
  expect(mergeDraft({ value: "mine", from: "" }, "theirs").overwrites).toBe(true);
  expect(mergeDraft({ value: "old", from: "old" }, "theirs").value).toBe("theirs");
});

test("a form that is left and opened again shows what others saved meanwhile, and tells before it replaces it", () => {
  const about = (saved: { name: string; note: string }) =>
    renderHook(({ now }) => useDraft("record", now), { initialProps: { now: saved } });
  const first = about({ name: "Ana", note: "" });
  act(() => first.result.current[1]((before) => ({ ...before, note: "mine" })));
  first.unmount();
  const second = about({ name: "Anna", note: "" });
  expect(second.result.current[0]).toEqual({ name: "Anna", note: "mine" });
  expect(second.result.current[2].overwrites).toBe(false);
  // It may happen while it is open, too.
  second.rerender({ now: { name: "Anna", note: "theirs" } });
  expect(second.result.current[0].note).toBe("mine");
  expect(second.result.current[2].overwrites).toBe(true);
  act(() => second.result.current[2].clear());
  expect(second.result.current[0]).toEqual({ name: "Anna", note: "theirs" });
});

/** What the browser does in every other tab when one of them changes the storage. */
const fromOtherTab = (change: () => void) =>
  act(() => {
    change();
    window.dispatchEvent(new StorageEvent("storage", { key: "trellis.draft.nobody.form" }));
  });

test("two tabs show one draft, and what is saved in one is no draft in the other", () => {
  const here = form();
  const there = form();
  act(() => there.result.current[1]({ name: "from the other tab" }));
  fromOtherTab(() => undefined);
  expect(here.result.current[0]).toEqual({ name: "from the other tab" });
  fromOtherTab(() => localStorage.clear());
  expect(here.result.current[0]).toEqual(initial);
  expect(localStorage.length).toBe(0);
});

test("words of this tab stay on the screen when the other tab saves its own", () => {
  const here = form();
  act(() => here.result.current[1]({ name: "mine" }));
  fromOtherTab(() => localStorage.clear());
  expect(here.result.current[0]).toEqual({ name: "mine" });
  here.rerender();
  expect(localStorage.length).toBe(0);
  act(() => here.result.current[1]({ name: "mine, too" }));
  expect(localStorage.length).toBe(1);
});
