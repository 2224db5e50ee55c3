/** Which provider signs the people of a domain in. */
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** Null if the domain has none, or it is off. */
export async function providerOfDomain(
  db: DatabaseReader,
  domain: string,
): Promise<Doc<"identityProviders"> | null> {
  const claim = await db
    .query("identityDomains")
    .withIndex("by_domain", (q) => q.eq("domain", domain))
    .unique();
  if (claim === null) return null;
  const provider = await db.get("identityProviders", claim.providerId);
  return provider?.enabled === true ? provider : null;
}
