/** The web server of `npm start`: what browsers are told, and what is forwarded. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "./lib/ports.mjs";
import { readStaticFiles } from "./lib/staticFiles.mjs";
import { WebServer } from "./lib/webServer.mjs";

const CONVEX = "http://127.0.0.1:3210";
const script = `console.log("${"long ".repeat(1000)}");`;
const web = new WebServer();
/** What the deployment behind it was asked. */
const asked: { url: string; headers: Record<string, unknown>; body: string }[] = [];
const site = createServer((incoming, response) => {
  let body = "";
  incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
  incoming.on("end", () => {
    asked.push({ url: incoming.url ?? "", headers: incoming.headers, body });
    response.writeHead(201, { "set-cookie": ["a=1; HttpOnly", "b=2; HttpOnly"] }).end("answered");
  });
});
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-web-"));
  await mkdir(join(folder, "assets"));
  await mkdir(join(folder, ".vite"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>App</title>");
  await writeFile(join(folder, "assets", "index-abc.js"), script);
  await writeFile(join(folder, ".vite", "manifest.json"), "{}");
  await writeFile(join(folder, "icon.svg"), "<svg/>");
  const sitePort = await listen(site, 0, "127.0.0.1");
  await web.listen(0);
  expect((await fetch(web.url)).status).toBe(503);
  web.open({
    files: await readStaticFiles(folder),
    convexUrl: CONVEX,
    siteUrl: `http://127.0.0.1:${sitePort}`,
  });
});

afterAll(async () => {
  await web.close();
  site.close();
  await rm(folder, { recursive: true });
});

/** A request as it is written, which `fetch` would tidy up. */
function raw(path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(web.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

test("the deployment's address", async () => {
  const response = await fetch(`${web.url}/config.json`);
  expect(await response.json()).toEqual({ convexUrl: CONVEX });
  expect(response.headers.get("cache-control")).toBe("no-cache");
});

test.each(["/", "/students/123", "/a/b?c=d", "/invitation/x%2Fy"])(
  "%s is the app's page, never kept unasked",
  async (path) => {
    const response = await fetch(`${web.url}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.text()).toContain("<title>App</title>");
  },
);

test.each(["/assets/gone.js", "/.vite/manifest.json", "/favicon.ico", "/api/other", "/%zz"])(
  "%s is not there",
  async (path) => {
    expect((await raw(path)).status).toBe(404);
  },
);

test("nothing outside the folder is served", async () => {
  for (const path of ["/../package.json", "/..%2f..%2fetc%2fpasswd.txt", "/assets/../../x.json"])
    expect((await raw(path)).status).toBe(404);
});

test("hashed files are kept for ever and compressed as the browser likes", async () => {
  for (const [accepted, encoding] of [
    ["gzip, deflate, br", "br"],
    ["gzip", "gzip"],
    ["identity", null],
  ] as const) {
    const response = await fetch(`${web.url}/assets/index-abc.js`, {
      headers: { "accept-encoding": accepted },
    });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("vary")).toBe("accept-encoding");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await response.text()).toBe(script);
  }
});

test("what has not changed is not sent again", async () => {
  const etag = (await fetch(web.url)).headers.get("etag") ?? "";
  const response = await fetch(web.url, { headers: { "if-none-match": etag } });
  expect(response.status).toBe(304);
});

test("the browser may speak to this server and to the deployment, and to nobody else", async () => {
  const { headers } = await fetch(web.url);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`connect-src 'self' ${CONVEX} ws://127.0.0.1:3210;`);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("sign-in is forwarded with its cookies, and the client cannot lie about its address", async () => {
  const response = await fetch(`${web.url}/api/auth/sign-in/email?x=1`, {
    method: "POST",
    headers: {
      cookie: "session=1",
      "x-forwarded-for": "10.0.0.1",
      "x-forwarded-host": "evil.example",
      origin: web.url,
    },
    body: "credentials",
  });
  expect(response.status).toBe(201);
  expect(await response.text()).toBe("answered");
  expect(response.headers.getSetCookie()).toEqual(["a=1; HttpOnly", "b=2; HttpOnly"]);
  const { url, headers, body } = asked.at(-1) ?? { url: "", headers: {}, body: "" };
  expect(url).toBe("/api/auth/sign-in/email?x=1");
  expect(body).toBe("credentials");
  expect(headers).toMatchObject({ cookie: "session=1", origin: web.url });
  expect(headers).not.toHaveProperty("x-forwarded-host");
  expect(headers["x-forwarded-for"]).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
});

test("documents are forwarded with their token, and nothing else below /api/ is", async () => {
  const authorization = "Bearer a.b.c";
  const response = await fetch(`${web.url}/api/documents?ticket=x`, { headers: { authorization } });
  expect(response.status).toBe(201);
  expect(asked.at(-1)).toMatchObject({
    url: "/api/documents?ticket=x",
    headers: { authorization },
  });
  const before = asked.length;
  for (const path of ["/api/documents/1", "/api/storage/1", "/api/documentsx"])
    expect((await fetch(`${web.url}${path}`)).status).toBe(404);
  expect(asked.length).toBe(before);
});

test("other methods are refused", async () => {
  expect((await fetch(web.url, { method: "POST", body: "x" })).status).toBe(405);
});

test("a deployment that is gone: the sentence of a gateway", async () => {
  const gone = createServer();
  await listen(gone, 0, "127.0.0.1");
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const other = new WebServer();
  await other.listen(0);
  const siteUrl = `http://127.0.0.1:${port}`;
  other.open({ files: new Map(), convexUrl: CONVEX, siteUrl });
  expect((await fetch(`${other.url}/api/auth/session`)).status).toBe(502);
  await other.close();
});
