import { expect, test } from "vitest";
import { type Edit, nearest, versionEnds } from "./versionEnds";

const edit = (authorName: string, firstVersion: number, lastVersion: number, at: number): Edit => ({
  ...{ _id: authorName as Edit["_id"], authorName, firstVersion, lastVersion },
  ...{ startedAt: at, lastAt: at + 1, restoredVersion: null },
});

test("every end of somebody's writing and what was before it, newest first, each version once", () => {
  const ends = versionEnds([edit("Elena", 5, 9, 20), edit("Priya", 1, 5, 10)]);
  expect(ends.map(({ version, name, side, at }) => [version, name, side, at])).toEqual([
    [9, "Elena", "after", 21],
    [5, "Priya", "after", 11],
    [1, "Priya", "before", 10],
  ]);
});

test("who began while another wrote has a beginning of their own", () => {
  const ends = versionEnds([edit("Elena", 3, 9, 20), edit("Priya", 1, 5, 10)]);
  expect(ends.map(({ version, side }) => [version, side])).toEqual([
    [9, "after"],
    [5, "after"],
    [3, "before"],
    [1, "before"],
  ]);
  expect(nearest(ends, 7)?.version).toBe(5);
  expect(nearest(ends, 0)?.version).toBe(1);
  expect(nearest([], 3)).toBeUndefined();
});
