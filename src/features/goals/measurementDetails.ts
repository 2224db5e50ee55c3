/** What has to be said beyond the kind of data, as the form holds it, and the way to the measurement and back. */
import type {
  GoalMeasurement,
  IntervalMethod,
  MeasurementKind,
  PromptLevel,
} from "../../../convex/domain/progress/shape";

export interface MeasurementDetails {
  /** One per line. */
  steps: string;
  countsUpTo: PromptLevel;
  intervalMethod: IntervalMethod;
  intervalSeconds: number | null;
  intervals: number | null;
  timingSeconds: number | null;
  pointsPossible: number | null;
  keep: "atLeast" | "atMost";
}

export const NO_DETAILS: MeasurementDetails = {
  ...{ steps: "", countsUpTo: "independent", intervalMethod: "partial", intervalSeconds: 30 },
  ...{ intervals: 20, timingSeconds: 60, pointsPossible: null, keep: "atLeast" },
};

/** Which of them a kind asks for. */
export const DETAILS: Partial<
  Record<MeasurementKind, readonly (keyof MeasurementDetails | "trialsPerSession")[]>
> = {
  trials: ["trialsPerSession"],
  trialByTrial: ["trialsPerSession", "countsUpTo"],
  taskAnalysis: ["steps", "countsUpTo"],
  interval: ["intervalMethod", "intervalSeconds", "intervals"],
  rate: ["timingSeconds"],
  oralReading: ["timingSeconds"],
  digitsCorrect: ["timingSeconds"],
  maze: ["timingSeconds"],
  workSample: ["pointsPossible"],
};

export function detailsOf(measurement: GoalMeasurement): MeasurementDetails {
  const { steps, ...rest } = measurement;
  return {
    steps: (steps ?? []).join("\n"),
    countsUpTo: rest.countsUpTo ?? NO_DETAILS.countsUpTo,
    intervalMethod: rest.intervalMethod ?? NO_DETAILS.intervalMethod,
    intervalSeconds: rest.intervalSeconds ?? null,
    intervals: rest.intervals ?? null,
    timingSeconds: rest.timingSeconds ?? null,
    pointsPossible: rest.pointsPossible ?? null,
    keep: rest.keep ?? NO_DETAILS.keep,
  };
}

/** The parts of a measurement that its kind and direction ask for, as far as they are filled in. */
export function measurementParts(
  kind: MeasurementKind,
  direction: GoalMeasurement["direction"],
  details: MeasurementDetails,
): Partial<GoalMeasurement> {
  const asked = DETAILS[kind] ?? [];
  const parts: Partial<GoalMeasurement> = {};
  if (asked.includes("steps"))
    parts.steps = details.steps
      .split("\n")
      .map((step) => step.trim())
      .filter((step) => step !== "");
  if (asked.includes("countsUpTo")) parts.countsUpTo = details.countsUpTo;
  if (asked.includes("intervalMethod")) parts.intervalMethod = details.intervalMethod;
  for (const name of ["intervalSeconds", "intervals", "timingSeconds", "pointsPossible"] as const) {
    const value = details[name];
    if (asked.includes(name) && value !== null) parts[name] = value;
  }
  if (direction === "maintain") parts.keep = details.keep;
  return parts;
}
