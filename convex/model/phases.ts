/** Phases of instruction of a goal. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { isCalendarDate } from "../domain/calendar/calendarDate";
import type { Phase } from "../domain/progress/phases";
import {
  checkText,
  LIMITS,
  normalizeName,
  type Problem,
  problem,
} from "../domain/validation/problem";

/** By their start; at most 100. */
export function phasesOf(db: TenantReader, goal: Doc<"goals">): Promise<Doc<"goalPhases">[]> {
  return db.rows("goalPhases", "by_goal", (q) => q.eq("goalId", goal._id)).take(100);
}

/** At most 100, each from another day on. */
export async function checkPhase(
  db: TenantReader,
  goal: Doc<"goals">,
  { name, startDate }: Phase,
): Promise<Problem[]> {
  const phases = await phasesOf(db, goal);
  return [
    ...checkText("name", name, { required: true, max: LIMITS.name }),
    ...(isCalendarDate(startDate) ? [] : [problem("startDate", "notADate")]),
    ...(phases.some((phase) => phase.startDate === startDate)
      ? [problem("startDate", "duplicate")]
      : []),
    ...(phases.length >= 100 ? [problem("name", "tooMany")] : []),
  ];
}

/** A phase that was checked. */
export function insertPhase(
  db: TenantWriter,
  goal: Doc<"goals">,
  { name, startDate }: Phase,
  createdBy: Id<"users">,
): Promise<Id<"goalPhases">> {
  return db.insert("goalPhases", {
    ...{ goalId: goal._id, name: normalizeName(name), startDate, createdBy },
  });
}
