/**
 * The public keys of token issuers. A key set is fetched when a token first needs it, kept, and
 * fetched again when a token names a key that it does not hold: that is how issuers rotate keys.
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from "jose";
import type { AuthProvider } from "../deploy/manifest.ts";

export interface KeyTiming {
  /** Milliseconds during which an unknown key id does not cause another fetch of the same set. */
  cooldown: number;
  /** Milliseconds after which discovery documents and key sets are fetched anew. */
  lifetime: number;
  /** Milliseconds that an issuer has to answer. */
  timeout: number;
}

export const defaultTiming: KeyTiming = { cooldown: 5_000, lifetime: 3_600_000, timeout: 5_000 };

interface Cached {
  keys: Promise<JWTVerifyGetKey>;
  until: number;
}

/** Finds and keeps key sets, by where they come from. */
export class KeySource {
  readonly #cache = new Map<string, Cached>();

  constructor(
    private readonly timing: KeyTiming,
    private readonly now: () => number,
  ) {}

  /** The key set of a provider. @throws when it cannot be fetched; the next call tries again */
  async keysOf(provider: AuthProvider): Promise<JWTVerifyGetKey> {
    if (provider.type === "oidc") {
      const domain = withScheme(provider.domain);
      return this.#cached(`oidc ${domain}`, () => this.#discover(domain));
    }
    const { jwks } = provider;
    return this.#cached(`jwks ${jwks}`, async () =>
      jwks.startsWith("data:")
        ? createLocalJWKSet((await this.#fetchJson(jwks)) as JSONWebKeySet)
        : this.#remote(jwks),
    );
  }

  async #cached(name: string, load: () => Promise<JWTVerifyGetKey>): Promise<JWTVerifyGetKey> {
    const known = this.#cache.get(name);
    if (known !== undefined && this.now() < known.until) return known.keys;
    const fresh = { keys: load(), until: this.now() + this.timing.lifetime };
    this.#cache.set(name, fresh);
    try {
      return await fresh.keys;
    } catch (error) {
      if (this.#cache.get(name) === fresh) this.#cache.delete(name);
      throw error;
    }
  }

  async #discover(domain: string): Promise<JWTVerifyGetKey> {
    const found = await this.#fetchJson(`${withoutSlash(domain)}/.well-known/openid-configuration`);
    const { issuer, jwks_uri: jwksUri } = (found ?? {}) as { issuer?: unknown; jwks_uri?: unknown };
    // OpenID Connect Discovery 1.0, section 4.3: a document that speaks for another issuer is void.
    if (typeof issuer !== "string" || withoutSlash(issuer) !== withoutSlash(domain)) {
      throw new Error(`The discovery document of ${domain} names another issuer`);
    }
    if (typeof jwksUri !== "string") {
      throw new Error(`The discovery document of ${domain} has no jwks_uri`);
    }
    return this.#remote(jwksUri);
  }

  #remote(url: string): JWTVerifyGetKey {
    return createRemoteJWKSet(new URL(url), {
      cooldownDuration: this.timing.cooldown,
      cacheMaxAge: this.timing.lifetime,
      timeoutDuration: this.timing.timeout,
    });
  }

  async #fetchJson(url: string): Promise<unknown> {
    const response = await fetch(url, { signal: AbortSignal.timeout(this.timing.timeout) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.json();
  }
}

/** An issuer's address without the trailing slash that some write and some do not. */
export function withoutSlash(url: string): string {
  return url.endsWith("/") ? url.slice(0, -1) : url;
}

/** Convex lets a domain be written without its scheme. */
export function withScheme(domain: string): string {
  return /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
}
