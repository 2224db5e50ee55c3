/**
 * An engine for tests of the rooms around it: real workers, a real database, and an app whose modules
 * the test writes down itself, so that no push and no server is needed.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import type { FunctionEntry, PushManifest, UdfType } from "../deploy/manifest.ts";
import { build } from "../build.mjs";
import { EmbeddedEngine } from "./embeddedEngine.ts";
import type { FunctionCall } from "./types.ts";
import { WorkerFactory, type Activation } from "./workers.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

export interface HandMadeApp {
  engine: EmbeddedEngine;
  factory: WorkerFactory;
  activation: Activation;
  database: string;
  filesFolder: string;
  cloudUrl: string;
  dispose(): Promise<void>;
}

/** Kinds of a module's exports; those that are not named are no functions. */
type Kinds = Record<string, UdfType>;

/**
 * Starts an engine on a fresh data folder.
 * @param modules by path without ".js"; a module "http" serves HTTP actions
 */
export async function startHandMadeApp(
  modules: Record<string, { source: string; functions?: Kinds }>,
  limits: { functionTimeoutMs?: number; actionTimeoutMs?: number } = {},
): Promise<HandMadeApp> {
  const folder = await mkdtemp(join(tmpdir(), "trellis-app-"));
  const pushFolder = join(folder, "push");
  await writePush(pushFolder, modules);
  const filesFolder = join(folder, "files");
  mkdirSync(filesFolder);
  const database = join(folder, "data.sqlite");
  const { worker } = await build();
  const cloudUrl = "http://cloud.test";
  const factory = new WorkerFactory(worker, {
    ...{ database, cloudUrl, siteUrl: "http://site.test", filesFolder },
    cursorKey: randomBytes(32).toString("hex"),
    functionTimeoutMs: limits.functionTimeoutMs ?? 4000,
  });
  const activation = { pushFolder, env: {} };
  const engine = new EmbeddedEngine(factory, activation, manifestOf(modules), {
    functionTimeoutMs: limits.functionTimeoutMs ?? 4000,
    actionTimeoutMs: limits.actionTimeoutMs ?? 60_000,
    log: () => undefined,
  });
  await engine.start();
  return {
    ...{ engine, factory, activation, database, filesFolder, cloudUrl },
    async dispose() {
      await engine.stop(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function writePush(
  folder: string,
  modules: Record<string, { source: string; functions?: Kinds }>,
): Promise<void> {
  mkdirSync(join(folder, "app"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifestOf(modules)));
  for (const [path, { source }] of Object.entries(modules)) {
    const result = await esbuild.build({
      stdin: { contents: source, resolveDir: here, loader: "ts" },
      ...{ bundle: true, write: false, format: "esm", platform: "node" },
      outfile: join(folder, "app", `${path}.js`),
    });
    for (const file of result.outputFiles) {
      mkdirSync(dirname(file.path), { recursive: true });
      writeFileSync(file.path, file.contents);
    }
  }
}

function manifestOf(modules: Record<string, { functions?: Kinds }>): PushManifest {
  const functions: Record<string, FunctionEntry[]> = {};
  for (const [path, module] of Object.entries(modules)) {
    functions[`${path}.js`] = Object.entries(module.functions ?? {}).map(([name, udfType]) => ({
      ...{ name, udfType, visibility: name.startsWith("hidden") ? "internal" : "public" },
      ...{ args: { type: "any" }, returns: null },
    }));
  }
  return {
    ...{ id: "push", udfServerVersion: "1.48.0", auth: [], addresses: { cloud: "", site: "" } },
    definitions: [
      {
        ...{ path: "", folder: "app", functions, schema: null, crons: {} },
        modules: Object.keys(modules).map((path) => ({
          ...{ path: `${path}.js`, environment: "isolate", hash: "" },
        })),
        hasHttp: "http" in modules,
      },
    ],
    components: [{ path: "", definitionPath: "", env: {} }],
  };
}

/** A call by nobody in particular. */
export function callTo(
  path: string,
  args: object = {},
  parts: Partial<FunctionCall> = {},
): FunctionCall {
  return {
    ...{ component: "", path, args: JSON.stringify(args), caller: { kind: "anonymous" } },
    ...{ reach: "public", request: { requestId: "test", ip: null, userAgent: null } },
    ...parts,
  };
}
