/**
 * Single sign-on at an organization's own provider, as a plugin of the auth server. Its plugins for OAuth read the id
 * token without checking its signature, and take their providers from the configuration; these are two addresses that
 * check everything and take the provider from our own table.
 */
import type { GenericCtx } from "@convex-dev/better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { components, internal } from "../_generated/api";
import type { DataModel, Id } from "../_generated/dataModel";
import { emailDomain } from "../domain/organizations/identityProvider";
import { authorizationAddress, claimsOf, ProviderError, randomText } from "./oidc";
import { type AuthRequest, endSessions } from "./endSessions";
import { SINGLE_SIGN_ON as CALLBACK } from "./secondFactor";

const BEGIN = "/single-sign-on/begin";
/** How long somebody may take at the provider. */
const ATTEMPT_MS = 10 * 60 * 1000;
const STATE_COOKIE = "single_sign_on";

interface Kept {
  providerId: Id<"identityProviders">;
  nonce: string;
  verifier: string;
  to: string;
}

/** Why it came to nothing, for the sign-in page: `refused` tells nobody whether there is such an account. */
type Outcome = "refused" | "failed";

const siteUrl = () => process.env.SITE_URL ?? "";
const redirectUri = () => `${siteUrl()}/api/auth${CALLBACK}`;
const identifierOf = (state: string) => `single-sign-on-${state}`;
const stateCookie = (request: AuthRequest) =>
  request.context.createAuthCookie(STATE_COOKIE, { maxAge: ATTEMPT_MS / 1000 });

/** A path of the app, never another host: browsers read "//" and "/\" as one. */
const ownPath = (to: string): string => {
  const { origin, pathname, search } = new URL(to, siteUrl());
  return to.startsWith("/") && origin === new URL(siteUrl()).origin ? pathname + search : "/";
};

function textOf(values: unknown, name: string): string {
  const value = (values as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value.slice(0, 4000) : "";
}

export function singleSignOn(ctx: GenericCtx<DataModel>) {
  return {
    id: "single-sign-on",
    endpoints: {
      beginSingleSignOn: createAuthEndpoint(BEGIN, { method: "POST" }, async (request) => {
        const email = textOf(request.body, "email");
        const to = textOf(request.body, "to");
        if (!("runQuery" in ctx)) throw new APIError("NOT_FOUND");
        const provider = await ctx.runQuery(internal.jobs.singleSignOn.findProvider, {
          domain: emailDomain(email),
        });
        if (provider === null) throw new APIError("NOT_FOUND", { code: "NO_PROVIDER" });
        const [state, nonce, verifier] = [randomText(), randomText(), randomText()];
        const url = await authorizationAddress(
          provider,
          { nonce, verifier },
          { state, redirectUri: redirectUri(), email },
        ).catch((error: unknown) => {
          throw failure(error);
        });
        const kept: Kept = { providerId: provider.providerId, nonce, verifier, to: ownPath(to) };
        await request.context.internalAdapter.createVerificationValue({
          identifier: identifierOf(state),
          value: JSON.stringify(kept),
          expiresAt: new Date(Date.now() + ATTEMPT_MS),
        });
        // Ties the answer to this browser: nobody is signed in by somebody else's link.
        const cookie = stateCookie(request);
        await request.setSignedCookie(
          ...([cookie.name, state, request.context.secret, cookie.attributes] as const),
        );
        return request.json({ url });
      }),
      endSingleSignOn: createAuthEndpoint(
        CALLBACK,
        {
          method: "GET",
        },
        async (request) => {
          const answer = await finish(ctx, request);
          const path = "to" in answer ? answer.to : `/sign-in?problem=${answer.outcome}`;
          throw request.redirect(`${siteUrl()}${path}`);
        },
      ),
    },
  };
}

function failure(error: unknown): APIError {
  // For whoever runs the deployment; what the provider said is nobody else's.
  console.warn(`Single sign-on: ${error instanceof ProviderError ? error.message : "failed"}`);
  return new APIError("BAD_GATEWAY", { code: "PROVIDER_FAILED" });
}

async function finish(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
): Promise<{ to: string } | { outcome: Outcome }> {
  if (!("runMutation" in ctx)) return { outcome: "failed" };
  const { internalAdapter, secret } = request.context;
  const cookie = stateCookie(request);
  const own = await request.getSignedCookie(cookie.name, secret);
  request.setCookie(cookie.name, "", { ...cookie.attributes, maxAge: 0 });
  const [code, state] = [textOf(request.query, "code"), textOf(request.query, "state")];
  if (code === "" || state === "" || own !== state) return { outcome: "failed" };
  // Once: an answer that comes a second time finds nothing.
  const attempt = await internalAdapter.consumeVerificationValue(identifierOf(state));
  if (attempt === null || new Date(attempt.expiresAt).getTime() < Date.now())
    return { outcome: "failed" };
  const { providerId, to, ...kept } = JSON.parse(attempt.value) as Kept;
  const provider = await ctx.runQuery(internal.jobs.singleSignOn.getProvider, { providerId });
  if (provider === null) return { outcome: "failed" };
  try {
    const claims = await claimsOf(provider, kept, {
      code,
      redirectUri: redirectUri(),
      iss: textOf(request.query, "iss"),
    });
    if (claims.verifiedEmail === null) return { outcome: "refused" };
    const person = { providerId, email: claims.verifiedEmail };
    const admitted = await ctx.runQuery(internal.jobs.singleSignOn.admit, person);
    if (admitted === null) return { outcome: "refused" };
    const user = await accountOf(ctx, request, {
      ...admitted,
      providerId,
      subject: claims.subject,
    });
    if (user === null) return { outcome: "refused" };
    const session = await internalAdapter.createSession(user.id);
    await ctx.runMutation(internal.jobs.singleSignOn.noteSession, {
      ...{ providerId, sessionId: session.id },
    });
    await setSessionCookie(request, { session, user });
    return { to };
  } catch (error) {
    failure(error);
    return { outcome: "failed" };
  }
}

/**
 * The account with this address, made if there is none yet. Null if the provider means another person by it than
 * before: addresses are given to successors, subjects are not.
 */
async function accountOf(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
  person: { email: string; name: string; providerId: Id<"identityProviders">; subject: string },
) {
  const { internalAdapter } = request.context;
  const { email, name, subject: accountId } = person;
  const providerId = `oidc-${person.providerId}`;
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  if (found === null) {
    const user = await internalAdapter.createUser({ email, name, emailVerified: true });
    await internalAdapter.createAccount({ userId: user.id, providerId, accountId });
    return user;
  }
  const linked = found.accounts.find((account) => account.providerId === providerId);
  if (linked !== undefined) return linked.accountId === accountId ? found.user : null;
  if (!found.user.emailVerified) await shutOutOthers(ctx, request, found);
  await internalAdapter.createAccount({ userId: found.user.id, providerId, accountId });
  return found.user;
}

/**
 * Signing up proves no address: whoever was invited with somebody else's has an account that waits for that person. Now
 * that the provider has proven whose it is, everything goes by which another could come in. That a second factor went is
 * noted as if it had been turned off.
 */
async function shutOutOthers(
  ctx: GenericCtx<DataModel>,
  { context: { adapter, internalAdapter } }: AuthRequest,
  found: {
    user: { id: string; email: string; twoFactorEnabled?: boolean | null };
    accounts: { id: string; providerId: string }[];
  },
): Promise<void> {
  const { id: userId, email, twoFactorEnabled } = found.user;
  if (twoFactorEnabled === true && "runMutation" in ctx)
    await ctx.runMutation(internal.jobs.signIn.noteSecondFactor, {
      ...{ email, action: "secondFactor.off", ipAddress: "", userAgent: "" },
    });
  for (const account of found.accounts)
    if (account.providerId === "credential") await internalAdapter.deleteAccount(account.id);
  await adapter.deleteMany({ model: "twoFactor", where: [{ field: "userId", value: userId }] });
  await internalAdapter.updateUser(userId, { emailVerified: true, twoFactorEnabled: false });
  await endSessions(internalAdapter, userId);
}

/**
 * What a token says of how its session was begun. One that an organization's own provider began opens that organization
 * and no other. A session that may not go on is ended here.
 * @throws APIError
 */
export async function sessionClaims(
  ctx: GenericCtx<DataModel>,
  { sessionId, email }: { sessionId: string; email: string },
) {
  if (!("runQuery" in ctx)) throw new APIError("UNAUTHORIZED");
  const question = { sessionId, email };
  const claims = await ctx.runQuery(internal.jobs.singleSignOn.claimsOfSession, question);
  if (claims !== null) return claims;
  if ("runMutation" in ctx) {
    const where = [{ field: "_id" as const, value: sessionId }];
    await ctx.runMutation(components.betterAuth.adapter.deleteOne, {
      input: { model: "session", where },
    });
    await ctx.runMutation(internal.jobs.signIn.noteSessionEnd, { sessionId });
  }
  throw new APIError("UNAUTHORIZED");
}

/** A session that the request made out of its own opens no more than that one did. */
export async function continueSession(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
): Promise<void> {
  const { session, newSession } = request.context;
  if (session === null || newSession === null || !("runMutation" in ctx)) return;
  const [from, to] = [session.session.id, newSession.session.id];
  if (from !== to) await ctx.runMutation(internal.jobs.singleSignOn.continueSession, { from, to });
}

const PASSWORD = "/sign-in/email";
const required = () => new APIError("FORBIDDEN", { code: "SINGLE_SIGN_ON_REQUIRED" });

/** @throws APIError where the organization of this address refuses passwords */
export async function guardPassword(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
  email: string,
): Promise<void> {
  if (request.path !== PASSWORD || !("runQuery" in ctx)) return;
  const rule = await ctx.runQuery(internal.jobs.singleSignOn.passwordRule, { email });
  if (rule !== "refused") return;
  // Takes as long as looking at a password: nobody sees who is exempt.
  await request.context.password.hash(textOf(request.body, "password"));
  throw required();
}

/** A wrong password of somebody who is exempt looks like everybody else's. @throws APIError */
export async function afterWrongPassword(
  ctx: GenericCtx<DataModel>,
  request: AuthRequest,
  email: string,
): Promise<void> {
  const { returned } = request.context;
  if (request.path !== PASSWORD || !(returned instanceof APIError) || !("runQuery" in ctx)) return;
  if (returned.status !== "UNAUTHORIZED") return;
  const rule = await ctx.runQuery(internal.jobs.singleSignOn.passwordRule, { email });
  if (rule !== null) throw required();
}

/** @throws APIError where the organization that invites refuses passwords for this address */
export async function guardNewPassword(
  ctx: GenericCtx<DataModel>,
  email: string,
  token: string,
): Promise<void> {
  if (!("runQuery" in ctx)) return;
  const question = { email, token };
  if (await ctx.runQuery(internal.jobs.singleSignOn.refusesNewPassword, question)) throw required();
}
