/** For the auth server: which provider signs whom in, and what such a session opens. */
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";
import {
  isItsOwn,
  isPasswordRefused,
  isProviderOn,
  requiredProvider,
} from "../access/requiredProvider";
import { activeMemberships } from "../access/session";
import { systemMutation, systemQuery } from "../access/systemFunctions";
import { TenantReader } from "../access/tenantDb";
import { emailDomain } from "../domain/organizations/identityProvider";
import { normalizeEmail } from "../domain/people/person";
import { providerOfDomain } from "../model/identityProviders";
import { unsafeInvitationByToken } from "../model/invitations";

const vProvider = v.object({
  providerId: v.id("identityProviders"),
  issuer: v.string(),
  clientId: v.string(),
  clientSecret: v.optional(v.string()),
});

async function protocolOf(db: DatabaseReader, provider: Doc<"identityProviders">) {
  const { _id, organizationId, issuer, clientId } = provider;
  const tenant = new TenantReader(db, organizationId);
  const { clientSecret } = await tenant.unseal("identityProviders", provider);
  return {
    ...{ providerId: _id, issuer, clientId },
    ...(clientSecret === undefined ? {} : { clientSecret }),
  };
}

/** Null if nobody signs in there. */
export const findProvider = systemQuery({
  args: { domain: v.string() },
  returns: v.union(v.null(), vProvider),
  handler: async ({ db }, { domain }) => {
    const provider = await providerOfDomain(db, domain);
    return provider === null ? null : protocolOf(db, provider);
  },
});

/** Null if it is gone or off by now. */
export const getProvider = systemQuery({
  args: { providerId: v.id("identityProviders") },
  returns: v.union(v.null(), vProvider),
  handler: async ({ db }, { providerId }) => {
    const provider = await db.get("identityProviders", providerId);
    return provider?.enabled === true ? protocolOf(db, provider) : null;
  },
});

/**
 * Whether the provider may sign this person in: with an address of its domains, a membership of its organization or an
 * open invitation to it, and none elsewhere. Nobody proves that a domain is theirs, so a provider speaks for its own
 * organization's people and opens nobody's place in another one.
 */
export const admit = systemQuery({
  args: { providerId: v.id("identityProviders"), email: v.string() },
  returns: v.union(v.null(), v.object({ email: v.string(), name: v.string() })),
  handler: async ({ db }, { providerId, ...rest }) => {
    const email = normalizeEmail(rest.email);
    const provider = await providerOfDomain(db, emailDomain(email));
    if (provider?._id !== providerId) return null;
    const user = await userOf(db, email);
    const memberships = user === null ? [] : await activeMemberships(db, user._id);
    if (user?.isActive === false) return null;
    if (memberships.some(({ organizationId }) => organizationId !== provider.organizationId))
      return null;
    const invitation = await openInvitation(db, provider.organizationId, email);
    if (memberships.length === 0 && invitation === null) return null;
    const { firstName, lastName } = user ?? invitation ?? { firstName: "", lastName: "" };
    return { email, name: `${firstName} ${lastName}`.trim() };
  },
});

export const noteSession = systemMutation({
  args: { providerId: v.id("identityProviders"), sessionId: v.string() },
  returns: v.null(),
  handler: async ({ db }, { providerId, sessionId }) => {
    const provider = await db.get("identityProviders", providerId);
    if (provider === null) throw new Error("The provider is gone");
    const { organizationId } = provider;
    await db.insert("providerSessions", { organizationId, providerId, sessionId });
    return null;
  },
});

const providerSession = (db: DatabaseReader, sessionId: string) =>
  db
    .query("providerSessions")
    .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
    .unique();

const factorSession = (db: DatabaseReader, sessionId: string) =>
  db
    .query("secondFactorSessions")
    .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
    .first();

/** A session that a session makes, as after a new password, opens what that one opened. */
export const continueSession = systemMutation({
  args: { from: v.string(), to: v.string() },
  returns: v.null(),
  handler: async ({ db }, { from, to }) => {
    const begun = await providerSession(db, from);
    if (begun !== null && (await providerSession(db, to)) === null) {
      const { organizationId, providerId } = begun;
      await db.insert("providerSessions", { organizationId, providerId, sessionId: to });
    }
    if ((await factorSession(db, from)) !== null && (await factorSession(db, to)) === null)
      await db.insert("secondFactorSessions", { sessionId: to });
    return null;
  },
});

/**
 * What a session's tokens say of it; null if it may not go on: its provider is gone or off, or a password began it and
 * the person's organization refuses passwords by now.
 */
export const claimsOfSession = systemQuery({
  args: { sessionId: v.string(), email: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      passedSecondFactor: v.boolean(),
      /** Of a session that a provider began. */
      only: v.optional(
        v.object({
          onlyOrganization: v.id("organizations"),
          identityProvider: v.id("identityProviders"),
        }),
      ),
    }),
  ),
  handler: async ({ db }, { sessionId, email }) => {
    const passedSecondFactor = (await factorSession(db, sessionId)) !== null;
    const begun = await providerSession(db, sessionId);
    if (begun !== null) {
      const { organizationId, providerId } = begun;
      if (!(await isProviderOn(db, providerId, organizationId))) return null;
      const only = { onlyOrganization: organizationId, identityProvider: providerId };
      return { passedSecondFactor, only };
    }
    const user = await userOf(db, normalizeEmail(email));
    const isRefused =
      user !== null && (await isPasswordRefused(db, user, await activeMemberships(db, user._id)));
    return isRefused ? null : { passedSecondFactor };
  },
});

/**
 * Whether the organization of this address refuses passwords: null if not. `exempt`: whom the provider does not sign in
 * keeps the password, who belongs elsewhere or is nobody of the organization. Nobody proves that a domain is theirs. Who
 * has no account is like the organization's own people.
 */
export const passwordRule = systemQuery({
  args: { email: v.string() },
  returns: v.union(v.null(), v.literal("refused"), v.literal("exempt")),
  handler: async ({ db }, args) => {
    const email = normalizeEmail(args.email);
    const provider = await requiredProvider(db, email);
    if (provider === null) return null;
    const user = await userOf(db, email);
    if (user === null) return "refused";
    const memberships = await activeMemberships(db, user._id);
    if (memberships.length > 0) return isItsOwn(provider, memberships) ? "refused" : "exempt";
    const invitation = await openInvitation(db, provider.organizationId, email);
    return invitation === null ? "exempt" : "refused";
  },
});

/** The same for a new account: an invitation's organization decides about its own people only. */
export const refusesNewPassword = systemQuery({
  args: { email: v.string(), token: v.string() },
  returns: v.boolean(),
  handler: async ({ db }, { email, token }) => {
    const provider = await providerOfDomain(db, emailDomain(normalizeEmail(email)));
    const invitation = await unsafeInvitationByToken(db, token);
    return provider?.required === true && provider.organizationId === invitation?.organizationId;
  },
});

const userOf = (db: DatabaseReader, email: string) =>
  db
    .query("users")
    .withIndex("by_email", (q) => q.eq("email", email))
    .first();

async function openInvitation(
  db: DatabaseReader,
  organizationId: Id<"organizations">,
  email: string,
): Promise<Doc<"invitations"> | null> {
  const open = await db
    .query("invitations")
    .withIndex("by_email", (q) =>
      q.eq("organizationId", organizationId).eq("email", email).eq("status", "open"),
    )
    .take(20);
  return open.find(({ expiresAt }) => expiresAt > Date.now()) ?? null;
}
