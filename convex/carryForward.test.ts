/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { addDays } from "./domain/calendar/calendarDate";
import { goWithout } from "./testing/completeness.helpers";
import { carryingIn, nextYear, refusal } from "./testing/carry.helpers";
import { writeService } from "./testing/worldPlans.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let carrying: ReturnType<typeof carryingIn>;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  carrying = carryingIn(app, world);
});

describe("next year's draft", () => {
  test("only what was chosen comes over, and each item shows its source", async () => {
    const { goalId, iepId: from } = world.own.record;
    const { effectiveDate } = await carrying.source();
    const iepId = await carrying.begin([`goal/${goalId}`]);
    const plan = await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(plan).toMatchObject({ status: "draft", placement: "", accommodations: [] });
    expect(plan.goals.map(({ description }) => description)).toEqual(["Reads words"]);
    const items = await carrying.carried(iepId);
    expect(items.map(({ kind, state, sourceDate }) => ({ kind, state, sourceDate }))).toEqual([
      { kind: "goal", state: "unseen", sourceDate: effectiveDate },
    ]);
    expect(await carrying.manager().query(api.carryForward.listMarks, { iepId })).toEqual([
      { place: `goal/${plan.goals[0]?._id ?? ""}`, isUnseen: true, sourceDate: effectiveDate },
    ]);
    // What is in force is as it was.
    const { studentId } = world.own.record;
    const active = await carrying.manager().query(api.ieps.getActiveIEP, { studentId });
    expect(active).toMatchObject({ _id: from, status: "active" });
  });

  test("what came over is listed in the order of the plan", async () => {
    const { goalId } = world.own.record;
    // Made later, and first in the plan.
    const laterId = await carrying.inDb(async (db) => {
      const { _id, _creationTime, organizationId, lineage, clientMutationId, ...goal } =
        await db.unseal("goals", await db.require("goals", goalId));
      await db.patch("goals", goalId, { goalNumber: 2 });
      return db.insert("goals", { ...goal, goalNumber: 1, description: "Counts" });
    });
    const iepId = await carrying.begin([`goal/${goalId}`, `goal/${laterId}`]);
    const items = await carrying.carried(iepId);
    expect(items.map(({ goal, text }) => [goal?.number, text])).toEqual([
      [1, "Counts"],
      [2, "Reads words"],
    ]);
  });

  test("the same request again is one draft; another plan in force refuses", async () => {
    const [first, second] = await Promise.all([carrying.begin([]), carrying.begin([])]);
    expect(first).toBe(second);
    const { studentId, draftId } = world.own.record;
    const args = {
      studentId,
      fromId: draftId,
      ...nextYear(),
      items: [],
      sentences: "none" as const,
    };
    expect(
      await refusal(
        carrying
          .manager()
          .mutation(api.carryForward.beginNextPlan, { ...args, clientMutationId: "other" }),
      ),
    ).toBe("notTheSource");
  });

  test("a goal goes on: same lineage, baseline of real data, dates of the new plan", async () => {
    await carrying.measure();
    const { goalId } = world.own.record;
    const iepId = await carrying.begin([`goal/${goalId}`]);
    const plan = await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId });
    const [goal] = plan.goals;
    expect(goal).toMatchObject({
      ...{ lineage: goalId, goalNumber: 1, isActive: true },
      // The last three by date: 60 is of three days ago; 50 and 70 of yesterday, 80 of the day before.
      baselineData: { value: 70, date: addDays(today(), -1) },
      targetCriteria: { target: 80, timeframe: nextYear().expirationDate },
    });
    expect(goal?.baselineData.pointIds).toHaveLength(3);
    expect(goal?.assigned.map(({ firstName }) => firstName)).toEqual(["paraprofessional"]);
    expect(goal?.objectives.map(({ status }) => status)).toEqual(["notStarted"]);
    // Each year keeps its data.
    const life = await carrying
      .manager()
      .query(api.goals.getGoalLife, { goalId: goal?._id ?? goalId });
    expect(life.map(({ points }) => points.length)).toEqual([4, 0]);
  });

  test("present levels begin with sentences from the data, marked as such, in both languages", async () => {
    await carrying.measure();
    const iepId = await carrying.begin([], { sentences: "both" });
    const item = await carrying.one(iepId, "section");
    expect(item).toMatchObject({ name: "presentLevelsAcademic", state: "unseen" });
    expect(item.text).toMatch(/^From the progress data of last year's plan/u);
    expect(item.text).toContain("Goal 1 (“Reads words”): 40% at the baseline on");
    expect(item.text).toContain("70% by");
    expect(item.text).toContain("median of the last 3 of 4 observations");
    expect(item.text).toContain("De los datos de progreso del plan del año pasado");
    expect(item.text).toContain("Meta 1 (“Reads words”):");
  });

  test("services begin and end with the new plan", async () => {
    const serviceId = await carrying.inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await carrying.begin([`service/${serviceId}`]);
    const { services } = await carrying.manager().query(api.services.listServices, { iepId });
    const { effectiveDate, expirationDate } = nextYear();
    expect(services).toMatchObject([
      { type: "Speech therapy", startDate: effectiveDate, endDate: expirationDate },
    ]);
  });
});

describe("what nobody has looked at", () => {
  test("is missing until somebody decides, and blocks the way into force like anything else", async () => {
    const iepId = await carrying.begin([`goal/${world.own.record.goalId}`, "answer/placement"]);
    expect((await carrying.unseen(iepId)).sort()).toEqual([
      ...["carriedUnseen:answer required", "carriedUnseen:goal required"],
    ]);
    await goWithout(app, iepId);
    // The decision covers what was missing then, and nothing that is taken over later.
    expect((await carrying.manager().query(api.ieps.getCompleteness, { iepId })).openCount).toBe(0);
    expect(await carrying.review("specialist", iepId, "answer", "keep")).toBeNull();
    expect(await carrying.unseen(iepId)).toEqual(["carriedUnseen:goal required"]);
    expect(await carrying.one(iepId, "answer")).toMatchObject({
      ...{ state: "kept", isChanged: false, reviewedByName: "specialist Tester" },
    });
  });

  test("without a decision the plan does not come into force", async () => {
    const { draftId, draftGoalId, carriedId } = world.own.record;
    await carrying.inDb((db) => db.patch("carriedItems", carriedId, { state: "unseen" }));
    expect(await carrying.unseen(draftId)).toEqual(["carriedUnseen:answer required"]);
    await goWithout(app, draftId);
    await carrying.inDb(async (db) => {
      const [before] = await db
        .rows("completenessOverrides", "by_iep", (q) => q.eq("iepId", draftId))
        .take(1);
      if (before === undefined) throw new Error("Nobody decided");
      const findings = before.findings.filter((id) => !id.startsWith("carriedUnseen"));
      await db.patch("completenessOverrides", before._id, { findings });
    });
    const move = async (to: "in_review" | "ready_to_sign" | "active") => {
      const { revision } = await carrying
        .manager()
        .query(api.versions.getLifeCycle, { iepId: draftId });
      return refusal(
        carrying
          .manager()
          .mutation(api.ieps.moveIEP, { iepId: draftId, to, expectedRevision: revision }),
      );
    };
    expect(await move("in_review")).toBeNull();
    expect(await move("ready_to_sign")).toBeNull();
    expect(await move("active")).toBe("iepIncomplete");
    // Looking at it is no change of the plan: it is possible until the plan is in force.
    expect(await carrying.review("caseManager", draftId, "answer", "keep")).toBeNull();
    expect(await move("active")).toBeNull();
    expect(
      await carrying.manager().query(api.goals.getGoal, { goalId: draftGoalId }),
    ).toMatchObject({
      iepStatus: "active",
    });
  });

  test("changed is changed: what was edited since is told from what was kept", async () => {
    const iepId = await carrying.begin(["answer/placement"]);
    const { fields } = await carrying.manager().query(api.planFields.getPlanFields, { iepId });
    const before = await carrying.one(iepId, "answer");
    await carrying.manager().mutation(api.planFields.savePlanField, {
      ...{ iepId, field: "placement", base: fields.placement, value: "Resource room" },
    });
    // Whoever saw the former words decides about those alone.
    expect(
      await refusal(
        carrying.manager().mutation(api.carryForward.review, {
          ...{ iepId, carriedId: before.carriedId, decision: "keep", seen: before.fingerprint },
        }),
      ),
    ).toBe("changedMeanwhile");
    expect(await carrying.one(iepId, "answer")).toMatchObject({ state: "unseen", isChanged: true });
    expect(await carrying.review("caseManager", iepId, "answer", "keep")).toBeNull();
    expect(await carrying.one(iepId, "answer")).toMatchObject({ state: "changed" });
  });

  test("a goal that has reached its target does not stay as it is", async () => {
    const { goalId } = world.own.record;
    await carrying.inDb(async (db) => {
      const goal = await db.require("goals", goalId);
      const { targetCriteria } = goal;
      await db.patch("goals", goalId, { targetCriteria: { ...targetCriteria, target: 50 } });
    });
    // The one observation of the world is 50.
    const iepId = await carrying.begin([`goal/${goalId}`]);
    expect(await carrying.review("caseManager", iepId, "goal", "keep")).toBe("INVALID");
    expect(await carrying.unseen(iepId)).toHaveLength(1);
  });
});

describe("leaving out", () => {
  test("takes it out of the draft; it can be taken over again", async () => {
    const { goalId } = world.own.record;
    const iepId = await carrying.begin([`goal/${goalId}`, "answer/placement"], { sentences: "es" });
    for (const kind of ["goal", "answer", "section"])
      expect(await carrying.review("caseManager", iepId, kind, "leaveOut")).toBeNull();
    const plan = await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(plan).toMatchObject({ goals: [], placement: "" });
    expect(await carrying.unseen(iepId)).toEqual([]);
    expect((await carrying.carried(iepId)).map(({ state }) => state)).toEqual([
      ...["leftOut", "leftOut"],
    ]);
    const { carriedId } = await carrying.one(iepId, "goal");
    await carrying.manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await carrying.one(iepId, "goal")).toMatchObject({
      state: "unseen",
      text: "Reads words",
    });
    expect(await carrying.unseen(iepId)).toHaveLength(1);
  });

  test("of a goal is for those who may write it", async () => {
    const iepId = await carrying.begin([`goal/${world.own.record.goalId}`]);
    expect(await carrying.review("teamTeacher", iepId, "goal", "leaveOut")).toBe("FORBIDDEN");
    expect(await carrying.one(iepId, "goal")).toMatchObject({ state: "unseen" });
  });

  test("what was removed where it is edited counts as left out", async () => {
    const serviceId = await carrying.inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await carrying.begin([`service/${serviceId}`]);
    expect(await carrying.unseen(iepId)).toHaveLength(1);
    const { services } = await carrying.manager().query(api.services.listServices, { iepId });
    const [service] = services;
    if (service === undefined) throw new Error("No service came over");
    await carrying.manager().mutation(api.services.removeService, {
      ...{ iepId, serviceId: service._id, expectedVersion: service.version },
    });
    expect(await carrying.unseen(iepId)).toEqual([]);
    expect(await carrying.one(iepId, "service")).toMatchObject({ state: "leftOut" });
  });

  test("a carried item of another plan does not exist here", async () => {
    const iepId = await carrying.begin([]);
    const { carriedId } = world.own.record;
    const args = { iepId, carriedId, decision: "keep" as const, seen: "" };
    expect(await refusal(carrying.manager().mutation(api.carryForward.review, args))).toBe(
      "NOT_FOUND",
    );
  });
});

describe("with forged ids", () => {
  const forged = (part: { fromId?: Id<"ieps">; items?: string[]; clientMutationId?: string }) =>
    refusal(
      carrying.manager().mutation(api.carryForward.beginNextPlan, {
        ...{ studentId: world.own.record.studentId, fromId: world.own.record.iepId },
        ...{ ...nextYear(), items: [], sentences: "none", clientMutationId: "forged" },
        ...part,
      }),
    );

  test("a plan of another student, of another district and of nobody are alike", async () => {
    const destroyed = await app.run(async (ctx) => {
      const plan = await ctx.db.get("ieps", world.own.record.iepId);
      if (plan === null) throw new Error("There is no plan");
      const { _id, _creationTime, ...row } = plan;
      const id = await ctx.db.insert("ieps", row);
      await ctx.db.delete("ieps", id);
      return id;
    });
    for (const fromId of [world.own.sisterRecord.iepId, world.foreign.record.iepId, destroyed])
      expect(await forged({ fromId })).toBe("NOT_FOUND");
  });

  test("items of other plans are no items of this one", async () => {
    const { sisterRecord } = world.own;
    const iepId = await carrying.begin([
      `goal/${sisterRecord.goalId}`,
      `goal/${world.foreign.record.goalId}`,
      `goal/${"x".repeat(5000)}`,
      "section/__proto__",
      "row/constructor/1",
      "",
    ]);
    expect(await carrying.carried(iepId)).toEqual([]);
    expect((await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId })).goals).toEqual([]);
  });

  test("more items than a plan has, or a text for an id, are refused", async () => {
    expect(await forged({ items: Array.from({ length: 901 }, () => "goal/1") })).toBe("INVALID");
    expect(await forged({ clientMutationId: "x".repeat(101) })).toBe("INVALID");
  });

  test("what belongs to another student's plan is not taken again here", async () => {
    const iepId = await carrying.begin([]);
    for (const { carriedId } of [world.own.sisterRecord, world.foreign.record])
      expect(
        await refusal(
          carrying.manager().mutation(api.carryForward.takeAgain, { iepId, carriedId }),
        ),
      ).toBe("NOT_FOUND");
  });

  test("a helper who left the team is not put back to work by a copy", async () => {
    const { goalId, studentId } = world.own.record;
    await carrying.inDb((db) =>
      db.insert("goalAssignments", { studentId, goalId, userId: world.users.formerTeamTeacher }),
    );
    const iepId = await carrying.begin([`goal/${goalId}`]);
    const [goal] = (await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId })).goals;
    const helpers = await app.run((ctx) => ctx.db.query("goalAssignments").collect());
    expect(
      helpers.filter((helper) => helper.goalId === goal?._id).map(({ userId }) => userId),
    ).toEqual([world.users.paraprofessional]);
  });
});
