import { describe, expect, test } from "vitest";
import type { GoalInput } from "../../../convex/domain/goals/goal";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { goalValues, measurementDetails, toGoalInput } from "./goalValues";
import { NO_DETAILS } from "./measurementDetails";

const goalOf = (measurement: GoalMeasurement): GoalInput & { selfMonitored: boolean } => ({
  ...{ domain: "academic", description: "Reads words", evaluationMethod: "Probes" },
  baselineData: { measurement: measurement.unit, date: "2026-09-01", value: 2, context: "" },
  targetCriteria: {
    ...{ measurement: measurement.unit, target: 8, timeframe: "2027-05-25" },
    ...{ accuracy: "in 4 of 5 sessions", conditions: "" },
  },
  ...{ frequency: "Weekly", measurement, selfMonitored: false },
});
const saved = (measurement: GoalMeasurement) =>
  toGoalInput(goalValues(goalOf(measurement), { value: "u", label: "U" })).measurement;

describe("what is opened and saved unchanged stays as it was", () => {
  test.each<GoalMeasurement>([
    { kind: "count", direction: "increase", unit: "words", decimals: 0, min: 0, max: 40 },
    {
      kind: "rate",
      direction: "decrease",
      unit: "calls",
      decimals: 2,
      max: 12,
      timingSeconds: 600,
    },
    { kind: "duration", direction: "decrease", unit: "seconds", min: 0, max: 900 },
    {
      ...{ kind: "oralReading", direction: "increase", unit: "words correct per minute" },
      ...{ decimals: 0, max: 180, timingSeconds: 60 },
    },
    {
      ...{ kind: "taskAnalysis", direction: "increase", unit: "%", steps: ["Open", "Wash"] },
      ...{ promptLevels: ["independent", "verbal", "fullPhysical"], countsUpTo: "verbal" },
    },
    {
      ...{ kind: "trialByTrial", direction: "maintain", unit: "%", trialsPerSession: 8 },
      ...{ promptLevels: ["independent", "model"], countsUpTo: "independent", keep: "atMost" },
    },
  ])("$kind", (measurement) => {
    expect(saved(measurement)).toEqual(measurement);
  });

  test("all levels of help offered is nobody's choice", () => {
    const all = goalOf({
      kind: "taskAnalysis",
      direction: "increase",
      unit: "%",
      steps: ["A", "B"],
    });
    const values = goalValues(all, { value: "u", label: "U" });
    expect(toGoalInput(values).measurement.promptLevels).toBeUndefined();
  });

  test("a draft of an earlier version of the app knows nothing of the new fields", () => {
    const goal = goalOf({ kind: "count", direction: "increase", unit: "words" });
    const { steps, countsUpTo } = NO_DETAILS;
    const values = {
      ...goalValues(goal, { value: "u", label: "U" }),
      details: { steps, countsUpTo },
    };
    expect(measurementDetails(values)).toEqual(NO_DETAILS);
    expect(toGoalInput(values).measurement).toEqual(goal.measurement);
  });
});
