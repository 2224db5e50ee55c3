import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../testing/waiting.ts";
import { HttpActionFailed } from "./actionPool.ts";
import { startActionApp, type ActionApp } from "./actionTestApp.ts";
import type { ExecutionLog, HttpActionRequest } from "./types.ts";

let app: ActionApp;

beforeAll(async () => {
  app = await startActionApp();
}, 30_000);

afterAll(async () => {
  await app.dispose();
});

function request(
  method: string,
  path: string,
  parts: Partial<HttpActionRequest> = {},
): HttpActionRequest {
  return {
    method,
    url: `http://site.test${path}`,
    headers: [],
    body: null,
    request: { requestId: "test", ip: null, userAgent: null },
    caller: { kind: "anonymous" },
    authToken: null,
    ...parts,
  };
}

const serve = (method: string, path: string, parts: Partial<HttpActionRequest> = {}) =>
  app.engine.serveHttpAction(request(method, path, parts));

const text = (body: ReadableStream<Uint8Array> | null | undefined) =>
  new Response(body ?? null).text();

function bytes(count: number, size: number): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(left % 251));
      left -= 1;
    },
  });
}

test("an HTTP action gets the request and its body, and answers with a body", async () => {
  const response = await serve("POST", "/echo?x=1", {
    headers: [
      ["content-type", "text/x-test"],
      ["cookie", "session=1"],
    ],
    body: new Response("hello").body,
  });
  expect(response).toMatchObject({ status: 201, statusText: "Made" });
  expect(new Map(response?.headers)).toEqual(
    new Map([
      ["content-type", "text/x-test"],
      ["x-cookie", "session=1"],
    ]),
  );
  expect(await text(response?.body)).toBe("hello");
});

test("large bodies stream in and out", async () => {
  const size = 8 * 1024 * 1024;
  const counted = await serve("POST", "/size", { body: bytes(128, size / 128) });
  expect(await text(counted?.body)).toBe(String(size));
  const echoed = await serve("POST", "/echo", { body: bytes(128, size / 128) });
  const back = await new Response(echoed?.body).arrayBuffer();
  expect(back.byteLength).toBe(size);
});

test("several cookies stay several; HEAD has no body; no route is null", async () => {
  const cookies = await serve("GET", "/cookies");
  expect(cookies?.headers.filter(([name]) => name === "set-cookie")).toHaveLength(2);
  const head = await serve("HEAD", "/cookies");
  expect(head?.status).toBe(200);
  expect(head?.body).toBeNull();
  expect(await serve("GET", "/nowhere")).toBeNull();
  expect(await serve("POST", "/cookies")).toBeNull();
  expect(await text((await serve("POST", "/ignore", { body: bytes(1000, 65536) }))?.body)).toBe(
    "ignored",
  );
});

test("a body is made while it is sent, and may call the server", async () => {
  const response = await serve("GET", "/slow");
  expect(await text(response?.body)).toBe("chunk 1;chunk 2;chunk 3;");
  expect(await app.notes()).toEqual(expect.arrayContaining(["chunk 1", "chunk 2", "chunk 3"]));
});

test("an endless body is made as fast as it is read, and ends when nobody reads", async () => {
  const executed: ExecutionLog[] = [];
  const pool = app.newPool({ httpExecuted: (log) => executed.push(log) });
  const response = await pool.serveHttp(request("GET", "/endless"));
  const reader = response?.body?.getReader();
  expect((await reader?.read())?.value?.byteLength).toBe(65536);
  expect(executed).toEqual([]);
  await reader?.cancel("enough");
  await until(app.notes, (all) => all.includes("cancelled"));
  await until(
    () => executed.length,
    (count) => count === 1,
  );
  expect(executed[0]).toMatchObject({ udfType: "HttpAction", call: { path: "GET /endless" } });
});

test("a body that breaks off fails, whether its code throws or its worker dies", async () => {
  for (const path of ["/breaks", "/dies"]) {
    const response = await serve("GET", path);
    await expect(text(response?.body)).rejects.toThrow();
  }
});

test("a failing HTTP action is an error with what it threw and logged", async () => {
  const executed: ExecutionLog[] = [];
  const pool = app.newPool({ httpExecuted: (log) => executed.push(log) });
  await expect(pool.serveHttp(request("GET", "/throws"))).rejects.toThrow(HttpActionFailed);
  expect(executed[0]?.outcome).toMatchObject({
    ok: false,
    failure: {
      code: "thrown",
      message: expect.stringContaining("Uncaught TypeError: no luck") as string,
    },
    logLines: ["[LOG] 'about to'"],
  });
  await expect(pool.serveHttp(request("GET", "/nothing"))).rejects.toThrow(
    "did not return a Response",
  );
});

test("an HTTP action knows its caller", async () => {
  const identity = { issuer: "i", subject: "ada", tokenIdentifier: "i|ada" };
  const response = await serve("GET", "/who", { caller: { kind: "user", identity } });
  expect(await text(response?.body)).toBe('"ada"');
});

test("an HTTP action hears that its client has gone away", async () => {
  const gone = new AbortController();
  const answered = serve("GET", "/aborted", { signal: gone.signal });
  gone.abort();
  expect(await text((await answered)?.body)).toBe("too late");
  expect(await app.notes()).toContain("saw the abort");
});

test("a request's body that breaks off fails in the action", async () => {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      control = controller;
      controller.enqueue(new Uint8Array(5));
    },
  });
  const answered = serve("POST", "/readAll", { body });
  control?.error(new Error("The client has gone away."));
  await answered;
  expect(await app.notes()).toContain("body broke");
});
