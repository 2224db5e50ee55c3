/// <reference types="vite/client" />
/** The second factor that an organization asks for: who has to have it, and what stays open without. */
import { ConvexError } from "convex/values";
import { makeFunctionReference } from "convex/server";
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import { CALLS, type Ids } from "./access/calls.helpers";
import type { SecondFactorRule } from "./domain/organizations/settings";
import { plainSession } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const withFactor = (actor: Actor) =>
  app.withIdentity({
    ...{ subject: `auth-${actor}`, email: `${actor.toLowerCase()}@example.org` },
    ...{ sessionId: `session-${actor}`, twoFactor: true },
  });

const demand = (rule: SecondFactorRule) =>
  app.run(async (ctx) => {
    const row = await ctx.db.get("organizations", world.own.organizationId);
    if (row === null) throw new Error("No organization");
    const securitySettings = { ...row.settings.securitySettings, requireSecondFactor: rule };
    await ctx.db.patch("organizations", row._id, {
      settings: { ...row.settings, securitySettings },
    });
  });

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "ok",
    (error: unknown) => {
      if (!(error instanceof ConvexError)) throw error;
      return (error.data as { code: string }).code;
    },
  );

const idsOf = (): Ids => ({
  ...world.own.record,
  organizationId: world.own.organizationId,
  schoolId: world.own.schoolId,
  invitationId: world.own.invitationId,
  bankItemId: world.own.bankItemId,
  importRunId: world.own.importRunId,
  runId: world.own.runId,
  teacherId: world.users.caseManager,
  paraprofessionalId: world.users.paraprofessional,
  colleagueId: world.users.otherTeacher,
  membershipId: world.memberships.caseManager,
});

const queries = import.meta.glob<Record<string, { isQuery?: boolean }>>(
  ["./*.ts", "!./*.test.ts", "!./*.config.ts", "!./schema.ts"],
  { eager: true },
);

test("without it, every function is shut except those of the account and those for everybody", async () => {
  await demand("staff");
  const session = plainSession(app, "caseManager");
  for (const [path, call] of Object.entries(CALLS)) {
    const [file = "", name = ""] = path.split(":");
    const args = call.args(idsOf());
    const code = await codeOf(
      queries[`./${file}.ts`]?.[name]?.isQuery === true
        ? session.query(makeFunctionReference<"query">(path), args)
        : session.mutation(makeFunctionReference<"mutation">(path), args),
    );
    const isOpen = call.about === "open" || call.about === "account";
    expect(code === "SECOND_FACTOR_REQUIRED", path).toBe(!isOpen);
  }
});

test.each<[SecondFactorRule, Actor, boolean]>([
  ["none", "districtAdmin", false],
  ["admins", "districtAdmin", true],
  ["admins", "schoolAdmin", true],
  ["admins", "caseManager", false],
  ["staff", "caseManager", true],
  ["staff", "specialist", true],
  ["staff", "paraprofessional", true],
  ["staff", "guardian", false],
  ["staff", "student", false],
  ["staff", "foreignTeacher", false],
])("required of %s, %s: %s", async (rule, actor, isAsked) => {
  await demand(rule);
  const ask = (session: Pick<TestApp, "query">) =>
    codeOf(session.query(api.organizations.getOrganization, {}));
  expect(await ask(plainSession(app, actor))).toBe(isAsked ? "SECOND_FACTOR_REQUIRED" : "ok");
  expect(await ask(withFactor(actor))).toBe("ok");
  const me = await plainSession(app, actor).query(api.users.getCurrentUser, {});
  expect(me?.acting?.lacksSecondFactor).toBe(isAsked);
  const meWith = await withFactor(actor).query(api.users.getCurrentUser, {});
  expect(meWith?.acting?.lacksSecondFactor).toBe(false);
});

test("an administrator without one asks nobody else for it; with one it is noted in the history", async () => {
  const organization = await plainSession(app, "districtAdmin").query(
    api.organizations.getOrganization,
    {},
  );
  if (organization.settings === null) throw new Error("No settings");
  const settings = {
    ...organization.settings,
    securitySettings: { idleMinutes: 30, requireSecondFactor: "admins" as const },
  };
  const save = (session: Pick<TestApp, "mutation">) =>
    session.mutation(api.organizations.changeSettings, { settings, expectedVersion: 1 });
  await expect(save(plainSession(app, "districtAdmin"))).rejects.toMatchObject({
    data: { code: "CONFLICT", reason: "ownSecondFactorFirst" },
  });
  const withOne = withFactor("districtAdmin");
  await save(withOne);
  const { page } = await withOne.query(api.organizations.listSettingsChanges, {
    paginationOpts: { numItems: 5, cursor: null },
  });
  expect(page[0]?.changes).toEqual([
    { field: "securitySettings.idleMinutes", before: "null", after: "30" },
    { field: "securitySettings.requireSecondFactor", before: '"none"', after: '"admins"' },
  ]);
});
