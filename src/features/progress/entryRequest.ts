/** From a filled sheet to what the server is asked, or what is still wrong with it. */
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { checkMeasurement } from "../../../convex/domain/progress/checkMeasurement";
import { type Problem, problem } from "../../../convex/domain/validation/problem";
import type { LogEntry } from "./logEntry";
import { observationOf } from "./observation";
import type { EntryRequest, GoalToLog } from "./queuedEntry";

const text = (name: string, value: string) => (value.trim() === "" ? {} : { [name]: value });

/** The request; or the first problem; or `nothingYet` where nothing is entered. */
export function requestOf(
  goal: GoalToLog,
  entry: LogEntry,
  today: string,
  sessionDuration?: number,
): EntryRequest | Problem | "nothingYet" {
  const recordedDate = entry.date === "" ? today : entry.date;
  if (!isCalendarDate(recordedDate)) return problem("recordedDate", "notADate");
  if (recordedDate > today) return problem("recordedDate", "inFuture");
  if (entry.mark !== "")
    return {
      kind: "mark",
      ...{ goalId: goal._id, recordedDate, mark: entry.mark },
      ...text("note", entry.observationNotes),
    };
  const measurement = observationOf(entry, goal.measurement, Date.now());
  if (measurement === null) return "nothingYet";
  const [wrong] = checkMeasurement(measurement, goal.measurement);
  if (wrong !== undefined) return wrong;
  const event = measurement.kind === "abc" && measurement.occurrences > 0;
  if (event && entry.behavior.trim() === "") return problem("behavior", "required");
  return {
    kind: "point",
    ...{ goalId: goal._id, recordedDate, measurement, settingType: entry.settingType },
    ...text("promptLevel", entry.promptLevel),
    ...text("observationNotes", entry.observationNotes),
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
    ...(event
      ? {
          ...text("antecedent", entry.antecedent),
          ...text("behavior", entry.behavior),
          ...text("consequence", entry.consequence),
        }
      : {}),
  };
}
