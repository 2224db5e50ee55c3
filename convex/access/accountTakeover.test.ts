/// <reference types="vite/client" />
/** Ways into somebody else's account, or out of the limits of one's own session: what each of them meets. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api, components, internal } from "../_generated/api";
import type { MutationCtx } from "../_generated/server";
import {
  Browser,
  inviteFor,
  ISSUER,
  newAppWithAuth,
  newMember,
  PASSWORD,
  sessionOf,
  startOwnProvider,
} from "../testing/browser.helpers";
import { as, refusal } from "../testing/sessions.helpers";
import { buildWorld, type TestApp, type World } from "../testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newAppWithAuth();
  world = await buildWorld(app);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const EMAIL = "vic.tim@own.example";
const NEXT_PASSWORD = "another long phrase 9931";

const saveProvider = (
  change: Partial<{ issuer: string; enabled: boolean; required: boolean }> = {},
  session: Pick<TestApp, "mutation"> = as(app, "districtAdmin"),
) =>
  session.mutation(api.identityProviders.saveIdentityProvider, {
    ...{ issuer: ISSUER, clientId: "trellis", clientSecret: null, emailDomains: ["own.example"] },
    ...{ enabled: true, required: false, ...change },
  });
/** By an administrator whom the provider has signed in. */
async function refusePasswords() {
  const [domain] = await app.run((ctx) => ctx.db.query("identityDomains").collect());
  const session = app.withIdentity({
    ...{ subject: "auth-districtAdmin", email: "districtadmin@example.org", sessionId: "sso" },
    ...{ onlyOrganization: world.own.organizationId, identityProvider: domain?.providerId },
  });
  await saveProvider({ required: true }, session);
}
const asks = async (browser: Browser) => {
  const claims = await browser.claims();
  return () => refusal(sessionOf(app, claims).query(api.users.getCurrentUser, {}));
};
/** As many as a thief of the password would begin, without waiting for as many hashes. */
const insertSession = (ctx: MutationCtx, userId: string, token: string) =>
  ctx.runMutation(components.betterAuth.adapter.create, {
    input: {
      model: "session",
      data: {
        ...{ userId, token, expiresAt: Date.now() + 3_600_000 },
        ...{ createdAt: Date.now(), updatedAt: Date.now() },
      },
    },
  });
async function sessionsOf(userId: string): Promise<number> {
  const found = (await app.run((ctx) =>
    ctx.runQuery(components.betterAuth.adapter.findMany, {
      ...{ model: "session", where: [{ field: "userId", value: userId }] },
      paginationOpts: { numItems: 1000, cursor: null },
    }),
  )) as { page: unknown[] };
  return found.page.length;
}
const UNAUTHENTICATED = { code: "UNAUTHENTICATED" };

/** Signed in at the provider, as a member who has a password, too. */
async function signedOn() {
  const byPassword = await newMember(app, EMAIL);
  const provider = await startOwnProvider(EMAIL);
  await saveProvider();
  const browser = new Browser(app);
  expect(await browser.signOn(EMAIL, provider)).toBe("/");
  return { browser, byPassword, provider };
}

test("whoever made an account with somebody else's address has none once that person signs on", async () => {
  const attacker = new Browser(app);
  await attacker.signUp(EMAIL, await inviteFor(app, "foreignAdmin", EMAIL));
  const { code } = await attacker.enableFactor();
  await attacker.call("/two-factor/verify-totp", { code: await code() });
  const stillAsks = await asks(attacker);
  const provider = await startOwnProvider(EMAIL);
  await saveProvider();
  const token = await inviteFor(app, "districtAdmin", EMAIL);
  const victim = new Browser(app);
  expect(await victim.signOn(EMAIL, provider)).toBe("/");
  const claims = await victim.claims();
  expect(claims).toMatchObject({ emailVerified: true, twoFactor: false });
  await sessionOf(app, claims).mutation(api.invitations.acceptInvitation, { token });
  expect(await stillAsks()).toEqual(UNAUTHENTICATED);
  expect(await attacker.findClaims()).toBeNull();
  expect((await new Browser(app).signIn(EMAIL)).status).toBe(401);
  // The next time nothing is taken away.
  expect(await new Browser(app).signOn(EMAIL, provider)).toBe("/");
  expect(await victim.findClaims()).not.toBeNull();
});

test("a member whose second factor goes when they first sign on finds that in the log", async () => {
  const member = await newMember(app, EMAIL);
  const { code } = await member.enableFactor();
  await member.call("/two-factor/verify-totp", { code: await code() });
  const provider = await startOwnProvider(EMAIL);
  await saveProvider();
  expect(await new Browser(app).signOn(EMAIL, provider)).toBe("/");
  const log = await app.run((ctx) => ctx.db.query("auditEntries").collect());
  const actions = log.map(({ action }) => action).filter((action) => action.startsWith("second"));
  expect(actions).toEqual(["secondFactor.on", "secondFactor.off"]);
});

test("nobody says of their own address that it is proven", async () => {
  const token = await inviteFor(app, "foreignAdmin", EMAIL);
  const browser = new Browser(app);
  const account = { email: EMAIL, password: PASSWORD, name: "V", emailVerified: true };
  await browser.call("/sign-up/email", account, { "x-invitation-token": token });
  await browser.call("/update-user", { emailVerified: true });
  expect((await browser.claims()).emailVerified).toBe(false);
});

test("a session by single sign-on stays one, whatever session it makes", async () => {
  const { browser: own, provider } = await signedOn();
  // Signing on took the unproven password away; this one came by mail.
  await resetPassword((await own.claims()).sub, NEXT_PASSWORD);
  expect(await own.signOn(EMAIL, provider)).toBe("/");
  const before = await own.claims();
  const changed = await own.call("/change-password", {
    ...{ currentPassword: NEXT_PASSWORD, newPassword: PASSWORD, revokeOtherSessions: true },
  });
  expect(changed.status).toBe(200);
  const after = await own.claims();
  expect(after.sessionId).not.toBe(before.sessionId);
  expect(after.onlyOrganization).toBe(world.own.organizationId);
  const { code } = await own.enableFactor();
  await own.call("/two-factor/verify-totp", { code: await code() });
  const withFactor = await own.claims();
  expect(withFactor.sessionId).not.toBe(after.sessionId);
  expect(withFactor).toMatchObject({
    ...{ onlyOrganization: world.own.organizationId, twoFactor: true },
  });
  expect((await own.call("/two-factor/disable", { password: PASSWORD })).status).toBe(200);
  expect((await own.claims()).onlyOrganization).toBe(world.own.organizationId);
});

/** By the link in the mail. */
async function resetPassword(userId: string, newPassword: string) {
  const token = `reset-${userId}`;
  await app.run((ctx) =>
    ctx.runMutation(components.betterAuth.adapter.create, {
      input: {
        model: "verification",
        data: {
          ...{ identifier: `reset-password:${token}`, value: userId },
          ...{ expiresAt: Date.now() + 60_000, createdAt: Date.now(), updatedAt: Date.now() },
        },
      },
    }),
  );
  return new Browser(app).call("/reset-password", { token, newPassword });
}

test.each<[string, () => Promise<unknown>]>([
  [
    "removed",
    () => as(app, "districtAdmin").mutation(api.identityProviders.removeIdentityProvider, {}),
  ],
  ["turned off", () => saveProvider({ enabled: false })],
  ["replaced by another issuer", () => saveProvider({ issuer: "https://login.elsewhere.example" })],
])("sessions of a provider that was %s are refused at once and end", async (_what, change) => {
  const { browser } = await signedOn();
  const stillAsks = await asks(browser);
  expect(await stillAsks()).toBeNull();
  await change();
  expect(await stillAsks()).toEqual(UNAUTHENTICATED);
  expect(await browser.findClaims()).toBeNull();
  // Not even when the provider is there again.
  await saveProvider();
  expect(await browser.findClaims()).toBeNull();
});

test("once passwords are refused, the sessions that they began are, too", async () => {
  const provider = await startOwnProvider("on@own.example");
  await saveProvider();
  const byPassword = await newMember(app, EMAIL);
  const stillAsks = await asks(byPassword);
  const signedOnToo = new Browser(app);
  await inviteFor(app, "districtAdmin", "on@own.example");
  expect(await signedOnToo.signOn("on@own.example", provider)).toBe("/");
  await refusePasswords();
  expect(await stillAsks()).toEqual(UNAUTHENTICATED);
  expect(await byPassword.findClaims()).toBeNull();
  expect((await byPassword.signIn(EMAIL)).body.code).toBe("SINGLE_SIGN_ON_REQUIRED");
  expect(await signedOnToo.findClaims()).not.toBeNull();
  // Of another domain: nobody signs them in but we do.
  expect(await refusal(as(app, "caseManager").query(api.users.getCurrentUser, {}))).toBeNull();
});

test("another issuer's subjects are not this one's, and it has to work before it refuses passwords", async () => {
  const { browser } = await signedOn();
  await refusePasswords();
  await expect(saveProvider({ issuer: "https://b.example", required: true })).rejects.toMatchObject(
    { data: { code: "CONFLICT", reason: "singleSignOnFirst" } },
  );
  await saveProvider({ issuer: "https://b.example" });
  const other = await startOwnProvider(EMAIL, "https://b.example");
  other.subject = "another issuer's name for the same person";
  expect(await browser.signOn(EMAIL, other)).toBe("/");
});

test("a second factor ends every other session, however many, and is not swapped for another unnoticed", async () => {
  const own = await newMember(app, EMAIL);
  const { sub } = await own.claims();
  const other = new Browser(app);
  await other.signIn(EMAIL);
  const stillAsks = await asks(other);
  await app.run(async (ctx) => {
    for (let i = 0; i < 230; i += 1) await insertSession(ctx, sub, `session-${String(i)}`);
  });
  const first = await own.enableFactor();
  expect((await own.call("/two-factor/verify-totp", { code: await first.code() })).status).toBe(
    200,
  );
  expect(await stillAsks()).toEqual(UNAUTHENTICATED);
  expect(await sessionsOf(sub)).toBe(1);
  expect((await own.claims()).twoFactor).toBe(true);
  const again = await own.enableFactor();
  expect([again.status, again.body.code]).toEqual([400, "SECOND_FACTOR_IS_ON"]);
  // A session that came in without it would not count as one that passed.
  const { sessionId, ...rest } = await own.claims();
  const asked = { email: rest.email, sessionId: "another" };
  const claims = await app.query(internal.jobs.singleSignOn.claimsOfSession, asked);
  expect(claims).toEqual({ passedSecondFactor: false });
  const mine = { email: rest.email, sessionId };
  expect(await app.query(internal.jobs.singleSignOn.claimsOfSession, mine)).toEqual({
    passedSecondFactor: true,
  });
});

test.each([
  ["a new password from a mail", "/reset-password"],
  ["the end of the other sessions", "/revoke-other-sessions"],
  ["the end of all sessions", "/revoke-sessions"],
])("%s ends and notes more than a hundred sessions", async (_what, path) => {
  const own = await newMember(app, EMAIL);
  const { sub } = await own.claims();
  await app.run(async (ctx) => {
    for (let i = 0; i < 130; i += 1) await insertSession(ctx, sub, `session-${String(i)}`);
  });
  const done =
    path === "/reset-password" ? await resetPassword(sub, NEXT_PASSWORD) : await own.call(path, {});
  expect(done.status).toBe(200);
  const ended = await app.run((ctx) => ctx.db.query("endedSessions").collect());
  const left = path === "/revoke-other-sessions" ? 1 : 0;
  expect([ended.length, await sessionsOf(sub)]).toEqual([131 - left, left]);
});

test("a link from a mail proves the address, and its password is not the address", async () => {
  const own = await newMember(app, EMAIL);
  const { sub } = await own.claims();
  const weak = await resetPassword(sub, EMAIL);
  expect([weak.status, weak.body.code]).toEqual([400, "WEAK_PASSWORD"]);
  expect((await resetPassword(sub, NEXT_PASSWORD)).status).toBe(200);
  const again = new Browser(app);
  await again.signIn(EMAIL, NEXT_PASSWORD);
  expect((await again.claims()).emailVerified).toBe(true);
});

test("a session does not guess its password", async () => {
  const own = await newMember(app, EMAIL);
  const change = (currentPassword: string, newPassword = NEXT_PASSWORD) =>
    own.call("/change-password", { currentPassword, newPassword, email: "me@elsewhere.example" });
  const weak = await change(PASSWORD, EMAIL);
  expect([weak.status, weak.body.code]).toEqual([400, "WEAK_PASSWORD"]);
  const statuses = [];
  for (let i = 0; i < 10; i += 1)
    statuses.push((await change(`a wrong phrase ${String(i)}`)).status);
  expect(statuses).toEqual([...Array.from({ length: 9 }, () => 400), 429]);
  for (const [path, body] of [
    ["/verify-password", { password: PASSWORD }],
    ["/unlink-account", { providerId: "credential" }],
  ] as const)
    expect((await own.call(path, body)).status, path).toBe(404);
});
