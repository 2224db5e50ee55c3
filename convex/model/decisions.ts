/** What data ask of a team, what it answered, and what both looked like at that moment. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { GoalContext, MemberContext } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import type { TenantReader } from "../access/tenantDb";
import { mayWithStudent } from "../domain/access/matrix";
import { todayIn } from "../domain/calendar/calendarDate";
import { type Judgement, judgeGoal, verdictOf } from "../domain/progress/judgement";
import { vChoice, vFigures, vFiring } from "../tables/decisions";
import { vGoalDomain } from "../tables/goals";
import { evidenceOf, progressSettingsOf } from "./judging";
import { fullName } from "./people";
import { listCaseload } from "./students";

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

/** Everything that the data say at this moment, with the points of the newest day. */
export async function judgeNow({
  db,
  acting,
  goal,
  today,
}: Pick<GoalContext, "db" | "acting" | "goal"> & { today: string }): Promise<{
  judgement: Judgement;
  seen: { throughDate: string; throughPoints: string[] } | null;
  latest: { date: string; value: number } | null;
}> {
  const settings = progressSettingsOf(acting.organization);
  const evidence = await evidenceOf(db, goal, { settings, asOf: today });
  const { points } = evidence;
  const judgement = judgeGoal(points, evidence.goal, evidence.judging);
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
    expected: forecast.projected?.value ?? null,
    probability: forecast.projected?.probability ?? null,
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

/** Goals about which a rule asks this person something: the rows that are kept say which, their data say what. */
export async function listOpen(ctx: MemberContext): Promise<Infer<typeof vOpenDecisions>> {
  const { db, acting } = ctx;
  const { settings: all } = acting.organization;
  const judging = {
    settings: progressSettingsOf(acting.organization),
    asOf: todayIn(all.timezone, Date.now()),
  };
  const caseload = await listCaseload(ctx);
  const students: Infer<typeof vOpenDecisions>["students"] = [];
  for (const { student, relation } of caseload.slice(0, STUDENTS)) {
    const rows = await db
      .rows("goalStandings", "by_student", (q) => q.eq("studentId", student._id))
      .take(100);
    const goals: (typeof students)[number]["goals"] = [];
    for (const { goalId } of rows.filter(({ fired }) => fired)) {
      const stored = await db.require("goals", goalId);
      const facts = await goalCircumstances(db, acting, stored);
      if (!mayWithStudent("progress.decide", relation, facts)) continue;
      const evidence = await evidenceOf(db, stored, judging);
      const { firings } = verdictOf(evidence.points, evidence.goal, evidence.judging);
      if (firings.length === 0) continue;
      const { goalNumber, domain, description } = await db.unseal("goals", stored);
      goals.push({ goalId, goalNumber, domain, description, firings });
    }
    if (goals.length === 0) continue;
    goals.sort((a, b) => a.goalNumber - b.goalNumber);
    const { _id: studentId, firstName, lastName } = student;
    students.push({ studentId, firstName, lastName, goals });
  }
  return { students, truncated: caseload.length > STUDENTS };
}
