/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp } from "./testing/world.helpers";

let app: TestApp;
beforeEach(async () => {
  app = newApp();
  await buildWorld(app);
});

const invalid = (field: string, code: string) => ({
  data: { code: "INVALID", problems: [{ field, code }] },
});
const conflict = (reason: string) => ({ data: { code: "CONFLICT", reason } });

const describePosition = (title: string, expectedVersion: number) =>
  as(app, "districtAdmin").mutation(api.positions.describePosition, {
    ...{ role: "specialist", title, access: "Services", expectedVersion },
  });

test("everybody reads names and positions of who works here now; nobody reads a list of families", async () => {
  const holders = (actor: Actor, role: "specialist" | "teacher" | "parent") =>
    as(app, actor).query(api.positions.listHolders, {
      ...{ role, paginationOpts: { numItems: 50, cursor: null } },
    });
  expect((await holders("otherParent", "specialist")).page).toMatchObject([
    { firstName: "specialist", lastName: "Tester", schoolName: null },
  ]);
  const teachers = (await holders("student", "teacher")).page.map(({ firstName }) => firstName);
  expect(teachers).toContain("movedTeacher");
  expect(teachers).not.toContain("formerTeacher");
  await expect(holders("districtAdmin", "parent")).rejects.toMatchObject(
    invalid("role", "unknownValue"),
  );
});

test("an administrator says what a position is called and why it has access", async () => {
  await describePosition(" Related-service  provider ", 0);
  await expect(describePosition("Therapist", 0)).rejects.toMatchObject(
    conflict("changedMeanwhile"),
  );
  const { positions } = await as(app, "guardian").query(api.positions.listPositions, {});
  expect(positions.map(({ role, title, version }) => [role, title, version])).toEqual([
    ["admin", "", 0],
    ["teacher", "", 0],
    ["specialist", "Related-service provider", 1],
    ["paraprofessional", "", 0],
  ]);
});
