/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const intervals = {
  kind: "intervals" as const,
  first: [true, false, true],
  second: [true, true, true],
};
const observe = (
  actor: "specialist" | "caseManager" | "teamTeacher",
  change: { observed?: typeof intervals; clientMutationId?: string } = {},
) =>
  as(app, actor).mutation(api.observers.addSecondObservation, {
    ...{ goalId: world.own.record.goalId, pointId: world.own.record.pointId },
    ...{ observed: intervals, note: "Through the window", clientMutationId: "one", ...change },
  });
const list = () =>
  as(app, "caseManager").query(api.observers.listSecondObservations, {
    goalId: world.own.record.goalId,
  });

test("a second observer's record of a session, once", async () => {
  const id = await observe("specialist");
  expect(await observe("specialist")).toBe(id);
  expect((await list()).observations).toMatchObject([
    {
      ...{ _id: id, observedByName: "specialist Tester", firstName: "caseManager Tester" },
      ...{ observed: intervals, note: "Through the window", canWithdraw: true },
    },
  ]);
  expect(await refusal(observe("teamTeacher", { clientMutationId: "two" }))).toEqual({
    ...{ code: "CONFLICT", reason: "alreadyObserved" },
  });
});

test("nobody is their own second observer; records of two lengths are none", async () => {
  expect(await refusal(observe("caseManager"))).toEqual({
    ...{ code: "CONFLICT", reason: "sameObserver" },
  });
  const observed = { ...intervals, second: [true] };
  expect(await refusal(observe("specialist", { observed }))).toMatchObject({
    problems: [{ field: "observed.second", code: "notTheSame" }],
  });
  expect((await list()).observations).toEqual([]);
});

test("a session that was taken out is compared no more", async () => {
  await observe("specialist");
  await as(app, "caseManager").mutation(api.progress.voidPoint, {
    ...{ pointId: world.own.record.pointId, reason: "Wrong day" },
  });
  expect((await list()).observations).toEqual([]);
});

test("who made it withdraws it, and another can be made", async () => {
  const id = await observe("specialist");
  await as(app, "specialist").mutation(api.observers.withdrawSecondObservation, {
    ...{ goalId: world.own.record.goalId, observationId: id },
  });
  expect((await list()).observations).toEqual([]);
  await observe("teamTeacher", { clientMutationId: "two" });
  expect((await list()).observations).toHaveLength(1);
});
