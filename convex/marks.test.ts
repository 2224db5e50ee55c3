/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays } from "./domain/calendar/calendarDate";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const goalId = () => world.own.record.goalId;
const chart = () =>
  as(app, "caseManager").query(api.progress.getGoalProgress, { goalId: goalId() });
const marks = () => as(app, "caseManager").query(api.marks.listMarks, { goalId: goalId() });
const absent = (clientMutationId: string) => ({
  goalId: goalId(),
  ...{ recordedDate: today(), mark: "absent" as const, note: "Flu", clientMutationId },
});

test("a mark is listed and moves no chart: it is no zero, and no observation at all", async () => {
  const before = await chart();
  await as(app, "paraprofessional").mutation(api.marks.logMark, absent("one"));
  const after = await chart();
  expect(after.progressData).toEqual(before.progressData);
  expect(after.summary).toEqual(before.summary);
  expect(after.trendAnalysis).toEqual(before.trendAnalysis);
  expect((await marks())[0]).toMatchObject({
    ...{ mark: "absent", note: "Flu", recordedByName: "paraprofessional Tester", voided: false },
  });
});

test("the same mark again is one mark; another one under its id is refused", async () => {
  const first = await as(app, "teamTeacher").mutation(api.marks.logMark, absent("one"));
  expect(await as(app, "teamTeacher").mutation(api.marks.logMark, absent("one"))).toEqual(first);
  const other = as(app, "teamTeacher").mutation(api.marks.logMark, {
    ...absent("one"),
    mark: "declined",
  });
  expect(await refusal(other)).toMatchObject({ code: "INVALID" });
  // One of the world's own.
  expect(await marks()).toHaveLength(2);
});

test("a mark that was taken out stays visible with its reason", async () => {
  const { markId } = await as(app, "teamTeacher").mutation(api.marks.logMark, absent("one"));
  await as(app, "teamTeacher").mutation(api.marks.voidMark, { markId, reason: "Was there" });
  expect((await marks())[0]).toMatchObject({
    ...{ voided: true, voidReason: "Was there", voidedByName: "teamTeacher Tester" },
  });
  const strangers = as(app, "specialist").mutation(api.marks.voidMark, {
    ...{ markId: world.own.record.markId, reason: "x" },
  });
  expect(await refusal(strangers)).toMatchObject({ code: "FORBIDDEN" });
});

test("a closed goal takes no mark", async () => {
  await as(app, "caseManager").mutation(api.goals.closeGoal, {
    ...{ goalId: goalId(), reason: "mastered", date: today() },
  });
  const late = as(app, "teamTeacher").mutation(api.marks.logMark, absent("late"));
  expect(await refusal(late)).toEqual({ code: "CONFLICT", reason: "goalClosed" });
});

test("a sheet is entered whole, once, and not at all if one of its days is wrong", async () => {
  const trials = (correct: number) => ({ kind: "trials" as const, correct, total: 10 });
  const sheet = (last: number) => ({
    goalId: goalId(),
    settingType: "other",
    entries: [
      { recordedDate: addDays(today(), -4), measurement: trials(4), clientMutationId: "s1" },
      { recordedDate: addDays(today(), -3), mark: "declined" as const, clientMutationId: "s2" },
      { recordedDate: addDays(today(), -2), measurement: trials(last), clientMutationId: "s3" },
    ],
  });
  const enter = (last: number) =>
    as(app, "teamTeacher").mutation(api.dataSheets.enterSheet, sheet(last));
  const before = (await chart()).progressData.length;
  expect(await refusal(enter(11))).toEqual({
    code: "INVALID",
    problems: [{ field: "entries.2.measurement.correct", code: "moreThanTotal" }],
  });
  expect((await chart()).progressData).toHaveLength(before);
  await enter(6);
  await enter(6);
  expect((await chart()).progressData).toHaveLength(before + 2);
  expect(await marks()).toHaveLength(2);
});

test("instructions are for those who take data, and two people never overwrite each other", async () => {
  const describe = (expectedVersion: number, instructions: string) =>
    as(app, "caseManager").mutation(api.goals.describeDataTaking, {
      ...{ goalId: goalId(), instructions, materials: "Cards", expectedVersion },
    });
  await describe(0, "Wait five seconds.");
  expect(await refusal(describe(0, "Do not wait."))).toEqual({
    code: "CONFLICT",
    reason: "changedMeanwhile",
  });
  const guide = (actor: "paraprofessional" | "guardian") =>
    as(app, actor).query(api.goals.getDataGuide, { goalId: goalId() });
  expect(await guide("paraprofessional")).toEqual({
    ...{ instructions: "Wait five seconds.", materials: "Cards", version: 1, canEdit: false },
  });
  expect(await refusal(guide("guardian"))).toMatchObject({ code: "FORBIDDEN" });
});
