/** auth.config.ts depends on variables and on the deployment's addresses; both may change without a push. */
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireConvexCli, runConvexCli } from "../cli.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const push = ["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"];
const who = makeFunctionReference<"query", Record<string, never>, string | null>("who:who");

const FILES = {
  "who.ts": `
import { queryGeneric as query } from "convex/server";
export const who = query({ args: {}, handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null });
`,
  "auth.config.ts": `
export default { providers: [
  { type: "customJwt", issuer: process.env.CONVEX_SITE_URL!, applicationID: "app", algorithm: "ES256", jwks: process.env.KEYS! },
  { type: "customJwt", issuer: process.env.OTHER_ISSUER ?? "https://first.example", applicationID: "app", algorithm: "ES256", jwks: process.env.KEYS! },
] };
`,
};

let server: TestServer;
let app: TempApp;
let keys: string;
let sign: (issuer: string) => Promise<string>;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "ES256", use: "sig" };
  const base64 = Buffer.from(JSON.stringify({ keys: [jwk] })).toString("base64");
  keys = `data:text/plain;charset=utf-8;base64,${base64}`;
  sign = (issuer) =>
    new SignJWT({})
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .setSubject("ada")
      .setAudience("app")
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);
  server = await startServer();
  app = await createTempApp(FILES);
  await requireConvexCli(server, ["env", "set", "KEYS", keys], app.folder);
  await requireConvexCli(server, push, app.folder);
});
afterAll(async () => {
  await server.dispose();
  await app.dispose();
});

async function subject(at: Pick<TestServer, "url">, issuer: string): Promise<string | null> {
  const client = new ConvexHttpClient(at.url, { logger: false });
  client.setAuth(await sign(issuer));
  return client.query(who, {}).catch(() => "refused");
}

test("a variable that auth.config.ts reads takes effect when it is set", async () => {
  expect(await subject(server, "https://first.example")).toBe("ada");
  expect(await subject(server, "https://second.example")).toBe("refused");
  const second = "https://second.example";
  await requireConvexCli(server, ["env", "set", "OTHER_ISSUER", second], app.folder);
  await until(
    () => subject(server, second),
    (name) => name === "ada",
  );
  expect(await subject(server, "https://first.example")).toBe("refused");
});

test("a variable whose removal breaks auth.config.ts leaves the providers as they were", async () => {
  const { code } = await runConvexCli(server, ["env", "remove", "KEYS"], app.folder);
  expect(code).toBe(0);
  expect(await subject(server, "https://second.example")).toBe("ada");
  expect(server.logs()).toContain("jwks");
});

test("on other addresses the deployment is its own issuer there", async () => {
  await requireConvexCli(server, ["env", "set", "KEYS", keys], app.folder);
  const before = server.siteUrl;
  expect(await subject(server, before)).toBe("ada");
  await server.stop();
  const moved = await startServer({ dataDir: server.dataDir, host: "localhost" });
  try {
    expect(moved.siteUrl).not.toBe(before);
    expect(await subject(moved, moved.siteUrl)).toBe("ada");
    expect(await subject(moved, before)).toBe("refused");
  } finally {
    await moved.dispose();
  }
});
