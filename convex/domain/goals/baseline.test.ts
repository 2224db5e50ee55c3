import fc from "fast-check";
import { expect, test } from "vitest";
import { baselineOf, defaultBaselinePoints } from "./baseline";

const points = (...values: number[]) =>
  values.map((value, index) => ({
    ...{ id: String(index), value, date: `2026-09-${String(index + 1).padStart(2, "0")}` },
  }));

test("medians as published (UND SPED 557)", () => {
  expect(baselineOf(points(55, 58, 52))).toEqual({
    ...{ value: 55, date: "2026-09-03", ordered: [52, 55, 58] },
  });
  expect(baselineOf(points(56, 58, 53, 57))?.value).toBe(56.5);
  expect(baselineOf(points(87, 81, 80, 89, 90, 82))?.value).toBe(84.5);
  expect(baselineOf([])).toBeNull();
});

test("the last three are chosen, in whatever order they come", () => {
  const all = points(1, 2, 3, 4, 5);
  expect(defaultBaselinePoints([...all].reverse()).map(({ value }) => value)).toEqual([3, 4, 5]);
  expect(defaultBaselinePoints(points(7))).toHaveLength(1);
});

test("the order of the points changes nothing, and the value lies between the smallest and the largest", () => {
  const values = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, (list) => {
      const found = baselineOf(points(...list));
      expect(baselineOf(points(...list).reverse())).toEqual(found);
      expect(found?.value).toBeGreaterThanOrEqual(Math.min(...list));
      expect(found?.value).toBeLessThanOrEqual(Math.max(...list));
    }),
  );
});
