/** A goal as its form holds it, and the way to what is sent. */
import type { Id } from "../../../convex/_generated/dataModel";
import type { GoalDomain, GoalInput } from "../../../convex/domain/goals/goal";
import type {
  Direction,
  GoalMeasurement,
  MeasurementKind,
} from "../../../convex/domain/progress/shape";
import type { Choice } from "../../ui/SearchChoice";
import {
  DETAILS,
  detailsOf,
  type MeasurementDetails,
  measurementParts,
  NO_DETAILS,
} from "./measurementDetails";

export interface GoalValues {
  domain: GoalDomain | "";
  description: string;
  kind: MeasurementKind;
  direction: Direction;
  unit: string;
  trialsPerSession: number | null;
  ratingLevels: string;
  /** Absent in drafts that an earlier version of the app kept. */
  details?: MeasurementDetails;
  baselineDate: string;
  baselineValue: number | null;
  baselineContext: string;
  target: number | null;
  timeframe: string;
  accuracy: string;
  conditions: string;
  evaluationMethod: string;
  frequency: string;
  notes: string;
  provider: Choice | null;
  selfMonitored: boolean;
}

/** Units that follow from the kind of measurement; counts name what they count. */
const UNITS: Record<MeasurementKind, string> = {
  trials: "%",
  trialByTrial: "%",
  percent: "%",
  workSample: "%",
  taskAnalysis: "%",
  count: "",
  rate: "",
  duration: "seconds",
  latency: "seconds",
  interResponse: "seconds",
  interval: "%",
  rating: "level",
  yesNo: "yes or no",
  oralReading: "words correct per minute",
  digitsCorrect: "digits correct per minute",
  maze: "correct minus errors",
  abc: "events",
};

export function noGoal(provider: Choice | null, today: string, timeframe: string): GoalValues {
  return {
    ...{ domain: "", description: "", kind: "trials", direction: "increase", unit: "" },
    ...{ trialsPerSession: 10, ratingLevels: "", baselineDate: today, baselineValue: null },
    ...{ baselineContext: "", target: null, timeframe, accuracy: "", conditions: "" },
    ...{ evaluationMethod: "", frequency: "", notes: "", provider, selfMonitored: false },
  };
}

export function goalValues(
  goal: GoalInput & { selfMonitored: boolean },
  provider: Choice,
): GoalValues {
  const { measurement, baselineData, targetCriteria } = goal;
  return {
    domain: goal.domain,
    description: goal.description,
    kind: measurement.kind,
    direction: measurement.direction,
    unit: measurement.unit,
    trialsPerSession: measurement.trialsPerSession ?? null,
    ratingLevels: (measurement.ratingLevels ?? []).join("\n"),
    details: detailsOf(measurement),
    baselineDate: baselineData.date,
    baselineValue: baselineData.value,
    baselineContext: baselineData.context,
    target: targetCriteria.target,
    timeframe: targetCriteria.timeframe,
    accuracy: targetCriteria.accuracy,
    conditions: targetCriteria.conditions,
    evaluationMethod: goal.evaluationMethod,
    frequency: goal.frequency,
    notes: goal.notes ?? "",
    provider,
    selfMonitored: goal.selfMonitored,
  };
}

export function measurementOf(values: GoalValues): GoalMeasurement {
  const { kind, direction, trialsPerSession } = values;
  const fixed = UNITS[kind];
  return {
    ...{ kind, direction, unit: fixed === "" ? values.unit.trim() : fixed },
    ...(DETAILS[kind]?.includes("trialsPerSession") === true && trialsPerSession !== null
      ? { trialsPerSession }
      : {}),
    ...measurementParts(kind, direction, values.details ?? NO_DETAILS),
    ...(kind === "rating" ? { ratingLevels: ratingLevels(values) } : {}),
  };
}

const ratingLevels = ({ ratingLevels: text }: GoalValues): string[] =>
  text
    .split("\n")
    .map((level) => level.trim())
    .filter((level) => level !== "");

/** Numbers that are missing are no numbers: the check says so at their fields. */
export function toGoalInput(values: GoalValues): GoalInput<Id<"progressData">> {
  const measurement = measurementOf(values);
  return {
    domain: values.domain as GoalDomain,
    description: values.description,
    baselineData: {
      measurement: measurement.unit,
      date: values.baselineDate,
      value: values.baselineValue ?? Number.NaN,
      context: values.baselineContext,
    },
    targetCriteria: {
      measurement: measurement.unit,
      target: values.target ?? Number.NaN,
      timeframe: values.timeframe,
      accuracy: values.accuracy,
      conditions: values.conditions,
    },
    evaluationMethod: values.evaluationMethod,
    frequency: values.frequency,
    ...(values.notes.trim() === "" ? {} : { notes: values.notes }),
    measurement,
  };
}
