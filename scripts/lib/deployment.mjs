// A Convex deployment, spoken to with the official command line tool only: the same commands work against any other.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installed } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { contentHash } from "./sources.mjs";

export const CONVEX_CLI = installed("convex", "bin", "main.js");

/** Everything that pushed functions are made of. */
const SOURCES = ["convex", "convex.json", "package.json", "package-lock.json"];

export class Deployment {
  #processes;
  #data;
  #env;

  /**
   * @param {import("./processes.mjs").Processes} processes
   * @param {{ url: string, adminKey: string }} address
   * @param {string} data the server's data folder
   */
  constructor(processes, { url, adminKey }, data) {
    this.#processes = processes;
    this.#data = data;
    this.#env = cliEnvironment(url, adminKey);
  }

  /** The environment in which the official tool speaks to this deployment. */
  get env() {
    return this.#env;
  }

  /**
   * Sets the deployment's environment variables (a value) and removes others (null).
   * @param {Record<string, string | null>} variables
   */
  async setVariables(variables) {
    const wanted = Object.entries(variables);
    const lines = wanted
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name}=${value}`);
    // By standard input: arguments could be read by other users of the machine.
    await this.#convex(["env", "set", "--force"], `${lines.join("\n")}\n`);
    const unwanted = wanted.filter(([, value]) => value === null).map(([name]) => name);
    if (unwanted.length === 0) return;
    const present = (await this.#convex(["env", "list", "--names-only"])).split(/\s+/);
    for (const name of unwanted.filter((name) => present.includes(name)))
      await this.#convex(["env", "remove", name]);
  }

  /**
   * Pushes the functions unless what the deployment runs was pushed from the very same sources.
   * @param {(sentence: string) => void} say
   * @param {{ codegen?: "enable" | "disable" }} [options] whether `convex/_generated` is written as well
   */
  async push(say, { codegen = "disable" } = {}) {
    const sources = await contentHash(SOURCES);
    const stamp = join(this.#data, "pushed.json");
    const [before, active] = await Promise.all([readJson(stamp), this.#pushes()]);
    if (before?.sources === sources && before.pushes.join() === active.join()) return;
    say("Pushing the functions …");
    await rm(stamp, { force: true });
    await this.#convex(["deploy", "-y", "--typecheck", "disable", "--codegen", codegen]);
    // Sources that were changed while the tool read them are pushed again at the next start.
    if ((await contentHash(SOURCES)) !== sources) return;
    await writeFile(stamp, JSON.stringify({ sources, pushes: await this.#pushes() }));
  }

  /**
   * Runs a function, internal ones as well.
   * @param {string} name
   * @returns {Promise<unknown>} what it returned
   */
  async run(name) {
    const printed = await this.#convex(["run", name]);
    // The tool prints nothing for null.
    return printed.trim() === "" ? null : JSON.parse(printed);
  }

  /** The pushes that the server keeps: another push by anybody else changes the list. */
  async #pushes() {
    return (await readdir(join(this.#data, "pushes"))).sort();
  }

  /**
   * @param {string[]} args
   * @param {string} [input]
   * @returns {Promise<string>} what it printed to its standard output
   */
  async #convex(args, input) {
    const { code, stdout, stderr } = await this.#processes.run([CONVEX_CLI, ...args], {
      env: this.#env,
      ...(input === undefined ? {} : { input }),
    });
    if (code === 0) return stdout;
    throw new Problem(
      `${`${stdout}\n${stderr}`.trim()}\n\n"convex ${args.join(" ")}" failed: the official tool says why above.`,
    );
  }
}

/**
 * @param {string} url
 * @param {string} adminKey
 * @returns {NodeJS.ProcessEnv}
 */
function cliEnvironment(url, adminKey) {
  return {
    ...process.env,
    CI: "1",
    CONVEX_SELF_HOSTED_URL: url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
    // Empty rather than absent: the tool would take them from an .env.local, and push there.
    CONVEX_DEPLOYMENT: "",
    CONVEX_DEPLOY_KEY: "",
    CONVEX_DEPLOYMENT_TOKEN: "",
  };
}

/**
 * The secret that signs sessions, made at the first start and kept in the data folder for its owner only.
 * @param {string} data
 */
export const authSecret = (data) =>
  secretFile(
    join(data, "auth_secret"),
    { encoding: "hex", pattern: /^[0-9a-f]{64}$/ },
    "restore it from a backup, or remove it, which signs everybody out.",
  );

/**
 * The key that wraps the keys of confidential fields: from the environment, else made at the first start and kept in the
 * data folder for its owner only.
 * @param {string} data
 */
export async function masterKey(data) {
  return (
    process.env["TRELLIS_MASTER_KEY"] ??
    (await secretFile(
      join(data, "master_key"),
      { encoding: "base64", pattern: /^[A-Za-z0-9+/]{43}=$/ },
      "restore it from a backup; without it confidential fields cannot be read.",
    ))
  );
}

/**
 * @param {string} file
 * @param {{ encoding: "hex" | "base64", pattern: RegExp }} form
 * @param {string} remedy if it is damaged
 * @returns {Promise<string>}
 */
async function secretFile(file, { encoding, pattern }, remedy) {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, randomBytes(32).toString(encoding), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const secret = await readFile(file, "utf8");
  if (!pattern.test(secret)) throw new Problem(`${file} is damaged: ${remedy}`);
  return secret;
}

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Not there, or half written by a process that was killed: as if nothing was pushed.
    return null;
  }
}
