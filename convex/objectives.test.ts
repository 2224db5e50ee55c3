/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
const record = () => world.own.record;
const teacher = () => as(app, "caseManager");
const objective = (change: Record<string, string> = {}) => ({
  ...{ description: "Reads ten words", criterion: "8 of 10", by: addMonths(today(), 4), ...change },
});
const add = (change: Record<string, string> = {}, clientMutationId = "one") =>
  teacher().mutation(api.objectives.addObjective, {
    ...{ goalId: record().draftGoalId, objective: objective(change), clientMutationId },
  });
const list = async (goalId = record().draftGoalId) =>
  (await teacher().query(api.goals.getGoal, { goalId })).objectives;

describe("of a draft", () => {
  test("are added at the end, once for one request, and read in order", async () => {
    const id = await add();
    expect(await add()).toBe(id);
    expect((await list()).map(({ description, status }) => [description, status])).toEqual([
      ["Reads short words", "notStarted"],
      ["Reads ten words", "notStarted"],
    ]);
  });

  test("are edited by one person at a time, and removed", async () => {
    const objectiveId = await add();
    const goalId = record().draftGoalId;
    const edit = (expectedVersion: number) =>
      teacher().mutation(api.objectives.editObjective, {
        ...{ goalId, objectiveId, expectedVersion },
        objective: objective({ criterion: "9 of 10" }),
      });
    await edit(1);
    expect(await refusal(edit(1))).toMatchObject({ code: "CONFLICT", reason: "changedMeanwhile" });
    expect((await list())[1]?.criterion).toBe("9 of 10");
    await teacher().mutation(api.objectives.removeObjective, { goalId, objectiveId });
    expect(await list()).toHaveLength(1);
  });

  test("bad ones change nothing: empty, no date, after the goal's target date", async () => {
    for (const [change, problem] of [
      [{ description: " " }, { field: "description", code: "required" }],
      [{ criterion: "" }, { field: "criterion", code: "required" }],
      [{ by: "2026-02-30" }, { field: "by", code: "notADate" }],
      [{ by: addMonths(today(), 30) }, { field: "by", code: "mustNotBeAfter" }],
      [{ by: addMonths(today(), -30) }, { field: "by", code: "mustBeAfter" }],
    ] as const)
      expect(await refusal(add(change))).toMatchObject({ code: "INVALID", problems: [problem] });
    expect(await list()).toHaveLength(1);
  });

  test("have an end: twenty", async () => {
    for (let index = 0; index < 19; index++) await add({}, `add-${String(index)}`);
    expect(await refusal(add({}, "more"))).toMatchObject({ problems: [{ code: "tooMany" }] });
  });

  test("are no steps yet that anybody could have made", async () => {
    const { draftGoalId: goalId, draftObjectiveId: objectiveId } = record();
    expect(
      await refusal(
        teacher().mutation(api.objectives.moveObjective, {
          ...{ goalId, objectiveId, to: "met", metOn: today() },
        }),
      ),
    ).toMatchObject({ code: "CONFLICT", reason: "iepNotActive" });
  });
});

describe("of a plan in force", () => {
  const move = (to: "notStarted" | "inProgress" | "met", metOn?: string) =>
    teacher().mutation(api.objectives.moveObjective, {
      ...{ goalId: record().goalId, objectiveId: record().objectiveId, to },
      ...(metOn === undefined ? {} : { metOn }),
    });

  test("their text stays as it was promised", async () => {
    const { goalId, objectiveId } = record();
    const about = { goalId, objectiveId };
    for (const refused of [
      teacher().mutation(api.objectives.removeObjective, about),
      teacher().mutation(api.objectives.editObjective, {
        ...{ ...about, objective: objective(), expectedVersion: 1 },
      }),
      teacher().mutation(api.objectives.addObjective, {
        ...{ goalId, objective: objective(), clientMutationId: "late" },
      }),
    ])
      expect(await refusal(refused)).toMatchObject({ code: "CONFLICT", reason: "notADraft" });
    expect(await list(goalId)).toMatchObject([{ description: "Reads short words", version: 1 }]);
  });

  test("met has a day, and every move is kept", async () => {
    expect(await refusal(move("met"))).toMatchObject({ problems: [{ code: "required" }] });
    expect(await refusal(move("met", addDays(today(), 1)))).toMatchObject({
      problems: [{ field: "metOn", code: "inFuture" }],
    });
    await move("inProgress");
    await move("met", today());
    await move("met", today());
    expect(await list(record().goalId)).toMatchObject([{ status: "met", metOn: today() }]);
    await move("inProgress");
    expect((await list(record().goalId))[0]?.metOn).toBeUndefined();
    const changes = await app.run((ctx) => ctx.db.query("statusChanges").collect());
    expect(changes.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "notStarted inProgress",
      "inProgress met",
      "met inProgress",
    ]);
  });

  test("one of another goal is not found", async () => {
    expect(
      await refusal(
        teacher().mutation(api.objectives.moveObjective, {
          ...{ goalId: record().goalId, objectiveId: record().draftObjectiveId, to: "inProgress" },
        }),
      ),
    ).toMatchObject({ code: "NOT_FOUND" });
  });
});
