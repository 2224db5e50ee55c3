/** Where an organization's people sign in, if it has a provider of its own. */
import { v } from "convex/values";
import { conflict, invalid, requireValid } from "./access/errors";
import { memberMutation, memberQuery, openQuery } from "./access/functions";
import type { Id } from "./_generated/dataModel";
import type { TenantReader, TenantWriter } from "./access/tenantDb";
import { checkIdentityProvider, isLoopback } from "./domain/organizations/identityProvider";
import { providerOfDomain } from "./model/identityProviders";

const siteUrl = () => process.env.SITE_URL ?? "";

/** For the sign-in page: who signs in the people with addresses of this domain, if not we do. */
export const findProvider = openQuery({
  access: "public",
  args: { domain: v.string() },
  returns: v.union(v.null(), v.object({ organizationName: v.string(), required: v.boolean() })),
  handler: async ({ unsafeDb }, { domain }) => {
    const provider = await providerOfDomain(unsafeDb, domain.toLowerCase());
    if (provider === null) return null;
    const organization = await unsafeDb.get("organizations", provider.organizationId);
    if (organization === null) return null;
    return { organizationName: organization.name, required: provider.required };
  },
});

const providerOf = (db: TenantReader) => db.rows("identityProviders", "by_organization").first();
const domainsOf = (db: TenantReader) => db.rows("identityDomains", "by_organization").take(100);

/** Its secret stays here: whether there is one is all that is told. */
export const getIdentityProvider = memberQuery({
  access: "identityProvider.manage",
  args: {},
  returns: v.object({
    /** What the provider has to be told. */
    redirectUri: v.string(),
    provider: v.union(
      v.null(),
      v.object({
        issuer: v.string(),
        clientId: v.string(),
        hasSecret: v.boolean(),
        emailDomains: v.array(v.string()),
        enabled: v.boolean(),
        required: v.boolean(),
      }),
    ),
  }),
  handler: async ({ db }) => {
    const redirectUri = `${siteUrl()}/api/auth/single-sign-on/callback`;
    const found = await providerOf(db);
    if (found === null) return { redirectUri, provider: null };
    const { issuer, clientId, clientSecret, enabled, required } = found;
    const emailDomains = (await domainsOf(db)).map(({ domain }) => domain);
    const hasSecret = clientSecret !== undefined;
    return {
      redirectUri,
      provider: { issuer, clientId, hasSecret, emailDomains, enabled, required },
    };
  },
});

/**
 * `clientSecret` is a new one, null for none, absent for the one that is there.
 * @throws INVALID, also if a domain is another organization's; CONFLICT if passwords shall be refused by somebody whom
 *   the provider has not signed in
 */
export const saveIdentityProvider = memberMutation({
  access: "identityProvider.manage",
  args: {
    issuer: v.string(),
    clientId: v.string(),
    clientSecret: v.optional(v.union(v.null(), v.string())),
    emailDomains: v.array(v.string()),
    enabled: v.boolean(),
    required: v.boolean(),
  },
  returns: v.null(),
  handler: async ({ db, acting }, { clientSecret, emailDomains, ...rest }) => {
    const issuer = rest.issuer.trim();
    const clientId = rest.clientId.trim();
    const domains = emailDomains.map((domain) => domain.trim().toLowerCase());
    const values = { ...rest, issuer, clientId };
    requireValid(
      checkIdentityProvider({ ...values, emailDomains: domains }, isLoopback(siteUrl())),
    );
    const before = await providerOf(db);
    const isSameIssuer = before?.issuer === issuer;
    // Whoever refuses passwords has seen that the provider works: nobody shuts everybody out.
    const hasWorked = isSameIssuer && (before.required || acting.bySingleSignOn);
    if (values.required && !hasWorked) throw conflict("singleSignOnFirst");
    const claimed = await domainsOf(db);
    for (const [index, domain] of domains.entries())
      if (!claimed.some((row) => row.domain === domain) && (await db.isDomainTaken(domain)))
        throw invalid([{ field: `emailDomains.${String(index)}`, code: "takenDomain" }]);
    // A secret is for one provider: it is never sent to another that somebody enters.
    const isSame = isSameIssuer && before.clientId === clientId;
    const kept = isSame ? (await db.unseal("identityProviders", before)).clientSecret : undefined;
    const secret = clientSecret === undefined ? kept : (clientSecret ?? undefined);
    const row = { ...values, clientSecret: secret };
    if (isSameIssuer) await db.patch("identityProviders", before._id, row);
    // Another issuer is another provider: it means other people by the same subjects, and its sessions are its own.
    else if (before !== null) await db.delete("identityProviders", before._id);
    const providerId = isSameIssuer ? before._id : await db.insert("identityProviders", row);
    await claimDomains(db, providerId, domains);
    return null;
  },
});

async function claimDomains(
  db: TenantWriter,
  providerId: Id<"identityProviders">,
  domains: readonly string[],
): Promise<void> {
  const claimed = await domainsOf(db);
  for (const row of claimed)
    if (!domains.includes(row.domain)) await db.delete("identityDomains", row._id);
    else if (row.providerId !== providerId)
      await db.patch("identityDomains", row._id, { providerId });
  for (const domain of domains)
    if (!claimed.some((row) => row.domain === domain))
      await db.insert("identityDomains", { providerId, domain });
}

/** Its sessions end with it: whoever it signed in needs a password, or another provider. */
export const removeIdentityProvider = memberMutation({
  access: "identityProvider.manage",
  args: {},
  returns: v.null(),
  handler: async ({ db }) => {
    for (const { _id } of await domainsOf(db)) await db.delete("identityDomains", _id);
    const provider = await providerOf(db);
    if (provider !== null) await db.delete("identityProviders", provider._id);
    return null;
  },
});
