import fc from "fast-check";
import { expect, test } from "vitest";
import { placedBefore } from "./order";

test("by hand: up, down, to the end, nowhere", () => {
  const ids = ["a", "b", "c", "d"];
  expect(placedBefore(ids, "c", "b")).toEqual(["a", "c", "b", "d"]);
  expect(placedBefore(ids, "a", "d")).toEqual(["b", "c", "a", "d"]);
  expect(placedBefore(ids, "a", null)).toEqual(["b", "c", "d", "a"]);
  expect(placedBefore(ids, "b", "b")).toEqual(ids);
  expect(placedBefore(ids, "gone", "b")).toEqual(ids);
  expect(placedBefore(ids, "b", "gone")).toEqual(ids);
});

test("nothing is lost or doubled, the others keep their order, and the same move again changes nothing", () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 });
  const some = fc.option(fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(list, fc.integer({ min: 0, max: 20 }), some, (ids, moved, before) => {
      const placed = placedBefore(ids, moved, before);
      expect([...placed].sort()).toEqual([...ids].sort());
      const others = (all: number[]) => all.filter((id) => id !== moved);
      expect(others(placed)).toEqual(others(ids));
      expect(placedBefore(placed, moved, before)).toEqual(placed);
    }),
  );
});
