/** The rules of an entry, and what it says beside its number. */
import { addDays, isCalendarDate } from "../calendar/calendarDate";
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { checkMeasurement } from "./checkMeasurement";
import {
  type GoalMeasurement,
  MARKS,
  type MasteryLevel,
  type Measurement,
  PROMPT_LEVELS,
  SETTINGS,
} from "./shape";

export interface PointToCheck {
  recordedDate: string;
  measurement: Measurement;
  settingType: string;
  promptLevel?: string;
  observationNotes?: string;
  context?: string;
  /** Of an event: what came before it, what was done, what followed. */
  antecedent?: string;
  behavior?: string;
  consequence?: string;
  sessionDuration?: number;
}

const TEXTS = ["observationNotes", "context", "antecedent", "behavior", "consequence"] as const;

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
    ...TEXTS.flatMap((name) => checkText(name, point[name] ?? "", { max: LIMITS.text })),
    ...checkEvent(point),
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

/** An event is what was done; before and after may be unknown. */
function checkEvent({ measurement, behavior }: PointToCheck): Problem[] {
  if (measurement.kind !== "abc" || measurement.occurrences === 0) return [];
  return (behavior ?? "").trim() === "" ? [problem("behavior", "required")] : [];
}

/** An entry without a number: the day on which there was none, and why. */
export function checkMark(
  entry: { recordedDate: string; mark: string; note?: string },
  { goal, today }: { goal: { baselineData: { date: string } }; today: string },
): Problem[] {
  return [
    ...checkRecordedDate(entry.recordedDate, goal.baselineData.date, today),
    ...((MARKS as readonly string[]).includes(entry.mark) ? [] : [problem("mark", "unknownValue")]),
    ...checkText("note", entry.note ?? "", { max: LIMITS.text }),
  ];
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

/** `unknown` where nobody noted how much help there was; trials and steps that were noted one by one say it themselves. */
export function independenceLevel(
  promptLevel: string | undefined,
  measurement?: Measurement,
): "independent" | "prompted" | "unknown" {
  if (measurement?.kind === "trialByTrial")
    return allAlone(measurement.trials.map(({ prompt }) => prompt));
  if (measurement?.kind === "taskAnalysis") return allAlone(measurement.steps);
  if (promptLevel === undefined) return "unknown";
  return promptLevel === "independent" ? "independent" : "prompted";
}

const allAlone = (levels: readonly string[]): "independent" | "prompted" =>
  levels.every((level) => level === "independent") ? "independent" : "prompted";
