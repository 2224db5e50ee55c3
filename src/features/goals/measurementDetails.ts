/** What has to be said beyond the kind of data, as the form holds it, and the way to the measurement and back. */
import {
  type GoalMeasurement,
  type IntervalMethod,
  type MeasurementKind,
  PROMPT_LEVELS,
  type PromptLevel,
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
  /** Digits after the point; of the charted value, the smallest and the largest. */
  decimals: number | null;
  min: number | null;
  max: number | null;
  /** The levels of help that are offered; all of them: nobody chose. */
  promptLevels: readonly PromptLevel[];
}

export const NO_DETAILS: MeasurementDetails = {
  ...{ steps: "", countsUpTo: "independent", intervalMethod: "partial", intervalSeconds: 30 },
  ...{ intervals: 20, timingSeconds: 60, pointsPossible: null, keep: "atLeast" },
  ...{ decimals: null, min: null, max: null, promptLevels: PROMPT_LEVELS },
};

/** What hardly anybody needs is behind "More": it is shown when somebody asks for it, or has filled it in. */
export const MORE = ["decimals", "min", "max"] as const;
const ENDS = ["min", "max"] as const;

export const NUMBERS = ["intervalSeconds", "intervals", "timingSeconds", "pointsPossible"] as const;

/** Which of them a kind asks for. */
export const DETAILS: Partial<
  Record<MeasurementKind, readonly (keyof MeasurementDetails | "trialsPerSession")[]>
> = {
  trials: ["trialsPerSession"],
  trialByTrial: ["trialsPerSession", "countsUpTo", "promptLevels"],
  taskAnalysis: ["steps", "countsUpTo", "promptLevels"],
  interval: ["intervalMethod", "intervalSeconds", "intervals"],
  count: MORE,
  abc: MORE,
  rate: ["timingSeconds", ...MORE],
  oralReading: ["timingSeconds", ...MORE],
  digitsCorrect: ["timingSeconds", ...MORE],
  maze: ["timingSeconds", ...MORE],
  duration: ENDS,
  latency: ENDS,
  interResponse: ENDS,
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
    decimals: rest.decimals ?? null,
    min: rest.min ?? null,
    max: rest.max ?? null,
    promptLevels: rest.promptLevels ?? NO_DETAILS.promptLevels,
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
  if (asked.includes("promptLevels") && details.promptLevels.length < PROMPT_LEVELS.length)
    parts.promptLevels = [...details.promptLevels];
  for (const name of [...NUMBERS, ...MORE]) {
    const value = details[name];
    if (asked.includes(name) && value !== null) parts[name] = value;
  }
  if (direction === "maintain") parts.keep = details.keep;
  return parts;
}
