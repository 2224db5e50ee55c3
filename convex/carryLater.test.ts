/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { goWithout } from "./testing/completeness.helpers";
import { carryingIn, refusal } from "./testing/carry.helpers";
import { as } from "./testing/sessions.helpers";
import { writeService } from "./testing/worldPlans.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let carrying: ReturnType<typeof carryingIn>;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  carrying = carryingIn(app, world);
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
    await carrying.measure();
    const { goalId } = world.own.record;
    const iepId = await carrying.begin(["answer/placement"]);
    const open = await notTaken(iepId);
    const { effectiveDate, items } = await carrying.source();
    expect(open).toMatchObject({ fromId: world.own.record.iepId, sourceDate: effectiveDate });
    expect(open.items.map(({ id }) => id)).toEqual(
      items.map(({ id }) => id).filter((id) => id !== "answer/placement"),
    );
    expect(await takeLater(iepId, [`goal/${goalId}`])).toBeNull();
    expect(await carrying.one(iepId, "goal")).toMatchObject({
      ...{ state: "unseen", sourceDate: effectiveDate, text: "Reads words" },
    });
    expect(await carrying.unseen(iepId)).toHaveLength(2);
    const { goals } = await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId });
    expect(goals).toMatchObject([{ lineage: goalId, baselineData: { value: 70 } }]);
    const left = (await notTaken(iepId)).items.map(({ id }) => id);
    expect(left).not.toContain(`goal/${goalId}`);
  });

  test("is taken once, however often and by however many windows it is asked for", async () => {
    const { goalId } = world.own.record;
    const serviceId = await carrying.inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await carrying.begin([]);
    const items = [`goal/${goalId}`, `goal/${goalId}`, `service/${serviceId}`, "answer/placement"];
    expect(
      await Promise.all([
        takeLater(iepId, items),
        takeLater(iepId, items),
        takeLater(iepId, items),
      ]),
    ).toEqual([null, null, null]);
    expect((await carrying.carried(iepId)).map(({ kind }) => kind).sort()).toEqual([
      ...["answer", "goal", "service"],
    ]);
    const { services } = await carrying.manager().query(api.services.listServices, { iepId });
    expect(services).toHaveLength(1);
    // Left out is decided: a request that comes late does not bring it back.
    expect(await carrying.review("caseManager", iepId, "goal", "leaveOut")).toBeNull();
    expect(await takeLater(iepId, items)).toBeNull();
    expect(await carrying.one(iepId, "goal")).toMatchObject({ state: "leftOut" });
    expect((await notTaken(iepId)).items.map(({ id }) => id)).not.toContain(`goal/${goalId}`);
  });

  test("never covers what the team has written", async () => {
    const iepId = await carrying.begin([]);
    const { fields } = await carrying.manager().query(api.planFields.getPlanFields, { iepId });
    await carrying.manager().mutation(api.planFields.savePlanField, {
      ...{ iepId, field: "placement", base: fields.placement, value: "Our own words" },
    });
    const placement = (await notTaken(iepId)).items.find(({ id }) => id === "answer/placement");
    expect(placement).toMatchObject({ isWritten: true });
    const goal = `goal/${world.own.record.goalId}`;
    expect(await takeLater(iepId, [goal, "answer/placement"])).toBe("alreadyWritten");
    expect(await carrying.carried(iepId)).toEqual([]);
    expect((await carrying.manager().query(api.ieps.getIEPWithGoals, { iepId })).placement).toBe(
      "Our own words",
    );
  });

  test("a service that was removed where it is edited can be taken again", async () => {
    const serviceId = await carrying.inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await carrying.begin([`service/${serviceId}`]);
    const [service] = (await carrying.manager().query(api.services.listServices, { iepId }))
      .services;
    if (service === undefined) throw new Error("No service came over");
    await carrying.manager().mutation(api.services.removeService, {
      ...{ iepId, serviceId: service._id, expectedVersion: service.version },
    });
    const { carriedId } = await carrying.one(iepId, "service");
    await carrying.manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await carrying.one(iepId, "service")).toMatchObject({ state: "unseen" });
    expect(
      (await carrying.manager().query(api.services.listServices, { iepId })).services,
    ).toHaveLength(1);
  });

  test("after an amendment it comes from the amended plan, and nothing comes twice", async () => {
    const { goalId, iepId: former } = world.own.record;
    const serviceId = await carrying.inDb((db) =>
      writeService(db, world.own.record.studentId, world.own.record.iepId),
    );
    const iepId = await carrying.begin([`goal/${goalId}`, `service/${serviceId}`]);
    expect(await carrying.review("caseManager", iepId, "goal", "leaveOut")).toBeNull();
    const amendment = await carrying.manager().mutation(api.versions.openAmendment, {
      ...{ iepId: former, reason: "More time", withMeeting: true, agreedWith: "", agreedOn: "" },
      clientMutationId: "amend",
    });
    await goWithout(app, amendment);
    for (const to of ["in_review", "ready_to_sign", "active"] as const) {
      const { revision } = await carrying
        .manager()
        .query(api.versions.getLifeCycle, { iepId: amendment });
      await carrying.manager().mutation(api.ieps.moveIEP, {
        ...{ iepId: amendment, to, expectedRevision: revision },
      });
    }
    const open = await notTaken(iepId);
    expect(open.fromId).toBe(amendment);
    const kinds = new Set(open.items.map(({ kind }) => kind));
    expect([kinds.has("goal"), kinds.has("service")]).toEqual([false, false]);
    expect(await takeLater(iepId, [], { fromId: former })).toBe("notTheSource");
    // What was left out of the former plan is still there to be taken again.
    const { carriedId } = await carrying.one(iepId, "goal");
    await carrying.manager().mutation(api.carryForward.takeAgain, { iepId, carriedId });
    expect(await carrying.one(iepId, "goal")).toMatchObject({
      state: "unseen",
      text: "Reads words",
    });
  });

  test("an amendment, a plan in force and a plan on its way have nothing to take", async () => {
    const { iepId: active } = world.own.record;
    const iepId = await carrying.begin([]);
    const amendment = await carrying.manager().mutation(api.versions.openAmendment, {
      ...{ iepId: active, reason: "More time", withMeeting: true, agreedWith: "", agreedOn: "" },
      clientMutationId: "amend",
    });
    for (const plan of [amendment, active])
      expect(
        await carrying.manager().query(api.carryForward.listNotTaken, { iepId: plan }),
      ).toBeNull();
    expect(await takeLater(amendment, ["answer/placement"])).toBe("notTheSource");
    const { revision } = await carrying.manager().query(api.versions.getLifeCycle, { iepId });
    await carrying.manager().mutation(api.ieps.moveIEP, {
      ...{ iepId, to: "in_review", expectedRevision: revision },
    });
    expect(await carrying.manager().query(api.carryForward.listNotTaken, { iepId })).toBeNull();
    expect(await takeLater(iepId, ["answer/placement"])).toBe("notADraft");
  });

  test("is for whoever could begin the draft, of this student's plans alone", async () => {
    const iepId = await carrying.begin([]);
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
    expect(await carrying.carried(iepId)).toEqual([]);
    expect(
      await takeLater(
        iepId,
        Array.from({ length: 901 }, () => goal),
      ),
    ).toBe("INVALID");
  });
});
