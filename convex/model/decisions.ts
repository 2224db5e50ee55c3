/** What data ask of a team, what it answered, and what both looked like at that moment. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { GoalContext, MemberContext } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import type { TenantReader } from "../access/tenantDb";
import { mayWithStudent } from "../domain/access/matrix";
import {
  type DecidedAt,
  type Judgement,
  judgeGoal,
  judgeRulesOf,
} from "../domain/progress/judgement";
import { chartedSeries } from "../domain/progress/charted";
import { PROGRESS_DEFAULTS, type ProgressSettings, RULE_POINTS } from "../domain/progress/rules";
import { vChoice, vFigures, vFiring } from "../tables/decisions";
import { vGoalDomain } from "../tables/goals";
import { phasesOf } from "./goals";
import { fullName } from "./people";
import { newestPoints } from "./progress";
import { listCaseload } from "./students";
import { goalsInForce } from "./today";

export const progressSettingsOf = ({ settings }: Doc<"organizations">): ProgressSettings =>
  settings.progressSettings ?? PROGRESS_DEFAULTS;

export const vDecision = v.object({
  _id: v.id("progressDecisions"),
  choice: vChoice,
  reason: v.string(),
  firings: v.array(vFiring),
  figures: vFigures,
  throughDate: v.string(),
  throughPoints: v.array(v.string()),
  decidedByName: v.string(),
  decidedOn: v.string(),
});

/** Of one goal; the newest come first. */
const DECISIONS = 50;

export async function listDecisionsOf(
  db: TenantReader,
  goalId: Id<"goals">,
): Promise<Infer<typeof vDecision>[]> {
  const rows = await db
    .rows("progressDecisions", "by_goal", (q) => q.eq("goalId", goalId))
    .order("desc")
    .take(DECISIONS);
  return Promise.all(
    rows.map(async (stored) => {
      const decision = await db.unseal("progressDecisions", stored);
      return {
        _id: decision._id,
        choice: decision.choice,
        reason: decision.reason,
        firings: decision.firings,
        figures: decision.figures,
        throughDate: decision.throughDate,
        throughPoints: decision.throughPoints,
        decidedByName: await fullName(db, decision.decidedBy),
        decidedOn: decision.decidedOn,
      };
    }),
  );
}

/** What the newest decision has seen; null before the first. */
async function decidedAt(db: TenantReader, goalId: Id<"goals">): Promise<DecidedAt | null> {
  const newest = await db
    .rows("progressDecisions", "by_goal", (q) => q.eq("goalId", goalId))
    .order("desc")
    .first();
  return newest === null ? null : { date: newest.throughDate, pointIds: newest.throughPoints };
}

/** The goal's observations as they are charted. */
const rulePoints = (goal: Doc<"goals">, points: readonly Doc<"progressData">[]) =>
  chartedSeries(
    goal.measurement.kind,
    points.map(({ _id, recordedDate, measurementValue }) => ({
      ...{ id: String(_id), date: recordedDate, value: measurementValue },
    })),
  );

/** The points whose figures are frozen with a decision: of a longer phase, the newest. */
const FROZEN_POINTS = 500;

/** Everything that the data say at this moment, with the points of the newest day. */
export async function judgeNow({
  db,
  acting,
  goal,
}: Pick<GoalContext, "db" | "acting" | "goal">): Promise<{
  judgement: Judgement;
  seen: { throughDate: string; throughPoints: string[] } | null;
  latest: { date: string; value: number } | null;
}> {
  const points = rulePoints(goal, await newestPoints(db, goal._id, FROZEN_POINTS));
  const judgement = judgeGoal(
    points,
    { ...goal, phases: await phasesOf(db, goal) },
    {
      settings: progressSettingsOf(acting.organization),
      decided: await decidedAt(db, goal._id),
    },
  );
  const latest = points.at(-1);
  if (latest === undefined) return { judgement, seen: null, latest: null };
  const sameDay = points.filter(({ date }) => date === latest.date);
  return {
    judgement,
    seen: { throughDate: latest.date, throughPoints: sameDay.map(({ id }) => id) },
    latest: { date: latest.date, value: latest.value },
  };
}

export function figuresOf(
  judgement: Judgement,
  latest: Infer<typeof vFigures>["latest"],
): Infer<typeof vFigures> {
  const { leastSquares, theilSen, forecast, needed, points, since } = judgement;
  return {
    ...{ points, since, latest },
    slopePerWeek: leastSquares.status === "computed" ? leastSquares.slopePerWeek : null,
    robustSlopePerWeek: theilSen.status === "computed" ? theilSen.slopePerWeek : null,
    neededPerWeek: needed,
    expected: forecast.status === "computed" ? forecast.expected : null,
    probability: forecast.status === "computed" ? forecast.probability : null,
  };
}

export const vOpenDecisions = v.object({
  students: v.array(
    v.object({
      studentId: v.id("students"),
      firstName: v.string(),
      lastName: v.string(),
      goals: v.array(
        v.object({
          goalId: v.id("goals"),
          goalNumber: v.number(),
          domain: vGoalDomain,
          description: v.string(),
          firings: v.array(vFiring),
        }),
      ),
    }),
  ),
  truncated: v.boolean(),
});

/** A list that somebody works through; whoever has more students comes to them on their goal pages. */
const STUDENTS = 60;

/** Goals about which a rule asks this person something. */
export async function listOpen(ctx: MemberContext): Promise<Infer<typeof vOpenDecisions>> {
  const { db, acting } = ctx;
  const settings = progressSettingsOf(acting.organization);
  const caseload = await listCaseload(ctx);
  const students: Infer<typeof vOpenDecisions>["students"] = [];
  for (const { student, relation } of caseload.slice(0, STUDENTS)) {
    if (student.enrollmentStatus !== "active") continue;
    const goals: (typeof students)[number]["goals"] = [];
    for (const stored of await goalsInForce(ctx, student)) {
      const facts = await goalCircumstances(db, acting, stored);
      if (!mayWithStudent("progress.decide", relation, facts)) continue;
      const points = rulePoints(stored, await newestPoints(db, stored._id, RULE_POINTS));
      const { firings } = judgeRulesOf(
        points,
        { ...stored, phases: await phasesOf(db, stored) },
        { settings, decided: await decidedAt(db, stored._id) },
      );
      if (firings.length === 0) continue;
      const { _id: goalId, goalNumber, domain, description } = await db.unseal("goals", stored);
      goals.push({ goalId, goalNumber, domain, description, firings });
    }
    if (goals.length === 0) continue;
    const { _id: studentId, firstName, lastName } = student;
    students.push({ studentId, firstName, lastName, goals });
  }
  return { students, truncated: caseload.length > STUDENTS };
}
