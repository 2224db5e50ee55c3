/** A checkout of its own for a test: these scripts, the embedded server and the smallest product. */
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "../../embedded/testing/waiting.ts";
import { ROOT } from "../lib/folders.mjs";
import { isRunning, launch, type StartOptions, startSystem } from "./startedSystem.ts";

export interface Project {
  root: string;
  data: string;
  /** Runs `npm start`, or the other command, until it is ready. */
  start(args?: string[], script?: StartOptions["script"]): ReturnType<typeof startSystem>;
  /** Runs `npm start` to its end, and waits until nothing that it started is left. */
  fail(
    options?: Pick<StartOptions, "args" | "env">,
  ): Promise<{ code: number | null; said: string }>;
}

/** Removed, and everything that runs in it ended, when the test is over. */
export async function newProject({ installed = true } = {}): Promise<Project> {
  const root = await mkdtemp(join(tmpdir(), "trellis-project-"));
  const data = join(root, "data");
  const pids: number[] = [];
  onTestFinished(async () => {
    for (const pid of pids.filter(isRunning)) process.kill(-pid, "SIGKILL");
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  });
  await cp(join(ROOT, "scripts"), join(root, "scripts"), { recursive: true });
  await cp(join(ROOT, "scripts", "testing", "fixture"), root, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    await cp(join(ROOT, name), join(root, name));
  await symlink(join(ROOT, "embedded"), join(root, "embedded"));
  if (installed) await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  return {
    root,
    data,
    start: async (args = [], script = "start") => {
      const system = await startSystem({ root, data, args, script });
      pids.push(system.pid);
      return system;
    },
    fail: async (options = {}) => {
      const { child, output, ended } = launch({ root, data, ...options });
      pids.push(child.pid ?? 0);
      const code = await ended;
      // Whatever the reason, nothing that it started may outlive it.
      await until(
        () => isRunning(child.pid ?? 0),
        (running) => !running,
      );
      return { code, said: output() };
    },
  };
}
