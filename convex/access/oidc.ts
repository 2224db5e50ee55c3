/**
 * OpenID Connect's code flow, from the client's side: discovery, PKCE (RFC 7636), the exchange of the code, and the
 * checks of the id token (Core 1.0, section 3.1.3.7). It knows neither people nor organizations.
 */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { isLoopback, isProviderAddress } from "../domain/organizations/identityProvider";

export interface Provider {
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
}

interface Discovered {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  userinfo_endpoint?: string;
  token_endpoint_auth_methods_supported?: string[];
}

/** What an attempt keeps on the server until the provider answers. */
export interface Attempt {
  nonce: string;
  verifier: string;
}

const PATIENCE_MS = 10_000;
/** Far more than any provider says about itself; what goes on for longer is not read. */
const MOST_BYTES = 1024 * 1024;
/** Signatures by a key that only the provider has: no shared secret, no "none". */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "EdDSA",
];

/** The provider did not keep to the protocol, or could not be reached. The message is for the deployment's log. */
export class ProviderError extends Error {}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/gu, "-")
    .replace(/\//gu, "_")
    .replace(/=/gu, "");
}

/** 256 random bits. */
export const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** @throws ProviderError if it is too long */
async function limitedText({ body }: Response): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new ProviderError("The provider answered too much");
    }
    text += decoder.decode(value, { stream: true });
  }
}

async function fetchJson(address: string, init: RequestInit = {}): Promise<unknown> {
  const allowLoopback = isLoopback(process.env.SITE_URL ?? "");
  if (!isProviderAddress(address, allowLoopback))
    throw new ProviderError("An address of the provider is not allowed");
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, PATIENCE_MS);
  try {
    // Nobody is led on to an address that was not looked at.
    const response = await fetch(address, {
      ...init,
      redirect: "manual",
      signal: controller.signal,
    });
    if (!response.ok) throw new ProviderError(`The provider answered ${String(response.status)}`);
    return JSON.parse(await limitedText(response));
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError("The provider could not be reached, or answered no JSON");
  } finally {
    clearTimeout(timer);
  }
}

/** @throws ProviderError */
async function discover(issuer: string): Promise<Discovered> {
  const address = `${issuer.replace(/\/$/u, "")}/.well-known/openid-configuration`;
  const found = (await fetchJson(address)) as Partial<Discovered>;
  if (found.issuer !== issuer) throw new ProviderError("The provider names another issuer");
  const { authorization_endpoint, token_endpoint, jwks_uri } = found;
  const allowLoopback = isLoopback(process.env.SITE_URL ?? "");
  for (const endpoint of [authorization_endpoint, token_endpoint, jwks_uri])
    if (typeof endpoint !== "string" || !isProviderAddress(endpoint, allowLoopback))
      throw new ProviderError("The provider's discovery document is incomplete");
  return found as Discovered;
}

/** Where the browser goes. @throws ProviderError */
export async function authorizationAddress(
  { issuer, clientId }: Provider,
  { nonce, verifier }: Attempt,
  { state, redirectUri, email }: { state: string; redirectUri: string; email: string },
): Promise<string> {
  const { authorization_endpoint } = await discover(issuer);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const address = new URL(authorization_endpoint);
  const parameters = {
    ...{ response_type: "code", client_id: clientId, redirect_uri: redirectUri },
    ...{ scope: "openid email profile", state, nonce, login_hint: email },
    ...{ code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256" },
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** Basic, or in the body where the provider wants that (Core 1.0, section 9). */
function authenticate(
  { clientId, clientSecret }: Provider,
  methods: readonly string[] = ["client_secret_basic"],
): { headers: Record<string, string>; body: Record<string, string> } {
  if (clientSecret === undefined) return { headers: {}, body: { client_id: clientId } };
  if (!methods.includes("client_secret_basic"))
    return { headers: {}, body: { client_id: clientId, client_secret: clientSecret } };
  // RFC 6749, section 2.3.1: form-encoded before it is joined.
  const form = (text: string) => new URLSearchParams({ t: text }).toString().slice(2);
  const pair = btoa(`${form(clientId)}:${form(clientSecret)}`);
  return { headers: { authorization: `Basic ${pair}` }, body: {} };
}

export interface Claims {
  subject: string;
  /** Only if the provider says that it is verified. */
  verifiedEmail: string | null;
}

/** Exchanges the code for the id token and checks it. @throws ProviderError */
export async function claimsOf(
  provider: Provider,
  { nonce, verifier }: Attempt,
  { code, redirectUri, iss }: { code: string; redirectUri: string; iss: string },
): Promise<Claims> {
  // RFC 9207: another provider's answer must not be taken for this one's.
  if (iss !== "" && iss !== provider.issuer)
    throw new ProviderError("The answer is of another issuer");
  const found = await discover(provider.issuer);
  const { headers, body } = authenticate(provider, found.token_endpoint_auth_methods_supported);
  const tokens = (await fetchJson(found.token_endpoint, {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      ...{ grant_type: "authorization_code", code, redirect_uri: redirectUri },
      ...{ code_verifier: verifier },
      ...body,
    }).toString(),
  })) as { id_token?: unknown; access_token?: unknown };
  if (typeof tokens.id_token !== "string") throw new ProviderError("There is no id token");
  const keys = (await fetchJson(found.jwks_uri)) as JSONWebKeySet;
  const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(keys), {
    ...{ issuer: provider.issuer, audience: provider.clientId, algorithms: ALGORITHMS },
    ...{ requiredClaims: ["sub", "iat", "exp", "nonce"], clockTolerance: 60 },
  }).catch(() => {
    throw new ProviderError("The id token is not valid");
  });
  if (payload.nonce !== nonce) throw new ProviderError("The id token is of another attempt");
  const isShared = Array.isArray(payload.aud) && payload.aud.length > 1;
  if ((isShared || payload.azp !== undefined) && payload.azp !== provider.clientId)
    throw new ProviderError("The id token is for another client");
  const { sub = "" } = payload;
  // Many providers tell the address only where they are asked for it (section 5.4).
  const about = "email" in payload ? payload : await userInfo(found, tokens.access_token, sub);
  const { email, email_verified: isVerified } = about as { [name: string]: unknown };
  return {
    subject: sub,
    verifiedEmail: typeof email === "string" && isVerified === true ? email : null,
  };
}

/** @throws ProviderError */
async function userInfo(
  { userinfo_endpoint: address }: Discovered,
  accessToken: unknown,
  subject: string,
): Promise<object> {
  if (typeof address !== "string" || typeof accessToken !== "string") return {};
  const headers = { authorization: `Bearer ${accessToken}` };
  const about = (await fetchJson(address, { headers })) as { sub?: unknown };
  // Section 5.3.2: an answer about somebody else must not be used.
  if (about.sub !== subject) throw new ProviderError("The user info is about somebody else");
  return about;
}
