/**
 * Decides whether a bearer token proves an identity, by the providers of the app's auth.config.ts.
 * What a token says about itself (issuer, audience, algorithm, key id) only chooses between what the
 * configuration allows; nothing of it is believed before the signature is verified.
 */
import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import type { AuthProvider } from "../deploy/manifest.ts";
import type { UserIdentity } from "../engine/types.ts";
import { identityFromClaims } from "./claims.ts";
import { defaultTiming, KeySource, withoutSlash, withScheme, type KeyTiming } from "./keys.ts";

export type TokenVerdict =
  | { ok: true; identity: UserIdentity; /** Milliseconds since the epoch. */ expiresAt: number }
  | { ok: false; reason: string };

/** Signatures that only the holder of a private key can make; never "none", never a shared secret. */
const asymmetric = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
];

const longestToken = 32_768;

/** Seconds by which an issuer's clock may be ahead of ours (for `nbf`; never for `exp`). */
const clockTolerance = 5;

/** Verifies the tokens of one deployment. Keys are cached between calls. */
export class TokenVerifier {
  readonly #providers: () => AuthProvider[];
  readonly #now: () => number;
  readonly #keys: KeySource;

  /** @param providers asked at every verification, so that a push takes effect at once */
  constructor(
    providers: () => AuthProvider[],
    options: { now?: () => number; timing?: Partial<KeyTiming> } = {},
  ) {
    this.#providers = providers;
    this.#now = options.now ?? Date.now;
    this.#keys = new KeySource({ ...defaultTiming, ...options.timing }, this.#now);
  }

  /** Never rejects. The reason of a refusal is fit for the client to read and holds nothing secret. */
  async verify(token: string): Promise<TokenVerdict> {
    const claims = readUnverified(token);
    if (claims === null) return refused("The token is not a JWT");
    const { iss: issuer } = claims;
    if (typeof issuer !== "string") return refused("The token names no issuer");
    const candidates = this.#providers().filter((provider) => matches(provider, issuer, claims));
    if (candidates.length === 0) {
      return refused("No auth provider found matching the given token (its iss and aud)");
    }
    let verdict: TokenVerdict = refused("The token could not be verified");
    for (const provider of candidates) {
      verdict = await this.#verifyWith(provider, token, issuer);
      if (verdict.ok) return verdict;
    }
    return verdict;
  }

  async #verifyWith(provider: AuthProvider, token: string, issuer: string): Promise<TokenVerdict> {
    const algorithms = algorithmsOf(provider);
    if (algorithms.length === 0) return refused("The provider's algorithm is not supported");
    try {
      const keys = await this.#keys.keysOf(provider);
      const { payload } = await jwtVerify(token, keys, {
        algorithms,
        issuer,
        ...(provider.applicationID === null ? {} : { audience: provider.applicationID }),
        requiredClaims: ["sub", "exp"],
        clockTolerance,
        currentDate: new Date(this.#now()),
      });
      const expiresAt = (payload.exp ?? 0) * 1_000;
      if (expiresAt <= this.#now()) return refused("The token has expired");
      if (typeof payload.sub !== "string") return refused("The token names no subject");
      return { ok: true, identity: identityFromClaims(payload, issuer, payload.sub), expiresAt };
    } catch (error) {
      // Other errors than jose's come from the network and may show where the keys are kept.
      const detail =
        error instanceof errors.JOSEError ? error.message : "the issuer's keys are not available";
      return refused(`Could not verify the token: ${detail}`);
    }
  }
}

function readUnverified(token: string): JWTPayload | null {
  if (token.length > longestToken) return null;
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function matches(provider: AuthProvider, issuer: string, claims: JWTPayload): boolean {
  const expected = provider.type === "oidc" ? withScheme(provider.domain) : provider.issuer;
  if (withoutSlash(expected) !== withoutSlash(issuer)) return false;
  if (provider.applicationID === null) return true;
  const { aud } = claims;
  return Array.isArray(aud) ? aud.includes(provider.applicationID) : aud === provider.applicationID;
}

function algorithmsOf(provider: AuthProvider): string[] {
  if (provider.type === "oidc") return asymmetric;
  return asymmetric.filter((algorithm) => algorithm === provider.algorithm);
}

function refused(reason: string): TokenVerdict {
  return { ok: false, reason };
}
