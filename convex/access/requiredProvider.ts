/** Whose sign-in is the affair of an organization's own provider, and whether that provider still stands. */
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";
import { emailDomain } from "../domain/organizations/identityProvider";
import { providerOfDomain } from "../model/identityProviders";

/** The provider that these addresses have to use, if theirs refuses passwords. */
export async function requiredProvider(
  db: DatabaseReader,
  email: string,
): Promise<Doc<"identityProviders"> | null> {
  const provider = await providerOfDomain(db, emailDomain(email));
  return provider?.required === true ? provider : null;
}

/** Who belongs to the provider's organization and to no other: a claimed domain alone decides about nobody. */
export const isItsOwn = (
  { organizationId }: Doc<"identityProviders">,
  memberships: readonly Doc<"memberships">[],
): boolean =>
  memberships.length > 0 && memberships.every((row) => row.organizationId === organizationId);

/** Whether this person's passwords open nothing any more, sessions that one began included. */
export async function isPasswordRefused(
  db: DatabaseReader,
  { email }: Doc<"users">,
  memberships: readonly Doc<"memberships">[],
): Promise<boolean> {
  const provider = await requiredProvider(db, email);
  return provider !== null && isItsOwn(provider, memberships);
}

/** Whether the provider that began a session is still this organization's, and on. */
export async function isProviderOn(
  db: DatabaseReader,
  providerId: unknown,
  organizationId: string,
): Promise<boolean> {
  const id =
    typeof providerId === "string" ? db.normalizeId("identityProviders", providerId) : null;
  const provider = id === null ? null : await db.get("identityProviders", id);
  return provider?.enabled === true && provider.organizationId === organizationId;
}
