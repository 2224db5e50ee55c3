/**
 * Keeping `goalStandings` and their sums true. Whatever changes a goal's data, the goal, its plan or its student calls
 * `refresh`, in the same transaction; the days that pass call it by `jobs/standings`. A list or a sum reads rows, never data.
 */
import type { Doc, Id } from "../_generated/dataModel";
import { TenantWriter } from "../access/tenantDb";
import {
  counted,
  isNothing,
  NO_COUNTS,
  type StandingCounts,
  sumOf,
} from "../domain/dashboards/counts";
import type { ProgressSettings } from "../domain/progress/rules";
import { goalState } from "../domain/progress/standing";
import { evidenceOf, progressSettingsOf } from "./judging";
import { goalsInForce } from "./today";

const NEVER = "9999-12-31";
/** Counts the ways in which goals were judged: a tenant whose rows follow a former one gets them anew. */
export const JUDGED_AS = 2;
type State = Pick<
  Doc<"goalStandings">,
  "standing" | "asks" | "rule" | "fired" | "quiet" | "lastDataOn" | "nextChangeOn"
>;
type School = Id<"organizations">;

/** What has to be looked at again. */
export interface Touched {
  goals: Iterable<Id<"goals">>;
  students: Iterable<Id<"students">>;
}

/** @param db writes without a trail: what follows from a change is no change that somebody made */
export async function refresh(
  db: TenantWriter,
  { goals, students }: Touched,
  today: string,
): Promise<void> {
  const keeper = new Keeper(db, today);
  const whole = new Set(students);
  for (const goalId of goals) {
    const row = await keeper.find(goalId);
    const goal = await db.find("goals", goalId);
    // Of a goal that is not counted, or not there any more, the student says whether it is to be.
    if (row === null || goal === null || !goal.isActive) {
      const studentId = goal?.studentId ?? row?.studentId;
      if (studentId !== undefined) whole.add(studentId);
    } else if (!whole.has(goal.studentId)) await keeper.update(row, goal);
  }
  for (const studentId of whole) await keeper.refreshStudent(studentId);
  await keeper.writeCounts();
}

/** Of goals whose time has come. */
export async function refreshRows(
  db: TenantWriter,
  rows: readonly Doc<"goalStandings">[],
  today: string,
): Promise<void> {
  const keeper = new Keeper(db, today);
  for (const row of rows) {
    const goal = await db.find("goals", row.goalId);
    if (goal === null) await keeper.remove(row);
    else await keeper.update(row, goal);
  }
  await keeper.writeCounts();
}

/** Of a record that is destroyed. */
export async function removeStandings(
  db: TenantWriter,
  rows: readonly Doc<"goalStandings">[],
): Promise<void> {
  const keeper = new Keeper(db, "");
  for (const row of rows) await keeper.remove(row);
  await keeper.writeCounts();
}

class Keeper {
  readonly #deltas = new Map<School, StandingCounts>();
  #settings: ProgressSettings | undefined;

  constructor(
    private readonly db: TenantWriter,
    private readonly today: string,
  ) {}

  find(goalId: Id<"goals">): Promise<Doc<"goalStandings"> | null> {
    return this.db.rows("goalStandings", "by_goal", (q) => q.eq("goalId", goalId)).unique();
  }

  /** Every goal in force of an enrolled student has a row, and no other goal. */
  async refreshStudent(studentId: Id<"students">): Promise<void> {
    const { db } = this;
    const rows = await db
      .rows("goalStandings", "by_student", (q) => q.eq("studentId", studentId))
      .take(200);
    const student = await db.find("students", studentId);
    const goals =
      student === null || student.enrollmentStatus !== "active"
        ? []
        : await goalsInForce({ db }, student);
    const byGoal = new Map(rows.map((row) => [row.goalId, row]));
    for (const goal of goals) {
      const row = byGoal.get(goal._id);
      byGoal.delete(goal._id);
      if (student === null) continue;
      const { schoolId } = student;
      if (row === undefined) await this.#insert(goal, schoolId);
      else if (row.schoolId === schoolId) await this.update(row, goal);
      else {
        await this.remove(row);
        await this.#insert(goal, schoolId);
      }
    }
    for (const row of byGoal.values()) await this.remove(row);
  }

  async update(row: Doc<"goalStandings">, goal: Doc<"goals">): Promise<void> {
    const state = await this.#stateOf(goal);
    const same =
      row.standing === state.standing &&
      row.rule === state.rule &&
      row.asks?.rule === state.asks?.rule &&
      row.asks?.advice === state.asks?.advice &&
      row.quiet === state.quiet &&
      row.lastDataOn === state.lastDataOn &&
      row.nextChangeOn === state.nextChangeOn;
    if (same) return;
    await this.db.patch("goalStandings", row._id, state);
    this.#count(row.schoolId, row, -1);
    this.#count(row.schoolId, state, 1);
  }

  async remove(row: Doc<"goalStandings">): Promise<void> {
    await this.db.delete("goalStandings", row._id);
    this.#count(row.schoolId, row, -1);
  }

  /** Two rows, and only if a sum has changed: most entries change none. */
  async writeCounts(): Promise<void> {
    let all = NO_COUNTS;
    for (const [schoolId, delta] of this.#deltas) {
      all = sumOf(all, delta);
      await this.#add(schoolId, delta);
    }
    await this.#add(undefined, all);
  }

  async #insert(goal: Doc<"goals">, schoolId: School): Promise<void> {
    const state = await this.#stateOf(goal);
    const { studentId, _id: goalId } = goal;
    await this.db.insert("goalStandings", { schoolId, studentId, goalId, ...state });
    this.#count(schoolId, state, 1);
  }

  async #stateOf(goal: Doc<"goals">): Promise<State> {
    this.#settings ??= progressSettingsOf(await this.db.organization());
    const about = { settings: this.#settings, asOf: this.today };
    const evidence = await evidenceOf(this.db, goal, about);
    const state = goalState(evidence.points, evidence.goal, evidence.judging);
    return {
      ...{ standing: state.standing, quiet: state.quiet, fired: state.asks !== null },
      asks: state.asks ?? undefined,
      rule: undefined,
      lastDataOn: state.lastDataOn ?? undefined,
      nextChangeOn: state.nextChangeOn ?? NEVER,
    };
  }

  #count(schoolId: School, state: State, by: 1 | -1): void {
    this.#deltas.set(schoolId, counted(this.#deltas.get(schoolId) ?? NO_COUNTS, state, by));
  }

  async #add(schoolId: School | undefined, delta: StandingCounts): Promise<void> {
    if (isNothing(delta)) return;
    const row = await this.db
      .rows("standingCounts", "by_school", (q) => q.eq("schoolId", schoolId))
      .unique();
    if (row === null) await this.db.insert("standingCounts", { schoolId, ...delta });
    else await this.db.patch("standingCounts", row._id, sumOf(countsOf(row), delta));
  }
}

export function countsOf(row: Doc<"standingCounts">): StandingCounts {
  const { goals, onTrack, watch, offTrack, unknown, quiet, fired } = row;
  return { goals, onTrack, watch, offTrack, unknown, quiet, fired };
}
