/**
 * The second factor of the sign-in: codes of an authenticator app (TOTP, RFC 6238) and backup codes, by better-auth.
 * What it leaves open is closed here: a code counts once, nobody guesses, no device is trusted for a month.
 */
import type { GenericCtx } from "@convex-dev/better-auth";
import { APIError, getSessionFromCtx } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { internal } from "../_generated/api";
import type { DataModel } from "../_generated/dataModel";
import { type AuthRequest, endSessions } from "./endSessions";

/** Where somebody comes back from an organization's own provider (`singleSignOn.ts`), whose affair the rest is. */
export const SINGLE_SIGN_ON = "/single-sign-on/callback";

const PREFIX = "/two-factor/";
/** Codes by e-mail are not offered, and a secret is shown once; nothing else needs a password looked at, or unlinks. */
export const CLOSED_PATHS = [
  ...["send-otp", "verify-otp", "get-totp-uri"].map((name) => `${PREFIX}${name}`),
  ...["/verify-password", "/unlink-account"],
];
/** Where better-auth keeps, signed, which sign-in waits for its second factor. */
const CHALLENGE_COOKIE = "two_factor";
/** RFC 6238's usual step: with one step of tolerance to either side a code lives for 90 seconds. */
const CODE = { digits: 6, period: 30 } as const;

/** Must stand before every plugin that makes something of a new session: it takes back the session of the password. */
export function secondFactor() {
  // Tries are limited by our own limiter, across addresses; so its columns, which the component does not have, go.
  const plugin = twoFactor({
    issuer: "Trellis",
    totpOptions: CODE,
    accountLockout: { enabled: false },
  });
  const fields: Partial<typeof plugin.schema.twoFactor.fields> = plugin.schema.twoFactor.fields;
  delete fields.failedVerificationCount;
  delete fields.lockedUntil;
  return plugin;
}

/** Whose second factor is asked for: of the session, or of the sign-in that waits for it. Empty if of nobody. */
async function accountOf(request: AuthRequest): Promise<string> {
  const session = await getSessionFromCtx(request);
  if (session !== null) return session.user.email;
  const { internalAdapter, secret } = request.context;
  const { name } = request.context.createAuthCookie(CHALLENGE_COOKIE);
  const challenge = await request.getSignedCookie(name, secret);
  if (typeof challenge !== "string") return "";
  const waiting = await internalAdapter.findVerificationValue(challenge);
  const user = waiting === null ? null : await internalAdapter.findUserById(waiting.value);
  return user?.email ?? "";
}

/**
 * Before anything about the second factor.
 * @throws APIError if it was tried too often, the code was used before, or the account has a second factor already: a
 *   new one in its place would go unnoticed
 */
export async function guardSecondFactor(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
  ipAddress: string,
): Promise<void> {
  if (!request.path.startsWith(PREFIX) || !("runMutation" in ctx)) return;
  const { code, trustDevice } = (request.body ?? {}) as { code?: unknown; trustDevice?: unknown };
  if (trustDevice !== undefined) throw new APIError("BAD_REQUEST", { code: "NOT_OFFERED" });
  const email = await accountOf(request);
  if (request.path === `${PREFIX}enable` && hasSecondFactor(await getSessionFromCtx(request)))
    throw new APIError("BAD_REQUEST", { code: "SECOND_FACTOR_IS_ON" });
  const { countAttempt, claimCode } = internal.jobs.signIn;
  const seconds = await ctx.runMutation(countAttempt, { kind: "secondFactor", email, ipAddress });
  if (seconds !== null) throw new APIError("TOO_MANY_REQUESTS", { code: "RATE_LIMITED", seconds });
  if (request.path !== `${PREFIX}verify-totp` || typeof code !== "string") return;
  // RFC 6238, 5.2: not a second time. Claimed before it is looked at, so that two requests at once are one too many.
  const isNew = await ctx.runMutation(claimCode, { email, code: code.slice(0, 20) });
  if (!isNew) throw new APIError("UNAUTHORIZED", { code: "CODE_USED" });
}

const NOTED: Partial<Record<string, "secondFactor.off" | "secondFactor.newBackupCodes">> = {
  [`${PREFIX}disable`]: "secondFactor.off",
  [`${PREFIX}generate-backup-codes`]: "secondFactor.newBackupCodes",
};

const hasSecondFactor = (session: { user: object } | null): boolean =>
  (session?.user as { twoFactorEnabled?: boolean | null } | undefined)?.twoFactorEnabled === true;

/** Which session passed the second factor: a new one, or the one whose person turned it on. */
async function notePassed(ctx: GenericCtx<DataModel>, request: AuthRequest): Promise<void> {
  const { session, newSession, returned } = request.context;
  if (!request.path.startsWith(`${PREFIX}verify-`) || returned instanceof Error) return;
  const sessionId = (newSession ?? session)?.session.id;
  if (sessionId === undefined || !("runMutation" in ctx)) return;
  await ctx.runMutation(internal.jobs.signIn.notePassedFactor, { sessionId });
}

/** What was done to the second factor itself, for the log; turning it on ends the sessions that did without. */
export async function afterSecondFactor(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
  device: { ipAddress: string; userAgent: string },
): Promise<void> {
  await notePassed(ctx, request);
  const { session, newSession, returned, internalAdapter } = request.context;
  const before = session as { user: { email: string; id: string } } | null;
  if (!request.path.startsWith(PREFIX) || before === null || !("runMutation" in ctx)) return;
  if (returned instanceof Error) return;
  const isOn = request.path === `${PREFIX}verify-totp` && newSession !== null;
  const action = isOn ? ("secondFactor.on" as const) : NOTED[request.path];
  if (action === undefined) return;
  const { email, id } = before.user;
  await ctx.runMutation(internal.jobs.signIn.noteSecondFactor, { email, action, ...device });
  if (isOn) await endSessions(internalAdapter, id, newSession.session.token);
}

/** Whether this request signed somebody in for good: by a password without, or by passing, the second factor. */
export function isSignedIn(request: AuthRequest): boolean {
  const { session, newSession } = request.context;
  if (newSession === null) return false;
  if (request.path === SINGLE_SIGN_ON) return true;
  if (request.path === "/sign-in/email")
    return (newSession.user as { twoFactorEnabled?: boolean | null }).twoFactorEnabled !== true;
  return request.path.startsWith(`${PREFIX}verify-`) && session === null;
}
