/// <reference types="vite/client" />
import { ConvexError } from "convex/values";
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { as } from "./testing/sessions.helpers";
import { goWithout } from "./testing/completeness.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const plan = (more: object = {}) => {
  const effectiveDate = addMonths(today(), 1);
  return {
    studentId: world.own.record.studentId,
    effectiveDate,
    expirationDate: addDays(addMonths(effectiveDate, 12), -1),
    meetingDate: addDays(effectiveDate, -3),
    placement: "General education classroom",
    serviceHours: { specialEducation: 4 },
    ...more,
  };
};

async function problemsOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ConvexError) return error.data;
    throw error;
  }
  return null;
}

test("a draft never changes what is in force; activation supersedes in one step", async () => {
  const { studentId, iepId } = world.own.record;
  const caseManager = as(app, "caseManager");
  const draftId = await caseManager.mutation(api.mutations.createIEP, plan());
  expect((await caseManager.query(api.ieps.getActiveIEP, { studentId }))?._id).toBe(iepId);
  await caseManager.mutation(api.goals.createGoal, {
    ...{ iepId: draftId, responsibleProviderId: world.users.specialist, selfMonitored: false },
    clientMutationId: "goal",
    goal: {
      ...{
        domain: "academic",
        description: "Adds",
        evaluationMethod: "Probes",
        frequency: "Daily",
      },
      baselineData: { measurement: "%", date: today(), value: 10, context: "" },
      targetCriteria: {
        ...{ measurement: "%", target: 90, timeframe: addMonths(today(), 6) },
        ...{ accuracy: "", conditions: "" },
      },
      measurement: { kind: "percent", direction: "increase", unit: "%" },
    },
  });
  await goWithout(app, draftId);
  let expectedRevision = 1;
  for (const to of ["in_review", "ready_to_sign", "active"] as const) {
    await caseManager.mutation(api.ieps.moveIEP, { iepId: draftId, to, expectedRevision });
    expectedRevision += 1;
  }
  const guardian = as(app, "guardian");
  expect((await guardian.query(api.ieps.getActiveIEP, { studentId }))?._id).toBe(draftId);
  const statuses = await guardian.query(api.ieps.listIEPs, { studentId });
  expect(statuses.map(({ status }) => status)).toEqual(["active", "superseded"]);
  const student = await caseManager.query(api.students.getStudentDetail, { studentId });
  expect(student.iepStatus).toBe("active");
});

test("a plan without goals is not activated, and no step is skipped", async () => {
  const caseManager = as(app, "caseManager");
  const iepId = await caseManager.mutation(api.ieps.createIEP, plan());
  const move = (to: "in_review" | "ready_to_sign" | "active", expectedRevision: number) =>
    problemsOf(caseManager.mutation(api.ieps.moveIEP, { iepId, to, expectedRevision }));
  expect(await move("active", 1)).toEqual({ code: "CONFLICT", reason: "iepStatus" });
  expect(await move("in_review", 1)).toBeNull();
  expect(await move("ready_to_sign", 2)).toBeNull();
  expect(await move("active", 3)).toEqual({ code: "CONFLICT", reason: "iepWithoutGoals" });
});

test.each([
  ["expiration before the beginning", { expirationDate: "2020-01-01" }, "expirationDate"],
  ["a meeting after the beginning", { meetingDate: addMonths(today(), 2) }, "meetingDate"],
  ["longer than a review cycle", { expirationDate: addMonths(today(), 20) }, "expirationDate"],
  ["a day that is none", { effectiveDate: "2026-13-01" }, "effectiveDate"],
  ["no placement", { placement: "  " }, "placement"],
  [
    "hours that are no number",
    { serviceHours: { specialEducation: NaN } },
    "serviceHours.specialEducation",
  ],
])("%s is refused", async (_name, change, field) => {
  const { studentId } = world.own.record;
  const caseManager = as(app, "caseManager");
  const before = await caseManager.query(api.ieps.listIEPs, { studentId });
  const data = await problemsOf(caseManager.mutation(api.ieps.createIEP, plan(change)));
  expect(data).toMatchObject({ code: "INVALID" });
  expect((data as { problems: { field: string }[] }).problems.map((p) => p.field)).toContain(field);
  expect(await caseManager.query(api.ieps.listIEPs, { studentId })).toEqual(before);
});

test("the same request again is the same plan; a second editor does not overwrite the first", async () => {
  const caseManager = as(app, "caseManager");
  const request = plan({ clientMutationId: "once" });
  const iepId = await caseManager.mutation(api.ieps.createIEP, request);
  expect(await caseManager.mutation(api.ieps.createIEP, request)).toBe(iepId);
  const { studentId, ...dates } = plan();
  const edit = (placement: string) =>
    problemsOf(
      caseManager.mutation(api.ieps.editIEP, {
        ...{ ...dates, iepId, placement, expectedRevision: 1 },
        nextReviewDate: dates.expirationDate,
        accommodations: [],
        modifications: [],
      }),
    );
  expect(await edit("First")).toBeNull();
  expect(await edit("Second")).toEqual({ code: "CONFLICT", reason: "changedMeanwhile" });
  const iep = await caseManager.query(api.ieps.getIEPWithGoals, { iepId });
  expect(iep).toMatchObject({ placement: "First", revision: 2, studentId });
});

test("a plan that misses what the law requires is not activated until an administrator goes without", async () => {
  const { draftId } = world.own.record;
  await app.run((ctx) => ctx.db.patch("ieps", draftId, { status: "ready_to_sign" }));
  const activate = () =>
    problemsOf(
      as(app, "caseManager").mutation(api.ieps.moveIEP, {
        ...{ iepId: draftId, to: "active", expectedRevision: 1 },
      }),
    );
  expect(await activate()).toEqual({ code: "CONFLICT", reason: "iepIncomplete" });
  await goWithout(app, draftId);
  expect(await activate()).toBeNull();
});

test("many activations at once leave one plan in force", async () => {
  const { studentId, draftId } = world.own.record;
  const caseManager = as(app, "caseManager");
  await app.run(async (ctx) => {
    await ctx.db.patch("ieps", draftId, { status: "ready_to_sign" });
  });
  await goWithout(app, draftId);
  await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      caseManager.mutation(api.ieps.moveIEP, { iepId: draftId, to: "active", expectedRevision: 1 }),
    ),
  );
  const plans = await caseManager.query(api.ieps.listIEPs, { studentId });
  expect(plans.filter(({ status }) => status === "active").map(({ _id }) => _id)).toEqual([
    draftId,
  ]);
});
