import { expect, test } from "vitest";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { newEntry, timerSeconds, toggleTimer } from "./logEntry";
import { observationOf } from "./observation";

const usual = { settingType: "home", promptLevel: "" };
const goal = (kind: GoalMeasurement["kind"]): GoalMeasurement => ({
  ...{ kind, direction: "increase", unit: "x" },
});

test("an untouched sheet has no observation, whatever the kind: nothing is never zero", () => {
  for (const kind of ["trials", "percent", "count", "duration", "rating"] as const)
    expect(observationOf(newEntry(usual), goal(kind), 0)).toBeNull();
});

test("zero is an observation once somebody said so", () => {
  const entry = newEntry(usual);
  expect(observationOf({ ...entry, value: 0 }, goal("count"), 0)).toEqual({
    kind: "count",
    count: 0,
  });
  expect(observationOf({ ...entry, incorrect: 3 }, goal("trials"), 0)).toEqual({
    ...{ kind: "trials", correct: 0, total: 3 },
  });
});

test("the timer adds up over pauses, and runs on while the page is away", () => {
  let entry = newEntry(usual);
  entry = toggleTimer(entry, 1000);
  expect(timerSeconds(entry, 31_000)).toBe(30);
  entry = toggleTimer(entry, 61_000);
  expect(observationOf(entry, goal("duration"), 999_000)).toEqual({
    kind: "duration",
    seconds: 60,
  });
  entry = toggleTimer(entry, 100_000);
  // Kept as text, as a reload keeps it.
  const reloaded = JSON.parse(JSON.stringify(entry)) as typeof entry;
  expect(observationOf(reloaded, goal("duration"), 130_000)).toEqual({
    ...{ kind: "duration", seconds: 90 },
  });
});

test("two sheets are two requests", () => {
  expect(newEntry(usual).clientMutationId).not.toBe(newEntry(usual).clientMutationId);
});
