/** Real signatures, and an issuer that serves its keys on a loopback port. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";
import { afterEach, expect, test } from "vitest";
import type { AuthProvider } from "../deploy/manifest.ts";
import { TokenVerifier } from "./verify.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

interface Key {
  kid: string;
  alg: string;
  secret: CryptoKey;
  open: CryptoKey;
  jwk: JWK;
}

async function makeKey(kid: string, alg = "RS256"): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: "sig" };
  return { kid, alg, secret: privateKey, open: publicKey, jwk };
}

/** An issuer whose answers the test may change; counts what it is asked. */
async function startIssuer(keys: Key[]) {
  const asked: string[] = [];
  const issuer = {
    keys,
    asked,
    url: "",
    discovery: (url: string): unknown => ({ issuer: url, jwks_uri: `${url}/keys` }),
    status: 200,
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.statusCode = issuer.status;
    response.setHeader("content-type", "application/json");
    if (request.url === "/.well-known/openid-configuration") {
      response.end(JSON.stringify(issuer.discovery(issuer.url)));
    } else response.end(JSON.stringify({ keys: issuer.keys.map(({ jwk }) => jwk) }));
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return issuer;
}

interface Claims {
  iss: string;
  aud?: string | string[];
  sub?: string;
  exp?: number;
  nbf?: number;
  [name: string]: unknown;
}

const soon = Math.floor(Date.now() / 1_000) + 600;

function sign(key: Key, claims: Claims, kid: string | null = key.kid): Promise<string> {
  return new SignJWT({ aud: "app", sub: "ann", exp: soon, ...claims })
    .setProtectedHeader(kid === null ? { alg: key.alg } : { alg: key.alg, kid })
    .sign(key.secret);
}

const [rsa, other, elliptic] = await Promise.all([
  makeKey("k1"),
  makeKey("k2"),
  makeKey("k1", "ES256"),
]);

async function oidc() {
  const issuer = await startIssuer([rsa]);
  const verifier = new TokenVerifier(
    () => [{ type: "oidc", domain: issuer.url, applicationID: "app" }],
    { timing: { cooldown: 0 } },
  );
  return { issuer, verifier };
}

function custom(jwks: string, more: Partial<Extract<AuthProvider, { type: "customJwt" }>> = {}) {
  const provider = {
    type: "customJwt",
    issuer: "https://me.test",
    applicationID: "app",
    algorithm: "RS256",
    jwks,
    ...more,
  } as const;
  return new TokenVerifier(() => [provider]);
}

function dataUri(...keys: Key[]): string {
  const text = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
  return `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString("base64")}`;
}

const mine = { iss: "https://me.test" };

test("an OIDC token becomes an identity with camelCase attributes", async () => {
  const { issuer, verifier } = await oidc();
  const token = await sign(rsa, {
    iss: issuer.url,
    aud: ["other", "app"],
    nbf: soon - 700,
    given_name: "Ann",
    email_verified: true,
    picture: "https://p.test/a.png",
    role: "teacher",
    tokenIdentifier: "forged",
    issuer: "forged",
    subject: "forged",
  });
  expect(await verifier.verify(token)).toEqual({
    ok: true,
    expiresAt: soon * 1_000,
    identity: {
      tokenIdentifier: `${issuer.url}|ann`,
      issuer: issuer.url,
      subject: "ann",
      givenName: "Ann",
      emailVerified: true,
      pictureUrl: "https://p.test/a.png",
      role: "teacher",
    },
  });
});

test("discovery and keys are fetched once", async () => {
  const { issuer, verifier } = await oidc();
  const tokens = await Promise.all(
    [1, 2, 3].map((n) => sign(rsa, { iss: issuer.url, sub: `u${n}` })),
  );
  const verdicts = await Promise.all(tokens.map((token) => verifier.verify(token)));
  expect(verdicts.every(({ ok }) => ok)).toBe(true);
  for (const token of tokens) await verifier.verify(token);
  expect(issuer.asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
});

test("an unknown key id makes the keys be fetched again", async () => {
  const { issuer, verifier } = await oidc();
  expect(await verifier.verify(await sign(rsa, { iss: issuer.url }))).toMatchObject({ ok: true });
  const rotated = await sign(other, { iss: issuer.url });
  expect(await verifier.verify(rotated)).toMatchObject({ ok: false });
  issuer.keys = [rsa, other];
  expect(await verifier.verify(rotated)).toMatchObject({ ok: true });
});

test("an issuer that was down is asked again", async () => {
  const { issuer, verifier } = await oidc();
  const token = await sign(rsa, { iss: issuer.url });
  issuer.status = 500;
  const verdict = await verifier.verify(token);
  expect(verdict).toEqual({
    ok: false,
    reason: "Could not verify the token: the issuer's keys are not available",
  });
  issuer.status = 200;
  expect(await verifier.verify(token)).toMatchObject({ ok: true });
});

test("a discovery document of another issuer is void", async () => {
  const { issuer, verifier } = await oidc();
  issuer.discovery = (url) => ({ issuer: "https://evil.test", jwks_uri: `${url}/keys` });
  expect(await verifier.verify(await sign(rsa, { iss: issuer.url }))).toMatchObject({ ok: false });
});

test("a trailing slash of the issuer does not matter, neither in the token nor in the configuration", async () => {
  const slashed = { iss: "https://me.test/" };
  for (const claims of [mine, slashed]) {
    for (const issuer of ["https://me.test", "https://me.test/"]) {
      const verdict = await custom(dataUri(rsa), { issuer }).verify(await sign(rsa, claims));
      // The identity keeps the issuer as the token writes it.
      expect(verdict).toMatchObject({ ok: true, identity: { issuer: claims.iss } });
    }
  }
});

test("customJwt takes its keys from a URL, too", async () => {
  const issuer = await startIssuer([elliptic]);
  const verifier = custom(`${issuer.url}/keys`, { algorithm: "ES256" });
  expect(await verifier.verify(await sign(elliptic, mine))).toMatchObject({ ok: true });
  expect(issuer.asked).toEqual(["/keys"]);
});

test("customJwt without an applicationID takes any audience", async () => {
  const verifier = custom(dataUri(rsa), { applicationID: null });
  expect(await verifier.verify(await sign(rsa, { ...mine, aud: "whoever" }))).toMatchObject({
    ok: true,
  });
});

test("of several providers the one that matches decides, also after a push changed them", async () => {
  let providers: AuthProvider[] = [];
  const verifier = new TokenVerifier(() => providers);
  const token = await sign(rsa, mine);
  expect(await verifier.verify(token)).toMatchObject({ ok: false });
  const base = {
    type: "customJwt",
    issuer: "https://me.test",
    applicationID: "app",
    algorithm: "RS256",
  } as const;
  providers = [
    { ...base, jwks: dataUri(other) },
    { ...base, jwks: dataUri(rsa) },
  ];
  expect(await verifier.verify(token)).toMatchObject({ ok: true });
});

test.each<[string, Partial<Claims>]>([
  ["another audience", { aud: "other" }],
  ["no audience", { aud: [] }],
  ["another issuer", { iss: "https://evil.test" }],
  ["an issuer that only begins alike", { iss: "https://me.test.evil.test" }],
  ["an expired token", { exp: soon - 601 }],
  ["a token for later", { nbf: soon }],
  ["an empty end", { exp: 0 }],
])("%s is refused", async (_name, claims) => {
  const verifier = custom(dataUri(rsa));
  expect(await verifier.verify(await sign(rsa, mine))).toMatchObject({ ok: true });
  expect(await verifier.verify(await sign(rsa, { ...mine, ...claims }))).toMatchObject({
    ok: false,
  });
});

test("a token ends when it says, not a tolerance later", async () => {
  let now = soon * 1_000 - 1;
  const provider = {
    type: "customJwt",
    issuer: "https://me.test",
    applicationID: "app",
    algorithm: "RS256",
    jwks: dataUri(rsa),
  } as const;
  const verifier = new TokenVerifier(() => [provider], { now: () => now });
  const token = await sign(rsa, mine);
  expect(await verifier.verify(token)).toMatchObject({ ok: true });
  now += 1;
  expect(await verifier.verify(token)).toMatchObject({ ok: false });
});

test("missing claims are refused", async () => {
  const verifier = custom(dataUri(rsa));
  const bare = (claims: Record<string, unknown>) =>
    new SignJWT({ iss: "https://me.test", aud: "app", ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .sign(rsa.secret);
  expect(await verifier.verify(await bare({ sub: "ann", exp: soon }))).toMatchObject({ ok: true });
  expect(await verifier.verify(await bare({ exp: soon }))).toMatchObject({ ok: false });
  expect(await verifier.verify(await bare({ sub: "ann" }))).toMatchObject({ ok: false });
});

test("a token nobody signed is refused", async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = encode({ ...mine, aud: "app", sub: "ann", exp: soon });
  const verifier = custom(dataUri(rsa));
  for (const alg of ["none", "None", "NONE"]) {
    expect(await verifier.verify(`${encode({ alg, kid: "k1" })}.${body}.`)).toMatchObject({
      ok: false,
    });
  }
});

test("the public key is no shared secret", async () => {
  const secret = new TextEncoder().encode(await exportSPKI(rsa.open));
  const forged = await new SignJWT({ ...mine, aud: "app", sub: "ann", exp: soon })
    .setProtectedHeader({ alg: "HS256", kid: "k1" })
    .sign(secret);
  expect(await custom(dataUri(rsa)).verify(forged)).toMatchObject({ ok: false });
  expect(await custom(dataUri(rsa), { algorithm: "HS256" }).verify(forged)).toMatchObject({
    ok: false,
  });
});

test("another algorithm than the configured one is refused", async () => {
  const verifier = custom(dataUri(elliptic, rsa), { algorithm: "RS256" });
  expect(await verifier.verify(await sign(elliptic, mine))).toMatchObject({ ok: false });
  expect(await verifier.verify(await sign(rsa, mine))).toMatchObject({ ok: true });
});

test("another key under a known id, and a changed body, are refused", async () => {
  const verifier = custom(dataUri(rsa));
  expect(await verifier.verify(await sign(other, mine, "k1"))).toMatchObject({ ok: false });
  const [head, , signature] = (await sign(rsa, mine)).split(".");
  const body = Buffer.from(JSON.stringify({ ...mine, aud: "app", sub: "eve", exp: soon })).toString(
    "base64url",
  );
  expect(await verifier.verify(`${head}.${body}.${signature}`)).toMatchObject({ ok: false });
});

test.each(["", "x", "a.b", "a.b.c", "e30.e30.e30", ".".repeat(10), "x".repeat(100_000)])(
  "rubbish is refused, not thrown (%#)",
  async (token) => {
    expect(await custom(dataUri(rsa)).verify(token)).toMatchObject({ ok: false });
  },
);
