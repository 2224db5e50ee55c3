import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dutiesOf, glanceOf, reducedGlance } from "./glance";
import { planContent } from "./planContent.helpers";

const glance = glanceOf(planContent());

test("a plan at a glance: what has to be known, without what only the whole plan needs", () => {
  expect(glance.goals.map(({ number }) => number)).toEqual([1, 2]);
  expect(glance.needs).toEqual([
    { factor: "behavior", how: "Breaks on request; plan of 12 September" },
  ]);
  expect(glance.accommodations).toHaveLength(2);
  expect(JSON.stringify(glance)).not.toContain("2016-11-02");
  expect(JSON.stringify(glance)).not.toContain("specificLearningDisability");
});

describe("whose duty it is", () => {
  test.each([
    ["Elena Petrova", { goals: [2], data: [], services: [0] }],
    // The same person, as somebody else typed the name.
    ["élena  petrova", { goals: [2], data: [], services: [0] }],
    ["Priya Raman", { goals: [1], data: [], services: [1] }],
    // Part of a name is not the name.
    ["Elena Petrov", { goals: [], data: [], services: [] }],
    ["Elena", { goals: [], data: [], services: [] }],
    ["", { goals: [], data: [], services: [] }],
  ])("%s", (name, duties) => expect(dutiesOf(glance, name, [])).toEqual(duties));

  test("a name within a longer statement counts as a whole", () => {
    const first = planContent().services[0];
    if (first === undefined) throw new Error("No service");
    const services = [{ ...first, provider: "SLP (Elena Petrova), or her substitute" }];
    const mine = dutiesOf(glanceOf(planContent({ services })), "Elena Petrova", []);
    expect(mine.services).toEqual([0]);
  });

  test("data are taken for assigned goals of this plan only", () => {
    expect(dutiesOf(glance, "Jo Sandoval", [2, 7]).data).toEqual([2]);
  });
});

test("who collects data sees accommodations and assigned goals, whatever is assigned", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 })), (assigned) => {
      const reduced = reducedGlance(glance, assigned);
      expect(reduced.accommodations).toEqual(glance.accommodations);
      for (const { number } of reduced.goals) expect(assigned).toContain(number);
      expect([reduced.services, reduced.needs, reduced.modifications]).toEqual([[], [], []]);
    }),
  );
});
