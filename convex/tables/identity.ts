/** Where an organization's people sign in: at its own OpenID Connect provider. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

export const confidentialProviderFields = {
  /** Goes to the provider and nowhere else. Absent: a public client, whose proof is PKCE alone. */
  clientSecret: v.optional(v.string()),
};

export const identityTables = {
  /** At most one of each organization. */
  identityProviders: defineTable({
    organizationId: v.id("organizations"),
    /** The address that its tokens name, from which everything else is discovered. */
    issuer: v.string(),
    clientId: v.string(),
    ...sealed(confidentialProviderFields),
    enabled: v.boolean(),
    /** Passwords open nothing for its domains. */
    required: v.boolean(),
  }).index("by_organization", ["organizationId"]),

  /** A domain of e-mail addresses belongs to one organization. */
  identityDomains: defineTable({
    organizationId: v.id("organizations"),
    providerId: v.id("identityProviders"),
    domain: v.string(),
  })
    .index("by_organization", ["organizationId", "domain"])
    .index("by_domain", ["domain"]),

  /** Sessions that a provider began: they open its own organization and no other, for as long as it stands. */
  providerSessions: defineTable({
    organizationId: v.id("organizations"),
    /** May be gone by now. */
    providerId: v.id("identityProviders"),
    sessionId: v.string(),
  })
    .index("by_organization", ["organizationId"])
    .index("by_session", ["sessionId"]),

  /** Sessions whose person passed the second factor: that the account has one says nothing about a session. */
  secondFactorSessions: defineTable({ sessionId: v.string() }).index("by_session", ["sessionId"]),
};
