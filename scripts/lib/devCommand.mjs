// `npm run dev`: Vite's development server instead of a build, and a push for every change below convex/. Not
// `convex dev`: that writes this deployment's address into .env.local, over a developer's own.
import { watch as watchFolder } from "node:fs/promises";
import { join } from "node:path";
import { accountsTable } from "./accounts.mjs";
import { runUntilStopped } from "./command.mjs";
import { CONVEX_CLI } from "./deployment.mjs";
import { installed, ROOT } from "./folders.mjs";
import { readOptions, USAGE } from "./options.mjs";
import { requirePackages } from "./packages.mjs";
import { requireFreePort } from "./ports.mjs";
import { Problem } from "./problem.mjs";
import { requireServerPorts, startDeployment } from "./system.mjs";

/** @param {string[]} args */
export async function main(args) {
  const options = readOptions(args);
  if (options === "help") return console.log(USAGE);
  const stopped = new AbortController();
  await runUntilStopped(
    async ({ processes, say, watch }) => {
      const port = await requireFreePort(options.port, "--port");
      await requireServerPorts(options);
      await requirePackages(processes, say);
      const webUrl = `http://localhost:${port}`;
      const started = await startDeployment(
        { processes, say, watch },
        options,
        webUrl,
        "development",
      );
      const { url, siteUrl, deployment, demo } = started;
      if (demo !== null) console.log(`\n${accountsTable(demo)}\n`);

      const logs = { env: deployment.env, stdio: /** @type {const} */ ("inherit") };
      watch('"convex logs"', processes.start([CONVEX_CLI, "logs"], logs).ended);
      const vite = [installed("vite", "bin", "vite.js"), "--port", String(port), "--strictPort"];
      const web = processes.start(vite, {
        env: { ...process.env, TRELLIS_CONVEX_URL: url, TRELLIS_SITE_URL: siteUrl },
        stdio: "inherit",
      });
      watch("Vite", web.ended);
      watch("The watching of convex/", pushChanges({ deployment, processes, say }, stopped.signal));
    },
    async () => stopped.abort(),
  );
}

/**
 * Pushes whenever something below convex/ changes. What cannot be pushed is said, and waits for the next change.
 * @param {{ deployment: import("./deployment.mjs").Deployment, processes: import("./processes.mjs").Processes,
 *   say: (sentence: string) => void }} system
 * @param {AbortSignal} signal
 */
async function pushChanges({ deployment, processes, say }, signal) {
  try {
    const changes = watchFolder(join(ROOT, "convex"), { recursive: true, signal });
    // Changes during a push are queued here, and cost a comparison each when nothing is left to do.
    for await (const _ of changes) {
      try {
        await deployment.push(say, { codegen: "enable" });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!processes.stopping) console.error(error.message);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
