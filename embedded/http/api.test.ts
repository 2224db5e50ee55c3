import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UdfType } from "../deploy/manifest.ts";
import { callTo, startHandMadeApp, type HandMadeApp } from "../engine/handMadeApp.ts";
import { registerApiRoutes } from "./api.ts";
import { allowOrigins } from "./cors.ts";
import { Router } from "./router.ts";

const source = `
import { actionGeneric as action, internalQueryGeneric as internalQuery, mutationGeneric as mutation,
  queryGeneric as query } from "convex/server";
import { ConvexError } from "convex/values";
export const echo = query({ handler: (_ctx, args) => { console.log("echoing"); return args; } });
export const who = query({ handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? null });
export const add = mutation({ handler: (ctx) => ctx.db.insert("notes", {}) });
export const act = action({ handler: () => "acted" });
export const fail = query({ handler: () => { throw new Error("secret detail"); } });
export const refuse = mutation({ handler: () => { throw new ConvexError({ left: 3n }); } });
export const hiddenValue = internalQuery({ handler: () => "hidden" });
`;

const functions: Record<string, UdfType> = {
  ...{ echo: "Query", who: "Query", add: "Mutation", act: "Action", fail: "Query" },
  ...{ refuse: "Mutation", hiddenValue: "Query" },
};

let app: HandMadeApp;
const servers: Server[] = [];
let development: string;
let production: string;

const identity = { issuer: "https://issuer.test", subject: "ada", tokenIdentifier: "t" };

async function serve(mode: "development" | "production"): Promise<string> {
  const router = new Router(allowOrigins);
  registerApiRoutes(router, {
    engine: app.engine,
    isAdmin: (key) => key === "name|secret",
    verifier: {
      verify: (token) =>
        Promise.resolve(
          token === "good"
            ? { ok: true, identity, expiresAt: Date.now() + 60_000 }
            : { ok: false, reason: "The token is not a JWT" },
        ),
    },
    ...{ mode, instanceName: "name" },
  });
  const server = createServer((request, response) => void router.handle(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  app = await startHandMadeApp({ "dir/calls": { source, functions } });
  development = await serve("development");
  production = await serve("production");
}, 30_000);

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await app.dispose();
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  origin = development,
): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(origin + path, { method: "POST", body: text, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const admin = { authorization: "Convex name|secret" };
const encoded = { format: "convex_encoded_json" };
const query = (name: string) => makeFunctionReference<"query">(`dir/calls:${name}`);

test("the official client calls functions of all kinds", async () => {
  const client = new ConvexHttpClient(development, { logger: false });
  const args = { a: 1n, b: Number.NaN, c: [null, "x", -0] };
  expect(await client.query(query("echo"), args)).toEqual(args);
  expect(await client.mutation(makeFunctionReference<"mutation">("dir/calls:add"), {})).toMatch(
    /^\w+$/,
  );
  expect(await client.action(makeFunctionReference<"action">("dir/calls:act"), {})).toBe("acted");
  const refused = client.mutation(makeFunctionReference<"mutation">("dir/calls:refuse"), {});
  await expect(refused).rejects.toThrow(ConvexError);
  await expect(refused).rejects.toMatchObject({ data: { left: 3n } });
  client.setAuth("good");
  expect(await client.query(query("who"), {})).toBe("ada");
  await expect(client.query(query("fail"), {})).rejects.toThrow("secret detail");
});

test("consistent queries are answered at their timestamp or refused", async () => {
  const { body } = await post("/api/query_ts", {});
  const call = { path: "dir/calls:echo", args: [{}], ts: body.ts };
  expect((await post("/api/query_at_ts", call)).body).toMatchObject({ status: "success" });
  await app.engine.mutate(callTo("dir/calls:add"), null);
  const late = await post("/api/query_at_ts", call);
  expect([late.status, late.body.code]).toEqual([400, "TimestampOutOfRange"]);
});

test("plain JSON comes out for those who do not ask for Convex's", async () => {
  const args = { int: { $integer: "BwAAAAAAAAA=" }, nan: { $float: "AAAAAAAA+H8=" }, list: [1] };
  const call = { path: "dir/calls:echo", args };
  const value = { int: "7", nan: "NaN", list: [1] };
  expect((await post("/api/query", call)).body.value).toEqual(value);
  expect((await post("/api/query", { ...call, ...encoded })).body.value).toEqual(args);
  expect((await post("/api/query", { ...call, format: "xml" })).status).toBe(400);
  const search = new URLSearchParams({
    path: call.path,
    args: JSON.stringify(args),
    format: "json",
  });
  const got = await fetch(`${development}/api/query?${search.toString()}`);
  expect(await got.json()).toEqual({ status: "success", value, logLines: ["[LOG] 'echoing'"] });
});

test("a function's failure is status 560 and tells in production nothing but the id and the data", async () => {
  const call = { path: "dir/calls:fail", args: {} };
  const told = await post("/api/query", call);
  expect(told.status).toBe(560);
  expect(told.body).toMatchObject({ status: "error", logLines: [] });
  expect(told.body.errorMessage).toMatch(
    /^\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught Error: secret detail/,
  );
  const silent = await post("/api/query", call, {}, production);
  expect(silent.body.errorMessage).toMatch(/^\[Request ID: [0-9a-f]{16}\] Server Error$/);
  const toAdmin = await post("/api/query", call, admin, production);
  expect(toAdmin.body.errorMessage).toContain("secret detail");
  const refusal = { path: "dir/calls:refuse", args: {}, ...encoded };
  const refused = await post("/api/mutation", refusal, {}, production);
  expect(refused.body.errorData).toEqual({ left: { $integer: "AwAAAAAAAAA=" } });
  const logs = await post("/api/query", { path: "dir/calls:echo", args: {} }, {}, production);
  expect(logs.body.logLines).toEqual([]);
});

test("internal functions and components are for admins", async () => {
  const call = { path: "dir/calls:hiddenValue", args: {} };
  expect((await post("/api/query", call)).status).toBe(560);
  expect((await post("/api/query", call, { authorization: "Bearer good" })).status).toBe(560);
  expect((await post("/api/query", call, admin)).body.value).toBe("hidden");
  expect((await post("/api/function", call, admin)).body.value).toBe("hidden");
  expect((await post("/api/function", call)).status).toBe(560);
  const inside = { ...call, componentPath: "child" };
  expect((await post("/api/function", inside)).status).toBe(403);
  expect((await post("/api/function", inside, admin)).status).toBe(560);
});

test("admins may act as somebody", async () => {
  const call = { path: "dir/calls:who", args: {} };
  const someone = Buffer.from(JSON.stringify(identity)).toString("base64");
  const acting = { authorization: `Convex name|secret:${someone}` };
  expect((await post("/api/query", call, acting)).body.value).toBe("ada");
  expect((await post("/api/query", call, admin)).body.value).toBeNull();
  const forged = { authorization: `Convex name|wrong:${someone}` };
  expect((await post("/api/query", call, forged)).status).toBe(401);
  const nonsense = { authorization: "Convex name|secret:bm9uc2Vuc2U=" };
  expect((await post("/api/query", call, nonsense)).status).toBe(400);
});

test("credentials that prove nothing are refused before anything runs", async () => {
  const call = { path: "dir/calls:echo", args: {} };
  for (const authorization of ["Bearer bad", "Convex wrong", "Basic eDp5", "Bearer", "good"]) {
    const { status, body } = await post("/api/query", call, { authorization });
    expect([authorization, status, typeof body.message]).toEqual([authorization, 401, "string"]);
  }
});

test("any kind of function, by name or by path", async () => {
  const run = async (path: string) => (await post(path, { args: {} })).body.value;
  expect(await run("/api/run/dir/calls/act")).toBe("acted");
  expect(await run("/api/run/dir/calls:act")).toBe("acted");
  expect(await run("/api/run/dir%2Fcalls%3Aact")).toBe("acted");
  expect((await post("/api/function", { path: "dir/calls.js:act", args: {} })).body.value).toBe(
    "acted",
  );
  expect((await post("/api/run/dir/calls/none", { args: {} })).status).toBe(560);
});

test("what is no call is refused", async () => {
  const path = "dir/calls:echo";
  const bodies = [
    "",
    "[]",
    "{",
    { args: {} },
    { path, args: [{}, {}] },
    { path, args: 1 },
    { path, args: [[]] },
  ];
  for (const body of bodies) {
    const { status, body: answer } = await post("/api/query", body);
    expect([body, status]).toEqual([body, 400]);
    expect(answer).toEqual({
      code: expect.any(String) as string,
      message: expect.any(String) as string,
    });
  }
  const large = JSON.stringify({ path, args: { text: "x".repeat(21 * 1024 * 1024) } });
  expect((await post("/api/query", large)).status).toBe(413);
});

test("the server names itself", async () => {
  expect(await (await fetch(`${development}/instance_name`)).text()).toBe("name");
  expect((await fetch(`${development}/version`)).status).toBe(200);
});

test("pages of every origin may call", async () => {
  const response = await fetch(`${development}/api/query`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type, convex-client",
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example");
  expect(response.headers.get("access-control-allow-headers")).toContain("convex-client");
});
