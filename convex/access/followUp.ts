/**
 * What follows from a change, by construction: every mutation's database notes which goals and students it touched, and
 * when the mutation is done what depends on them is brought up to date in the same transaction. No function can forget it.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { internal } from "../_generated/api";
import { todayIn } from "../domain/calendar/calendarDate";
import { refresh } from "../model/standings";
import { TenantWriter } from "./tenantDb";

type Row = Readonly<Record<string, unknown>> | null;

/** Fields on which the standing of a goal depends, by table. */
const GOAL_FIELDS = ["isActive", "baselineData", "targetCriteria", "measurement"] as const;
const STUDENT_FIELDS = ["schoolId", "enrollmentStatus"] as const;
/** Of a tenant: how all of its goals are judged, and which day it is. */
const SETTINGS = ["progressSettings", "timezone"] as const;

/** Goals that one transaction looks at, each with up to two hundred points; a large import has more. */
const GOALS = 50;

const differ = (fields: readonly string[], before: Row, after: Row): boolean =>
  before === null ||
  after === null ||
  fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

export class TouchedRecords {
  readonly #goals = new Set<Id<"goals">>();
  readonly #students = new Set<Id<"students">>();
  #everything = false;

  note(table: string, id: string, before: Row, after: Row): void {
    const row = after ?? before;
    if (row === null) return;
    switch (table) {
      case "progressData":
      case "goalPhases":
      case "progressDecisions":
        this.#goals.add(row.goalId as Id<"goals">);
        return;
      case "organizations":
        this.#everything ||= after !== null && before !== null && settingsDiffer(before, after);
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

  async settle(ctx: Settling, organization: Doc<"organizations">): Promise<void> {
    const { _id: organizationId, settings } = organization;
    if (this.#everything)
      await ctx.scheduler.runAfter(0, internal.jobs.standings.rebuildIn, {
        ...{ organizationId, cursor: null },
      });
    if (this.#goals.size === 0 && this.#students.size === 0) return;
    const goals = [...this.#goals];
    await refresh(
      new TenantWriter(ctx.db, organizationId),
      { goals: goals.slice(0, GOALS), students: this.#students },
      todayIn(settings.timezone, Date.now()),
    );
    for (let from = GOALS; from < goals.length; from += GOALS)
      await ctx.scheduler.runAfter(0, internal.jobs.standings.refreshGoals, {
        ...{ organizationId, goals: goals.slice(from, from + GOALS) },
      });
  }
}

export type Settling = Pick<MutationCtx, "db" | "scheduler">;

function settingsDiffer(before: NonNullable<Row>, after: NonNullable<Row>): boolean {
  return differ(SETTINGS, before.settings as Row, after.settings as Row);
}
