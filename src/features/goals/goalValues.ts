/** A goal as its form holds it, and the way to what is sent. */
import type { Id } from "../../../convex/_generated/dataModel";
import type { GoalDomain, GoalInput } from "../../../convex/domain/goals/goal";
import { parseCriterion, type ParsedCriterion } from "../../../convex/domain/goals/criterionText";
import type { MasteryCriterion, Reading } from "../../../convex/domain/progress/criterion";
import { type Problem, problem } from "../../../convex/domain/validation/problem";
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
  details?: Partial<MeasurementDetails>;
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
  /** The observations that the baseline was taken from; null where it was entered. */
  pointIds: Id<"progressData">[] | null;
  /** What an ambiguous criterion means; null while nobody said. */
  reading: Reading | null;
  /** What was stored for which words: kept as long as the words stay. */
  stored: { accuracy: string; criterion: MasteryCriterion } | null;
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
    ...{ pointIds: null, reading: null, stored: null },
  };
}

export function goalValues(
  goal: GoalInput & { selfMonitored: boolean },
  provider: Choice,
): GoalValues {
  const { measurement, baselineData, targetCriteria, criterion } = goal;
  const values: GoalValues = {
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
    pointIds: (baselineData.pointIds as Id<"progressData">[] | undefined) ?? null,
    reading: null,
    stored: criterion === undefined ? null : { accuracy: targetCriteria.accuracy, criterion },
  };
  return { ...values, reading: criterion === undefined ? null : readingOf(values, criterion) };
}

/** Which of the readings a stored criterion is. */
function readingOf(values: GoalValues, criterion: MasteryCriterion): Reading | null {
  const parsed = parseWords(values);
  if (parsed.status !== "ambiguous") return null;
  return criterion.of === "trials" ? "trials" : criterion.alsoWithinTrials ? "both" : "sessions";
}

const parseWords = (values: GoalValues): ParsedCriterion =>
  parseCriterion(values.accuracy, { measurement: measurementOf(values), target: values.target });

/** What the words say; of words that say nothing, what was stored for them before. */
export function parsedCriterion(values: GoalValues): ParsedCriterion {
  const parsed = parseWords(values);
  // Drafts that were kept from before know none.
  const stored = values.stored ?? null;
  if (parsed.status === "clear" || parsed.status === "ambiguous") return parsed;
  return stored?.accuracy === values.accuracy
    ? { status: "clear", criterion: stored.criterion }
    : parsed;
}

function criterionOf(values: GoalValues): MasteryCriterion | undefined {
  const parsed = parsedCriterion(values);
  if (parsed.status === "clear") return parsed.criterion;
  return parsed.status === "ambiguous" && values.reading !== null
    ? (parsed.readings as Partial<Record<string, MasteryCriterion>>)[values.reading]
    : undefined;
}

/** What can be read in several ways is not saved before somebody said which one is meant. */
export const checkReading = (values: GoalValues): Problem[] =>
  parsedCriterion(values).status === "ambiguous" && criterionOf(values) === undefined
    ? [problem("criterion", "required")]
    : [];

/** Drafts that an earlier version of the app kept know some of them, or none. */
export const measurementDetails = ({ details }: GoalValues): MeasurementDetails => ({
  ...NO_DETAILS,
  ...details,
});

export function measurementOf(values: GoalValues): GoalMeasurement {
  const { kind, direction, trialsPerSession } = values;
  const fixed = UNITS[kind];
  return {
    ...{ kind, direction, unit: fixed === "" ? values.unit.trim() : fixed },
    ...(DETAILS[kind]?.includes("trialsPerSession") === true && trialsPerSession !== null
      ? { trialsPerSession }
      : {}),
    ...measurementParts(kind, direction, measurementDetails(values)),
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
  const criterion = criterionOf(values);
  const pointIds = values.pointIds ?? null;
  return {
    domain: values.domain as GoalDomain,
    description: values.description,
    baselineData: {
      measurement: measurement.unit,
      date: values.baselineDate,
      value: values.baselineValue ?? Number.NaN,
      context: values.baselineContext,
      ...(pointIds === null ? {} : { pointIds }),
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
    ...(criterion === undefined ? {} : { criterion }),
  };
}
