// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { removeDrafts } from "../../lib/drafts";
import { newEntry } from "./logEntry";
import { firstUnsent, forgetUnsent, keepUntilAnswered, settle } from "./unsent";

const place = { userId: "u", goalId: "g" };
const entry = () => newEntry({ settingType: "other", promptLevel: "" });

afterEach(() => localStorage.clear());

test("an entry that waits for its answer is not offered again; one that failed is; one that is logged is gone", () => {
  const sent = entry();
  keepUntilAnswered(place, sent);
  expect(firstUnsent(place)).toBeNull();
  settle(place, sent, false);
  expect(firstUnsent(place)).toEqual(sent);
  keepUntilAnswered(place, sent);
  settle(place, sent, true);
  expect(firstUnsent(place)).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("several entries of one goal wait side by side, and each has its own answer", () => {
  const [first, second] = [entry(), entry()];
  keepUntilAnswered(place, first);
  keepUntilAnswered(place, second);
  settle(place, second, true);
  settle(place, first, false);
  expect(firstUnsent(place)).toEqual(first);
  forgetUnsent(place, first.clientMutationId);
  expect(firstUnsent(place)).toBeNull();
});

test("they belong to one goal and one person, and go when that person signs out", () => {
  const failed = entry();
  keepUntilAnswered(place, failed);
  settle(place, failed, false);
  expect(firstUnsent({ ...place, goalId: "other" })).toBeNull();
  expect(firstUnsent({ ...place, userId: "other" })).toBeNull();
  removeDrafts("u");
  expect(firstUnsent(place)).toBeNull();
});
