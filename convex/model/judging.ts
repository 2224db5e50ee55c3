/** What a goal is judged from: its newest entries, its phases, the newest decision, the district's settings. Read in one way. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import {
  type DecidedAt,
  type JudgedGoal,
  judgedPoints,
  type Judging,
} from "../domain/progress/judgement";
import { JUDGED_POINTS } from "../domain/progress/trend";
import {
  type ProgressSettings,
  progressSettingsFrom,
  type RulePoint,
} from "../domain/progress/rules";
import { phasesOf } from "./phases";
import { newestPoints } from "./progress";

export const progressSettingsOf = ({ settings }: Doc<"organizations">): ProgressSettings =>
  progressSettingsFrom(settings.progressSettings);

export interface Evidence {
  points: RulePoint[];
  goal: Doc<"goals"> & Pick<JudgedGoal, "phases">;
  judging: Judging;
}

/** @param asOf the day that is looked from: what came or was decided later does not count */
export async function evidenceOf(
  db: TenantReader,
  goal: Doc<"goals">,
  { settings, asOf }: Pick<Judging, "settings" | "asOf">,
): Promise<Evidence> {
  const entries = await newestPoints(db, goal._id, JUDGED_POINTS + 1, asOf);
  return {
    points: judgedPoints(goal.measurement.kind, entries.map(rulePoint)),
    goal: { ...goal, phases: await phasesOf(db, goal) },
    judging: { settings, asOf, decided: await decidedAt(db, goal._id, asOf) },
  };
}

const rulePoint = ({ _id, recordedDate, measurementValue }: Doc<"progressData">): RulePoint => ({
  ...{ id: String(_id), date: recordedDate, value: measurementValue },
});

/** Decisions are few: a rule asks again only after new data. */
const DECISIONS = 50;

/** What the newest decision has seen; null before the first. */
async function decidedAt(
  db: TenantReader,
  goalId: Id<"goals">,
  asOf: string,
): Promise<DecidedAt | null> {
  const rows = db.rows("progressDecisions", "by_goal", (q) => q.eq("goalId", goalId)).order("desc");
  const newest = await rows.first();
  if (newest === null) return null;
  const counted =
    newest.decidedOn <= asOf
      ? newest
      : (await rows.take(DECISIONS)).find(({ decidedOn }) => decidedOn <= asOf);
  return counted === undefined
    ? null
    : { date: counted.throughDate, pointIds: counted.throughPoints };
}
