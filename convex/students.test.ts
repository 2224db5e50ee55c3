/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { as, refusal } from "./testing/sessions.helpers";
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

const input = (more: object = {}) => ({
  ...{ firstName: "Di", lastName: "New", dateOfBirth: addMonths(today(), -90), gradeLevel: "1" },
  ...{ studentNumber: "N-1", primaryDisability: "autism", emergencyContacts: [] },
  ...more,
});
const enrol = (more: object = {}, clientMutationId = "create") =>
  as(app, "districtAdmin").mutation(api.students.createStudent, {
    ...{ student: input(more), schoolId: world.own.schoolId, clientMutationId },
  });
const listed = async (actor: Actor, filters: object = {}) => {
  const { page } = await as(app, actor).query(api.students.getStudentsByUser, {
    paginationOpts: { numItems: 50, cursor: null },
    ...filters,
  });
  return page.map(({ firstName }) => firstName);
};
test("everybody lists those to whom they have a relation", async () => {
  expect(await listed("districtAdmin")).toEqual(["Ada", "Bo"]);
  expect(await listed("schoolAdmin")).toEqual(["Ada"]);
  expect(await listed("sisterAdmin")).toEqual(["Bo"]);
  expect(await listed("caseManager")).toEqual(["Ada"]);
  expect(await listed("specialist")).toEqual(["Ada"]);
  expect(await listed("otherTeacher")).toEqual([]);
  expect(await listed("formerTeamTeacher")).toEqual([]);
  expect(await listed("guardian")).toEqual(["Ada"]);
  expect(await listed("guardianWithoutRights")).toEqual([]);
  expect(await listed("student")).toEqual(["Ada"]);
  expect(await listed("foreignAdmin")).toEqual(["Cy"]);
});

test("counts agree with the lists, also after a move to another school", async () => {
  const count = (actor: Actor) => as(app, actor).query(api.students.countStudents, {});
  expect(
    await Promise.all(
      ["districtAdmin", "schoolAdmin", "specialist"].map((actor) => count(actor as Actor)),
    ),
  ).toEqual([2, 1, 1]);
  await as(app, "districtAdmin").mutation(api.students.transferToSchool, {
    ...{ studentId: world.own.record.studentId, schoolId: world.own.sisterSchoolId },
    expectedVersion: 2,
  });
  expect(await count("districtAdmin")).toBe(2);
  expect(await count("schoolAdmin")).toBe(0);
  expect(await count("sisterAdmin")).toBe(2);
  // The case manager belongs to the first school alone.
  expect(await listed("caseManager")).toEqual([]);
});

test("search finds by the beginnings of names and number, without accents", async () => {
  await enrol({ firstName: "Zoë", lastName: "Núñez", studentNumber: "Q-77" });
  expect(await listed("districtAdmin", { search: "nun" })).toEqual(["Zoë"]);
  expect(await listed("districtAdmin", { search: "q-77" })).toEqual(["Zoë"]);
  expect(await listed("districtAdmin", { search: "xyz" })).toEqual([]);
  expect(await listed("caseManager", { search: "ad" })).toEqual(["Ada"]);
  expect(await listed("caseManager", { search: "b" })).toEqual([]);
  expect(await listed("districtAdmin", { gradeLevel: "1" })).toEqual(["Zoë"]);
});

test("a number is given once in a district, and again in another", async () => {
  const taken = await refusal(enrol({ studentNumber: "A-1" }));
  expect(taken).toEqual({
    code: "INVALID",
    problems: [{ field: "studentNumber", code: "duplicate" }],
  });
  expect(await enrol({ studentNumber: "C-1" })).toEqual(await enrol({ studentNumber: "C-1" }));
  expect(await listed("districtAdmin")).toEqual(["Di", "Ada", "Bo"]);
});

test("people with one name, emoji and right-to-left letters are students like any other", async () => {
  await enrol({ firstName: "שירה", lastName: "" });
  await enrol({ firstName: "Mo 🦊", lastName: "بن علي", studentNumber: "N-2" }, "second");
  expect(await listed("districtAdmin", { search: "شير" })).toEqual([]);
  expect((await listed("districtAdmin")).length).toBe(4);
});

test.each([
  ["no first name", { firstName: " " }, "firstName", "required"],
  ["a birth date in the future", { dateOfBirth: "2190-01-01" }, "dateOfBirth", "inFuture"],
  ["a grade that the district has not", { gradeLevel: "13" }, "gradeLevel", "unknownValue"],
  ["an unknown disability", { primaryDisability: "tired" }, "primaryDisability", "unknownValue"],
  ["control characters", { firstName: "A\u0000" }, "firstName", "controlCharacters"],
  [
    "a huge text",
    { medicalConsiderations: "x".repeat(30_000) },
    "medicalConsiderations",
    "tooLong",
  ],
])("%s is refused and enrols nobody", async (_name, change, field, code) => {
  const data = (await refusal(enrol(change))) as { problems: unknown[] };
  expect(data.problems).toContainEqual(expect.objectContaining({ field, code }));
  expect(await listed("districtAdmin")).toEqual(["Ada", "Bo"]);
});

test("a second editor does not overwrite the first; a new name reaches caseloads", async () => {
  const { studentId } = world.own.record;
  const edit = (lastName: string, expectedVersion: number) =>
    as(app, "caseManager").mutation(api.students.editStudent, {
      ...{ studentId, expectedVersion, student: input({ lastName }) },
    });
  await edit("Zimmer", 2);
  expect(await refusal(edit("Other", 2))).toEqual({ code: "CONFLICT", reason: "changedMeanwhile" });
  const places = await app.run((ctx) => ctx.db.query("studentTeam").collect());
  const own = places.filter((place) => place.studentId === studentId);
  expect(new Set(own.map(({ sortName }) => sortName))).toEqual(new Set(["zimmer di"]));
});

test("a subscription's limit refuses one more and says so", async () => {
  await app.run(async (ctx) => {
    await ctx.db.patch("organizations", world.own.organizationId, { maxStudents: 2 });
  });
  expect(await refusal(enrol())).toEqual({ code: "LIMIT", what: "students", limit: 2 });
});

test("the last day of school may lie back, never ahead", async () => {
  const { studentId } = world.own.record;
  const leave = (status: "inactive" | "transferred", on: string, expectedVersion: number) =>
    as(app, "districtAdmin").mutation(api.students.changeEnrollment, {
      ...{ studentId, status, on, expectedVersion },
    });
  const problem = (code: string) => ({ code: "INVALID", problems: [{ field: "on", code }] });
  const tomorrow = addDays(today(), 1);
  expect(await refusal(leave("inactive", tomorrow, 2))).toEqual(problem("inFuture"));
  expect(await refusal(leave("inactive", "", 2))).toEqual(problem("required"));
  expect(await refusal(leave("inactive", "2026-02-30", 2))).toEqual(problem("notADate"));
  await leave("transferred", addDays(today(), -9), 2);
  const student = await app.run((ctx) => ctx.db.get("students", studentId));
  expect(student).toMatchObject({
    ...{ enrollmentStatus: "transferred", leftOn: addDays(today(), -9) },
  });
});

test("an enrolment ends once, and its history is kept", async () => {
  const { studentId } = world.own.record;
  const change = (status: "graduated" | "active", expectedVersion: number) =>
    as(app, "districtAdmin").mutation(api.students.changeEnrollment, {
      ...{ studentId, status, expectedVersion },
    });
  await change("graduated", 2);
  expect(await refusal(change("active", 3))).toEqual({ code: "CONFLICT", reason: "enrollment" });
  const changes = await app.run((ctx) => ctx.db.query("statusChanges").collect());
  expect(changes.map(({ from, to }) => [from, to])).toEqual([["active", "graduated"]]);
});
