/** Starting and ending, as the person at the terminal sees it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { afterEach, expect, test } from "vitest";
import { runConvexCli } from "../cli.ts";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { startServer, type TestServer } from "../server.ts";
import { until } from "../waiting.ts";

const start = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "start.mjs");
const started: TestServer[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) await server.dispose();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function serve(...options: Parameters<typeof startServer>): Promise<TestServer> {
  const server = await startServer(...options);
  started.push(server);
  return server;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trellis-start-"));
  folders.push(folder);
  return folder;
}

/** Runs the server's command to its end. */
async function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [start, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

test("one line says that it is ready, and where", async () => {
  const server = await serve();
  expect(server.logs()).toBe(`Trellis embedded backend ready: ${server.url} ${server.siteUrl}\n`);
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("the secrets are for their owner only, and the printed key opens the deployment", async () => {
  const server = await serve();
  for (const name of ["instance_secret", "admin_secret"]) {
    expect((await stat(join(server.dataDir, name))).mode & 0o777).toBe(0o600);
  }
  const { code } = await runConvexCli(server, ["env", "list"]);
  expect(code).toBe(0);
  const again = await run("--data", server.dataDir, "--print-admin-key");
  expect(again).toEqual({ code: 0, said: `${server.adminKey}\n` });
});

test("a wrong admin key opens nothing", async () => {
  const server = await serve();
  const wrong = { url: server.url, adminKey: `${server.adminKey.slice(0, -1)}x` };
  const response = await fetch(`${server.url}/api/v1/get_canonical_urls`, {
    headers: { authorization: `Convex ${wrong.adminKey}` },
  });
  expect(response.status).toBe(401);
  for (const path of [
    "/api/get_config_hashes",
    "/api/deploy2/start_push",
    "/api/deploy2/finish_push",
    "/api/update_environment_variables",
  ]) {
    const refused = await fetch(`${server.url}${path}`, { method: "POST", body: "{}" });
    expect([path, refused.status]).toEqual([path, 401]);
  }
});

test("a second server on the same data is refused", async () => {
  const server = await serve();
  const second = await run("--data", server.dataDir, "--port", "0", "--site-port", "0");
  expect(second.code).toBe(1);
  expect(second.said).toContain("Another server is already running on");
  expect((await fetch(`${server.url}/version`)).status).toBe(200);
});

test.each(["--port", "--site-port"])("a busy %s says so", async (option) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  try {
    const ports = { "--port": "0", "--site-port": "0", [option]: String(port) };
    const { code, said } = await run("--data", await newFolder(), ...Object.entries(ports).flat());
    expect(code).toBe(1);
    expect(said).toBe(`Port ${port} is already in use. Choose another with ${option}.\n`);
  } finally {
    other.close();
  }
});

test.each([
  [["--port", "many"], "--port must be a whole number"],
  [["--mode", "loud"], "--mode must be development or production"],
  [["--wrong"], "--wrong"],
])("%j is refused", async (args, words) => {
  const { code, said } = await run("--data", await newFolder(), ...args);
  expect(code).toBe(1);
  expect(said).toContain(words);
});

test("without a data folder it tells how to call it", async () => {
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toContain("--data <folder>");
});

test("a damaged secret stops the start", async () => {
  const server = await serve();
  await server.stop();
  await writeFile(join(server.dataDir, "admin_secret"), "short");
  const { code, said } = await run("--data", server.dataDir, "--port", "0", "--site-port", "0");
  expect(code).toBe(1);
  expect(said).toContain("admin_secret is damaged");
});

const fixture = useFixtureServer();

test("SIGTERM finishes the mutation that is running, and ends with code 0", async () => {
  const client = new ConvexClient(fixture().url, { logger: false });
  const seen: number[] = [];
  client.onUpdate(api.transactions.readCounter, { name: "stop" }, (count) => seen.push(count));
  await until(
    () => seen.length,
    (length) => length > 0,
  );
  const calls = Array.from({ length: 50 }, () =>
    client.mutation(api.transactions.incrementCounter, { name: "stop" }),
  );
  const code = await fixture().stop();
  expect(code).toBe(0);
  await fixture().restart();
  await Promise.all(calls);
  const http = new ConvexHttpClient(fixture().url, { logger: false });
  expect(await http.query(api.transactions.readCounter, { name: "stop" })).toBe(50);
  await client.close();
});
