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

const trials = (correct: number, total = 10) => ({ kind: "trials" as const, correct, total });
const entry = (correct: number, clientMutationId: string, recordedDate = today()) => ({
  goalId: world.own.record.goalId,
  measurement: trials(correct),
  settingType: "other",
  ...{ recordedDate, clientMutationId },
});
const chart = (actor: "guardian" | "caseManager" = "caseManager") =>
  as(app, actor).query(api.progress.getGoalProgress, { goalId: world.own.record.goalId });

test("a logged point is in the guardian's chart, with its computed value and who logged it", async () => {
  await as(app, "paraprofessional").mutation(api.progress.logPoint, entry(7, "one"));
  const { progressData, summary, goal } = await chart("guardian");
  expect(progressData.map(({ measurementValue }) => measurementValue)).toEqual([50, 70]);
  expect(progressData[1]).toMatchObject({
    ...{ measurementUnit: "%", masteryLevel: "proficient", independenceLevel: "unknown" },
    ...{ recordedByName: "paraprofessional Tester", mine: false, canCorrect: false },
  });
  // From 40 to 80: 70 is three quarters of the way.
  expect(summary).toMatchObject({
    totalDataPoints: 2,
    progressToTarget: 75,
    changeSinceBaseline: 30,
  });
  expect(goal.abilities["progress.log"]).toBe(false);
});

test("the same request again is the same entry; somebody else's id is refused", async () => {
  const first = await as(app, "teamTeacher").mutation(api.progress.logPoint, entry(7, "one"));
  const again = await as(app, "teamTeacher").mutation(api.progress.logPoint, entry(7, "one"));
  expect(again).toEqual(first);
  expect((await chart()).progressData).toHaveLength(2);
  const changed = as(app, "teamTeacher").mutation(api.progress.logPoint, entry(8, "one"));
  expect(await refusal(changed)).toMatchObject({ code: "INVALID" });
  const other = as(app, "specialist").mutation(api.progress.logPoint, entry(7, "one"));
  expect(await refusal(other)).toEqual({
    code: "INVALID",
    problems: [{ field: "clientMutationId", code: "duplicate" }],
  });
});

test.each([
  ["a future date", { recordedDate: "2199-01-01" }, "recordedDate", "inFuture"],
  ["a day that is none", { recordedDate: "2026-02-30" }, "recordedDate", "notADate"],
  ["more correct than tried", { measurement: trials(11) }, "measurement.correct", "moreThanTotal"],
  ["NaN", { measurement: trials(Number.NaN) }, "measurement.correct", "notANumber"],
  ["a negative number", { measurement: trials(-1) }, "measurement.correct", "negative"],
  ["no trials", { measurement: trials(0, 0) }, "measurement.total", "outOfRange"],
  ["another kind", { measurement: { kind: "count", count: 3 } }, "measurement.kind", "wrongKind"],
  ["an unknown setting", { settingType: "moon" }, "settingType", "unknownValue"],
  ["a huge note", { observationNotes: "x".repeat(5000) }, "observationNotes", "tooLong"],
] as const)("%s is refused and changes nothing", async (_name, change, field, code) => {
  const call = as(app, "caseManager").mutation(api.progress.logPoint, {
    ...entry(5, "bad"),
    ...change,
  });
  const data = (await refusal(call)) as { code: string; problems: unknown[] };
  expect(data.code).toBe("INVALID");
  expect(data.problems).toContainEqual(expect.objectContaining({ field, code }));
  expect((await chart()).progressData).toHaveLength(1);
});

test("a closed goal takes no data, and takes them again when it is reopened", async () => {
  const { goalId } = world.own.record;
  const caseManager = as(app, "caseManager");
  await caseManager.mutation(api.goals.closeGoal, { goalId, reason: "mastered", date: today() });
  const refused = await refusal(caseManager.mutation(api.progress.logPoint, entry(5, "late")));
  expect(refused).toEqual({ code: "CONFLICT", reason: "goalClosed" });
  await caseManager.mutation(api.goals.reopenGoal, { goalId });
  await caseManager.mutation(api.progress.logPoint, entry(5, "late"));
  expect((await chart()).progressData).toHaveLength(2);
});

test("undo takes the point out of the chart and keeps it in the list", async () => {
  const caseManager = as(app, "caseManager");
  const { pointId } = await caseManager.mutation(api.progress.logPoint, entry(7, "one"));
  await caseManager.mutation(api.progress.voidPoint, { pointId, reason: "undo" });
  await caseManager.mutation(api.progress.voidPoint, { pointId, reason: "again" });
  expect((await chart()).progressData).toHaveLength(1);
  const { page } = await caseManager.query(api.progress.listPoints, {
    goalId: world.own.record.goalId,
    paginationOpts: { numItems: 10, cursor: null },
  });
  expect(page[0]).toMatchObject({ _id: pointId, voided: true, voidReason: "undo" });
});

test("a correction stands where the entry stood, and both are kept", async () => {
  const caseManager = as(app, "caseManager");
  const day = addDays(today(), -2);
  const first = await caseManager.mutation(api.progress.logPoint, entry(2, "first", day));
  await caseManager.mutation(api.progress.logPoint, entry(9, "second", day));
  const correction = {
    ...{ pointId: first.pointId, measurement: trials(3), recordedDate: day },
    ...{ settingType: "other", reason: "misread", clientMutationId: "third" },
  };
  const corrected = await caseManager.mutation(api.progress.correctPoint, correction);
  expect(await caseManager.mutation(api.progress.correctPoint, correction)).toEqual(corrected);
  const { progressData } = await chart();
  expect(progressData.map(({ measurementValue }) => measurementValue)).toEqual([30, 90, 50]);
  expect(progressData[0]).toMatchObject({ corrects: first.pointId });
  const { page } = await as(app, "guardian").query(api.progress.listPoints, {
    goalId: world.own.record.goalId,
    paginationOpts: { numItems: 10, cursor: null },
  });
  expect(page.find(({ _id }) => _id === first.pointId)).toMatchObject({
    ...{ voided: true, voidReason: "misread", voidedByName: "caseManager Tester" },
    measurementValue: 20,
  });
  const late = caseManager.mutation(api.progress.correctPoint, {
    ...correction,
    clientMutationId: "fourth",
  });
  expect(await refusal(late)).toEqual({ code: "CONFLICT", reason: "alreadyVoided" });
});

test("somebody who was taken off the team cannot log any more", async () => {
  const { studentId, placeId } = world.own.record;
  const places = await as(app, "caseManager").query(api.students.getStudentDetail, { studentId });
  const place = places.team.find(({ userId }) => userId === world.users.teamTeacher);
  expect(place).toBeDefined();
  await as(app, "caseManager").mutation(api.students.endTeamMember, {
    ...{ studentId, studentTeamId: place?._id ?? placeId },
  });
  const call = as(app, "teamTeacher").mutation(api.progress.logPoint, entry(5, "late"));
  expect(await refusal(call)).toEqual({ code: "NOT_FOUND" });
});

test("a student logs for a goal that is marked for it, and sees today's list", async () => {
  const student = as(app, "student");
  const { students } = await student.query(api.goals.listTodayGoals, {});
  expect(students.map(({ goals }) => goals.map(({ goalId }) => goalId))).toEqual([
    [world.own.record.goalId],
  ]);
  await student.mutation(api.progress.logPoint, entry(6, "own"));
  expect((await chart("guardian")).summary.totalDataPoints).toBe(2);
});

test("a range of dates is read alone", async () => {
  for (const days of [10, 20, 30])
    await as(app, "caseManager").mutation(
      api.progress.logPoint,
      entry(5, `d${String(days)}`, addDays(today(), -days)),
    );
  const { progressData } = await as(app, "guardian").query(api.progress.getGoalProgress, {
    goalId: world.own.record.goalId,
    startDate: addDays(today(), -25),
    endDate: addDays(today(), -5),
  });
  expect(progressData.map(({ recordedDate }) => recordedDate)).toEqual([
    addDays(today(), -20),
    addDays(today(), -10),
  ]);
});
