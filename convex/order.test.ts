/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { TenantWriter } from "./access/tenantDb";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";
import { writeGoal } from "./testing/worldPlans.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
const me = () => as(app, "caseManager");
const goals = async () => {
  const iepId = world.own.record.draftId;
  const plan = await me().query(api.ieps.getIEPWithGoals, { iepId });
  return plan.goals.map(({ _id, goalNumber }) => [_id, goalNumber] as const);
};

test("people who move goals at once lose none: each move is applied, and the numbers are without a gap", async () => {
  const { draftId, draftGoalId, studentId } = world.own.record;
  await app.run(async (ctx) => {
    const db = new TenantWriter(ctx.db, world.own.organizationId);
    for (let count = 0; count < 4; count += 1)
      await writeGoal(db, { studentId, iepId: draftId, provider: world.users.caseManager });
  });
  const before = (await goals()).map(([id]) => id);
  expect(before).toHaveLength(5);
  const [a, b, c, d, e] = before as [Id<"goals">, ...Id<"goals">[]];
  const move = (actor: "caseManager" | "teamTeacher", goalId?: Id<"goals">, to?: Id<"goals">) =>
    as(app, actor).mutation(api.goals.orderGoal, {
      ...{ iepId: draftId, goalId: goalId ?? a, before: to ?? null },
    });
  expect(a).toBe(draftGoalId);
  await Promise.all([move("caseManager", e, a), move("teamTeacher", b), move("caseManager", d, c)]);
  const after = await goals();
  expect(after.map(([, number]) => number)).toEqual([1, 2, 3, 4, 5]);
  const order = after.map(([id]) => id);
  expect([...order].sort()).toEqual([...before].sort());
  const at = (id?: Id<"goals">) => order.indexOf(id ?? a);
  expect(at(e)).toBeLessThan(at(a));
  expect(at(d)).toBeLessThan(at(c));
  expect(at(b)).toBe(4);
});

test("objectives and rows move, too; a plan that is no draft keeps its order", async () => {
  const { draftId, draftGoalId, draftObjectiveId, iepId, goalId } = world.own.record;
  const second = await me().mutation(api.objectives.addObjective, {
    goalId: draftGoalId,
    objective: {
      ...{ description: "Reads ten words", criterion: "8 of 10" },
      by: (await me().query(api.goals.getGoal, { goalId: draftGoalId })).targetCriteria.timeframe,
    },
    clientMutationId: "second",
  });
  await me().mutation(api.objectives.orderObjective, {
    ...{ goalId: draftGoalId, objectiveId: second, before: draftObjectiveId },
  });
  const goal = await me().query(api.goals.getGoal, { goalId: draftGoalId });
  expect(goal.objectives.map(({ _id }) => _id)).toEqual([second, draftObjectiveId]);

  const list = "modifications" as const;
  const add = (id: string) =>
    me().mutation(api.planFields.addPlanRow, {
      ...{ iepId: draftId, list, row: { id, subject: "", description: id, criteria: "" } },
    });
  for (const id of ["one", "two", "three"]) await add(id);
  const order = (id: string, before: string | null) =>
    me().mutation(api.planFields.orderPlanRow, { iepId: draftId, list, id, before });
  await Promise.all([order("three", "one"), order("one", null)]);
  const { fields } = await me().query(api.planFields.getPlanFields, { iepId: draftId });
  const ids = fields.rows[list].map(({ id }) => id);
  expect(ids.filter((id) => ["one", "two", "three"].includes(id))).toEqual([
    ...["three", "two", "one"],
  ]);

  const fixed = me().mutation(api.goals.orderGoal, { iepId, goalId, before: null });
  expect(await refusal(fixed)).toMatchObject({ code: "CONFLICT", reason: "notADraft" });
  const foreign = me().mutation(api.goals.orderGoal, { iepId: draftId, goalId, before: null });
  expect(await refusal(foreign)).toMatchObject({ code: "NOT_FOUND" });
});
