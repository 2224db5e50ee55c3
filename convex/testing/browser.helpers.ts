/** Somebody's browser before the auth server, and a provider of an organization's own that answers as it is told. */
import betterAuthTest from "@convex-dev/better-auth/test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { vi } from "vitest";
import { api } from "../_generated/api";
import { as, openingSession } from "./sessions.helpers";
import { newApp, type TestApp } from "./world.helpers";

const ORIGIN = "http://localhost:3000";
export const PASSWORD = "correct horse stapler 77";
export const ISSUER = "https://login.own.example";

/** An app with the auth server. Undo the environment by `vi.unstubAllEnvs`. */
export function newAppWithAuth(): TestApp {
  vi.stubEnv("SITE_URL", ORIGIN);
  vi.stubEnv("CONVEX_SITE_URL", ORIGIN);
  vi.stubEnv("BETTER_AUTH_SECRET", "x".repeat(40));
  const app = newApp();
  app.registerComponent("betterAuth", betterAuthTest.schema, betterAuthTest.modules);
  return app;
}

export interface Answer {
  status: number;
  location: string | null;
  body: Record<string, unknown>;
}
export interface TokenClaims {
  sub: string;
  email: string;
  sessionId: string;
  emailVerified: boolean;
  twoFactor: boolean;
  onlyOrganization?: string;
  identityProvider?: string;
}

export class Browser {
  private readonly cookies = new Map<string, string>();
  constructor(private readonly app: TestApp) {}

  async call(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    const response = await this.app.fetch(`/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", origin: ORIGIN, cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const isJson = text.startsWith("{");
    return {
      status: response.status,
      location: response.headers.get("location"),
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  private keep(line: string): void {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === "" || /max-age=0/iu.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  /** What the token for the functions says; null if there is none to be had. */
  async findClaims(): Promise<TokenClaims | null> {
    const { body } = await this.call("/convex/token");
    const { token } = body;
    if (typeof token !== "string") return null;
    const [, payload = ""] = token.split(".");
    return JSON.parse(atob(payload.replace(/-/gu, "+").replace(/_/gu, "/"))) as TokenClaims;
  }

  async claims(): Promise<TokenClaims> {
    const claims = await this.findClaims();
    if (claims === null) throw new Error("Nobody is signed in");
    return claims;
  }

  signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.call("/sign-in/email", { email, password });
  }

  /** An account by an invitation's link. */
  signUp(email: string, token: string): Promise<Answer> {
    const account = { email, password: PASSWORD, name: "Vic Tim" };
    return this.call("/sign-up/email", account, { "x-invitation-token": token });
  }

  /** To the provider and back. Returns the path that the answer leads to. */
  async signOn(email: string, provider: OwnProvider): Promise<string> {
    const begun = await this.call("/single-sign-on/begin", { email, to: "/" });
    const { searchParams } = new URL(String(begun.body.url));
    provider.nonce = searchParams.get("nonce") ?? "";
    const state = searchParams.get("state") ?? "";
    const done = await this.call(`/single-sign-on/callback?code=c&state=${state}`);
    return (done.location ?? "").slice(ORIGIN.length);
  }

  /** Sets a second factor up. Returns the answer's status and codes of it. */
  async enableFactor(): Promise<Answer & { code: () => Promise<string> }> {
    const answer = await this.call("/two-factor/enable", { password: PASSWORD });
    const uri = answer.body.totpURI;
    const secret = typeof uri === "string" ? new URL(uri).searchParams.get("secret") : "";
    return { ...answer, code: () => totp(secret ?? "") };
  }
}

/** The session that these claims make, as functions see it. */
export const sessionOf = (app: TestApp, { sub, ...claims }: TokenClaims) =>
  openingSession(app.withIdentity({ subject: sub, ...claims }));

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** RFC 4648, section 6. */
function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text.replace(/=/gu, ""), (letter) =>
    ALPHABET.indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** What an authenticator app shows now: RFC 6238 with SHA-1, six digits and steps of 30 seconds. */
async function totp(secret: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", fromBase32(secret), algorithm, false, ["sign"]);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(Date.now() / 30_000)));
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const offset = digest.getUint8(digest.byteLength - 1) & 0xf;
  return String((digest.getUint32(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export interface OwnProvider {
  /** Of the last attempt. */
  nonce: string;
  email: string;
  subject: string;
}

/** Stands in for the network. Undo by `vi.unstubAllGlobals`. */
export async function startOwnProvider(email: string, issuer = ISSUER): Promise<OwnProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const provider: OwnProvider = { nonce: "", email, subject: "subject-1" };
  const idToken = () =>
    new SignJWT({ nonce: provider.nonce, email: provider.email, email_verified: true })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(issuer)
      .setAudience("trellis")
      .setSubject(provider.subject)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
  const answers: Record<string, () => Promise<object>> = {
    "/.well-known/openid-configuration": () =>
      Promise.resolve({
        ...{ issuer, authorization_endpoint: `${issuer}/authorize` },
        ...{ token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` },
      }),
    "/token": async () => ({ id_token: await idToken() }),
    "/keys": async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256" }] }),
  };
  vi.stubGlobal("fetch", async (address: string) => {
    const answer = answers[address.slice(issuer.length)];
    if (answer === undefined) return new Response("", { status: 404 });
    return new Response(JSON.stringify(await answer()));
  });
  return provider;
}

/** Invites and returns the link's token. */
export async function inviteFor(
  app: TestApp,
  actor: "districtAdmin" | "foreignAdmin",
  email: string,
): Promise<string> {
  const person = { email, firstName: "Vic", lastName: "Tim" };
  const { link } = await as(app, actor).mutation(api.invitations.createInvitation, {
    ...{ ...person, role: "teacher", language: "en" },
  });
  return link.split("/").at(-1) ?? "";
}

/** Somebody who accepted an invitation to the own district, signed in by a password. */
export async function newMember(app: TestApp, email: string): Promise<Browser> {
  const token = await inviteFor(app, "districtAdmin", email);
  const browser = new Browser(app);
  await browser.signUp(email, token);
  const session = sessionOf(app, await browser.claims());
  await session.mutation(api.invitations.acceptInvitation, { token });
  return browser;
}
