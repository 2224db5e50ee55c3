/** Days without a number, and why: never charted, always listed. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { invalid, requireValid } from "../access/errors";
import type { GoalContext } from "../access/functions";
import { mayWithStudent } from "../domain/access/matrix";
import { checkMark } from "../domain/progress/measurement";
import type { Mark } from "../domain/progress/shape";
import { checkText, LIMITS } from "../domain/validation/problem";
import { vMark } from "../tables/progress";
import { fullName } from "./people";
import { type LoggingContext, requireOpenGoal } from "./progress";

export const vListedMark = v.object({
  _id: v.id("progressMarks"),
  recordedDate: v.string(),
  mark: vMark,
  note: v.optional(v.string()),
  recordedByName: v.string(),
  loggedAt: v.number(),
  /** May take it out, as far as that does not depend on the day. */
  canVoid: v.boolean(),
  canVoidSameDay: v.boolean(),
  voided: v.boolean(),
  voidReason: v.optional(v.string()),
  voidedByName: v.optional(v.string()),
});

export interface MarkInput {
  recordedDate: string;
  mark: Mark;
  note?: string;
}

/** The same `clientMutationId` again is the same mark. @throws INVALID, CONFLICT as an observation */
export async function markOnce(
  ctx: LoggingContext,
  input: MarkInput,
  clientMutationId: string,
): Promise<Id<"progressMarks">> {
  const { db, acting, goal, today, now } = ctx;
  requireValid(
    checkText("clientMutationId", clientMutationId, { required: true, max: LIMITS.name }),
  );
  const done = await db
    .rows("progressMarks", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
    .first();
  if (done !== null) {
    const same =
      done.goalId === goal._id &&
      done.recordedBy === acting.user._id &&
      done.recordedDate === input.recordedDate &&
      done.mark === input.mark;
    if (!same) throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
    return done._id;
  }
  requireOpenGoal(ctx);
  requireValid(checkMark(input, { goal, today }));
  return db.insert("progressMarks", {
    ...input,
    studentId: goal.studentId,
    goalId: goal._id,
    recordedBy: acting.user._id,
    loggedAt: now,
    clientMutationId,
    voided: false,
  });
}

/** A school year of every day and more. */
const MARKS = 400;

/** The newest by their date, those that were taken out too. */
export async function marksOf({
  db,
  acting,
  relation,
  facts,
  goal,
}: GoalContext): Promise<Infer<typeof vListedMark>[]> {
  const stored = await db
    .rows("progressMarks", "by_goal", (q) => q.eq("goalId", goal._id))
    .order("desc")
    .take(MARKS);
  const names = new Map<Id<"users">, string>();
  for (const { recordedBy, voidedBy } of stored)
    for (const id of [recordedBy, voidedBy])
      if (id !== undefined && !names.has(id)) names.set(id, await fullName(db, id));
  return Promise.all(
    stored.map(async (row: Doc<"progressMarks">) => {
      const mark = await db.unseal("progressMarks", row);
      const own = { ...facts, own: mark.recordedBy === acting.user._id };
      const canVoid = mayWithStudent("progress.correct", relation, own);
      return {
        _id: mark._id,
        recordedDate: mark.recordedDate,
        mark: mark.mark,
        note: mark.note,
        recordedByName: names.get(mark.recordedBy) ?? "",
        loggedAt: mark.loggedAt,
        canVoid,
        canVoidSameDay:
          !canVoid && mayWithStudent("progress.correct", relation, { ...own, madeToday: true }),
        voided: mark.voided,
        voidReason: mark.voidReason,
        voidedByName: mark.voidedBy === undefined ? undefined : names.get(mark.voidedBy),
      };
    }),
  );
}
