/** Progress data: reading points, and recording one exactly once. */
import { type Infer, type ObjectType, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict, invalid, requireValid } from "../access/errors";
import type { GoalContext } from "../access/functions";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { mayWithStudent } from "../domain/access/matrix";
import { chartedValue, measurementUnit } from "../domain/progress/charted";
import { checkPoint, independenceLevel, masteryLevel } from "../domain/progress/measurement";
import { checkText, LIMITS } from "../domain/validation/problem";
import { pointInputFields, vMasteryLevel } from "../tables/progress";
import { fullName } from "./people";

export const vPoint = v.object({
  _id: v.id("progressData"),
  goalId: v.id("goals"),
  ...pointInputFields,
  recordedByName: v.string(),
  measurementValue: v.number(),
  measurementUnit: v.string(),
  masteryLevel: vMasteryLevel,
  independenceLevel: v.string(),
  sequence: v.number(),
  loggedAt: v.number(),
  clientMutationId: v.string(),
  mine: v.boolean(),
  /** May void or correct it, as far as that does not depend on the day. */
  canCorrect: v.boolean(),
  /** Only on the day (in the organization's time zone) on which it was made. */
  canCorrectSameDay: v.boolean(),
  voided: v.boolean(),
  voidReason: v.optional(v.string()),
  /** Who took it out or corrected it. */
  voidedByName: v.optional(v.string()),
  corrects: v.optional(v.id("progressData")),
});

export type PointInput = ObjectType<typeof pointInputFields>;

/** The most points that a chart loads; older ones are reached by the list. */
export const CHART_POINTS = 2000;

/** Valid points of a range of dates, oldest first; of more than `CHART_POINTS`, the newest. */
export async function chartPoints(
  db: TenantReader,
  goalId: Id<"goals">,
  { startDate = "", endDate = "9999-12-31" }: { startDate?: string; endDate?: string },
): Promise<{ points: Doc<"progressData">[]; truncated: boolean }> {
  const newest = await db
    .rows("progressData", "by_goal", (q) =>
      q
        .eq("goalId", goalId)
        .eq("voided", false)
        .gte("recordedDate", startDate)
        .lte("recordedDate", endDate),
    )
    .order("desc")
    .take(CHART_POINTS + 1);
  const truncated = newest.length > CHART_POINTS;
  return { points: newest.slice(0, CHART_POINTS).reverse(), truncated };
}

/** The newest valid points up to a day, oldest first. */
export async function newestPoints(
  db: TenantReader,
  goalId: Id<"goals">,
  count: number,
  until = "9999-12-31",
): Promise<Doc<"progressData">[]> {
  const newest = await db
    .rows("progressData", "by_goal", (q) =>
      q.eq("goalId", goalId).eq("voided", false).lte("recordedDate", until),
    )
    .order("desc")
    .take(count);
  return newest.reverse();
}

/** The newest valid point by date, or null. */
export function latestPoint(
  db: TenantReader,
  goalId: Id<"goals">,
): Promise<Doc<"progressData"> | null> {
  return db
    .rows("progressData", "by_goal", (q) => q.eq("goalId", goalId).eq("voided", false))
    .order("desc")
    .first();
}

/** Points as one reader sees them. Each recorder's name is looked up once. */
export async function describePoints(
  { db, acting, relation, facts }: GoalContext,
  points: Doc<"progressData">[],
): Promise<Infer<typeof vPoint>[]> {
  const names = new Map<Id<"users">, string>();
  for (const { recordedBy, voidedBy } of points)
    for (const id of [recordedBy, voidedBy])
      if (id !== undefined && !names.has(id)) names.set(id, await fullName(db, id));
  return Promise.all(
    points.map(async (stored) => {
      const point = await db.unseal("progressData", stored);
      const own = { ...facts, own: point.recordedBy === acting.user._id };
      const canCorrect = mayWithStudent("progress.correct", relation, own);
      return {
        _id: point._id,
        goalId: point.goalId,
        recordedDate: point.recordedDate,
        measurement: point.measurement,
        settingType: point.settingType,
        promptLevel: point.promptLevel,
        observationNotes: point.observationNotes,
        context: point.context,
        antecedent: point.antecedent,
        behavior: point.behavior,
        consequence: point.consequence,
        sessionDuration: point.sessionDuration,
        recordedByName: names.get(point.recordedBy) ?? "",
        measurementValue: point.measurementValue,
        measurementUnit: point.measurementUnit,
        masteryLevel: point.masteryLevel,
        independenceLevel: point.independenceLevel,
        sequence: point.sequence,
        loggedAt: point.loggedAt,
        clientMutationId: point.clientMutationId,
        mine: own.own,
        canCorrect,
        canCorrectSameDay:
          !canCorrect && mayWithStudent("progress.correct", relation, { ...own, madeToday: true }),
        voided: point.voided,
        voidReason: point.voidReason,
        voidedByName: point.voidedBy === undefined ? undefined : names.get(point.voidedBy),
        corrects: point.corrects,
      };
    }),
  );
}

/** The entry that this request made before, if it did. */
export function findEntry(
  db: TenantReader,
  clientMutationId: string,
): Promise<Doc<"progressData"> | null> {
  return db
    .rows("progressData", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
    .first();
}

/** What is computed from an observation and its goal. */
export function pointColumns(goal: Doc<"goals">, input: PointInput) {
  const measurementValue = chartedValue(input.measurement);
  return {
    ...input,
    measurementValue,
    measurementUnit: measurementUnit(input.measurement.kind),
    masteryLevel: masteryLevel(
      measurementValue,
      goal.baselineData.value,
      goal.targetCriteria.target,
    ),
    independenceLevel: independenceLevel(input.promptLevel, input.measurement),
  };
}

/** Writes an observation that was checked. */
export function insertPoint(
  db: TenantWriter,
  goal: Doc<"goals">,
  input: PointInput,
  entry: Pick<
    Doc<"progressData">,
    | "recordedBy"
    | "sequence"
    | "loggedAt"
    | "clientMutationId"
    | "corrects"
    | "importRunId"
    | "importKey"
  >,
): Promise<Id<"progressData">> {
  return db.insert("progressData", {
    ...pointColumns(goal, input),
    ...entry,
    studentId: goal.studentId,
    goalId: goal._id,
    voided: false,
  });
}

/** Where entries are made: the clock is the mutation's. */
export type LoggingContext = GoalContext<TenantWriter> & { today: string; now: number };

/** Data are taken while the goal is open and its plan in force. @throws CONFLICT */
export function requireOpenGoal({ goal, iep }: Pick<LoggingContext, "goal" | "iep">): void {
  if (iep.status !== "active") throw conflict("iepNotActive");
  if (!goal.isActive) throw conflict("goalClosed");
}

/**
 * Writes an observation; the same `clientMutationId` again is the same entry.
 * @throws INVALID, CONFLICT if the goal is closed or its plan is not in force
 */
export async function logOnce(
  ctx: LoggingContext,
  input: PointInput,
  clientMutationId: string,
): Promise<Id<"progressData">> {
  const { db, acting, goal, today, now } = ctx;
  requireValid(
    checkText("clientMutationId", clientMutationId, { required: true, max: LIMITS.name }),
  );
  const done = await findEntry(db, clientMutationId);
  if (done !== null) {
    // Another observation under the same id would be lost if it were taken for the first one.
    const same =
      done.goalId === goal._id &&
      done.recordedBy === acting.user._id &&
      done.recordedDate === input.recordedDate &&
      done.measurementValue === chartedValue(input.measurement);
    if (!same) throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
    return done._id;
  }
  requireOpenGoal(ctx);
  requireValid(checkPoint(input, { goal, today }));
  return insertPoint(db, goal, input, {
    ...{ recordedBy: acting.user._id, sequence: now, loggedAt: now, clientMutationId },
  });
}

/** Keeps the entry, marked, with who and why; whoever voided it first is kept. */
export async function voidPoint(
  db: TenantWriter,
  point: Doc<"progressData">,
  by: { userId: Id<"users">; now: number; reason: string },
): Promise<void> {
  if (point.voided) return;
  await db.patch("progressData", point._id, {
    voided: true,
    voidedAt: by.now,
    voidedBy: by.userId,
    voidReason: by.reason,
  });
}
