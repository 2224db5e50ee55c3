/**
 * Test users: JSON Web Tokens of an issuer whose public key stands in the fixture's `auth.config.ts`.
 * The private key below signs nothing else, anywhere.
 */
import { importJWK, SignJWT } from "jose";

const privateKey = {
  kty: "EC",
  crv: "P-256",
  x: "oaIwiMllyOZ6eabNpmbX2xxVNHIcCk5qCOMhz6-jLxo",
  y: "wVB9L5pUi9qDi2PfxiS4ZBkIRX6FQWY6jQuA9U6Mays",
  d: "VWbVIQTeNa5yBWCJ3tUAwiO71h_dtxwAvXxwoLFqFwY",
};

export const testIssuer = "https://issuer.example";

/** The attributes of a test user, named as `ctx.auth.getUserIdentity()` names them. */
export interface TestIdentity {
  subject: string;
  name?: string;
  email?: string;
  emailVerified?: boolean;
  /** A claim that no standard knows; it keeps its name. */
  school?: string;
}

/** What a token differs in from a good one. */
export interface TokenOptions {
  /** Seconds until it expires; negative for one that has expired. Default: an hour. */
  expiresIn?: number;
  audience?: string;
  issuer?: string;
}

/** A signed token for the fixture app. */
export async function signToken(
  { subject, emailVerified, ...claims }: TestIdentity,
  options: TokenOptions = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const expiresAt = now + (options.expiresIn ?? 3600);
  return await new SignJWT({
    ...claims,
    ...(emailVerified === undefined ? {} : { email_verified: emailVerified }),
  })
    .setProtectedHeader({ alg: "ES256", kid: "fixture", typ: "JWT" })
    .setIssuer(options.issuer ?? testIssuer)
    .setSubject(subject)
    .setAudience(options.audience ?? "fixture")
    .setIssuedAt(Math.min(now, expiresAt - 60))
    .setExpirationTime(expiresAt)
    .sign(await importJWK(privateKey, "ES256"));
}
