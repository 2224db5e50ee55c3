/** When data ask the team to look at a goal again: what it decides, why, and from which figures. */
import { v } from "convex/values";
import { conflict, invalid, requireValid } from "./access/errors";
import { canReadGoal, goalMutation, goalQuery, recordsQuery } from "./access/functions";
import { goalCircumstances } from "./access/relations";
import { mayWithStudent } from "./domain/access/matrix";
import { checkDecision } from "./domain/progress/decision";
import {
  figuresOf,
  judgeNow,
  listDecisionsOf,
  listOpen,
  vDecision,
  vOpenDecisions,
} from "./model/decisions";
import { checkPhase, insertPhase } from "./model/phases";
import { goalsOf } from "./model/ieps";
import { progressSettingsOf } from "./model/judging";
import { vChoice } from "./tables/decisions";
import { vGoalDomain } from "./tables/goals";
import { vProgressRules } from "./tables/organizations";

/** The decisions about a goal, newest first, and the rules that it is judged by. */
export const listDecisions = goalQuery({
  access: "progress.read",
  args: {},
  returns: v.object({
    decisions: v.array(vDecision),
    settings: vProgressRules,
    canDecide: v.boolean(),
  }),
  handler: async ({ db, acting, goal, iep, relation, facts }) => ({
    decisions: await listDecisionsOf(db, goal._id),
    settings: progressSettingsOf(acting.organization),
    canDecide:
      goal.isActive &&
      iep.status === "active" &&
      mayWithStudent("progress.decide", relation, facts),
  }),
});

/**
 * Answers what the rules ask now; the figures of this moment are kept with it. A new phase is marked in the same step.
 * The same `clientMutationId` again is the same decision.
 * @throws INVALID, CONFLICT if nothing is asked (any more), or other data have come since
 */
export const decide = goalMutation({
  access: "progress.decide",
  args: {
    choice: vChoice,
    reason: v.string(),
    phaseName: v.optional(v.string()),
    phaseStart: v.optional(v.string()),
    /** The points of the newest day that the person saw. */
    seenPoints: v.array(v.string()),
    clientMutationId: v.string(),
  },
  returns: v.id("progressDecisions"),
  handler: async (ctx, { clientMutationId, seenPoints, ...input }) => {
    const { db, acting, goal, iep, today, now } = ctx;
    const done = await db
      .rows("progressDecisions", "by_client_mutation", (q) =>
        q.eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) {
      const same = done.goalId === goal._id && done.decidedBy === acting.user._id;
      if (!same) throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
      return done._id;
    }
    if (iep.status !== "active") throw conflict("iepNotActive");
    if (!goal.isActive) throw conflict("goalClosed");
    requireValid(checkDecision(input));
    const { judgement, seen, latest } = await judgeNow(ctx);
    if (judgement.firings.length === 0 || seen === null) throw conflict("nothingAsked");
    const known = new Set(seenPoints);
    if (!seen.throughPoints.every((id) => known.has(id))) throw conflict("newerData");
    let phaseId;
    if (input.choice === "newPhase") {
      const phase = { name: input.phaseName ?? "", startDate: input.phaseStart ?? "" };
      const problems = await checkPhase(db, goal, phase);
      requireValid(
        problems.map((found) => ({
          ...found,
          field: found.field === "name" ? "phaseName" : "phaseStart",
        })),
      );
      phaseId = await insertPhase(db, goal, phase, acting.user._id);
    }
    return db.insert("progressDecisions", {
      ...{ studentId: goal.studentId, goalId: goal._id, choice: input.choice },
      reason: input.reason.trim(),
      firings: judgement.firings,
      figures: figuresOf(judgement, latest),
      ...seen,
      ...(phaseId === undefined ? {} : { phaseId }),
      ...{ decidedBy: acting.user._id, decidedOn: today, decidedAt: now, clientMutationId },
    });
  },
});

/** The other goals of the student's plan that this person may read with their data: what a chart can be compared with. */
export const listComparable = goalQuery({
  access: "progress.read",
  args: {},
  returns: v.array(
    v.object({ goalId: v.id("goals"), goalNumber: v.number(), domain: vGoalDomain }),
  ),
  handler: async ({ db, acting, goal, iep, relation }) => {
    const readable = [];
    for (const other of await goalsOf(db, iep._id)) {
      if (other._id === goal._id) continue;
      const facts = await goalCircumstances(db, acting, other);
      if (!canReadGoal(iep.status, relation, facts)) continue;
      if (!mayWithStudent("progress.read", relation, facts)) continue;
      readable.push({ goalId: other._id, goalNumber: other.goalNumber, domain: other.domain });
    }
    return readable;
  },
});

/** Goals of this person's students about which a rule asks something. */
export const listOpenDecisions = recordsQuery({
  access: "decision.list",
  args: {},
  returns: vOpenDecisions,
  handler: (ctx) => listOpen(ctx),
});
