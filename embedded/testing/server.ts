/**
 * The real server as a child process: started as a user starts it, stopped, killed and restarted by
 * tests. Whatever it prints is kept, to be shown when a test fails.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// No `new URL`: in a DOM environment it is another class than the one that Node takes.
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const startScript = join(root, "embedded", "start.mjs");

export interface ServerOptions {
  /** Data folder to use; a fresh temporary one (removed by `dispose`) when absent. */
  dataDir?: string;
  /** Data folder to start from a copy of. */
  template?: string;
  mode?: "development" | "production";
  /** Milliseconds that a query or mutation may run. */
  functionTimeoutMs?: number;
  /** Milliseconds that an action may run. */
  actionTimeoutMs?: number;
  host?: string;
}

export interface TestServer {
  /** Address of the API: where clients and the CLI connect. */
  readonly url: string;
  /** Address of the HTTP actions. */
  readonly siteUrl: string;
  readonly adminKey: string;
  readonly dataDir: string;
  /** Everything that the server has printed so far, over restarts. */
  logs(): string;
  /** Asks the server to end (SIGTERM) and resolves with its exit code once it has. */
  stop(): Promise<number | null>;
  /** Ends it without any chance to tidy up (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same ports, after `stop` or `kill`, or stops it first. */
  restart(): Promise<void>;
  /** Stops the server and removes its temporary data. */
  dispose(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  exited: Promise<number | null>;
  url: string;
  siteUrl: string;
}

const readyLine = /Trellis embedded backend ready: (\S+) (\S+)/;
const patience = 30_000;

/**
 * Starts a server on free ports and waits until it serves.
 * @throws when it ends before, or is not ready after half a minute; the message holds its output
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "trellis-")));
  if (options.template !== undefined) await cp(options.template, dataDir, { recursive: true });
  const output: string[] = [];
  const adminKey = await readAdminKey(dataDir);
  let running: Running | null = await launch(flags(options, dataDir, "0", "0"), output);
  const { url, siteUrl } = running;

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (running === null) return null;
    const { child, exited } = running;
    running = null;
    child.kill(signal);
    return await exited;
  }
  const server: TestServer = {
    url,
    siteUrl,
    adminKey,
    dataDir,
    logs: () => output.join(""),
    stop: () => end("SIGTERM"),
    async kill() {
      await end("SIGKILL");
    },
    async restart() {
      await end("SIGTERM");
      const ports = [new URL(url).port, new URL(siteUrl).port] as const;
      running = await launch(flags(options, dataDir, ...ports), output);
    },
    async dispose() {
      await end("SIGTERM");
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
  return server;
}

function flags(options: ServerOptions, dataDir: string, port: string, sitePort: string): string[] {
  return [
    ...["--data", dataDir, "--port", port, "--site-port", sitePort],
    ...(options.mode === undefined ? [] : ["--mode", options.mode]),
    ...(options.host === undefined ? [] : ["--host", options.host]),
    ...(options.functionTimeoutMs === undefined
      ? []
      : ["--function-timeout-ms", String(options.functionTimeoutMs)]),
    ...(options.actionTimeoutMs === undefined
      ? []
      : ["--action-timeout-ms", String(options.actionTimeoutMs)]),
  ];
}

function launch(args: string[], output: string[]): Promise<Running> {
  const child = spawn(process.execPath, [startScript, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const before = output.length;
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return new Promise((resolve, reject) => {
    const said = () => output.slice(before).join("");
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`The server was not ready in time. It said:\n${said()}`));
    }, patience);
    const listen = (chunk: Buffer) => {
      output.push(chunk.toString());
      const ready = readyLine.exec(said());
      if (ready?.[1] === undefined || ready[2] === undefined) return;
      clearTimeout(timer);
      resolve({ child, exited, url: ready[1], siteUrl: ready[2] });
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with code ${code}. It said:\n${said()}`));
    });
  });
}

/** The admin key of a data folder, as the server's own command prints it. */
async function readAdminKey(dataDir: string): Promise<string> {
  const child = spawn(process.execPath, [startScript, "--data", dataDir, "--print-admin-key"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let complaints = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const key = printed.trim().split("\n").at(-1)?.trim();
  if (code !== 0 || key === undefined || key === "") {
    throw new Error(`The server printed no admin key (code ${code}).\n${printed}${complaints}`);
  }
  return key;
}
