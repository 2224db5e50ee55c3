/** `npm start`, as the person at the terminal and the browser see it. */
import { appendFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, test } from "vitest";
import { until } from "../embedded/testing/waiting.ts";
import { newProject } from "./testing/project.ts";
import { isRunning } from "./testing/startedSystem.ts";

const addNote = makeFunctionReference<"mutation", { text: string }>("notes:add");
const listNotes = makeFunctionReference<"query", Record<string, never>, string[]>("notes:list");
const secondQuery = makeFunctionReference<"query", Record<string, never>, string>("notes:second");

/** What the deployment of a started system says by way of the web app's address. */
async function echo(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/api/auth/session`, { headers: { cookie: "session=1" } });
  return (await response.json()) as Record<string, unknown>;
}

async function clientOf(url: string): Promise<ConvexHttpClient> {
  const { convexUrl } = (await (await fetch(`${url}/config.json`)).json()) as { convexUrl: string };
  return new ConvexHttpClient(convexUrl, { logger: false });
}

/** The process and all that it started; what was orphaned takes a moment to end. */
async function expectGone(pid: number): Promise<void> {
  await until(
    () => isRunning(pid),
    (running) => !running,
  );
}

async function takenPort(): Promise<{ port: number; release: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, release: () => server.close() };
}

test("it starts, serves, stops with everything it started, and starts again with the same data", async () => {
  const project = await newProject();
  const first = await project.start();
  expect(first.output()).toContain("Demo accounts, all with the password a fixture's password");
  expect(first.output()).toContain("Ada Fixture  ada@example.org  teacher  Fixture District");
  const client = await clientOf(first.url);
  await client.mutation(addNote, { text: "kept" });
  const before = await echo(first.url);
  expect(before).toMatchObject({ siteUrl: first.url, demo: "1", secretLength: 64 });
  const secret = join(project.data, "auth_secret");
  expect((await stat(secret)).mode & 0o777).toBe(0o600);
  const text = await readFile(secret, "utf8");

  expect(await first.end("SIGINT")).toBe(0);
  await expectGone(first.pid);
  await expect(fetch(first.url)).rejects.toThrow();
  await expect(client.query(listNotes, {})).rejects.toThrow();

  const second = await project.start();
  expect(second.output()).not.toContain("Pushing");
  expect(second.output()).not.toContain("Building");
  const again = await clientOf(second.url);
  expect(await again.query(listNotes, {})).toEqual(["kept"]);
  expect(await echo(second.url)).toMatchObject({ siteUrl: second.url });
  expect(await readFile(secret, "utf8")).toBe(text);
  expect(await second.end("SIGTERM")).toBe(0);
  await expectGone(second.pid);
});

test("what is changed is pushed and built again, at the next start", async () => {
  const project = await newProject();
  await (await project.start()).end("SIGTERM");
  const notes = join(project.root, "convex", "notes.ts");
  const original = await readFile(notes, "utf8");
  await appendFile(
    notes,
    'export const second = queryGeneric({ args: {}, handler: () => "changed" });\n',
  );
  await writeFile(join(project.root, "src", "main.ts"), 'document.title = "changed";\n');
  const changed = await project.start();
  expect(await (await clientOf(changed.url)).query(secondQuery, {})).toBe("changed");
  const page = await (await fetch(changed.url)).text();
  const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? "";
  expect(await (await fetch(`${changed.url}${script}`)).text()).toContain("changed");
  await changed.end("SIGTERM");

  await writeFile(notes, original);
  const back = await project.start();
  const client = await clientOf(back.url);
  await expect(client.query(secondQuery, {})).rejects.toThrow();
});

test("without the demonstration nothing of it is left on", async () => {
  const project = await newProject();
  await (await project.start()).end("SIGTERM");
  const system = await project.start(["--no-demo"]);
  expect(system.output()).not.toContain("Demo accounts");
  expect(await echo(system.url)).toMatchObject({ demo: null });
});

test.each(["--port", "--backend-port", "--site-port"])(
  "a busy %s: one sentence, and nothing is left running",
  async (option) => {
    const project = await newProject();
    const { port, release } = await takenPort();
    const { code, said } = await project.fail({ args: [option, String(port)] });
    release();
    expect(code).toBe(1);
    const sentence = `Port ${port} is already in use: stop the program that has it, or choose another with ${option} (for example: npm start -- ${option} ${port + 100}).`;
    expect(said.trim().split("\n").at(-1)).toBe(sentence);
  },
);

test("a data folder that another start has: one sentence", async () => {
  const project = await newProject();
  const system = await project.start();
  const { code, said } = await project.fail();
  expect(code).toBe(1);
  expect(said).toContain("Another server is already running on");
  expect((await fetch(system.url)).status).toBe(200);
});

test("functions that cannot be pushed: the tool's words, code 1, and nothing is left running", async () => {
  const project = await newProject();
  await writeFile(join(project.root, "convex", "broken.ts"), "export const broken = ;\n");
  const { code, said } = await project.fail();
  expect(code).toBe(1);
  expect(said).toContain("broken.ts");
  expect(said.trim().split("\n").at(-1)).toMatch(/^"convex deploy .*" failed: .* above\.$/);
});

test("a web app that cannot be built: Vite's words, code 1, and nothing is left running", async () => {
  const project = await newProject();
  await writeFile(join(project.root, "src", "main.ts"), "export const broken = ;\n");
  const { code, said } = await project.fail();
  expect(code).toBe(1);
  expect(said.trim().split("\n").at(-1)).toBe(
    "The web app could not be built: Vite says why above.",
  );
});

test.each(["missing", "of another lock file"])(
  "packages that are %s, without a network: one sentence",
  async (what) => {
    const project = await newProject({ installed: false });
    if (what !== "missing") {
      const lock = await readFile(join(project.root, "package-lock.json"), "utf8");
      await mkdir(join(project.root, "node_modules"));
      await writeFile(
        join(project.root, "node_modules", ".package-lock.json"),
        lock.replaceAll(/"version": "\d+/g, '"version": "999'),
      );
    }
    const { port, release } = await takenPort();
    release();
    const { code, said } = await project.fail({
      env: {
        ...process.env,
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_cache: join(project.root, "empty-cache"),
      },
    });
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toEqual([
      "Installing the packages that package-lock.json names …",
      "The package registry cannot be reached: connect to a network (or set npm's proxy or registry) and try again.",
    ]);
  },
);

test("when the server dies, everything stops with a sentence", async () => {
  const project = await newProject();
  const system = await project.start();
  const children = await readFile(`/proc/${system.pid}/task/${system.pid}/children`, "utf8");
  process.kill(Number(children.trim()), "SIGKILL");
  expect(await system.ended).toBe(1);
  expect(system.output()).toContain(
    "The server has ended unexpectedly, so everything was stopped.",
  );
  await expectGone(system.pid);
});

test("killed without warning, it takes the server with it", async () => {
  const project = await newProject();
  const system = await project.start();
  process.kill(system.pid, "SIGKILL");
  await expectGone(system.pid);
});

test("without the key that confidential fields were sealed under it stops with a sentence, and goes on with it", async () => {
  const project = await newProject();
  await (await project.start()).end("SIGTERM");
  const file = join(project.data, "master_key");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const key = await readFile(file, "utf8");

  await writeFile(file, `wrong${key.slice(5)}`);
  const other = await project.fail();
  expect(other.code).toBe(1);
  expect(other.said.trim().split("\n").at(-1)).toBe("TRELLIS_MASTER_KEY is another key.");
  expect(other.said).not.toContain("Trellis is ready");

  await writeFile(file, "half");
  const damaged = await project.fail();
  expect(damaged.code).toBe(1);
  expect(damaged.said).toContain(`${file} is damaged`);

  // Whoever keeps the key elsewhere gives it by the environment.
  const given = await project.fail({ env: { TRELLIS_MASTER_KEY: `wrong${key.slice(5)}` } });
  expect(given.said).toContain("TRELLIS_MASTER_KEY is another key.");

  await writeFile(file, key);
  expect((await project.start()).output()).toContain("Trellis is ready");
});
