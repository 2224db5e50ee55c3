/**
 * Pushes, from the CLI's upload to the switch. `start` evaluates and keeps the code aside; `finish`
 * makes it active. What was started and never finished (codegen, a dry run) changes nothing.
 */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Activator, SchemaState } from "../engine/activator.ts";
import type { Json } from "../engine/types.ts";
import { diffComponents, schemaChangeOf, type ComponentDiffs } from "./diff.ts";
import type { Evaluated } from "./evaluate.ts";
import { runEvaluator } from "./evaluatorThread.ts";
import type { PushManifest } from "./manifest.ts";
import { PushError } from "./request.ts";

/** Uploads that may wait to be finished. */
const MAX_STARTED = 20;

export interface PushDeps {
  activator: Activator;
  pushesFolder: string;
  evaluatorFile: string;
}

export interface FinishedPush {
  authDiff: { added: string[]; removed: string[] };
  definitionDiffs: Record<string, Json>;
  componentDiffs: ComponentDiffs;
}

export class Pushes {
  readonly #started = new Map<string, PushManifest>();
  /** Those of them whose schema was asked for. */
  readonly #preparing = new WeakSet<PushManifest>();
  /** Two pushes of the same code would write the same folder. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: PushDeps) {}

  /**
   * Evaluates an upload and begins to prepare its schema (unless it is a dry run).
   * @throws PushError with what the developer should read
   */
  start(body: Buffer, encoding: string | null): Promise<Record<string, unknown>> {
    const run = this.#tail
      .then(() => this.#start(body, encoding))
      // Of a push that was refused, or that a crash interrupted, nothing is kept.
      .finally(() => this.#removeFolders((name) => name.endsWith(".new")));
    this.#tail = run.catch(() => undefined);
    return run;
  }

  async #start(body: Buffer, encoding: string | null): Promise<Record<string, unknown>> {
    const { activator, pushesFolder } = this.deps;
    const input = { kind: "push" as const, body, encoding, pushesFolder };
    const answer = await runEvaluator(this.deps.evaluatorFile, input, activator.fullEnvironment());
    if (answer.kind !== "push") throw new PushError("The evaluation answered something else.");
    const { manifest } = answer.evaluated;
    await this.#keep(manifest);
    const token = randomUUID();
    this.#started.set(token, manifest);
    const [oldest] = this.#started.keys();
    if (this.#started.size > MAX_STARTED && oldest !== undefined) this.#started.delete(oldest);
    return response(answer.evaluated, activator, token);
  }

  /** @throws PushError when the push is unknown */
  manifest(startPush: unknown): PushManifest {
    const token = (startPush as { pushToken?: unknown } | null | undefined)?.pushToken;
    const manifest = typeof token === "string" ? this.#started.get(token) : undefined;
    if (manifest === undefined)
      throw new PushError("This push is not known to the server (any more). Push again.");
    return manifest;
  }

  /**
   * How far the schema of a started push is; the first question begins its preparation. Only the first: two pushes
   * whose tools both ask again and again would take turns in beginning anew, for ever.
   * @throws PushError when the push is unknown
   */
  async schema(startPush: unknown, milliseconds: number): Promise<SchemaState> {
    const { activator } = this.deps;
    const manifest = this.manifest(startPush);
    if (!this.#preparing.has(manifest)) {
      this.#preparing.add(manifest);
      await activator.prepareSchema(manifest);
    }
    return activator.schemaSettled(manifest.id, milliseconds);
  }

  /** Waits for the schema and switches to the push. @throws PushError when a document breaks the schema */
  async finish(startPush: unknown, dryRun: boolean): Promise<FinishedPush> {
    const { activator } = this.deps;
    const manifest = this.manifest(startPush);
    const former = activator.active();
    const finished: FinishedPush = {
      authDiff: authDiff(former, manifest),
      definitionDiffs: {},
      componentDiffs: diffComponents(former, manifest),
    };
    if (dryRun) return finished;
    try {
      await activator.activate(manifest);
    } catch (error) {
      throw new PushError(error instanceof Error ? error.message : String(error));
    }
    await this.#cleanUp(new Set([manifest.id, former?.id ?? ""]));
    return finished;
  }

  /** Moves freshly evaluated code to its place; code that is there already (and may be running) stays as it is. */
  async #keep(manifest: PushManifest): Promise<void> {
    const place = join(this.deps.pushesFolder, manifest.id);
    const fresh = `${place}.new`;
    if (this.deps.activator.active()?.id === manifest.id) {
      // Only what depends on the environment can differ: the auth providers.
      await rename(join(fresh, "manifest.json"), join(place, "manifest.json"));
      await rm(fresh, { recursive: true, force: true });
      return;
    }
    if (existsSync(place)) await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  }

  async #cleanUp(keep: Set<string>): Promise<void> {
    for (const manifest of this.#started.values()) keep.add(manifest.id);
    await this.#removeFolders((name) => !keep.has(name) && !name.endsWith(".new"));
  }

  async #removeFolders(unwanted: (name: string) => boolean): Promise<void> {
    for (const name of await readdir(this.deps.pushesFolder)) {
      if (unwanted(name))
        await rm(join(this.deps.pushesFolder, name), { recursive: true, force: true });
    }
  }
}

function response(
  evaluated: Evaluated,
  activator: Activator,
  token: string,
): Record<string, unknown> {
  return {
    environmentVariables: activator.environment(),
    externalDepsId: null,
    componentDefinitionPackages: {},
    appAuth: evaluated.manifest.auth.map((provider) => {
      if (provider.type === "oidc")
        return { domain: provider.domain, applicationID: provider.applicationID };
      return { ...provider };
    }),
    analysis: evaluated.analysis,
    app: evaluated.app,
    // `wait_for_schema` gets only this part back, so the token travels here too.
    schemaChange: {
      ...(schemaChangeOf(activator.active(), evaluated.manifest) as Record<string, Json>),
      pushToken: token,
    },
    pushToken: token,
  };
}

function authDiff(
  former: PushManifest | null,
  next: PushManifest,
): { added: string[]; removed: string[] } {
  const before = new Set((former?.auth ?? []).map((provider) => JSON.stringify(provider)));
  const after = new Set(next.auth.map((provider) => JSON.stringify(provider)));
  return {
    added: [...after].filter((provider) => !before.has(provider)),
    removed: [...before].filter((provider) => !after.has(provider)),
  };
}
