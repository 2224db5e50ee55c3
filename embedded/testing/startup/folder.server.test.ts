/** Data folders that cannot be used, and what is in those that can. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { until } from "../waiting.ts";

const start = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "start.mjs");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the server's command to its end. */
async function run(dataDir: string, ...args: string[]) {
  const command = [start, "--data", dataDir, "--port", "0", "--site-port", "0", ...args];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

test("a file in the folder's place", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const { code, said } = await run(file);
  expect(code).toBe(1);
  expect(said).toMatch(/^The data folder .*file cannot be used: EEXIST[^\n]*\n$/);
});

test("data of a newer server is refused and left as it was", async () => {
  const file = join(folder, "data.sqlite");
  const database = new DatabaseSync(file);
  database.exec(
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value); INSERT INTO meta VALUES('format', 99)",
  );
  database.close();
  const before = await readFile(file);
  const { code, said } = await run(folder);
  expect(code).toBe(1);
  expect(said).toBe("The data was written by a newer version (format 99, this version reads 1).\n");
  expect((await readFile(file)).equals(before)).toBe(true);
});

test("a file that is no database is refused and left as it was", async () => {
  const file = join(folder, "data.sqlite");
  const before = Buffer.alloc(9000, "not a database ");
  await writeFile(file, before);
  const { code, said } = await run(folder);
  expect(code).toBe(1);
  expect(said).toBe("The data cannot be read: file is not a database\n");
  expect((await readFile(file)).equals(before)).toBe(true);
});

test("processes that begin together agree on the secret, and leave nothing else behind", async () => {
  const keys = await Promise.all(Array.from({ length: 4 }, () => run(folder, "--print-admin-key")));
  expect(new Set(keys.map(({ said }) => said)).size).toBe(1);
  expect((await readdir(folder)).sort()).toEqual([
    ...["admin_secret", "files", "instance_secret", "pushes"],
  ]);
});

const server = useFixtureServer();
const http = () => new ConvexHttpClient(server().url, { logger: false });

test("nothing that a running server wrote can be read by others", async () => {
  await server().restart();
  await http().action(api.files.storeText, { text: "private" });
  const { dataDir } = server();
  for (const inner of ["files", "pushes"]) {
    expect((await stat(join(dataDir, inner))).mode & 0o077).toBe(0);
  }
  for (const name of await readdir(join(dataDir, "files"))) {
    expect((await stat(join(dataDir, "files", name))).mode & 0o077).toBe(0);
  }
  for (const name of ["data.sqlite", "admin_secret", "instance_secret"]) {
    expect([name, (await stat(join(dataDir, name))).mode & 0o077]).toEqual([name, 0]);
  }
});

test.each(["socket", "request"] as const)(
  "an action that runs when the server is told to stop is answered: %s",
  async (how) => {
    await server().restart();
    const client = new ConvexClient(server().url, { logger: false });
    const source = `stopped, ${how}`;
    const args = { source, milliseconds: 700 };
    const action =
      how === "socket"
        ? client.action(api.durability.recordThenRest, args)
        : http().action(api.durability.recordThenRest, args);
    await until(
      () => http().query(api.scheduling.events, { source }),
      (events) => events.length === 1,
    );
    const stopped = server().stop();
    expect(await action).toBe("rested");
    expect(await stopped).toBe(0);
    await client.close();
    await server().restart();
  },
);
