/**
 * Sign-in by better-auth, whose tables live in its component. An account is made only from an invitation's link; what
 * the person may see follows from memberships (`session.ts`), never from having an account.
 */
import { createClient, type GenericCtx } from "@convex-dev/better-auth";
import { convex } from "@convex-dev/better-auth/plugins";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { components, internal } from "../_generated/api";
import type { DataModel } from "../_generated/dataModel";
import authConfig from "../auth.config";
import { isCommonPassword } from "./commonPasswords";
import {
  afterWrongPassword,
  continueSession,
  guardNewPassword,
  guardPassword,
  sessionClaims,
  singleSignOn,
} from "./singleSignOn";
import { afterEndingOthers, type AuthRequest, endEverySession } from "./endSessions";
import { checkPassword } from "../domain/people/person";
import { PASSWORD_LENGTH } from "../domain/people/person";
import {
  afterSecondFactor,
  CLOSED_PATHS,
  guardSecondFactor,
  isSignedIn,
  secondFactor,
} from "./secondFactor";

export const authComponent = createClient<DataModel>(components.betterAuth);

/** Header in which the sign-up carries the invitation's token. */
const INVITATION_HEADER = "x-invitation-token";
const PASSWORD_FIELDS: Record<string, string> = {
  "/sign-up/email": "password",
  "/reset-password": "newPassword",
  "/change-password": "newPassword",
};

/** How long a token for the functions lives. */
const TOKEN_SECONDS = 5 * 60;

/** What is limited: how often one may try it from one place and for one account. */
const ATTEMPTS: Record<string, "signIn" | "reset" | "signUp" | "singleSignOn"> = {
  "/sign-in/email": "signIn",
  // Guessing the current one is guessing the one of the sign-in.
  "/change-password": "signIn",
  "/request-password-reset": "reset",
  "/sign-up/email": "signUp",
  "/single-sign-on/begin": "singleSignOn",
};
/** As the web server says, which puts it there itself: what clients claim is dropped before (`scripts/lib/forward`). */
const addressOf = (headers: Headers | undefined): string =>
  (headers?.get("x-forwarded-for") ?? "").split(",")[0]?.trim() ?? "";

const text = (body: unknown, field: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  return typeof value === "string" ? value : "";
};

/** Whose password it is about: only who has no session, and no link from a letter, says so themselves. */
async function emailOf(request: AuthRequest): Promise<string> {
  if (request.path === "/change-password")
    return (await getSessionFromCtx(request))?.user.email ?? "";
  if (request.path !== "/reset-password") return text(request.body, "email");
  const { internalAdapter } = request.context;
  const token = text(request.body, "token") || text(request.query, "token");
  const waiting = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  const user = waiting === null ? null : await internalAdapter.findUserById(waiting.value);
  return user?.email ?? "";
}

/** Requests that give the very session that makes them a new id: their page goes on, with a token that lives for minutes. */
const REPLACING: ReadonlySet<string> = new Set([
  ...["/change-password", "/two-factor/verify-totp", "/two-factor/disable"],
]);
const isReplaced = (
  id: string,
  request: { path: string; context: { session: unknown } } | null,
): boolean =>
  request !== null &&
  REPLACING.has(request.path) &&
  (request.context.session as { session: { id: string } } | null)?.session.id === id;

/**
 * The auth server of one request. `SITE_URL` is the address of the web app, which forwards `/api/auth/` here: cookies
 * belong to the app's own origin and scripts cannot read them.
 */
export const createAuth = (ctx: GenericCtx<DataModel>) =>
  betterAuth({
    baseURL: process.env.SITE_URL,
    secret: process.env.BETTER_AUTH_SECRET,
    database: authComponent.adapter(ctx),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        if (!("runMutation" in ctx)) return;
        await ctx.runMutation(internal.jobs.mail.sendPasswordReset, { email: user.email, token });
      },
      // The link came by mail: whoever used it reads what is sent to this address.
      onPasswordReset: async ({ user }) => {
        if (!("runMutation" in ctx)) return;
        const where = [{ field: "_id" as const, value: user.id }];
        await ctx.runMutation(components.betterAuth.adapter.updateOne, {
          input: { model: "user", where, update: { emailVerified: true } },
        });
      },
    },
    disabledPaths: CLOSED_PATHS,
    databaseHooks: {
      session: {
        delete: {
          after: async ({ id }, request) => {
            if (!("runMutation" in ctx) || isReplaced(id, request)) return;
            await ctx.runMutation(internal.jobs.signIn.noteSessionEnd, { sessionId: id });
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (request) => {
        // Sessions are cookies, which no script can read. As a header, the tokens in the list of sessions would do, too.
        if (request.headers?.has("authorization") === true) throw new APIError("UNAUTHORIZED");
        endEverySession(request);
        await guardSecondFactor(ctx, request, addressOf(request.headers));
        const email = await emailOf(request);
        const kind = ATTEMPTS[request.path];
        if (kind !== undefined && "runMutation" in ctx) {
          const attempt = { kind, email, ipAddress: addressOf(request.headers) };
          const seconds = await ctx.runMutation(internal.jobs.signIn.countAttempt, attempt);
          if (seconds !== null)
            throw new APIError("TOO_MANY_REQUESTS", { code: "RATE_LIMITED", seconds });
        }
        await guardPassword(ctx, request, email);
        const field = PASSWORD_FIELDS[request.path];
        if (field === undefined) return;
        const password = text(request.body, field);
        const problems = checkPassword(password, { email });
        if (problems.length > 0 || isCommonPassword(password))
          throw new APIError("BAD_REQUEST", { code: "WEAK_PASSWORD", problems });
        if (request.path !== "/sign-up/email") return;
        const token = request.headers?.get(INVITATION_HEADER) ?? "";
        if (!("runQuery" in ctx)) throw new APIError("FORBIDDEN", { code: "NOT_INVITED" });
        const invited = await ctx.runQuery(internal.jobs.invitations.isInvited, { token, email });
        if (invited) await guardNewPassword(ctx, email, token);
        else throw new APIError("FORBIDDEN", { code: "NOT_INVITED" });
      }),
      after: createAuthMiddleware(async (request) => {
        if (!("runMutation" in ctx)) return;
        const device = {
          ipAddress: addressOf(request.headers),
          userAgent: (request.headers?.get("user-agent") ?? "").slice(0, 300),
        };
        await afterWrongPassword(ctx, request, text(request.body, "email"));
        await afterSecondFactor(ctx, request, device);
        await continueSession(ctx, request);
        await afterEndingOthers(request);
        const { newSession } = request.context;
        if (newSession === null || !isSignedIn(request)) return;
        const { email } = newSession.user;
        await ctx.runMutation(internal.jobs.signIn.noteSignIn, { email, ...device });
      }),
    },
    // A token outlives its session by this at most; until then `endedSessions` tells.
    plugins: [
      secondFactor(),
      singleSignOn(ctx),
      convex({
        authConfig,
        jwt: {
          expirationSeconds: TOKEN_SECONDS,
          // What functions need to know, and where the session was begun, for the audit log; nothing else travels.
          definePayload: async ({ user, session }) => {
            const about = { sessionId: session.id, email: user.email };
            const { passedSecondFactor, only } = await sessionClaims(ctx, about);
            return {
              email: user.email,
              emailVerified: user.emailVerified,
              name: user.name,
              twoFactor: user.twoFactorEnabled === true && passedSecondFactor,
              ...only,
              ipAddress: session.ipAddress ?? "",
              userAgent: (session.userAgent ?? "").slice(0, 300),
            };
          },
        },
      }),
    ],
  });
