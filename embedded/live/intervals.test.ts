import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IntervalMap, type Handle } from "./intervals.ts";

type Entry = { index: number; lo: string; hi: string; item: number; handle: Handle };

const key = fc.string({ unit: fc.constantFrom("a", "b", "c", "\xff"), maxLength: 3 });
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      index: fc.integer({ min: -1, max: 1 }),
      lo: key,
      hi: key,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("stab" as const),
      index: fc.integer({ min: -1, max: 1 }),
      key,
    }),
  },
);

function hits(map: IntervalMap<number>, index: number, at: string): number[] {
  const found: number[] = [];
  map.stab(index, at, (item) => found.push(item));
  return found.sort((a, b) => a - b);
}

/** Six digits, so that keys compare like their numbers. */
const digits = (n: number) => String(n).padStart(6, "0");

describe("IntervalMap", () => {
  test("finds what a list finds, whatever is added and removed", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
        const map = new IntervalMap<number>();
        const list: Entry[] = [];
        for (const [item, step] of actions.entries()) {
          if (step.do === "add") {
            const { index, lo, hi } = step;
            list.push({ index, lo, hi, item, handle: map.add(index, lo, hi, item) });
          } else if (step.do === "remove") {
            const [gone] = list.splice(step.which % Math.max(1, list.length), 1);
            if (gone !== undefined) map.remove(gone.handle);
            if (gone !== undefined) map.remove(gone.handle);
          } else {
            const expected = list
              .filter((e) => e.index === step.index && e.lo <= step.key && step.key < e.hi)
              .map((e) => e.item);
            expect(hits(map, step.index, step.key)).toEqual(expected);
          }
          expect(map.size).toBe(list.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps duplicates apart", () => {
    const map = new IntervalMap<string>();
    const first = map.add(1, "a", "c", "x");
    map.add(1, "a", "c", "x");
    map.remove(first);
    const found: string[] = [];
    map.stab(1, "b", (item) => found.push(item));
    expect(found).toEqual(["x"]);
    expect(map.size).toBe(1);
  });

  test.each([
    [
      "that lie apart",
      (i: number) => [digits(2 * i), digits(2 * i + 1)],
      (i: number) => digits(2 * i + 1),
    ],
    ["that all end before the key", (i: number) => ["000000", digits(i)], () => "900000"],
    ["that all begin behind the key", (i: number) => [digits(i + 1), "999999"], () => "000000"],
    [
      "of all lengths around the key",
      (i: number) => (i % 2 === 0 ? [digits(i % 1000), "400000"] : [digits(500_001 + i), "999999"]),
      () => "500000",
    ],
  ])("looks at few nodes among 20,000 intervals %s", (_, interval, probe) => {
    const map = new IntervalMap<number>();
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      const [lo = "", hi = ""] = interval(i);
      map.add(7, lo, hi, i);
    }
    let most = 0;
    for (let i = 0; i < count; i += 97) {
      most = Math.max(
        most,
        map.stab(7, probe(i), () => expect.unreachable("nothing contains the key")),
      );
    }
    // A random search tree of n nodes is hardly ever deeper than four times log2 n.
    expect(most).toBeLessThanOrEqual(4 * Math.log2(count));
  });

  test("pays for hits, not for the rest", () => {
    const map = new IntervalMap<number>();
    for (let i = 0; i < 20_000; i++) map.add(1, digits(i), digits(i + 1), i);
    for (let i = 0; i < 10; i++) map.add(1, "000000", "999999", -1 - i);
    let found = 0;
    const looked = map.stab(1, digits(12_345), () => found++);
    expect(found).toBe(11);
    expect(looked).toBeLessThanOrEqual(found * 4 * Math.log2(20_000));
  });

  test("stays balanced when most intervals come and go, in order", () => {
    const map = new IntervalMap<number>();
    const handles = Array.from({ length: 20_000 }, (_, i) =>
      map.add(1, digits(i), digits(i + 1), i),
    );
    for (const [i, handle] of handles.entries()) if (i % 100 !== 0) map.remove(handle);
    expect(map.size).toBe(200);
    let most = 0;
    for (let i = 50; i < 20_000; i += 100)
      most = Math.max(
        most,
        map.stab(1, digits(i), () => expect.unreachable("removed")),
      );
    expect(most).toBeLessThanOrEqual(4 * Math.log2(200));
  });
});
