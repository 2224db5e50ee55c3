/** Writing the observations of one goal out of a file. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { GoalContext } from "../access/functions";
import type { TenantWriter } from "../access/tenantDb";
import { isCalendarDate } from "../domain/calendar/calendarDate";
import { checkPoint } from "../domain/progress/measurement";
import { checkText, LIMITS, normalizeName, type Problem } from "../domain/validation/problem";
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

/** A problem is returned, not thrown, so that a person sees those of the whole file. */
export async function importGoal(
  ctx: GoalContext<TenantWriter> & { today: string; now: number },
  { points, phases }: Infer<typeof vGoalImport>,
  importRunId: Id<"importRuns">,
): Promise<{ added: number; problems: Problem[] }> {
  const { db, goal, acting, today, now } = ctx;
  const problems: Problem[] = [];
  let added = 0;
  for (const { row, importKey, ...observation } of points) {
    const input = { ...observation, settingType: "other" };
    const found = [
      ...checkText("importKey", importKey, { required: true, max: LIMITS.title }),
      ...checkPoint(input, { goal, today }),
    ];
    problems.push(
      ...found.map((problem) => ({ ...problem, field: `rows.${String(row)}.${problem.field}` })),
    );
    if (problems.length > 0) continue;
    const there = await db
      .rows("progressData", "by_import_key", (q) =>
        q.eq("goalId", goal._id).eq("importKey", importKey),
      )
      .first();
    if (there !== null) continue;
    added += 1;
    await insertPoint(db, goal, input, {
      recordedBy: acting.user._id,
      sequence: now + row,
      loggedAt: now,
      clientMutationId: `${importRunId}:${goal._id}:${importKey}`,
      importRunId,
      importKey,
    });
  }
  problems.push(...(await importPhases(ctx, phases, importRunId)));
  return { added, problems };
}

async function importPhases(
  { db, goal, acting }: GoalContext<TenantWriter>,
  phases: { name: string; startDate: string }[],
  importRunId: Id<"importRuns">,
): Promise<Problem[]> {
  const known = new Set((await phasesOf(db, goal)).map(({ startDate }) => startDate));
  if (phases.length + known.size > 100) return [{ field: "phases", code: "tooMany" }];
  for (const { name, startDate } of phases) {
    const problems = checkText("phases", name, { required: true, max: LIMITS.name });
    if (!isCalendarDate(startDate)) problems.push({ field: "phases", code: "notADate" });
    if (problems.length > 0) return problems;
    if (known.has(startDate)) continue;
    known.add(startDate);
    await db.insert("goalPhases", {
      ...{ goalId: goal._id, startDate, importRunId, name: normalizeName(name) },
      createdBy: acting.user._id,
    });
  }
  return [];
}
