/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { addDays } from "./domain/calendar/calendarDate";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, today, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  // Values alone can be imported for percentages, not for trials.
  await app.run(async (ctx) => {
    await ctx.db.patch("goals", world.own.record.goalId, {
      measurement: { kind: "percent", direction: "increase", unit: "%" },
    });
  });
});

const rows = (values: readonly number[]) =>
  values.map((percent, index) => ({
    row: index + 2,
    recordedDate: addDays(today(), -values.length + index),
    measurement: { kind: "percent" as const, percent },
    importKey: `#${String(index)}`,
  }));

const importRows = (
  values: readonly number[],
  clientMutationId: string,
  goalId = world.own.record.goalId,
) =>
  as(app, "caseManager").mutation(api.imports.importObservations, {
    ...{ fileName: "data.csv", fileHash: "aa", clientMutationId },
    goals: [
      { goalId, points: rows(values), phases: [{ name: "B", startDate: addDays(today(), -2) }] },
    ],
  });

const points = async (): Promise<number[]> => {
  const { progressData } = await as(app, "caseManager").query(api.progress.getGoalProgress, {
    goalId: world.own.record.goalId,
  });
  // The world's own point was a trial.
  return progressData
    .filter(({ measurement }) => measurement.kind === "percent")
    .map(({ measurementValue }) => measurementValue);
};

test("a file is imported with its phases; the same file again adds nothing", async () => {
  expect(await importRows([10, 20, 30], "one")).toMatchObject({ added: 3, alreadyThere: 0 });
  expect(await importRows([10, 20, 30], "two")).toMatchObject({ added: 0, alreadyThere: 3 });
  expect(await importRows([10, 20, 30], "one")).toMatchObject({ added: 3, alreadyThere: 0 });
  expect(await points()).toEqual([10, 20, 30]);
  const { phases } = await as(app, "guardian").query(api.goals.getGoal, {
    goalId: world.own.record.goalId,
  });
  expect(phases.map(({ name }) => name)).toEqual(["Baseline", "B"]);
});

test("one bad row, and nothing of the file is there", async () => {
  const data = await refusal(importRows([10, 120, 30], "one"));
  expect(data).toEqual({
    code: "INVALID",
    problems: [
      {
        ...{ field: "rows.3.measurement.percent", code: "outOfRange" },
        params: { min: 0, max: 100 },
      },
    ],
  });
  expect(await points()).toEqual([]);
  const runs = await app.run((ctx) => ctx.db.query("importRuns").collect());
  expect(runs.map(({ fileHash }) => fileHash)).not.toContain("aa");
});

test("a file that breaks a rule leaves an entry in the log, without a word of it", async () => {
  await refusal(importRows([10, 120], "one"));
  await refusal(
    importRows(
      Array.from({ length: 2001 }, () => 1),
      "two",
    ),
  );
  await refusal(
    as(app, "caseManager").mutation(api.imports.importObservations, {
      ...{ fileName: "", fileHash: "aa", clientMutationId: "three", goals: [] },
    }),
  );
  const entries = (await app.run((ctx) => ctx.db.query("auditEntries").collect())).filter(
    ({ action }) => action === "observation.importAny",
  );
  expect(entries.map(({ outcome, code, changes }) => ({ outcome, code, changes }))).toEqual(
    ["INVALID", "LIMIT", "INVALID"].map((code) => ({ outcome: "refused", code, changes: [] })),
  );
});

test("goals that are not the person's refuse the file", async () => {
  const { sisterRecord } = world.own;
  expect(await refusal(importRows([10], "one", sisterRecord.goalId))).toEqual({
    code: "NOT_FOUND",
  });
  expect(await refusal(importRows([10], "two", world.foreign.record.goalId))).toEqual({
    code: "NOT_FOUND",
  });
  const notes = await app.run((ctx) => ctx.db.query("auditEntries").collect());
  const refusals = notes.filter(
    ({ action, outcome }) => action === "observation.importAny" && outcome === "refused",
  );
  expect(refusals).toHaveLength(2);
  const runs = await app.run((ctx) => ctx.db.query("importRuns").collect());
  expect(runs.map(({ fileHash }) => fileHash)).not.toContain("aa");
});

test("more than a transaction holds is refused before anything is written", async () => {
  const many = Array.from({ length: 2001 }, () => 1);
  expect(await refusal(importRows(many, "one"))).toEqual({
    ...{ code: "LIMIT", what: "points", limit: 2000 },
  });
});

test("an import is taken back by whoever made it, and can be made again", async () => {
  const { importRunId } = await importRows([10, 20], "one");
  const undo = (actor: "caseManager" | "teamTeacher", id: Id<"importRuns"> = importRunId) =>
    as(app, actor).mutation(api.imports.undoImport, { importRunId: id });
  expect(await refusal(undo("teamTeacher"))).toEqual({ code: "NOT_FOUND" });
  await undo("caseManager");
  expect(await points()).toEqual([]);
  expect(await refusal(undo("caseManager"))).toEqual({ code: "CONFLICT", reason: "alreadyUndone" });
  expect(await importRows([10, 20], "two")).toMatchObject({ added: 2 });
  expect(await points()).toEqual([10, 20]);
});

test("whoever has left the team takes nothing back", async () => {
  const { studentId } = world.own.record;
  const teacher = as(app, "teamTeacher");
  const { importRunId } = await teacher.mutation(api.imports.importObservations, {
    ...{ fileName: "data.csv", fileHash: "aa", clientMutationId: "one" },
    goals: [{ goalId: world.own.record.goalId, points: rows([50]), phases: [] }],
  });
  const detail = await as(app, "caseManager").query(api.students.getStudentDetail, { studentId });
  const place = detail.team.find(({ userId }) => userId === world.users.teamTeacher);
  if (place === undefined) throw new Error("The teacher is not on the team");
  await as(app, "caseManager").mutation(api.students.endTeamMember, {
    ...{ studentId, studentTeamId: place._id },
  });
  expect(await refusal(teacher.mutation(api.imports.undoImport, { importRunId }))).toEqual({
    code: "NOT_FOUND",
  });
  expect(await points()).toEqual([50]);
});
