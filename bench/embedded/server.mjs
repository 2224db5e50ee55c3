// Starts the real server on a fresh folder and pushes the benchmark's app with the official CLI.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), "bench-embedded-"));
  const start = join(root, "embedded", "start.mjs");
  const child = spawn(
    process.execPath,
    [start, "--data", data, "--port", "0", "--site-port", "0"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [url] = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /ready: (\S+) (\S+)/.exec(text);
      if (found) resolve([found[1], found[2]]);
    });
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const adminKey = spawnSync(process.execPath, [start, "--data", data, "--print-admin-key"])
    .stdout.toString()
    .trim();
  return {
    url,
    data,
    /** Resident memory in MiB. */
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024,
    push() {
      const cli = join(root, "node_modules", "convex", "bin", "main.js");
      const result = spawnSync(
        process.execPath,
        [cli, "deploy", "-y", "--typecheck", "disable", "--codegen", "disable"],
        {
          cwd: join(here, "app"),
          env: {
            PATH: process.env.PATH,
            HOME: process.env.HOME,
            CI: "1",
            CONVEX_SELF_HOSTED_URL: url,
            CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
          },
        },
      );
      if (result.status !== 0)
        throw new Error(`The push failed:\n${result.stdout}${result.stderr}`);
    },
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.removeAllListeners("exit");
      child.once("exit", () => undefined);
      child.kill("SIGTERM");
      await Promise.race([gone, new Promise((resolve) => child.once("exit", resolve))]);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
