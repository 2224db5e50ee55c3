/** How a verified token's claims become the identity that functions see. */
import type { JWTPayload } from "jose";
import type { Json, UserIdentity } from "../engine/types.ts";

/** OpenID Connect's standard claims (Core 1.0, section 5.1) under Convex's attribute names. */
const attributeOfClaim: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["given_name", "givenName"],
  ["family_name", "familyName"],
  ["nickname", "nickname"],
  ["preferred_username", "preferredUsername"],
  ["profile", "profileUrl"],
  ["picture", "pictureUrl"],
  ["email", "email"],
  ["email_verified", "emailVerified"],
  ["gender", "gender"],
  ["birthdate", "birthday"],
  ["zoneinfo", "timezone"],
  ["locale", "language"],
  ["phone_number", "phoneNumber"],
  ["phone_number_verified", "phoneNumberVerified"],
  ["address", "address"],
  ["updated_at", "updatedAt"],
]);

/** Claims about the token rather than about the user. */
const tokenClaims = new Set(["iss", "sub", "aud", "exp", "iat", "nbf", "jti"]);

/**
 * The identity of a verified token: standard claims in camelCase, every other claim under its own
 * name. No claim can take the place of issuer, subject or token identifier.
 */
export function identityFromClaims(
  claims: JWTPayload,
  issuer: string,
  subject: string,
): UserIdentity {
  // A payload was parsed from JSON, so its values are Json.
  const entries = Object.entries(claims as Record<string, Json>);
  const custom = entries.filter(([name]) => !tokenClaims.has(name) && !attributeOfClaim.has(name));
  const standard = entries.flatMap(([name, value]): [string, Json][] => {
    const attribute = attributeOfClaim.get(name);
    return attribute === undefined ? [] : [[attribute, value]];
  });
  return {
    // fromEntries defines properties, so a claim named "__proto__" stays a harmless attribute.
    ...(Object.fromEntries([...custom, ...standard]) as Record<string, Json>),
    tokenIdentifier: `${issuer}|${subject}`,
    issuer,
    subject,
  };
}
