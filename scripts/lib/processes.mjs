// The processes that a command starts: none of them outlives it.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "./folders.mjs";

const GUARD = join(dirname(fileURLToPath(import.meta.url)), "endWithParent.cjs");

/** How long a process may take to end after it was asked to. The server gives running actions five seconds. */
const PATIENCE_MS = 15_000;

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [input] for its standard input
 * @property {boolean} [shown] whether it writes to this terminal; otherwise what it says is returned
 */

/**
 * @typedef {object} Result
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} stderr
 */

/** Starts processes and ends them all. */
export class Processes {
  /** @type {Map<import("node:child_process").ChildProcess, Promise<number | null>>} */
  #running = new Map();
  #stopping = false;

  /** True from the first call of `stop`. */
  get stopping() {
    return this.#stopping;
  }

  /**
   * Starts a Node script that goes on until `stop`.
   * @param {string[]} command the script and its arguments
   * @param {{ env?: NodeJS.ProcessEnv, stdio?: "inherit" | "pipe" }} [options]
   */
  start(command, { env, stdio = "pipe" } = {}) {
    return this.#spawn(process.execPath, ["--require", GUARD, ...command], {
      env,
      stdio: ["ignore", stdio, stdio, "ipc"],
    });
  }

  /**
   * Runs a Node script to its end.
   * @param {string[]} command the script and its arguments
   * @param {RunOptions} [options]
   * @returns {Promise<Result>}
   */
  run(command, options = {}) {
    return this.#run(process.execPath, ["--require", GUARD, ...command], options, ["ipc"]);
  }

  /**
   * Runs a program from the PATH to its end.
   * @param {string} program
   * @param {string[]} args
   * @param {RunOptions} [options]
   * @returns {Promise<Result>} with code null when there is no such program
   */
  runProgram(program, args, options = {}) {
    return this.#run(program, args, options, []);
  }

  /** Asks every process to end and resolves when all have; those that do not listen are killed. */
  async stop() {
    this.#stopping = true;
    const killer = setTimeout(() => this.kill(), PATIENCE_MS);
    for (const child of this.#running.keys()) child.kill("SIGTERM");
    await Promise.all(this.#running.values());
    clearTimeout(killer);
  }

  /** Ends every process at once. */
  kill() {
    for (const child of this.#running.keys()) child.kill("SIGKILL");
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {RunOptions} options
   * @param {"ipc"[]} channel
   * @returns {Promise<Result>}
   */
  async #run(program, args, { env, input, shown = false }, channel) {
    const output = shown ? "inherit" : "pipe";
    const { child, ended } = this.#spawn(program, args, {
      env,
      stdio: [input === undefined ? "ignore" : "pipe", output, output, ...channel],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (stdout += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (stderr += chunk));
    // A process that ends without reading its input has said why in its own words.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
    const code = await ended;
    return { code, stdout, stderr };
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, stdio: import("node:child_process").StdioOptions }} options
   */
  #spawn(program, args, { env = process.env, stdio }) {
    if (this.#stopping) throw new Stopped();
    const child = spawn(program, args, { cwd: ROOT, env, stdio });
    /** @type {Promise<number | null>} */
    const ended = new Promise((resolve) => {
      child.once("close", resolve);
      child.once("error", () => resolve(null));
    });
    this.#running.set(child, ended);
    void ended.then(() => this.#running.delete(child));
    return { child, ended };
  }
}

/** Nothing is started any more, because everything is being stopped. */
export class Stopped extends Error {}
