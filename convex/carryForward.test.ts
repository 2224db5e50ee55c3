/// <reference types="vite/client" />
import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { insertPoint } from "./model/progress";
import { goWithout } from "./testing/completeness.helpers";
import type { TenantWriter } from "./access/tenantDb";
import { plansIn } from "./testing/plans.helpers";
import { as } from "./testing/sessions.helpers";
import { writeService } from "./testing/worldPlans.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type TestApp,
  today,
  type World,
} from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const manager = () => as(app, "caseManager");
const inDb = <Result>(work: (db: TenantWriter) => Promise<Result>) =>
  plansIn(app, world).inDb(work);
async function refusal(promise: Promise<unknown>): Promise<string | null> {
  try {
    const result = (await promise) as { trellisRefusal?: string } | null;
    return result?.trellisRefusal ?? null;
  } catch (error) {
    if (!(error instanceof ConvexError)) throw error;
    const { reason, code } = error.data as { reason?: string; code: string };
    return reason ?? code;
  }
}

const nextYear = () => {
  const effectiveDate = addMonths(today(), 10);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  return { effectiveDate, expirationDate, meetingDate: addDays(effectiveDate, -14) };
};
const source = async () => {
  const { studentId } = world.own.record;
  const found = await manager().query(api.carryForward.getSource, { studentId });
  if (found === null) throw new Error("There is no plan to begin with");
  return found;
};
const begin = (
  items: string[],
  { sentences = "none", id = "next" }: { sentences?: "none" | "both" | "es"; id?: string } = {},
) =>
  manager().mutation(api.carryForward.beginNextPlan, {
    ...{ studentId: world.own.record.studentId, fromId: world.own.record.iepId, ...nextYear() },
    ...{ items, sentences, clientMutationId: id },
  });
const carried = async (iepId: Id<"ieps">) =>
  (await manager().query(api.carryForward.listCarried, { iepId })).items;
const one = async (iepId: Id<"ieps">, kind: string) => {
  const found = (await carried(iepId)).find((item) => item.kind === kind);
  if (found === undefined) throw new Error(`No ${kind} was taken over`);
  return found;
};
const review = async (
  actor: Actor,
  iepId: Id<"ieps">,
  kind: string,
  decision: "keep" | "leaveOut",
) => {
  const { carriedId, fingerprint } = await one(iepId, kind);
  return refusal(
    as(app, actor).mutation(api.carryForward.review, {
      ...{ iepId, carriedId, decision, seen: fingerprint },
    }),
  );
};
const unseen = async (iepId: Id<"ieps">) =>
  (await manager().query(api.ieps.getCompleteness, { iepId })).findings
    .filter(({ key }) => key === "carriedUnseen")
    .map(({ id, severity }) => `${id.split("/")[0] ?? ""} ${severity}`);
/** Three more observations of this year's goal: 50 (of the world), 60, 80, 70. */
const measure = () =>
  inDb(async (db) => {
    const goal = await db.require("goals", world.own.record.goalId);
    for (const [index, correct] of [6, 8, 7].entries())
      await insertPoint(
        db,
        goal,
        {
          recordedDate: addDays(today(), index - 3),
          measurement: { kind: "trials", correct, total: 10 },
          settingType: "other",
        },
        {
          ...{ recordedBy: world.users.caseManager, sequence: index + 2, loggedAt: 2 },
          clientMutationId: `more-${String(index)}`,
        },
      );
  });

describe("next year's draft", () => {
  test("only what was chosen comes over, and each item shows its source", async () => {
    const { goalId, iepId: from } = world.own.record;
    const { effectiveDate } = await source();
    const iepId = await begin([`goal/${goalId}`]);
    const plan = await manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(plan).toMatchObject({ status: "draft", placement: "", accommodations: [] });
    expect(plan.goals.map(({ description }) => description)).toEqual(["Reads words"]);
    const items = await carried(iepId);
    expect(items.map(({ kind, state, sourceDate }) => ({ kind, state, sourceDate }))).toEqual([
      { kind: "goal", state: "unseen", sourceDate: effectiveDate },
    ]);
    expect(await manager().query(api.carryForward.listMarks, { iepId })).toEqual([
      { place: `goal/${plan.goals[0]?._id ?? ""}`, isUnseen: true, sourceDate: effectiveDate },
    ]);
    // What is in force is as it was.
    const { studentId } = world.own.record;
    const active = await manager().query(api.ieps.getActiveIEP, { studentId });
    expect(active).toMatchObject({ _id: from, status: "active" });
  });

  test("the same request again is one draft; another plan in force refuses", async () => {
    const [first, second] = await Promise.all([begin([]), begin([])]);
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
        manager().mutation(api.carryForward.beginNextPlan, { ...args, clientMutationId: "other" }),
      ),
    ).toBe("notTheSource");
  });

  test("a goal goes on: same lineage, baseline of real data, dates of the new plan", async () => {
    await measure();
    const { goalId } = world.own.record;
    const iepId = await begin([`goal/${goalId}`]);
    const plan = await manager().query(api.ieps.getIEPWithGoals, { iepId });
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
    const life = await manager().query(api.goals.getGoalLife, { goalId: goal?._id ?? goalId });
    expect(life.map(({ points }) => points.length)).toEqual([4, 0]);
  });

  test("present levels begin with sentences from the data, marked as such, in both languages", async () => {
    await measure();
    const iepId = await begin([], { sentences: "both" });
    const item = await one(iepId, "section");
    expect(item).toMatchObject({ name: "presentLevelsAcademic", state: "unseen" });
    expect(item.text).toMatch(/^From the progress data of last year's plan/u);
    expect(item.text).toContain("Goal 1 (“Reads words”): 40% at the baseline on");
    expect(item.text).toContain("70% by");
    expect(item.text).toContain("median of the last 3 of 4 observations");
    expect(item.text).toContain("De los datos de progreso del plan del año pasado");
    expect(item.text).toContain("Meta 1 (“Reads words”):");
  });

  test("services begin and end with the new plan", async () => {
    const serviceId = await inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await begin([`service/${serviceId}`]);
    const { services } = await manager().query(api.services.listServices, { iepId });
    const { effectiveDate, expirationDate } = nextYear();
    expect(services).toMatchObject([
      { type: "Speech therapy", startDate: effectiveDate, endDate: expirationDate },
    ]);
  });
});

describe("what nobody has looked at", () => {
  test("is missing until somebody decides, and blocks the way into force like anything else", async () => {
    const iepId = await begin([`goal/${world.own.record.goalId}`, "answer/placement"]);
    expect((await unseen(iepId)).sort()).toEqual([
      ...["carriedUnseen:answer required", "carriedUnseen:goal required"],
    ]);
    await goWithout(app, iepId);
    // The decision covers what was missing then, and nothing that is taken over later.
    expect((await manager().query(api.ieps.getCompleteness, { iepId })).openCount).toBe(0);
    expect(await review("specialist", iepId, "answer", "keep")).toBeNull();
    expect(await unseen(iepId)).toEqual(["carriedUnseen:goal required"]);
    expect(await one(iepId, "answer")).toMatchObject({
      ...{ state: "kept", isChanged: false, reviewedByName: "specialist Tester" },
    });
  });

  test("without a decision the plan does not come into force", async () => {
    const { draftId, draftGoalId, carriedId } = world.own.record;
    await inDb((db) => db.patch("carriedItems", carriedId, { state: "unseen" }));
    expect(await unseen(draftId)).toEqual(["carriedUnseen:answer required"]);
    await goWithout(app, draftId);
    await inDb(async (db) => {
      const [before] = await db
        .rows("completenessOverrides", "by_iep", (q) => q.eq("iepId", draftId))
        .take(1);
      if (before === undefined) throw new Error("Nobody decided");
      const findings = before.findings.filter((id) => !id.startsWith("carriedUnseen"));
      await db.patch("completenessOverrides", before._id, { findings });
    });
    const move = async (to: "in_review" | "ready_to_sign" | "active") => {
      const { revision } = await manager().query(api.versions.getLifeCycle, { iepId: draftId });
      return refusal(
        manager().mutation(api.ieps.moveIEP, { iepId: draftId, to, expectedRevision: revision }),
      );
    };
    expect(await move("in_review")).toBeNull();
    expect(await move("ready_to_sign")).toBeNull();
    expect(await move("active")).toBe("iepIncomplete");
    // Looking at it is no change of the plan: it is possible until the plan is in force.
    expect(await review("caseManager", draftId, "answer", "keep")).toBeNull();
    expect(await move("active")).toBeNull();
    expect(await manager().query(api.goals.getGoal, { goalId: draftGoalId })).toMatchObject({
      iepStatus: "active",
    });
  });

  test("changed is changed: what was edited since is told from what was kept", async () => {
    const iepId = await begin(["answer/placement"]);
    const { fields } = await manager().query(api.planFields.getPlanFields, { iepId });
    const before = await one(iepId, "answer");
    await manager().mutation(api.planFields.savePlanField, {
      ...{ iepId, field: "placement", base: fields.placement, value: "Resource room" },
    });
    // Whoever saw the former words decides about those alone.
    expect(
      await refusal(
        manager().mutation(api.carryForward.review, {
          ...{ iepId, carriedId: before.carriedId, decision: "keep", seen: before.fingerprint },
        }),
      ),
    ).toBe("changedMeanwhile");
    expect(await one(iepId, "answer")).toMatchObject({ state: "unseen", isChanged: true });
    expect(await review("caseManager", iepId, "answer", "keep")).toBeNull();
    expect(await one(iepId, "answer")).toMatchObject({ state: "changed" });
  });

  test("a goal that has reached its target does not stay as it is", async () => {
    const { goalId } = world.own.record;
    await inDb(async (db) => {
      const goal = await db.require("goals", goalId);
      const { targetCriteria } = goal;
      await db.patch("goals", goalId, { targetCriteria: { ...targetCriteria, target: 50 } });
    });
    // The one observation of the world is 50.
    const iepId = await begin([`goal/${goalId}`]);
    expect(await review("caseManager", iepId, "goal", "keep")).toBe("INVALID");
    expect(await unseen(iepId)).toHaveLength(1);
  });
});

describe("leaving out", () => {
  test("takes it out of the draft; it can be taken over again", async () => {
    const { goalId } = world.own.record;
    const iepId = await begin([`goal/${goalId}`, "answer/placement"], { sentences: "es" });
    for (const kind of ["goal", "answer", "section"])
      expect(await review("caseManager", iepId, kind, "leaveOut")).toBeNull();
    const plan = await manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(plan).toMatchObject({ goals: [], placement: "" });
    expect(await unseen(iepId)).toEqual([]);
    expect((await carried(iepId)).map(({ state }) => state)).toEqual([...["leftOut", "leftOut"]]);
    const { carriedId } = await one(iepId, "goal");
    await manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await one(iepId, "goal")).toMatchObject({ state: "unseen", text: "Reads words" });
    expect(await unseen(iepId)).toHaveLength(1);
  });

  test("of a goal is for those who may write it", async () => {
    const iepId = await begin([`goal/${world.own.record.goalId}`]);
    expect(await review("teamTeacher", iepId, "goal", "leaveOut")).toBe("FORBIDDEN");
    expect(await one(iepId, "goal")).toMatchObject({ state: "unseen" });
  });

  test("what was removed where it is edited counts as left out", async () => {
    const serviceId = await inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await begin([`service/${serviceId}`]);
    expect(await unseen(iepId)).toHaveLength(1);
    const { services } = await manager().query(api.services.listServices, { iepId });
    const [service] = services;
    if (service === undefined) throw new Error("No service came over");
    await manager().mutation(api.services.removeService, {
      ...{ iepId, serviceId: service._id, expectedVersion: service.version },
    });
    expect(await unseen(iepId)).toEqual([]);
    expect(await one(iepId, "service")).toMatchObject({ state: "leftOut" });
  });

  test("a carried item of another plan does not exist here", async () => {
    const iepId = await begin([]);
    const { carriedId } = world.own.record;
    const args = { iepId, carriedId, decision: "keep" as const, seen: "" };
    expect(await refusal(manager().mutation(api.carryForward.review, args))).toBe("NOT_FOUND");
  });
});

const notTaken = async (iepId: Id<"ieps">, actor: Actor = "caseManager") => {
  const found = await as(app, actor).query(api.carryForward.listNotTaken, { iepId });
  if (found === null) throw new Error("There is nothing to take from");
  return found;
};
const takeLater = (
  iepId: Id<"ieps">,
  items: string[],
  {
    actor = "caseManager",
    fromId = world.own.record.iepId,
  }: { actor?: Actor; fromId?: Id<"ieps"> } = {},
) => refusal(as(app, actor).mutation(api.carryForward.takeLater, { iepId, fromId, items }));

describe("what was not chosen", () => {
  test("can be looked at and taken later, with its source, as something to be looked at", async () => {
    await measure();
    const { goalId } = world.own.record;
    const iepId = await begin(["answer/placement"]);
    const open = await notTaken(iepId);
    const { effectiveDate, items } = await source();
    expect(open).toMatchObject({ fromId: world.own.record.iepId, sourceDate: effectiveDate });
    expect(open.items.map(({ id }) => id)).toEqual(
      items.map(({ id }) => id).filter((id) => id !== "answer/placement"),
    );
    expect(await takeLater(iepId, [`goal/${goalId}`])).toBeNull();
    expect(await one(iepId, "goal")).toMatchObject({
      ...{ state: "unseen", sourceDate: effectiveDate, text: "Reads words" },
    });
    expect(await unseen(iepId)).toHaveLength(2);
    const { goals } = await manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(goals).toMatchObject([{ lineage: goalId, baselineData: { value: 70 } }]);
    const left = (await notTaken(iepId)).items.map(({ id }) => id);
    expect(left).not.toContain(`goal/${goalId}`);
  });

  test("is taken once, however often and by however many windows it is asked for", async () => {
    const { goalId } = world.own.record;
    const serviceId = await inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await begin([]);
    const items = [`goal/${goalId}`, `goal/${goalId}`, `service/${serviceId}`, "answer/placement"];
    expect(
      await Promise.all([
        takeLater(iepId, items),
        takeLater(iepId, items),
        takeLater(iepId, items),
      ]),
    ).toEqual([null, null, null]);
    expect((await carried(iepId)).map(({ kind }) => kind).sort()).toEqual([
      ...["answer", "goal", "service"],
    ]);
    const { services } = await manager().query(api.services.listServices, { iepId });
    expect(services).toHaveLength(1);
    // Left out is decided: a request that comes late does not bring it back.
    expect(await review("caseManager", iepId, "goal", "leaveOut")).toBeNull();
    expect(await takeLater(iepId, items)).toBeNull();
    expect(await one(iepId, "goal")).toMatchObject({ state: "leftOut" });
    expect((await notTaken(iepId)).items.map(({ id }) => id)).not.toContain(`goal/${goalId}`);
  });

  test("never covers what the team has written", async () => {
    const iepId = await begin([]);
    const { fields } = await manager().query(api.planFields.getPlanFields, { iepId });
    await manager().mutation(api.planFields.savePlanField, {
      ...{ iepId, field: "placement", base: fields.placement, value: "Our own words" },
    });
    const placement = (await notTaken(iepId)).items.find(({ id }) => id === "answer/placement");
    expect(placement).toMatchObject({ isWritten: true });
    const goal = `goal/${world.own.record.goalId}`;
    expect(await takeLater(iepId, [goal, "answer/placement"])).toBe("alreadyWritten");
    expect(await carried(iepId)).toEqual([]);
    expect((await manager().query(api.ieps.getIEPWithGoals, { iepId })).placement).toBe(
      "Our own words",
    );
  });

  test("a service that was removed where it is edited can be taken again", async () => {
    const serviceId = await inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await begin([`service/${serviceId}`]);
    const [service] = (await manager().query(api.services.listServices, { iepId })).services;
    if (service === undefined) throw new Error("No service came over");
    await manager().mutation(api.services.removeService, {
      ...{ iepId, serviceId: service._id, expectedVersion: service.version },
    });
    const { carriedId } = await one(iepId, "service");
    await manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await one(iepId, "service")).toMatchObject({ state: "unseen" });
    expect((await manager().query(api.services.listServices, { iepId })).services).toHaveLength(1);
  });

  test("after an amendment it comes from the amended plan, and nothing comes twice", async () => {
    const { goalId, iepId: former } = world.own.record;
    const serviceId = await inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await begin([`goal/${goalId}`, `service/${serviceId}`]);
    expect(await review("caseManager", iepId, "goal", "leaveOut")).toBeNull();
    const amendment = await manager().mutation(api.versions.openAmendment, {
      ...{ iepId: former, reason: "More time", withMeeting: true, agreedWith: "", agreedOn: "" },
      clientMutationId: "amend",
    });
    await goWithout(app, amendment);
    for (const to of ["in_review", "ready_to_sign", "active"] as const) {
      const { revision } = await manager().query(api.versions.getLifeCycle, { iepId: amendment });
      await manager().mutation(api.ieps.moveIEP, {
        ...{ iepId: amendment, to, expectedRevision: revision },
      });
    }
    const open = await notTaken(iepId);
    expect(open.fromId).toBe(amendment);
    const kinds = new Set(open.items.map(({ kind }) => kind));
    expect([kinds.has("goal"), kinds.has("service")]).toEqual([false, false]);
    expect(await takeLater(iepId, [], { fromId: former })).toBe("notTheSource");
    // What was left out of the former plan is still there to be taken again.
    const { carriedId } = await one(iepId, "goal");
    await manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await one(iepId, "goal")).toMatchObject({ state: "unseen", text: "Reads words" });
  });

  test("an amendment, a plan in force and a plan on its way have nothing to take", async () => {
    const { iepId: active } = world.own.record;
    const iepId = await begin([]);
    const amendment = await manager().mutation(api.versions.openAmendment, {
      ...{ iepId: active, reason: "More time", withMeeting: true, agreedWith: "", agreedOn: "" },
      clientMutationId: "amend",
    });
    for (const plan of [amendment, active])
      expect(await manager().query(api.carryForward.listNotTaken, { iepId: plan })).toBeNull();
    expect(await takeLater(amendment, ["answer/placement"])).toBe("notTheSource");
    const { revision } = await manager().query(api.versions.getLifeCycle, { iepId });
    await manager().mutation(api.ieps.moveIEP, {
      ...{ iepId, to: "in_review", expectedRevision: revision },
    });
    expect(await manager().query(api.carryForward.listNotTaken, { iepId })).toBeNull();
    expect(await takeLater(iepId, ["answer/placement"])).toBe("notADraft");
  });

  test("is for whoever could begin the draft, of this student's plans alone", async () => {
    const iepId = await begin([]);
    const goal = `goal/${world.own.record.goalId}`;
    for (const actor of ["teamTeacher", "specialist", "schoolAdmin"] as const) {
      expect(await takeLater(iepId, [goal], { actor })).toBe("FORBIDDEN");
      expect(await refusal(notTaken(iepId, actor))).toBe("FORBIDDEN");
    }
    for (const actor of [
      "otherTeacher",
      "formerTeamTeacher",
      "guardian",
      "foreignTeacher",
    ] as const)
      for (const request of [takeLater(iepId, [goal], { actor }), refusal(notTaken(iepId, actor))])
        expect(["FORBIDDEN", "NOT_FOUND"]).toContain(await request);
    for (const fromId of [world.own.sisterRecord.iepId, world.foreign.record.iepId])
      expect(await takeLater(iepId, [goal], { fromId })).toBe("NOT_FOUND");
    expect(
      await takeLater(iepId, [
        `goal/${world.own.sisterRecord.goalId}`,
        `goal/${world.foreign.record.goalId}`,
        ...["section/__proto__", "row/constructor/1", ""],
      ]),
    ).toBeNull();
    expect(await carried(iepId)).toEqual([]);
    expect(
      await takeLater(
        iepId,
        Array.from({ length: 901 }, () => goal),
      ),
    ).toBe("INVALID");
  });
});

describe("with forged ids", () => {
  const forged = (part: { fromId?: Id<"ieps">; items?: string[]; clientMutationId?: string }) =>
    refusal(
      manager().mutation(api.carryForward.beginNextPlan, {
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
    const iepId = await begin([
      `goal/${sisterRecord.goalId}`,
      `goal/${world.foreign.record.goalId}`,
      `goal/${"x".repeat(5000)}`,
      "section/__proto__",
      "row/constructor/1",
      "",
    ]);
    expect(await carried(iepId)).toEqual([]);
    expect((await manager().query(api.ieps.getIEPWithGoals, { iepId })).goals).toEqual([]);
  });

  test("more items than a plan has, or a text for an id, are refused", async () => {
    expect(await forged({ items: Array.from({ length: 901 }, () => "goal/1") })).toBe("INVALID");
    expect(await forged({ clientMutationId: "x".repeat(101) })).toBe("INVALID");
  });

  test("what belongs to another student's plan is not taken again here", async () => {
    const iepId = await begin([]);
    for (const { carriedId } of [world.own.sisterRecord, world.foreign.record])
      expect(
        await refusal(manager().mutation(api.carryForward.takeAgain, { iepId, carriedId })),
      ).toBe("NOT_FOUND");
  });

  test("a helper who left the team is not put back to work by a copy", async () => {
    const { goalId, studentId } = world.own.record;
    await inDb((db) =>
      db.insert("goalAssignments", { studentId, goalId, userId: world.users.formerTeamTeacher }),
    );
    const iepId = await begin([`goal/${goalId}`]);
    const [goal] = (await manager().query(api.ieps.getIEPWithGoals, { iepId })).goals;
    const helpers = await app.run((ctx) => ctx.db.query("goalAssignments").collect());
    expect(
      helpers.filter((helper) => helper.goalId === goal?._id).map(({ userId }) => userId),
    ).toEqual([world.users.paraprofessional]);
  });
});
