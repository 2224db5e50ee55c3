import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTo, startHandMadeApp, type HandMadeApp } from "../engine/handMadeApp.ts";
import { until } from "../testing/waiting.ts";
import { createSiteHandler } from "./site.ts";

const work = `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
export const add = mutation({ handler: (ctx, args) => ctx.db.insert("notes", args) });
export const list = query({ handler: async (ctx) => (await ctx.db.query("notes").collect()).map((n) => n.text) });
`;

const http = `
import { httpRouter, httpActionGeneric as httpAction, anyApi, getRequestMetadata } from "convex/server";
const http = httpRouter();
const route = (path, method, handler) => http.route({ path, method, handler: httpAction(handler) });
const note = (ctx, text) => ctx.runMutation(anyApi.work.add, { text });
route("/inspect", "GET", async (ctx, request) => Response.json({
  url: request.url, method: request.method, test: request.headers.get("x-test"),
  connection: request.headers.get("connection"), who: (await ctx.auth.getUserIdentity())?.subject ?? null,
  authorization: request.headers.get("authorization") }));
route("/echo", "POST", async (_ctx, request) => new Response(request.body, { status: 203, statusText: "Echoed" }));
route("/length", "PUT", async (_ctx, request) => new Response(String((await request.text()).length)));
route("/ignore", "POST", async () => new Response("ignored"));
route("/cookies", "GET", async () => new Response("c", { headers: [["set-cookie", "a=1"], ["set-cookie", "b=2"]] }));
route("/empty", "GET", async () => new Response(null, { status: 204, headers: { "x-empty": "yes" } }));
route("/throws", "GET", async () => { throw new Error("secret detail"); });
route("/breaks", "GET", async () => new Response(new ReadableStream({ start(c) {
  c.enqueue(new TextEncoder().encode("begun"));
  setTimeout(() => c.error(new Error("broken")), 20);
} })));
route("/drip", "GET", async (ctx) => {
  let n = 0;
  return new Response(new ReadableStream({
    async pull(c) { n += 1; await note(ctx, "drip"); c.enqueue(new TextEncoder().encode("drip " + n + "\\n")); },
    async cancel() { await note(ctx, "cancelled"); },
  }));
});
route("/fill", "GET", async (ctx) => {
  let n = 0;
  return new Response(new ReadableStream({
    async pull(c) { n += 1; if (n > 4000) c.close(); else c.enqueue(new Uint8Array(65536)); },
    async cancel() { await note(ctx, "filled " + n); },
  }));
});
route("/read", "POST", async (ctx, request) => {
  try { await request.arrayBuffer(); } catch { await note(ctx, "request broke off"); }
  return new Response("never");
});
http.route({ pathPrefix: "/files/", method: "GET", handler: httpAction(async (_ctx, request) => new Response(new URL(request.url).pathname)) });
export default http;
`;

let app: HandMadeApp;
const servers: Server[] = [];
let site: string;
let production: string;
const identity = { issuer: "i", subject: "ada", tokenIdentifier: "i|ada" };

async function serve(mode: "development" | "production"): Promise<string> {
  const handler = createSiteHandler({
    engine: app.engine,
    verifier: {
      verify: (token) =>
        Promise.resolve(
          token === "a.good.jwt"
            ? { ok: true, identity, expiresAt: Date.now() + 60_000 }
            : { ok: false, reason: "no" },
        ),
    },
    ...{ siteUrl: "https://site.example", mode },
  });
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const functions = { add: "Mutation", list: "Query" } as const;
  app = await startHandMadeApp({ work: { source: work, functions }, http: { source: http } });
  site = await serve("development");
  production = await serve("production");
}, 30_000);

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await app.dispose();
});

async function notes(): Promise<string[]> {
  const outcome = await app.engine.query(callTo("work:list"));
  return outcome.ok ? (JSON.parse(outcome.value) as string[]) : [];
}

const inspect = async (path: string, headers: Record<string, string> = {}) =>
  (await (await fetch(site + path, { headers })).json()) as Record<string, unknown>;

test("a request arrives as it was sent, on the site's public address", async () => {
  expect(await inspect("/inspect?a=1&b=%20", { "x-test": "yes" })).toEqual({
    url: "https://site.example/inspect?a=1&b=%20",
    ...{ method: "GET", test: "yes", connection: null, who: null, authorization: null },
  });
  expect(await (await fetch(`${site}/files/a%2Fb/c`)).text()).toBe("/files/a%2Fb/c");
});

test("a JWT makes a caller; another bearer is the app's own business", async () => {
  expect(await inspect("/inspect", { authorization: "Bearer a.good.jwt" })).toMatchObject({
    who: "ada",
  });
  for (const authorization of ["Bearer opaque", "Bearer a.bad.jwt", "Basic eDp5"]) {
    expect(await inspect("/inspect", { authorization })).toMatchObject({
      who: null,
      authorization,
    });
  }
});

test("bodies, statuses, cookies", async () => {
  const body = new Uint8Array(300_000).map((_, i) => i % 251);
  const echoed = await fetch(`${site}/echo`, { method: "POST", body });
  expect([echoed.status, echoed.statusText]).toEqual([203, "Echoed"]);
  expect(Buffer.compare(new Uint8Array(await echoed.arrayBuffer()), body)).toBe(0);
  expect(await (await fetch(`${site}/length`, { method: "PUT" })).text()).toBe("0");
  const cookies = await fetch(`${site}/cookies`);
  expect(cookies.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  const empty = await fetch(`${site}/empty`);
  expect([empty.status, empty.headers.get("x-empty")]).toEqual([204, "yes"]);
  const head = await fetch(`${site}/cookies`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("the server adds no CORS of its own", async () => {
  const response = await fetch(`${site}/cookies`, { headers: { origin: "https://a.example" } });
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
  expect((await fetch(`${site}/cookies`, { method: "OPTIONS" })).status).toBe(404);
});

test("without a route: 404", async () => {
  const response = await fetch(`${site}/nowhere`);
  expect([response.status, await response.text()]).toEqual([404, "No matching routes found"]);
});

test("a failure before the response is a 500, opaque in production", async () => {
  const told = await fetch(`${site}/throws`);
  expect(told.status).toBe(500);
  expect(await told.json()).toEqual({
    code: expect.stringMatching(/^\[Request ID: \w{16}\] Server Error$/) as string,
    trace: expect.stringContaining("Uncaught Error: secret detail") as string,
  });
  const silent = await fetch(`${production}/throws`);
  expect(silent.status).toBe(500);
  expect(Object.keys((await silent.json()) as object)).toEqual(["code"]);
});

test("a body that breaks off is not taken for a whole one", async () => {
  const response = await fetch(`${site}/breaks`);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test("a response streams, and stops when its client goes away", async () => {
  const gone = new AbortController();
  const response = await fetch(`${site}/drip`, { signal: gone.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toMatch(/^drip 1\n/);
  gone.abort();
  await until(notes, (all) => all.includes("cancelled"));
});

test("a client that does not read holds its response back", async () => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${site}/fill`, resolve).on("error", reject).end();
  });
  response.pause();
  // Other requests are served meanwhile, each by a worker of its own.
  for (let i = 0; i < 20; i++) await inspect("/inspect");
  response.destroy();
  const filled = (await until(notes, (all) => all.some((text) => text.startsWith("filled")))).find(
    (text) => text.startsWith("filled"),
  );
  expect(Number(filled?.split(" ")[1])).toBeLessThan(4000);
});

test("a request that breaks off fails in the action, and the next one is served", async () => {
  const socket = connect(Number(new URL(site).port), "127.0.0.1");
  socket.write("POST /read HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nbegun");
  await inspect("/inspect");
  socket.destroy();
  await until(notes, (all) => all.includes("request broke off"));
  expect(await inspect("/inspect")).toMatchObject({ method: "GET" });
});

test("an answer does not wait for a request that nobody reads", async () => {
  const sent = httpRequest(`${site}/ignore`, { method: "POST" });
  sent.on("error", () => undefined);
  const response = new Promise<IncomingMessage>((resolve) => sent.once("response", resolve));
  sent.write(new Uint8Array(100_000));
  const text = (await (await response).toArray()).join("");
  expect(text).toBe("ignored");
  sent.destroy();
});
