/**
 * For the auth server: how often somebody may try, and what the audit log says of it. Guessing is stopped where it comes
 * from (one account, one address) long before it is stopped for the account everywhere: nobody shall be able to lock
 * somebody else out for long.
 */
import { MINUTE, HOUR, RateLimiter } from "@convex-dev/rate-limiter";
import { type Infer, v } from "convex/values";
import { components, internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { DatabaseReader, MutationCtx } from "../_generated/server";
import { writeSystemEntry } from "../access/audit";
import { activeMemberships } from "../access/session";
import { systemMutation } from "../access/systemFunctions";
import { normalizeEmail } from "../domain/people/person";

/** Longer than any token lives (`access/authentication`), clocks apart. */
const KEEP_ENDED_MS = 30 * MINUTE;

const limiter = new RateLimiter(components.rateLimiter, {
  /** One account from one address. */
  signIn: { kind: "token bucket", rate: 10, period: 15 * MINUTE, capacity: 10 },
  /** One account from everywhere: many machines guessing together. */
  signInAccount: { kind: "fixed window", rate: 100, period: HOUR },
  /** One address, behind which a whole school may sit, for all accounts. */
  signInAddress: { kind: "fixed window", rate: 600, period: 15 * MINUTE },
  resetAccount: { kind: "fixed window", rate: 5, period: HOUR },
  resetAddress: { kind: "fixed window", rate: 60, period: HOUR },
  /** After the right password: one account from one address, which alone does not use up the account's. */
  secondFactor: { kind: "token bucket", rate: 10, period: 30 * MINUTE, capacity: 10 },
  secondFactorAccount: { kind: "fixed window", rate: 40, period: HOUR },
  secondFactorAddress: { kind: "fixed window", rate: 600, period: 15 * MINUTE },
  /** Not a window, whose end could lie between two uses: after one use it takes the whole time. */
  code: { kind: "token bucket", rate: 1, capacity: 1, period: 5 * MINUTE },
  singleSignOnAddress: { kind: "fixed window", rate: 600, period: 15 * MINUTE },
  signUpAddress: { kind: "fixed window", rate: 120, period: HOUR },
});

const vAttempt = {
  kind: v.union(
    v.literal("signIn"),
    v.literal("secondFactor"),
    v.literal("reset"),
    v.literal("signUp"),
    v.literal("singleSignOn"),
  ),
  email: v.string(),
  ipAddress: v.string(),
};

/** Counts a try. Returns after how many seconds the next one is allowed, or null if this one is. */
export const countAttempt = systemMutation({
  args: vAttempt,
  returns: v.union(v.null(), v.number()),
  handler: async (ctx, { kind, ipAddress, ...rest }) => {
    const email = normalizeEmail(rest.email);
    const wait = await firstRefusal(ctx, kind, { email, ipAddress });
    if (wait === null) return null;
    if (kind === "signIn" || kind === "secondFactor")
      await note(ctx, email, "session.locked", { ipAddress });
    return Math.ceil(wait / 1000);
  },
});

/** What a try counts for, the narrowest first. */
function limitsOf(
  kind: Infer<typeof vAttempt.kind>,
  { email, ipAddress }: { email: string; ipAddress: string },
) {
  switch (kind) {
    case "signIn":
    case "secondFactor":
      return [
        { name: kind, key: `${email} ${ipAddress}` },
        { name: `${kind}Account`, key: email },
        { name: `${kind}Address`, key: ipAddress },
      ] as const;
    case "reset":
      return [
        { name: "resetAccount", key: email },
        { name: "resetAddress", key: ipAddress },
      ] as const;
    case "signUp":
    case "singleSignOn":
      return [{ name: `${kind}Address`, key: ipAddress }] as const;
  }
}

/** For how long, in milliseconds. What is refused nearby is not counted any further: one machine locks nobody out. */
async function firstRefusal(
  ctx: MutationCtx,
  kind: Infer<typeof vAttempt.kind>,
  from: { email: string; ipAddress: string },
): Promise<number | null> {
  for (const { name, key } of limitsOf(kind, from)) {
    const { ok, retryAfter = 0 } = await limiter.limit(ctx, name, { key });
    if (!ok) return retryAfter;
  }
  return null;
}

/** A code of the second factor is tried once. @returns whether this is the first time */
export const claimCode = systemMutation({
  args: { email: v.string(), code: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { email, code }) => {
    const key = `${normalizeEmail(email)} ${code.replace(/\D/gu, "")}`;
    return (await limiter.limit(ctx, "code", { key })).ok;
  },
});

/** After the right password, and the second factor of who has one: earlier wrong ones count no more. */
export const noteSignIn = systemMutation({
  args: { email: v.string(), ipAddress: v.string(), userAgent: v.string() },
  returns: v.null(),
  handler: async (ctx, { ipAddress, userAgent, ...rest }) => {
    const email = normalizeEmail(rest.email);
    await limiter.reset(ctx, "signIn", { key: `${email} ${ipAddress}` });
    await limiter.reset(ctx, "signInAccount", { key: email });
    await forgiveCodes(ctx, email, ipAddress);
    await note(ctx, email, "session.begin", { ipAddress, userAgent });
    return null;
  },
});

/** Signed out, here or from elsewhere, or ended by a new password: its tokens are refused from this moment. */
export const noteSessionEnd = systemMutation({
  args: { sessionId: v.string() },
  returns: v.null(),
  handler: async (ctx, { sessionId }) => {
    await ctx.db.insert("endedSessions", { sessionId, endedAt: Date.now() });
    return null;
  },
});

/** The session's person has shown the second factor. */
export const notePassedFactor = systemMutation({
  args: { sessionId: v.string() },
  returns: v.null(),
  handler: async ({ db }, { sessionId }) => {
    if ((await factorSession(db, sessionId)) === null)
      await db.insert("secondFactorSessions", { sessionId });
    return null;
  },
});

const factorSession = (db: DatabaseReader, sessionId: string) =>
  db
    .query("secondFactorSessions")
    .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
    .first();

/** Forgets sessions whose last token has run out. */
export const forgetEndedSessions = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const old = await ctx.db
      .query("endedSessions")
      .withIndex("by_time", (q) => q.lt("endedAt", Date.now() - KEEP_ENDED_MS))
      .take(1000);
    for (const { _id, sessionId } of old) {
      await ctx.db.delete("endedSessions", _id);
      const passed = await factorSession(ctx.db, sessionId);
      if (passed !== null) await ctx.db.delete("secondFactorSessions", passed._id);
    }
    if (old.length === 1000)
      await ctx.scheduler.runAfter(0, internal.jobs.signIn.forgetEndedSessions, {});
    return null;
  },
});

async function forgiveCodes(ctx: MutationCtx, email: string, ipAddress: string): Promise<void> {
  await limiter.reset(ctx, "secondFactor", { key: `${email} ${ipAddress}` });
  await limiter.reset(ctx, "secondFactorAccount", { key: email });
}

/** The second factor was turned on or off, or has new backup codes. */
export const noteSecondFactor = systemMutation({
  args: {
    email: v.string(),
    action: v.union(
      v.literal("secondFactor.on"),
      v.literal("secondFactor.off"),
      v.literal("secondFactor.newBackupCodes"),
    ),
    ipAddress: v.string(),
    userAgent: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { action, ...rest }) => {
    const device = { ipAddress: rest.ipAddress, userAgent: rest.userAgent };
    const email = normalizeEmail(rest.email);
    await forgiveCodes(ctx, email, device.ipAddress);
    await note(ctx, email, action, device);
    return null;
  },
});

/** In the log of every organization that the person belongs to; that an account is locked, once in a while. */
async function note(
  ctx: MutationCtx,
  email: string,
  action: string,
  device: { ipAddress: string; userAgent?: string },
): Promise<void> {
  const user = await ctx.db
    .query("users")
    .withIndex("by_email", (q) => q.eq("email", email))
    .first();
  if (user === null) return;
  const memberships = await activeMemberships(ctx.db, user._id);
  for (const organizationId of new Set(memberships.map((place) => place.organizationId))) {
    const noted = action === "session.locked" && (await wasLocked(ctx, organizationId, user._id));
    if (!noted)
      await writeSystemEntry(ctx, organizationId, action, { actorId: user._id, ...device });
  }
}

async function wasLocked(
  { db }: MutationCtx,
  organizationId: Id<"organizations">,
  userId: Id<"users">,
): Promise<boolean> {
  const last = await db
    .query("auditEntries")
    .withIndex("by_actor", (q) => q.eq("organizationId", organizationId).eq("actorId", userId))
    .order("desc")
    .first();
  return last?.action === "session.locked" && last.at > Date.now() - 15 * MINUTE;
}

/** The sign-in of somebody who is nobody here any more: account, sessions, second factor. */
export const removeAccount = systemMutation({
  args: { authId: v.string() },
  returns: v.null(),
  handler: async (ctx, { authId }) => {
    const rows = { paginationOpts: { numItems: 200, cursor: null } };
    const { deleteMany } = components.betterAuth.adapter;
    for (const model of ["session", "account", "twoFactor"] as const)
      await ctx.runMutation(deleteMany, {
        input: { model, where: [{ field: "userId", value: authId }] },
        ...rows,
      });
    await ctx.runMutation(deleteMany, {
      input: { model: "user", where: [{ field: "_id", value: authId }] },
      ...rows,
    });
    return null;
  },
});
