import fc from "fast-check";
import { expect, test } from "vitest";
import { STANDINGS } from "../progress/judgement";
import { counted, isNothing, NO_COUNTS, sumOf } from "./counts";

test("sums: what is added and taken away again is nothing", () => {
  const state = fc.record({
    standing: fc.constantFrom(...STANDINGS),
    quiet: fc.boolean(),
    fired: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(state), (states) => {
      const all = states.reduce((sum, each) => counted(sum, each, 1), NO_COUNTS);
      expect(all.goals).toBe(states.length);
      expect(all.onTrack + all.watch + all.offTrack + all.unknown).toBe(all.goals);
      const none = states.reduce((sum, each) => counted(sum, each, -1), all);
      expect(isNothing(none)).toBe(true);
      expect(sumOf(all, NO_COUNTS)).toEqual(all);
    }),
  );
});
