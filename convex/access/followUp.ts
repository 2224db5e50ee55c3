/**
 * What follows from a change, by construction: every mutation's database notes which goals and students it touched, and
 * when the mutation is done what depends on them is brought up to date in the same transaction. No function can forget it.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { todayIn } from "../domain/calendar/calendarDate";
import { refresh } from "../model/standings";
import { TenantWriter } from "./tenantDb";

type Row = Readonly<Record<string, unknown>> | null;

/** Fields on which the standing of a goal depends, by table. */
const GOAL_FIELDS = ["isActive", "baselineData", "targetCriteria", "measurement"] as const;
const STUDENT_FIELDS = ["schoolId", "enrollmentStatus"] as const;

const differ = (fields: readonly string[], before: Row, after: Row): boolean =>
  before === null ||
  after === null ||
  fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

export class TouchedRecords {
  readonly #goals = new Set<Id<"goals">>();
  readonly #students = new Set<Id<"students">>();

  note(table: string, id: string, before: Row, after: Row): void {
    const row = after ?? before;
    if (row === null) return;
    switch (table) {
      case "progressData":
        this.#goals.add(row.goalId as Id<"goals">);
        return;
      case "goals":
        if (differ(GOAL_FIELDS, before, after)) this.#goals.add(id as Id<"goals">);
        return;
      case "ieps":
        if (differ(["status"], before, after)) this.#students.add(row.studentId as Id<"students">);
        return;
      case "students":
        if (differ(STUDENT_FIELDS, before, after)) this.#students.add(id as Id<"students">);
        return;
    }
  }

  async settle(ctx: Pick<MutationCtx, "db">, organization: Doc<"organizations">): Promise<void> {
    if (this.#goals.size === 0 && this.#students.size === 0) return;
    await refresh(
      new TenantWriter(ctx.db, organization._id),
      { goals: this.#goals, students: this.#students },
      todayIn(organization.settings.timezone, Date.now()),
    );
  }
}
