/** Writing the observations of one goal out of a file. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { GoalContext } from "../access/functions";
import type { TenantWriter } from "../access/tenantDb";
import { isCalendarDate } from "../domain/calendar/calendarDate";
import { checkPoint } from "../domain/progress/measurement";
import {
  checkText,
  LIMITS,
  normalizeName,
  problem,
  type Problem,
} from "../domain/validation/problem";
import { vMeasurement } from "../tables/progress";
import { phasesOf } from "./phases";
import { insertPoint } from "./progress";

export const vGoalImport = v.object({
  goalId: v.id("goals"),
  points: v.array(
    v.object({
      /** Its line in the file, for problems. */
      row: v.number(),
      recordedDate: v.string(),
      measurement: vMeasurement,
      /** The same for the same observation of the same goal, whenever it is imported. */
      importKey: v.string(),
      context: v.optional(v.string()),
    }),
  ),
  phases: v.array(v.object({ name: v.string(), startDate: v.string() })),
});

type Importing = GoalContext<TenantWriter> & { today: string; now: number };
type GoalImport = Infer<typeof vGoalImport>;

const pointOf = ({ recordedDate, measurement, context }: GoalImport["points"][number]) => ({
  ...{ recordedDate, measurement, settingType: "other" },
  ...(context === undefined ? {} : { context }),
});

/** All that is wrong, so that a person sees the problems of the whole file. Nothing is written. */
export async function checkImport(
  { db, goal, today }: Importing,
  { points, phases }: GoalImport,
): Promise<Problem[]> {
  const known = new Set((await phasesOf(db, goal)).map(({ startDate }) => startDate));
  return [
    ...points.flatMap((point) =>
      [
        ...checkText("importKey", point.importKey, { required: true, max: LIMITS.title }),
        ...checkPoint(pointOf(point), { goal, today }),
      ].map((found) => ({ ...found, field: `rows.${String(point.row)}.${found.field}` })),
    ),
    ...(phases.length + known.size > 100 ? [problem("phases", "tooMany")] : []),
    ...phases.flatMap(({ name, startDate }) => [
      ...checkText("phases", name, { required: true, max: LIMITS.name }),
      ...(isCalendarDate(startDate) ? [] : [problem("phases", "notADate")]),
    ]),
  ];
}

/** Writes what was checked. @returns how many were not there yet */
export async function importGoal(
  ctx: Importing,
  { points, phases }: GoalImport,
  importRunId: Id<"importRuns">,
): Promise<number> {
  const { db, goal, acting, now } = ctx;
  let added = 0;
  for (const point of points) {
    const { row, importKey } = point;
    const there = await db
      .rows("progressData", "by_import_key", (q) =>
        q.eq("goalId", goal._id).eq("importKey", importKey),
      )
      .first();
    if (there !== null) continue;
    added += 1;
    await insertPoint(db, goal, pointOf(point), {
      recordedBy: acting.user._id,
      sequence: now + row,
      loggedAt: now,
      clientMutationId: `${importRunId}:${goal._id}:${importKey}`,
      importRunId,
      importKey,
    });
  }
  await importPhases(ctx, phases, importRunId);
  return added;
}

async function importPhases(
  { db, goal, acting }: Importing,
  phases: GoalImport["phases"],
  importRunId: Id<"importRuns">,
): Promise<void> {
  const known = new Set((await phasesOf(db, goal)).map(({ startDate }) => startDate));
  for (const { name, startDate } of phases) {
    if (known.has(startDate)) continue;
    known.add(startDate);
    await db.insert("goalPhases", {
      ...{ goalId: goal._id, startDate, importRunId, name: normalizeName(name) },
      createdBy: acting.user._id,
    });
  }
}
