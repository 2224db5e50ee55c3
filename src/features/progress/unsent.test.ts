// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { draftKey, removeDrafts } from "../../lib/draftKeys";
import { firstUnsent, forgetUnsent } from "./unsent";

const place = { userId: "u", goalId: "g" };
/** As the version before kept them: without what came later. */
const old = (clientMutationId: string) => ({
  ...{ clientMutationId, correct: 2, incorrect: 1, value: null, runningSince: null },
  ...{ date: "2026-11-20", settingType: "home", promptLevel: "", observationNotes: "" },
});

afterEach(() => localStorage.clear());

test("what waits from the version before is on the sheet, whole, one after the other", () => {
  localStorage.setItem(draftKey("u", "log.g.unsent"), JSON.stringify([old("one"), old("two")]));
  expect(firstUnsent(place)).toMatchObject({ ...old("one"), marks: [], past: [], mark: "" });
  forgetUnsent(place, "one");
  expect(firstUnsent(place)?.clientMutationId).toBe("two");
  forgetUnsent(place, "two");
  expect(firstUnsent(place)).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("they belong to one goal and one person, and go when that person signs out", () => {
  localStorage.setItem(draftKey("u", "log.g.unsent"), JSON.stringify([old("one")]));
  expect(firstUnsent({ ...place, goalId: "other" })).toBeNull();
  expect(firstUnsent({ ...place, userId: "other" })).toBeNull();
  removeDrafts("u");
  expect(firstUnsent(place)).toBeNull();
});
