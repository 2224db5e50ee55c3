/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { OrganizationSettings } from "./domain/organizations/settings";
import { as, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp } from "./testing/world.helpers";

let app: TestApp;
beforeEach(async () => {
  app = newApp();
  await buildWorld(app);
});

const organization = (actor: Actor = "districtAdmin") =>
  as(app, actor).query(api.organizations.getOrganization, {});

async function current(): Promise<OrganizationSettings> {
  const { settings } = await organization();
  if (settings === null) throw new Error("An administrator sees the settings");
  return settings;
}

const save = (settings: OrganizationSettings, expectedVersion: number) =>
  as(app, "districtAdmin").mutation(api.organizations.changeSettings, {
    settings,
    expectedVersion,
  });

const cycles = (settings: OrganizationSettings, change: object): OrganizationSettings => ({
  ...settings,
  complianceSettings: { ...settings.complianceSettings, ...change },
});

const history = async () => {
  const { page } = await as(app, "caseManager").query(api.organizations.listSettingsChanges, {
    paginationOpts: { numItems: 10, cursor: null },
  });
  return page.map(({ changedByName, changes }) => ({ changedByName, changes }));
};

test("a changed cycle is seen by case managers, with who changed it and from what", async () => {
  expect(await save(cycles(await current(), { iepReviewCycle: 11 }), 1)).toEqual({
    ...{ version: 2, changed: 1 },
  });
  const { settings } = await organization("caseManager");
  expect(settings?.complianceSettings.iepReviewCycle).toBe(11);
  expect(await history()).toEqual([
    {
      changedByName: "districtAdmin Tester",
      changes: [{ field: "complianceSettings.iepReviewCycle", before: "12", after: "11" }],
    },
  ]);
});

test("saving what is there changes nothing and leaves no trace", async () => {
  expect(await save(await current(), 1)).toEqual({ version: 1, changed: 0 });
  expect(await history()).toEqual([]);
});

test("whoever saves second is told, and nothing is overwritten", async () => {
  const settings = await current();
  await save(cycles(settings, { transitionAge: 15 }), 1);
  expect(await refusal(save(cycles(settings, { transitionAge: 16 }), 1))).toEqual({
    ...{ code: "CONFLICT", reason: "changedMeanwhile" },
  });
  expect((await current()).complianceSettings.transitionAge).toBe(15);
});

test.each([
  { iepReviewCycle: 13 },
  { iepReviewCycle: 0 },
  { evaluationCycle: 37 },
  { transitionAge: NaN },
])("%j is refused and changes nothing", async (change) => {
  const settings = await current();
  expect(await refusal(save(cycles(settings, change), 1))).toMatchObject({ code: "INVALID" });
  expect(await current()).toEqual(settings);
  expect(await history()).toEqual([]);
});

test("families see calendar and contact, not the settings", async () => {
  const seen = await organization("guardian");
  expect(seen).toMatchObject({ settings: null, name: "Own District" });
  expect(seen.academicYear.start).toBe("2026-08-15");
  expect(seen.abilities["organization.editSettings"]).toBe(false);
});

test("a school is added once", async () => {
  const school = {
    ...{ name: "Third School", street: "1 Elm", city: "Town", state: "IL", zipCode: "60000" },
    ...{ phone: "+1 555 010 0000", email: "third@example.org" },
  };
  const add = () => as(app, "districtAdmin").mutation(api.organizations.addSchool, school);
  await add();
  expect(await refusal(add())).toMatchObject({
    ...{ code: "INVALID", problems: [{ field: "name", code: "duplicate" }] },
  });
  const { schools } = await organization();
  expect(schools.map(({ name }) => name)).toEqual([
    "First School",
    "Sister School",
    "Third School",
  ]);
});
