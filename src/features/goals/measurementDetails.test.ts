import { expect, test } from "vitest";
import { MEASUREMENT_KINDS } from "../../../convex/domain/progress/shape";
import { detailsOf, measurementParts, NO_DETAILS } from "./measurementDetails";

test("a task's steps are its lines, without empty ones", () => {
  const details = {
    ...NO_DETAILS,
    steps: " Open the tap \n\nWash\n",
    countsUpTo: "verbal" as const,
  };
  expect(measurementParts("taskAnalysis", "increase", details)).toEqual({
    ...{ steps: ["Open the tap", "Wash"], countsUpTo: "verbal" },
  });
});

test("a kind has what it asks for and nothing else", () => {
  expect(measurementParts("count", "increase", NO_DETAILS)).toEqual({});
  expect(measurementParts("interval", "decrease", NO_DETAILS)).toEqual({
    ...{ intervalMethod: "partial", intervalSeconds: 30, intervals: 20 },
  });
  expect(measurementParts("percent", "maintain", NO_DETAILS)).toEqual({ keep: "atLeast" });
});

test("what a form made, a form shows again", () => {
  for (const kind of MEASUREMENT_KINDS) {
    const details = {
      ...{ ...NO_DETAILS, steps: "One\nTwo", pointsPossible: 20, decimals: 2, min: 0, max: 40 },
      promptLevels: ["independent", "verbal"] as const,
    };
    const parts = measurementParts(kind, "maintain", details);
    const measurement = { kind, direction: "maintain" as const, unit: "x", ...parts };
    expect(measurementParts(kind, "maintain", detailsOf(measurement))).toEqual(parts);
  }
});
