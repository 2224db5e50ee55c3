/** `npm run dev`: what is changed is there without another start. */
import { appendFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, test } from "vitest";
import { until } from "../embedded/testing/waiting.ts";
import { listen } from "./lib/ports.mjs";
import { newProject } from "./testing/project.ts";
import { isRunning } from "./testing/startedSystem.ts";

const secondQuery = makeFunctionReference<"query", Record<string, never>, string>("notes:second");

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 0, "127.0.0.1");
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

test("changed functions are pushed, broken ones are said and wait for the next change", async () => {
  const project = await newProject();
  const port = await freePort();
  const system = await project.start(["--backend-port", String(port)], "dev");
  expect(await (await fetch(system.url)).text()).toContain("/@vite/client");

  const client = new ConvexHttpClient(`http://127.0.0.1:${port}`, { logger: false });
  const answer = () => client.query(secondQuery, {}).catch(() => null);
  const broken = join(project.root, "convex", "broken.ts");
  await writeFile(broken, "export const broken = ;\n");
  await until(
    () => system.output(),
    (said) => said.includes("the official tool says why above."),
  );
  await rm(broken);
  await appendFile(
    join(project.root, "convex", "notes.ts"),
    'export const second = queryGeneric({ args: {}, handler: () => "there" });\n',
  );
  await until(answer, (value) => value === "there", 30_000);

  // A developer's own deployment is named there.
  await expect(stat(join(project.root, ".env.local"))).rejects.toThrow("ENOENT");
  expect(await system.end("SIGINT")).toBe(0);
  await until(
    () => isRunning(system.pid),
    (running) => !running,
  );
});
