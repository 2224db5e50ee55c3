/** From the raw observation to the charted number, and the rules for both. */
import { addDays, isCalendarDate } from "../calendar/calendarDate";
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";
import {
  type GoalMeasurement,
  type MasteryLevel,
  type Measurement,
  type MeasurementKind,
  PROMPT_LEVELS,
  SETTINGS,
} from "./shape";

/** Percent with all its digits, counts, seconds, or the level's number. */
export function chartedValue(measurement: Measurement): number {
  switch (measurement.kind) {
    case "trials":
      return (100 * measurement.correct) / measurement.total;
    case "percent":
      return measurement.percent;
    case "count":
      return measurement.count;
    case "duration":
      return measurement.seconds;
    case "rating":
      return measurement.level;
  }
}

/** Unit of the charted number. */
export function measurementUnit(kind: MeasurementKind): string {
  return { trials: "%", percent: "%", count: "count", duration: "seconds", rating: "level" }[kind];
}

const MOST = { trials: 1000, count: 100_000, seconds: 86_400 } as const;

/** Fractions of a count are allowed: published and averaged counts have them. */
export function checkMeasurement(measurement: Measurement, goal: GoalMeasurement): Problem[] {
  if (measurement.kind !== goal.kind) return [problem("measurement.kind", "wrongKind")];
  switch (measurement.kind) {
    case "trials": {
      const { correct, total } = measurement;
      const problems = [
        ...checkNumber("measurement.total", total, { min: 1, max: MOST.trials, whole: true }),
        ...checkNumber("measurement.correct", correct, { min: 0, max: MOST.trials, whole: true }),
      ];
      if (problems.length === 0 && correct > total)
        return [problem("measurement.correct", "moreThanTotal")];
      return problems;
    }
    case "percent":
      return checkNumber("measurement.percent", measurement.percent, { min: 0, max: 100 });
    case "count":
      return checkNumber("measurement.count", measurement.count, { min: 0, max: MOST.count });
    case "duration":
      return checkNumber("measurement.seconds", measurement.seconds, { min: 0, max: MOST.seconds });
    case "rating": {
      const max = goal.ratingLevels?.length ?? 10;
      return checkNumber("measurement.level", measurement.level, { min: 1, max, whole: true });
    }
  }
}

export interface PointToCheck {
  recordedDate: string;
  measurement: Measurement;
  settingType: string;
  promptLevel?: string;
  observationNotes?: string;
  context?: string;
  sessionDuration?: number;
}

/** Data from before the baseline are history: up to a year of it. */
const DAYS_BEFORE_BASELINE = 366;

/** @param today where the organization is */
export function checkPoint(
  point: PointToCheck,
  {
    goal,
    today,
  }: { goal: { measurement: GoalMeasurement; baselineData: { date: string } }; today: string },
): Problem[] {
  const problems = [
    ...checkRecordedDate(point.recordedDate, goal.baselineData.date, today),
    ...checkMeasurement(point.measurement, goal.measurement),
    ...checkText("observationNotes", point.observationNotes ?? "", { max: LIMITS.text }),
    ...checkText("context", point.context ?? "", { max: LIMITS.text }),
  ];
  if (!(SETTINGS as readonly string[]).includes(point.settingType))
    problems.push(problem("settingType", "unknownValue"));
  if (
    point.promptLevel !== undefined &&
    !(PROMPT_LEVELS as readonly string[]).includes(point.promptLevel)
  )
    problems.push(problem("promptLevel", "unknownValue"));
  if (point.sessionDuration !== undefined)
    problems.push(...checkNumber("sessionDuration", point.sessionDuration, { min: 1, max: 480 }));
  return problems;
}

function checkRecordedDate(date: string, baselineDate: string, today: string): Problem[] {
  if (!isCalendarDate(date)) return [problem("recordedDate", "notADate")];
  if (date > today) return [problem("recordedDate", "inFuture")];
  if (isCalendarDate(baselineDate) && date < addDays(baselineDate, -DAYS_BEFORE_BASELINE))
    return [problem("recordedDate", "tooLongAgo")];
  return [];
}

/**
 * Words for the part of the way from baseline to target: under a quarter emerging, under three quarters developing,
 * under the whole proficient. A description of one observation, not a decision about the goal.
 */
export function masteryLevel(value: number, baseline: number, target: number): MasteryLevel {
  const distance = target - baseline;
  const fraction = distance === 0 ? (value === target ? 1 : 0) : (value - baseline) / distance;
  if (fraction >= 1) return "mastered";
  if (fraction >= 0.75) return "proficient";
  return fraction >= 0.25 ? "developing" : "emerging";
}

/** `unknown` where nobody noted how much help there was. */
export function independenceLevel(
  promptLevel: string | undefined,
): "independent" | "prompted" | "unknown" {
  if (promptLevel === undefined) return "unknown";
  return promptLevel === "independent" ? "independent" : "prompted";
}
