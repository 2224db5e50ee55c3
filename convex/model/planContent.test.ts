/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import type { MutationCtx } from "../_generated/server";
import { TenantWriter } from "../access/tenantDb";
import { canonicalJson, hashOf } from "../domain/ieps/canonical";
import type { PlanContent } from "../domain/ieps/planContent";
import { buildWorld, newApp, type TestApp, type World } from "../testing/world.helpers";
import { assemblePlan } from "./planContent";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const assemble = (change?: (db: TenantWriter) => Promise<void>): Promise<PlanContent> =>
  app.run(async (ctx) => {
    const db = new TenantWriter((ctx as unknown as MutationCtx).db, world.own.organizationId);
    await change?.(db);
    return assemblePlan(
      { db, runQuery: (ctx as unknown as MutationCtx).runQuery },
      await db.require("ieps", world.own.record.draftId),
    );
  });

test("a plan says who it is for, who is on the team, its goals and its supports, nothing of it sealed", async () => {
  const plan = await assemble(async (db) => {
    await db.patch("ieps", world.own.record.draftId, {
      accommodations: [{ category: "Timing", description: "Extra time", setting: "Tests" }],
      transitionPlan: { postSecondaryGoals: ["A job"], transitionServices: [] },
    });
  });
  expect(plan).toMatchObject({
    ...{ format: 1, kind: "annual", version: 2, organization: "Own District" },
    student: { name: "Ada Student", number: "A-1", grade: "2", school: "First School" },
    accommodations: [{ description: "Extra time" }],
    environment: { placement: "General education classroom", schoolWeekMinutes: null },
    transition: { postSecondaryGoals: ["A job"], agencyInvolvement: [] },
    goals: [{ number: 1, description: "Reads words", baseline: { value: 40 } }],
  });
  expect(plan.student.disabilities).toEqual(["autism"]);
  expect(plan.team[0]).toEqual({ name: "caseManager Tester", function: "caseManager" });
  expect(plan.team.map(({ name }) => name)).not.toContain("formerTeamTeacher Tester");
  expect(canonicalJson(plan)).not.toContain('"box"');
});

test("the same plan has the same fingerprint, a changed word another", async () => {
  const before = hashOf(await assemble());
  expect(hashOf(await assemble())).toBe(before);
  const after = await assemble(async (db) => {
    await db.patch("goals", world.own.record.draftGoalId, { description: "Reads words." });
  });
  expect(hashOf(after)).not.toBe(before);
});
