import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTo, startHandMadeApp, type HandMadeApp } from "../engine/handMadeApp.ts";
import type { Outcome } from "../engine/types.ts";
import { UPLOAD_LIFETIME_MS } from "../storage/records.ts";
import { until } from "../testing/waiting.ts";
import { allowOrigins } from "./cors.ts";
import { registerFileRoutes } from "./files.ts";
import { Router } from "./router.ts";

const files = `
import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
export const uploadUrl = mutation({ handler: (ctx) => ctx.storage.generateUploadUrl() });
export const urlThenFail = mutation({ handler: async (ctx) => {
  throw new Error(await ctx.storage.generateUploadUrl());
} });
export const store = mutation({ handler: (ctx, { text, type }) => ctx.storage.store(new Blob([text], { type })) });
export const read = mutation({ handler: async (ctx, { id }) => {
  const blob = await ctx.storage.get(id);
  return blob === null ? null : [await blob.text(), blob.type];
} });
export const url = query({ handler: (ctx, { id }) => ctx.storage.getUrl(id) });
export const metadata = query({ handler: (ctx, { id }) => ctx.storage.getMetadata(id) });
export const document = query({ handler: (ctx, { id }) => ctx.db.system.get(id) });
export const remove = mutation({ handler: (ctx, { id }) => ctx.storage.delete(id) });
export const removeThenFail = mutation({ handler: async (ctx, { id }) => {
  await ctx.storage.delete(id);
  throw new Error("changed my mind");
} });
export const queryWrites = query({ handler: () => Convex.asyncSyscall("1.0/storageGenerateUploadUrl", "{}") });
export const note = mutation({ handler: (ctx) => ctx.db.insert("notes", {}) });
`;

const LIMIT = 1_000_000;

let app: HandMadeApp;
let server: Server;
let origin: string;
let closeRoutes: () => void;
let clockOffset = 0;

beforeAll(async () => {
  const queries = ["url", "metadata", "document", "queryWrites"];
  const names = [...files.matchAll(/export const (\w+)/g)].map(([, name]) => name ?? "");
  const functions = Object.fromEntries(
    names.map((name) => [
      name,
      queries.includes(name) ? ("Query" as const) : ("Mutation" as const),
    ]),
  );
  app = await startHandMadeApp({ files: { source: files, functions } });
  const router = new Router(allowOrigins);
  const routes = registerFileRoutes(router, {
    engine: app.engine,
    filesFolder: app.filesFolder,
    database: app.database,
    uploadLimit: LIMIT,
    now: () => Date.now() + clockOffset,
  });
  closeRoutes = () => {
    routes.close();
  };
  server = createServer((request, response) => void router.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 30_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  closeRoutes();
  await app.dispose();
});

function value(outcome: Outcome): unknown {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return JSON.parse(outcome.value) as unknown;
}

const ask = async (name: string, args: object = {}) =>
  value(await app.engine.query(callTo(`files:${name}`, args)));
const mutate = async (name: string, args: object = {}) =>
  value(await app.engine.mutate(callTo(`files:${name}`, args), null));

/** A URL as the app gives it out, on the address that the test really serves. */
const here = (url: unknown) => String(url).replace(app.cloudUrl, origin);

async function upload(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(here(await mutate("uploadUrl")), { method: "POST", body, headers });
}

async function uploaded(body: BodyInit, headers: Record<string, string> = {}) {
  const response = await upload(body, headers);
  expect(response.status).toBe(200);
  const { storageId } = (await response.json()) as { storageId: string };
  return { id: storageId, url: here(await ask("url", { id: storageId })) };
}

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest();
const onDisk = () => readdirSync(app.filesFolder).sort();

test("an uploaded file is there, described, and served as it was", async () => {
  const text = "Förderplan";
  const { id, url } = await uploaded(text, { "content-type": "text/plain; charset=utf-8" });
  const digest = sha256(text);
  expect(await ask("document", { id })).toMatchObject({
    _id: id,
    sha256: digest.toString("base64"),
    size: 11,
    contentType: "text/plain; charset=utf-8",
  });
  expect(await ask("metadata", { id })).toEqual({
    storageId: id,
    sha256: digest.toString("hex"),
    size: 11,
    contentType: "text/plain; charset=utf-8",
  });
  expect(url).not.toContain(id);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-length": "11",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=2592000",
    "accept-ranges": "bytes",
    digest: `sha-256=${digest.toString("base64")}`,
    etag: `"${digest.toString("hex")}"`,
  });
  expect(await response.text()).toBe(text);
  const head = await fetch(url, { method: "HEAD" });
  expect(head.headers.get("content-length")).toBe("11");
  expect(await head.text()).toBe("");
});

test("a file without a type, and an empty one", async () => {
  const { id, url } = await uploaded(new Uint8Array());
  expect(await ask("document", { id })).not.toHaveProperty("contentType");
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  expect(await response.text()).toBe("");
  expect((await fetch(url, { headers: { range: "bytes=0-" } })).status).toBe(416);
});

test("ranges", async () => {
  const { url } = await uploaded("0123456789");
  const get = (headers: Record<string, string>) => fetch(url, { headers });
  const part = await get({ range: "bytes=2-4" });
  expect([part.status, await part.text()]).toEqual([206, "234"]);
  expect(part.headers.get("content-range")).toBe("bytes 2-4/10");
  expect(part.headers.get("content-length")).toBe("3");
  expect(await (await get({ range: "bytes=-2" })).text()).toBe("89");
  const beyond = await get({ range: "bytes=10-" });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */10"]);
  const several = await get({ range: "bytes=0-1,4-5" });
  expect([several.status, await several.text()]).toEqual([200, "0123456789"]);
  const tag = part.headers.get("etag") ?? "";
  expect((await get({ range: "bytes=0-0", "if-range": tag })).status).toBe(206);
  expect((await get({ range: "bytes=0-0", "if-range": '"other"' })).status).toBe(200);
  expect((await get({ "if-none-match": `"other", ${tag}` })).status).toBe(304);
  const head = await fetch(url, { method: "HEAD", headers: { range: "bytes=2-4" } });
  expect(head.headers.get("content-length")).toBe("3");
});

test("scripts of stored documents do not run on the server's own origin", async () => {
  for (const type of ["text/html", "IMAGE/svg+xml", "application/xml"]) {
    const { url } = await uploaded("<script></script>", { "content-type": type });
    expect((await fetch(url)).headers.get("content-security-policy")).toContain("sandbox");
  }
  const { url } = await uploaded("%PDF", { "content-type": "application/pdf" });
  expect((await fetch(url)).headers.has("content-security-policy")).toBe(false);
});

test("only a token that was issued, and only for an hour, may upload", async () => {
  const before = onDisk();
  const url = here(await mutate("uploadUrl"));
  const token = new URL(url).searchParams.get("token") ?? "";
  const flipped = `${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`;
  const wrong = ["", "x", flipped, token.slice(1), `${token}A`, token.toUpperCase(), "' OR 1=1 --"];
  for (const text of wrong) {
    const attempt = `${origin}/api/storage/upload?token=${encodeURIComponent(text)}`;
    const response = await fetch(attempt, { method: "POST", body: "x" });
    expect([text, response.status]).toEqual([text, 401]);
    expect(await response.json()).toMatchObject({ code: "InvalidUploadToken" });
  }
  expect((await fetch(`${origin}/api/storage/upload`, { method: "POST", body: "x" })).status).toBe(
    401,
  );
  clockOffset = UPLOAD_LIFETIME_MS + 1;
  expect((await fetch(url, { method: "POST", body: "late" })).status).toBe(401);
  clockOffset = 0;
  expect(onDisk()).toEqual(before);
  expect((await fetch(url, { method: "POST", body: "in time" })).status).toBe(200);
});

test("a mutation that fails has issued nothing", async () => {
  const failed = await app.engine.mutate(callTo("files:urlThenFail"), null);
  const url = /http:\S+/.exec(failed.ok ? "" : failed.failure.message)?.[0];
  expect(url).toContain("token=");
  expect((await fetch(here(url), { method: "POST", body: "x" })).status).toBe(401);
});

test("queries cannot issue upload URLs", async () => {
  await expect(ask("queryWrites")).rejects.toThrow("can only be called in mutations and actions");
});

test("an announced checksum is kept to", async () => {
  const before = onDisk();
  const wrong = { digest: `sha-256=${sha256("other").toString("base64")}` };
  expect((await upload("text", wrong)).status).toBe(400);
  expect(onDisk()).toEqual(before);
  const right = { digest: `md5=x, SHA-256=${sha256("text").toString("base64")}` };
  expect((await upload("text", right)).status).toBe(200);
});

test("an upload that is too large is refused, announced or not, and leaves nothing", async () => {
  const before = onDisk();
  expect((await upload(new Uint8Array(LIMIT + 1))).status).toBe(413);
  const url = new URL(here(await mutate("uploadUrl")));
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = httpRequest(url, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.write(new Uint8Array(LIMIT));
    sent.write(new Uint8Array(1));
  });
  expect(status).toBe(413);
  expect(onDisk()).toEqual(before);
});

test("an upload that breaks off leaves nothing", async () => {
  const before = onDisk();
  const url = new URL(here(await mutate("uploadUrl")));
  const socket = connect(Number(url.port), url.hostname);
  socket.write(
    `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nbegun`,
  );
  await until(onDisk, (now) => now.length === before.length + 1);
  socket.destroy();
  await until(onDisk, (now) => now.length === before.length);
});

test("nothing but stored files can be read", async () => {
  const names = [
    "..%2fdata.sqlite",
    "%2e%2e%2fdata.sqlite",
    "..",
    "data.sqlite",
    "%00",
    "upload",
    "",
  ];
  for (const name of [...names, "00000000-0000-0000-0000-000000000000"]) {
    const response = await new Promise<number | undefined>((resolve, reject) => {
      // Not `fetch`, which would tidy the path up before it is sent.
      httpRequest(origin, { path: `/api/storage/${name}` }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect([name, response === 404 || response === 405]).toEqual([name, true]);
  }
});

test("a deleted file is gone: its document, its URL, its content", async () => {
  const { id, url } = await uploaded("secret");
  const key = url.split("/").at(-1) ?? "";
  expect(readFileSync(join(app.filesFolder, key), "utf8")).toBe("secret");
  expect((await app.engine.mutate(callTo("files:removeThenFail", { id }), null)).ok).toBe(false);
  expect(await (await fetch(url)).text()).toBe("secret");
  await mutate("remove", { id });
  expect((await fetch(url)).status).toBe(404);
  expect(await ask("url", { id })).toBeNull();
  expect(await ask("metadata", { id })).toBeNull();
  await until(onDisk, (now) => !now.includes(key));
  const again = await app.engine.mutate(callTo("files:remove", { id }), null);
  expect(again.ok).toBe(false);
});

test("mutations store and read files themselves", async () => {
  const id = await mutate("store", { text: "from a mutation", type: "text/x-note" });
  expect(await mutate("read", { id })).toEqual(["from a mutation", "text/x-note"]);
  const response = await fetch(here(await ask("url", { id })));
  expect(response.headers.get("content-type")).toBe("text/x-note");
  expect(await response.text()).toBe("from a mutation");
});

test("an id of another table is no file", async () => {
  const id = await mutate("note");
  for (const wrong of [id, "x", null]) {
    await expect(ask("url", { id: wrong })).rejects.toThrow(/storageId|not a valid|null/);
  }
});

test("every origin may upload and download", async () => {
  const preflight = await fetch(`${origin}/api/storage/upload?token=x`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type, digest",
    },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    "access-control-allow-origin": "https://app.example",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type, digest",
    vary: "origin",
  });
  const { url } = await uploaded("x");
  const download = await fetch(url, { headers: { origin: "https://other.example" } });
  expect(download.headers.get("access-control-allow-origin")).toBe("https://other.example");
  const refused = await fetch(`${origin}/api/storage/none`, { headers: { origin: "https://a.b" } });
  expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
    404,
    "https://a.b",
  ]);
});
