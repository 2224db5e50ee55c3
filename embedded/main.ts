/** The server, put together and started. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { isAdminKey } from "./auth/adminKey.ts";
import { TokenVerifier } from "./auth/verify.ts";
import { Pushes } from "./deploy/push.ts";
import { runEvaluator } from "./deploy/evaluatorThread.ts";
import { adminKeyOf, registerDeployRoutes } from "./deploy/routes.ts";
import { openTransfers } from "./deploy/snapshot/transfers.ts";
import { EmbeddedEngine } from "./engine/embeddedEngine.ts";
import { Activator, readManifest } from "./engine/activator.ts";
import { ReaderReplaced } from "./engine/readerLink.ts";
import { WorkerFactory } from "./engine/workers.ts";
import { registerApiRoutes } from "./http/api.ts";
import { allowOrigins } from "./http/cors.ts";
import { registerFileRoutes } from "./http/files.ts";
import { Router } from "./http/router.ts";
import { createSiteHandler } from "./http/site.ts";
import { INSTANCE_NAME, lockInstance, openInstance, type Instance } from "./instance.ts";
import { Publisher } from "./live/publisher.ts";
import { LogHub } from "./logs/logHub.ts";
import { readOptions, USAGE, UsageError, type Options } from "./options.ts";
import { Scheduler } from "./scheduler/scheduler.ts";
import { sweepFiles } from "./storage/sweep.ts";
import { Connection, UnusableData } from "./store/database.ts";
import { renderer } from "./sync/frames.ts";
import { attachSync } from "./sync/server.ts";

/** How long running actions may go on after the server was told to stop. */
const STOP_GRACE_MS = 5000;

export interface RunningServer {
  cloudUrl: string;
  siteUrl: string;
  adminKey: string;
  stop(): Promise<void>;
}

/** Runs the server from the command line until it is told to stop. */
export async function run(args: string[]): Promise<void> {
  // Functions see one time zone everywhere, as in Convex.
  process.env.TZ = "UTC";
  // Whatever the server writes is for its owner only.
  process.umask(0o077);
  try {
    const options = readOptions(args);
    if (options === "help") {
      console.log(USAGE);
      return;
    }
    if (options.printAdminKey) {
      console.log(openInstance(options.data).adminKey);
      return;
    }
    const server = await startServer(options);
    console.log(`Trellis embedded backend ready: ${server.cloudUrl} ${server.siteUrl}`);
    let stopping = false;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        void server.stop().then(
          () => process.exit(0),
          (error: unknown) => {
            console.error(error);
            process.exit(1);
          },
        );
      });
    }
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof UnusableData)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** @throws UsageError when the folder is taken or a port is busy, UnusableData when the data cannot be read */
export async function startServer(options: Options): Promise<RunningServer> {
  const instance = openInstance(options.data);
  const lock = lockInstance(options.data);
  const gate = new Gate();
  const cloud = createServer(gate.handler("cloud"));
  const site = createServer(gate.handler("site"));
  try {
    await listen(cloud, options.port, options.host, "--port");
    await listen(site, options.sitePort, options.host, "--site-port");
    const cloudUrl = options.cloudUrl ?? addressOf(cloud, options.host);
    const siteUrl = options.siteUrl ?? addressOf(site, options.host);
    const assembled = await assemble(options, instance, { cloud, site, gate, cloudUrl, siteUrl });
    const stop = async () => {
      await assembled.stop();
      await Promise.all([close(cloud), close(site)]);
      lock.release();
    };
    return { cloudUrl, siteUrl, adminKey: instance.adminKey, stop };
  } catch (error) {
    cloud.close();
    site.close();
    lock.release();
    throw error;
  }
}

interface Listeners {
  cloud: Server;
  site: Server;
  gate: Gate;
  cloudUrl: string;
  siteUrl: string;
}

async function assemble(
  options: Options,
  instance: Instance,
  listeners: Listeners,
): Promise<{ stop(): Promise<void> }> {
  const { cloudUrl, siteUrl } = listeners;
  const log = (line: string) => {
    console.error(line);
  };
  const evaluatorFile = besideMe("evaluator.mjs");
  const stored = readStored(instance);
  const builtIn = { CONVEX_CLOUD_URL: cloudUrl, CONVEX_SITE_URL: siteUrl };
  const factory = new WorkerFactory(besideMe("worker.mjs"), {
    database: instance.database,
    cloudUrl,
    siteUrl,
    filesFolder: instance.files,
    cursorKey: instance.derivedKey("pagination cursors"),
    functionTimeoutMs: options.functionTimeoutMs,
  });
  const manifest =
    stored.activePush === null ? null : readManifest(instance.pushes, stored.activePush);
  const pushFolder = manifest === null ? null : `${instance.pushes}/${manifest.id}`;
  const env = { ...builtIn, ...Object.fromEntries(stored.environment) };
  const engine = new EmbeddedEngine(factory, { pushFolder, env }, manifest, { ...options, log });
  await engine.start();
  const activator = new Activator(
    {
      engine,
      pushesFolder: instance.pushes,
      builtInEnvironment: builtIn,
      evaluateAuth: async (folder, environment) => {
        const answer = await runEvaluator(evaluatorFile, { kind: "auth", folder }, environment);
        return answer.kind === "auth" ? answer.auth : [];
      },
      log,
    },
    { active: manifest, environment: stored.environment },
  );

  // Pushed at other addresses: what auth.config.ts made of them names issuers that are no more.
  const { addresses } = manifest ?? {};
  if (addresses !== undefined && (addresses.cloud !== cloudUrl || addresses.site !== siteUrl))
    await activator.refreshAuth();

  const isAdmin = (key: string) => isAdminKey(key, INSTANCE_NAME, instance.adminSecret);
  const verifier = new TokenVerifier(() => activator.active()?.auth ?? []);
  const publisher = new Publisher(engine.live, renderer(options.mode), (error) => {
    // Part of the normal course: the publisher tries again.
    if (!(error instanceof ReaderReplaced)) log(String(error));
  });
  const scheduler = new Scheduler({
    operate: engine.operate.bind(engine),
    runJob: engine.runJob.bind(engine),
    act: engine.act.bind(engine),
    now: Date.now,
  });
  engine.onDue((due) => {
    scheduler.wake(due);
  });
  const logs = new LogHub();
  engine.onExecution((execution) => {
    logs.add(execution);
  });

  const router = new Router(allowOrigins);
  const pushes = new Pushes({
    activator,
    pushesFolder: instance.pushes,
    evaluatorFile,
  });
  registerDeployRoutes(router, { isAdmin, activator, pushes, logs, cloudUrl, siteUrl });
  registerApiRoutes(router, {
    engine,
    verifier,
    isAdmin,
    mode: options.mode,
    instanceName: INSTANCE_NAME,
  });
  const transfers = await openTransfers(router, {
    engine,
    activator,
    instance,
    workerFile: besideMe("snapshots.mjs"),
    isAdmin: (request) => isAdmin(adminKeyOf(request) ?? ""),
    log,
  });
  const fileRoutes = registerFileRoutes(router, {
    engine,
    filesFolder: instance.files,
    database: instance.database,
  });
  listeners.gate.open({
    cloud: (request, response) => void router.handle(request, response),
    site: createSiteHandler({ engine, verifier, siteUrl, mode: options.mode }),
  });
  const sync = attachSync(listeners.cloud, {
    engine,
    publisher,
    authenticate: { verify: (token) => verifier.verify(token), isAdminKey: isAdmin },
    mode: options.mode,
    now: Date.now,
  });
  await sweepFiles(instance);
  void activator.sweep();
  await scheduler.start();

  return {
    stop: async () => {
      await scheduler.stop();
      await transfers.stop();
      logs.close();
      const end = performance.now() + STOP_GRACE_MS;
      // Whoever waits for an answer on a web socket gets it, if it comes in time.
      await sync.drained(STOP_GRACE_MS);
      await sync.close();
      publisher.stop();
      await engine.stop(Math.max(0, end - performance.now()));
      fileRoutes.close();
    },
  };
}

/** A file of the bundle that this module is in. */
function besideMe(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}

/** What the main thread must know before the first worker runs. */
function readStored(instance: Instance): {
  activePush: string | null;
  environment: Map<string, string>;
} {
  // Makes the file at the first start; the writer opens it again for itself.
  const connection = Connection.openWriter(instance.database);
  const push = connection.sql("SELECT value FROM meta WHERE key = 'active_push'")[0]?.value;
  const rows = connection.sql("SELECT name, value FROM env");
  connection.close();
  return {
    activePush: typeof push === "string" ? push : null,
    environment: new Map(rows.map((row) => [String(row.name), String(row.value)])),
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Holds requests that come while the app is still being loaded. */
class Gate {
  #handlers: { cloud: Handler; site: Handler } | null = null;
  #waiting: (() => void)[] = [];

  handler(which: "cloud" | "site"): Handler {
    return (request, response) => {
      if (this.#handlers === null)
        this.#waiting.push(() => this.#handlers?.[which](request, response));
      else this.#handlers[which](request, response);
    };
  }

  open(handlers: { cloud: Handler; site: Handler }): void {
    this.#handlers = handlers;
    for (const release of this.#waiting) release();
    this.#waiting = [];
  }
}

function listen(server: Server, port: number, host: string, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(new UsageError(`Port ${port} is already in use. Choose another with ${option}.`));
      else if (error.code === "EACCES")
        reject(
          new UsageError(
            `Port ${port} may not be opened by this user. Choose another with ${option}.`,
          ),
        );
      else if (error.code === "EADDRNOTAVAIL")
        reject(new UsageError(`This machine has no address ${host}. Choose another with --host.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name =
    host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
    setTimeout(() => {
      server.closeAllConnections();
    }, 1000).unref();
  });
}
