/** The official command line tool, aimed at a test server. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestServer } from "./server.ts";

// No `new URL`: in a DOM environment it is another class than the one that Node takes.
const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, "..", "..", "node_modules", "convex", "bin", "main.js");

/** Far more than any command takes, so that one that hangs is named with what it had said. */
const PATIENCE_MS = 180_000;

/** The folder of the app that the tests push. */
export const fixtureFolder = join(here, "fixture");

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Arguments for Node and the environment with which `convex <args>` talks to the server. */
export function cliCommand(
  server: Pick<TestServer, "url" | "adminKey">,
  args: string[],
): { command: string[]; env: NodeJS.ProcessEnv } {
  const env = {
    ...process.env,
    CI: "1",
    CONVEX_SELF_HOSTED_URL: server.url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: server.adminKey,
  };
  return { command: [cli, ...args], env };
}

/** Runs `convex <args>` and tells how it ended, whatever that is. */
export async function runConvexCli(
  server: Pick<TestServer, "url" | "adminKey">,
  args: string[],
  cwd: string = fixtureFolder,
): Promise<CliResult> {
  const { command, env } = cliCommand(server, args);
  const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "pipe"], env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const impatience = setTimeout(() => {
    stderr += `\nIt had not ended after ${PATIENCE_MS / 1000} s, and was killed.`;
    child.kill("SIGKILL");
  }, PATIENCE_MS);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(impatience);
  if (child.killed) throw new Error(`convex ${args.join(" ")}:\n${stdout}\n${stderr}`);
  return { code, stdout, stderr };
}

/**
 * Runs `convex <args>`.
 * @returns what it printed to its standard output
 * @throws when it fails, with all that it printed
 */
export async function requireConvexCli(
  server: Pick<TestServer, "url" | "adminKey">,
  args: string[],
  cwd?: string,
): Promise<string> {
  const { code, stdout, stderr } = await runConvexCli(server, args, cwd);
  if (code !== 0) {
    throw new Error(`convex ${args.join(" ")} ended with code ${code}:\n${stdout}\n${stderr}`);
  }
  return stdout;
}

/** The fixture app's environment variables. */
export const fixtureVariables = {
  SITE_URL: "http://localhost:5173",
  BETTER_AUTH_SECRET: "q0Hn3vTz8LrXw2YbKd5mEcJ7sPfUa1Gi",
  FIXTURE_LABEL: "the fixture",
  FIXTURE_VARIABLE: "from the environment",
};

/** Sets the fixture's variables and pushes its code, both with the official tool. */
export async function pushFixture(server: TestServer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trellis-env-"));
  try {
    const file = join(folder, "variables.env");
    const lines = Object.entries(fixtureVariables).map(([name, value]) => `${name}="${value}"`);
    await writeFile(file, `${lines.join("\n")}\n`);
    await requireConvexCli(server, ["env", "set", "--force", "--from-file", file]);
  } finally {
    await rm(folder, { recursive: true });
  }
  await pushFixtureCode(server);
}

/** Pushes the fixture's code with `convex deploy`. */
export async function pushFixtureCode(server: TestServer): Promise<void> {
  await requireConvexCli(server, [
    ...["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"],
  ]);
}
