/// <reference types="vite/client" />
/** Single sign-on: who may set a provider up, whom it signs in, and what such a session opens. */
import { beforeEach, expect, test } from "vitest";
import { api, internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

/** By the organization's provider, which is made if there is none. */
async function bySingleSignOn(actor: Actor, organizationId: Id<"organizations">) {
  const identityProvider = await app.run(async ({ db }) => {
    const provider = await db
      .query("identityProviders")
      .withIndex("by_organization", (q) => q.eq("organizationId", organizationId))
      .first();
    const values = { issuer: "https://a.example", clientId: "a", enabled: true, required: false };
    return provider?._id ?? (await db.insert("identityProviders", { organizationId, ...values }));
  });
  return app.withIdentity({
    ...{ subject: `auth-${actor}`, email: `${actor.toLowerCase()}@example.org` },
    ...{ sessionId: `sso-${actor}`, onlyOrganization: organizationId, identityProvider },
  });
}

const PROVIDER = {
  ...{ issuer: "https://login.example.org", clientId: "trellis", clientSecret: "very secret" },
  ...{ emailDomains: ["example.org"], enabled: true, required: false },
};
const save = (
  change: Partial<Omit<typeof PROVIDER, "clientSecret">> & { clientSecret?: string | null } = {},
  session: Pick<TestApp, "mutation"> = as(app, "districtAdmin"),
) => session.mutation(api.identityProviders.saveIdentityProvider, { ...PROVIDER, ...change });

const found = () => app.query(internal.jobs.singleSignOn.findProvider, { domain: "example.org" });
const providerId = async () => (await found())?.providerId as Id<"identityProviders">;
const admit = async (email: string) =>
  (await app.query(internal.jobs.singleSignOn.admit, { providerId: await providerId(), email })) !==
  null;
const rule = (email: string) => app.query(internal.jobs.singleSignOn.passwordRule, { email });
const email = (actor: Actor) => `${actor.toLowerCase()}@example.org`;

const alsoElsewhere = (actor: keyof World["users"]) =>
  app.run((ctx) =>
    ctx.db.insert("memberships", {
      ...{ organizationId: world.foreign.organizationId, userId: world.users[actor] },
      ...{ role: "specialist", status: "active", sortName: actor, startedAt: 0 },
    }),
  );

test("the secret stays on the server, out of the log, and is not sent to another provider", async () => {
  await save();
  const session = as(app, "districtAdmin");
  const told = await session.query(api.identityProviders.getIdentityProvider, {});
  expect(told.provider?.hasSecret).toBe(true);
  expect(JSON.stringify(told)).not.toContain("very secret");
  const log = await app.run((ctx) => ctx.db.query("auditEntries").collect());
  expect(log.map(({ action, risk }) => [action, risk])).toEqual([
    ["identityProvider.manage", "high"],
  ]);
  expect(JSON.stringify(log)).not.toContain("very secret");
  const { clientSecret: _secret, ...rest } = PROVIDER;
  const change = (part: object) =>
    session.mutation(api.identityProviders.saveIdentityProvider, { ...rest, ...part });
  await change({ emailDomains: ["example.org", "b.example.org"] });
  expect((await found())?.clientSecret).toBe("very secret");
  await change({ issuer: "https://elsewhere.example.org" });
  expect((await found())?.clientSecret).toBeUndefined();
});

test("a domain is one organization's, until it is given back", async () => {
  await save();
  await expect(save({}, as(app, "foreignAdmin"))).rejects.toMatchObject({
    data: { code: "INVALID", problems: [{ field: "emailDomains.0", code: "takenDomain" }] },
  });
  await as(app, "districtAdmin").mutation(api.identityProviders.removeIdentityProvider, {});
  expect(await found()).toBeNull();
  await save({}, as(app, "foreignAdmin"));
  const told = await app.query(api.identityProviders.findProvider, { domain: "Example.org" });
  expect(told).toEqual({ organizationName: "Foreign District", required: false });
  await save({ enabled: false }, as(app, "foreignAdmin"));
  expect(await app.query(api.identityProviders.findProvider, { domain: "example.org" })).toBeNull();
});

test("it signs in members and invited people of its organization, who belong to no other", async () => {
  await save();
  expect(await admit(email("caseManager"))).toBe(true);
  expect(await admit(email("guardian").toUpperCase())).toBe(true);
  expect(await admit("uninvited@example.org")).toBe(true);
  for (const stranger of ["nobody@example.org", email("foreignTeacher"), email("formerTeacher")])
    expect(await admit(stranger), stranger).toBe(false);
  expect(await admit("casemanager@other.example")).toBe(false);
  await alsoElsewhere("specialist");
  expect(await admit(email("specialist"))).toBe(false);
  await app.run((ctx) =>
    ctx.db.patch("invitations", world.own.invitationId, { expiresAt: Date.now() - 1 }),
  );
  expect(await admit("uninvited@example.org")).toBe(false);
});

test("passwords are refused only by somebody whom the provider has signed in, and never to who also belongs elsewhere", async () => {
  await save();
  expect(await rule(email("caseManager"))).toBeNull();
  await expect(save({ required: true })).rejects.toMatchObject({
    data: { code: "CONFLICT", reason: "singleSignOnFirst" },
  });
  const admin = await bySingleSignOn("districtAdmin", world.own.organizationId);
  await save({ required: true }, admin);
  await alsoElsewhere("specialist");
  expect(await rule(email("caseManager"))).toBe("refused");
  expect(await rule("nobody@example.org")).toBe("refused");
  expect(await rule(email("specialist"))).toBe("exempt");
  expect(await rule("someone@other.example")).toBeNull();
  // A domain alone shuts nobody out: not who belongs to another district alone, nor who belonged to this one.
  expect(await rule(email("foreignTeacher"))).toBe("exempt");
  expect(await rule(email("formerTeacher"))).toBe("exempt");
  await admin.mutation(api.invitations.createInvitation, {
    ...{ email: email("formerTeacher"), firstName: "Former", lastName: "Teacher" },
    ...{ role: "teacher", language: "en" },
  });
  expect(await rule(email("formerTeacher"))).toBe("refused");
  const refuses = (token: string) =>
    app.query(internal.jobs.singleSignOn.refusesNewPassword, {
      ...{ email: "uninvited@example.org", token },
    });
  expect(await refuses(world.own.invitationToken)).toBe(true);
  expect(await refuses(world.foreign.invitationToken)).toBe(false);
});

test("such a session opens the provider's organization and no other, and needs no second factor of ours", async () => {
  await alsoElsewhere("caseManager");
  const session = await bySingleSignOn("caseManager", world.own.organizationId);
  const me = await session.query(api.users.getCurrentUser, {});
  expect(me?.memberships.map(({ organizationId }) => organizationId)).toEqual([
    world.own.organizationId,
  ]);
  const elsewhere = await app.run(async (ctx) => {
    const rows = await ctx.db.query("memberships").collect();
    return rows.find(
      (row) =>
        row.userId === world.users.caseManager &&
        row.organizationId === world.foreign.organizationId,
    );
  });
  if (elsewhere === undefined) throw new Error("No membership elsewhere");
  await expect(
    session.mutation(api.users.switchMembership, { membershipId: elsewhere._id }),
  ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  const foreign = await bySingleSignOn("caseManager", world.foreign.organizationId);
  const there = await foreign.query(api.users.getCurrentUser, {});
  expect(there?.acting?.organizationId).toBe(world.foreign.organizationId);
  await app.run(async (ctx) => {
    const row = await ctx.db.get("organizations", world.own.organizationId);
    if (row === null) throw new Error("No organization");
    const securitySettings = { requireSecondFactor: "staff" as const };
    await ctx.db.patch("organizations", row._id, {
      settings: { ...row.settings, securitySettings },
    });
  });
  expect((await session.query(api.users.getCurrentUser, {}))?.acting?.lacksSecondFactor).toBe(
    false,
  );
});

test("a session by single sign-on that names no provider of its organization opens nothing", async () => {
  const claims = { sessionId: "sso", onlyOrganization: world.own.organizationId };
  const who = { subject: "auth-caseManager", email: email("caseManager"), ...claims };
  await save({}, as(app, "foreignAdmin"));
  const foreign = await providerId();
  for (const identityProvider of [undefined, "nothing", foreign])
    await expect(
      app.withIdentity({ ...who, identityProvider }).query(api.users.getCurrentUser, {}),
    ).rejects.toMatchObject({ data: { code: "UNAUTHENTICATED" } });
});
