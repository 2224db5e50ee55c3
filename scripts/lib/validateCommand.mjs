// `npm run validate`: every check there is, in order, the quick ones first.
import { requireChromium } from "./chromium.mjs";
import { runNpm } from "./npm.mjs";
import { requirePackages } from "./packages.mjs";
import { Problem } from "./problem.mjs";
import { Processes } from "./processes.mjs";

/** Each is also a command of its own: `npm run <name>`. */
const CHECKS = ["format", "lint", "typecheck", "knip", "test", "build", "size", "e2e"];

/** Whose figures are worth reading even when all is well. */
const SHOWN = new Set(["size"]);

/** @throws {Problem} at the first check that fails, after printing what it said */
export async function main() {
  const processes = new Processes();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.once(signal, () => void processes.stop());
  const say = (/** @type {string} */ sentence) => console.log(sentence);
  await requirePackages(processes, say);
  await requireChromium(processes, say);
  for (const name of CHECKS) await check(processes, name);
  console.log("Everything is as it should be.");
}

/**
 * @param {Processes} processes
 * @param {string} name
 */
async function check(processes, name) {
  const begun = performance.now();
  const { code, stdout, stderr } = await runNpm(processes, ["run", "--silent", name]);
  if (processes.stopping) throw new Problem("Stopped.");
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (code !== 0)
    throw new Problem(`${stdout}${stderr}\n${name} failed after ${seconds} s: it says why above.`);
  console.log(`${name.padEnd(10)} ${seconds.padStart(6)} s`);
  if (SHOWN.has(name)) console.log(stdout.trimEnd());
}
