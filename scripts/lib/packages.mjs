// The installed packages: exactly those of package-lock.json.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { installed, ROOT } from "./folders.mjs";
import { runNpm } from "./npm.mjs";
import { Problem } from "./problem.mjs";

/** What npm and Node say when nobody answers at the registry's address. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/**
 * Runs `npm ci` unless every package is there in the version that the lock file names.
 * @param {import("./processes.mjs").Processes} processes
 * @param {(sentence: string) => void} say
 * @throws {Problem}
 */
export async function requirePackages(processes, say) {
  if (await areInstalled()) return;
  say("Installing the packages that package-lock.json names …");
  const isReachable = await canReachRegistry(processes);
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  // Without a network npm's cache may have them all; if not, that is known at once.
  args.push(isReachable ? "--prefer-offline" : "--offline");
  // A silent npm around this one would make it silent, too, and then nobody knows why it failed.
  args.push("--loglevel=error");
  args.push("--fetch-retry-mintimeout=500", "--fetch-retry-maxtimeout=2000");
  const { code, stdout, stderr } = await runNpm(processes, args);
  if (code === 0 || processes.stopping) return;
  const said = `${stdout}\n${stderr}`;
  if (!isReachable || UNREACHABLE.test(said))
    throw new Problem(
      "The package registry cannot be reached: connect to a network (or set npm's proxy or registry) and try again.",
    );
  throw new Problem(`${said.trim()}\n\nThe packages could not be installed: npm says why above.`);
}

/**
 * Asks with npm, which knows the registry and the proxy: `npm ci` would ask for hundreds of packages, each several times,
 * before it gave up. Whatever else a registry answers, it is there.
 * @param {import("./processes.mjs").Processes} processes
 */
async function canReachRegistry(processes) {
  const args = ["ping", "--loglevel=error", "--fetch-retries=1"];
  args.push("--fetch-retry-mintimeout=500", "--fetch-timeout=10000");
  const { stdout, stderr } = await runNpm(processes, args);
  return !UNREACHABLE.test(`${stdout}\n${stderr}`);
}

/** Compares the lock file with the one that npm leaves in node_modules when it is done. */
async function areInstalled() {
  const wanted = await lockedPackages(join(ROOT, "package-lock.json"));
  const present = await lockedPackages(installed(".package-lock.json"));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (path === "" || link) return true;
    const found = present[path];
    // Optional packages of other systems are left out by npm.
    if (found === undefined) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, {version?: string, integrity?: string, optional?: boolean, link?: boolean}> | null>}
 */
async function lockedPackages(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    // Not there, or not whole: npm makes it anew.
    return null;
  }
}
