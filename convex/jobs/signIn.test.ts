/// <reference types="vite/client" />
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { as, refusal } from "../testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "../testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => vi.useRealTimers());

const attempt = (email: string, ipAddress = "192.0.2.1") =>
  app.mutation(internal.jobs.signIn.countAttempt, { kind: "signIn", email, ipAddress });
async function tries(count: number, email: string, ipAddress?: string) {
  const answers = [];
  for (let i = 0; i < count; i++) answers.push(await attempt(email, ipAddress));
  return answers.filter((answer) => answer === null).length;
}
const log = async () =>
  (await app.run((ctx) => ctx.db.query("auditEntries").collect())).map(
    ({ action, actorId, ipAddress, risk }) => ({ action, actorId, ipAddress, risk }),
  );

test("ten tries for one account from one address in a quarter of an hour, whether there is such an account or not", async () => {
  for (const email of ["casemanager@example.org", "nobody@example.org"]) {
    expect(await tries(12, email)).toBe(10);
    const seconds = await attempt(email.toUpperCase());
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(15 * 60);
  }
  vi.setSystemTime(Date.now() + 15 * 60 * 1000);
  expect(await attempt("casemanager@example.org")).toBeNull();
});

test("somebody who guesses elsewhere does not lock the person out here", async () => {
  expect(await tries(30, "casemanager@example.org", "203.0.113.5")).toBe(10);
  expect(await attempt("casemanager@example.org", "192.0.2.1")).toBeNull();
});

test.each(["signIn", "secondFactor"] as const)(
  "one machine, however it hammers, locks nobody out elsewhere (%s)",
  async (kind) => {
    const at = (ipAddress: string) =>
      app.mutation(internal.jobs.signIn.countAttempt, {
        ...{ kind, email: "casemanager@example.org", ipAddress },
      });
    for (let minute = 0; minute < 120; minute += 1) {
      for (let i = 0; i < 3; i += 1) await at("203.0.113.5");
      if (minute % 20 === 19) expect(await at("192.0.2.1")).toBeNull();
      vi.setSystemTime(Date.now() + 60_000);
    }
  },
);

test("many machines that guess together are stopped at the account", async () => {
  let allowed = 0;
  for (let machine = 0; machine < 15; machine++)
    allowed += await tries(10, "casemanager@example.org", `198.51.100.${String(machine)}`);
  expect(allowed).toBe(100);
});

test("one machine that tries many accounts is stopped at its address; a school's morning is not", async () => {
  let allowed = 0;
  for (let person = 0; person < 700; person++)
    if ((await attempt(`person${String(person)}@example.org`)) === null) allowed += 1;
  expect(allowed).toBe(600);
});

test("the right password makes earlier wrong ones count no more, and is noted", async () => {
  const email = "casemanager@example.org";
  await tries(9, email);
  await app.mutation(internal.jobs.signIn.noteSignIn, {
    ...{ email, ipAddress: "192.0.2.1", userAgent: "A browser" },
  });
  expect(await tries(12, email)).toBe(10);
  expect(await log()).toEqual([
    {
      ...{ action: "session.begin", actorId: world.users.caseManager, risk: "low" },
      ipAddress: "192.0.2.1",
    },
    {
      ...{ action: "session.locked", actorId: world.users.caseManager, risk: "high" },
      ipAddress: "192.0.2.1",
    },
  ]);
});

test("a password is asked to be reset five times an hour", async () => {
  const ask = () =>
    app.mutation(internal.jobs.signIn.countAttempt, {
      ...{ kind: "reset", email: "guardian@example.org", ipAddress: "192.0.2.1" },
    });
  for (let i = 0; i < 5; i++) expect(await ask()).toBeNull();
  expect(await ask()).toBeGreaterThan(0);
});

test("a token of a session that was ended is refused; the account's other sessions go on; in time it is forgotten", async () => {
  const other = app.withIdentity({
    ...{ subject: "auth-caseManager", email: "casemanager@example.org", sessionId: "elsewhere" },
  });
  const today = () => as(app, "caseManager").query(api.goals.listTodayGoals, {});
  expect(await refusal(today())).toBe(null);
  await app.mutation(internal.jobs.signIn.noteSessionEnd, { sessionId: "session-caseManager" });
  expect(await refusal(today())).toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await refusal(as(app, "caseManager").query(api.users.getCurrentUser, {}))).toMatchObject({
    code: "UNAUTHENTICATED",
  });
  expect(await other.query(api.users.getCurrentUser, {})).not.toBe(null);
  const ended = () => app.run((ctx) => ctx.db.query("endedSessions").collect());
  await app.mutation(internal.jobs.signIn.forgetEndedSessions, {});
  expect(await ended()).toHaveLength(1);
  vi.setSystemTime(Date.now() + 31 * 60_000);
  await app.mutation(internal.jobs.signIn.forgetEndedSessions, {});
  expect(await ended()).toEqual([]);
});

test("codes of the second factor are limited apart from passwords, and signing in forgives both", async () => {
  const ask = () =>
    app.mutation(internal.jobs.signIn.countAttempt, {
      ...{ kind: "secondFactor", email: "casemanager@example.org", ipAddress: "192.0.2.1" },
    });
  for (let i = 0; i < 10; i++) expect(await ask()).toBeNull();
  expect(await ask()).toBeGreaterThan(0);
  expect(await attempt("casemanager@example.org")).toBeNull();
  await app.mutation(internal.jobs.signIn.noteSignIn, {
    ...{ email: "casemanager@example.org", ipAddress: "192.0.2.1", userAgent: "A browser" },
  });
  expect(await ask()).toBeNull();
  expect((await log()).map(({ action }) => action)).toEqual(["session.locked", "session.begin"]);
});

test("a code counts once, for as long as it could live, however it is spaced", async () => {
  const claim = (email: string, code: string) =>
    app.mutation(internal.jobs.signIn.claimCode, { email, code });
  expect(await claim("casemanager@example.org", "123456")).toBe(true);
  expect(await claim("CaseManager@example.org", "123 456")).toBe(false);
  expect(await claim("casemanager@example.org", "123457")).toBe(true);
  expect(await claim("guardian@example.org", "123456")).toBe(true);
  vi.setSystemTime(Date.now() + 100 * 1000);
  expect(await claim("casemanager@example.org", "123456")).toBe(false);
  vi.setSystemTime(Date.now() + 300 * 1000);
  expect(await claim("casemanager@example.org", "123456")).toBe(true);
});

test("what is done to the second factor is in the log of every organization", async () => {
  for (const action of ["secondFactor.on", "secondFactor.off"] as const)
    await app.mutation(internal.jobs.signIn.noteSecondFactor, {
      ...{ email: "casemanager@example.org", action, ipAddress: "192.0.2.1", userAgent: "" },
    });
  const noted = await log();
  expect(noted.map(({ action, risk }) => [action, risk])).toEqual([
    ["secondFactor.on", "medium"],
    ["secondFactor.off", "high"],
  ]);
});
