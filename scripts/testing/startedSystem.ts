/** `npm start` as a child process, for tests: on free ports, until it says that it is ready. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "../lib/folders.mjs";

export interface StartedSystem {
  /** Address of the web app. */
  readonly url: string;
  readonly pid: number;
  /** Everything that was printed so far. */
  output(): string;
  /** Sends the signal to it and everything it started, as a terminal does, and resolves with its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code when it ends by itself. */
  readonly ended: Promise<number | null>;
}

export interface StartOptions {
  /** Checkout to start; this one when absent. */
  root?: string;
  /** Folder of everything that is kept. */
  data: string;
  /** The command: `npm start` when absent. */
  script?: "start" | "dev";
  /** Further arguments; the last of two equal options counts. */
  args?: string[];
  env?: NodeJS.ProcessEnv;
}

/** Far more than either takes, so that what hangs is named instead of a test that ran out of time. */
const START_MS = 240_000;
const END_MS = 30_000;

const FREE_PORTS = ["--port", "0", "--backend-port", "0", "--site-port", "0"];
const READY = { start: /^Trellis is ready: (\S+)$/m, dev: /Local: +(\S+)\/$/m };

/** Starts the process; `output` collects what it prints. */
export function launch({
  root = ROOT,
  data,
  script = "start",
  args = [],
  env = process.env,
}: StartOptions): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  const file = join(root, "scripts", `${script}.mjs`);
  const child = spawn(process.execPath, [file, ...FREE_PORTS, "--data", data, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, by which everything that it starts can be found.
    detached: true,
  });
  let printed = "";
  const collect = (chunk: Buffer) => (printed += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  // Some tools colour what they print wherever CI is set, terminal or not; an escape may arrive in two chunks.
  return { child, output: () => stripVTControlCharacters(printed), ended };
}

/** @throws when it ends before it is ready; the message holds what it printed */
export async function startSystem(options: StartOptions): Promise<StartedSystem> {
  const { child, output, ended } = launch(options);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const address = READY[options.script ?? "start"].exec(output())?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then((code) => {
      reject(new Error(`npm start ended with code ${String(code)}:\n${output()}`));
    });
  });
  const url = await within(ready, START_MS, () => `npm start was not ready:\n${output()}`);
  return {
    url,
    pid: child.pid ?? 0,
    output,
    ended,
    end: (signal) => {
      if (isRunning(child.pid ?? 0)) process.kill(-(child.pid ?? 0), signal);
      return within(ended, END_MS, () => `npm start was not ended by ${signal}:\n${output()}`);
    },
  };
}

function within<T>(promise: Promise<T>, milliseconds: number, problem: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => {
      reject(new Error(problem()));
    }, milliseconds);
    void promise.then(resolve, reject).finally(() => {
      clearTimeout(impatience);
    });
  });
}

/** Whether the started process, or anything that it started, is still there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
