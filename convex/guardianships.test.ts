/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { as } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let guardianshipId: Id<"guardianships">;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  const rows = await app.run((ctx) => ctx.db.query("guardianships").collect());
  const row = rows.find(({ userId }) => userId === world.users.guardian);
  if (row === undefined) throw new Error("There is no guardian");
  guardianshipId = row._id;
});

const children = async () =>
  (await as(app, "guardian").query(api.goals.listFamilyGoals, {})).students.length;
const change = (hasEducationalRights: boolean, basis: string) =>
  as(app, "caseManager").mutation(api.guardianships.changeGuardianship, {
    ...{ studentId: world.own.record.studentId, guardianshipId },
    ...{ relationship: "mother", hasEducationalRights, basis },
  });
const end = (endReason: "courtOrder" | "moved", basis: string) =>
  as(app, "districtAdmin").mutation(api.guardianships.endGuardianship, {
    ...{ studentId: world.own.record.studentId, guardianshipId, endReason, basis },
  });
const problem = (field: string) => ({
  data: { code: "INVALID", problems: [{ field, code: "required" }] },
});

test("without the rights nothing is seen, from that moment; a document says why; they can be given back", async () => {
  expect(await children()).toBe(1);
  await expect(change(false, " ")).rejects.toMatchObject(problem("basis"));
  expect(await children()).toBe(1);
  await change(false, "Court order 12-345 of 2026-03-02");
  expect(await children()).toBe(0);
  await expect(
    as(app, "guardian").query(api.students.getStudentDetail, {
      studentId: world.own.record.studentId,
    }),
  ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  await change(true, "");
  expect(await children()).toBe(1);
});

test("a guardianship that ends stays in the history, with the day, the reason and the document", async () => {
  await expect(end("courtOrder", "")).rejects.toMatchObject(problem("basis"));
  await end("courtOrder", "Order 12-345");
  await end("moved", "");
  expect(await children()).toBe(0);
  const list = await as(app, "caseManager").query(api.guardianships.listGuardianships, {
    studentId: world.own.record.studentId,
  });
  expect(list.find(({ _id }) => _id === guardianshipId)).toMatchObject({
    ...{ status: "ended", endReason: "courtOrder", basis: "Order 12-345" },
  });
  await expect(change(true, "x")).rejects.toMatchObject({
    data: { code: "CONFLICT", reason: "guardianshipEnded" },
  });
});

test("another student's guardianship is none of this one's", async () => {
  await expect(
    as(app, "districtAdmin").mutation(api.guardianships.endGuardianship, {
      ...{ studentId: world.own.sisterRecord.studentId, guardianshipId },
      ...{ endReason: "moved", basis: "" },
    }),
  ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
});
