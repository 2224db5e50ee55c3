/**
 * Makes pushed code active: prepares its schema step by step while the old code serves, then switches.
 * One push at a time; a newer one supersedes one that is still being prepared.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuthProvider, PushManifest } from "../deploy/manifest.ts";
import type { EmbeddedEngine } from "./embeddedEngine.ts";
import type { Prepared } from "./activationOperations.ts";
import type { Activation } from "./workers.ts";

export type SchemaState =
  | {
      type: "inProgress";
      backfilled: Record<string, { done: number; complete: boolean }>;
      validated: Record<string, boolean>;
    }
  | { type: "complete" }
  | { type: "failed"; error: string; componentPath: string; tableName: string };

const TAKEN_OVER: SchemaState = {
  type: "failed",
  error: "Another push has taken over. Push again.",
  componentPath: "",
  tableName: "",
};

interface Preparation {
  pushId: string;
  prepared: Prepared;
  state: SchemaState;
  finished: Promise<void>;
  superseded: boolean;
}

export interface ActivatorDeps {
  engine: EmbeddedEngine;
  pushesFolder: string;
  /** What every function sees beside the deployment's own variables. */
  builtInEnvironment: Record<string, string>;
  /** Evaluates auth.config.ts of a push again, in this environment. */
  evaluateAuth(folder: string, env: Record<string, string>): Promise<AuthProvider[]>;
  log: (line: string) => void;
}

export class Activator {
  #active: PushManifest | null;
  #environment: Map<string, string>;
  #preparation: Preparation | null = null;
  #beginning: Promise<unknown> = Promise.resolve();
  /** Switches follow each other; two at once would each see half of the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly deps: ActivatorDeps,
    initial: { active: PushManifest | null; environment: Map<string, string> },
  ) {
    this.#active = initial.active;
    this.#environment = initial.environment;
  }

  active(): PushManifest | null {
    return this.#active;
  }

  /** The deployment's own variables. */
  environment(): Record<string, string> {
    return Object.fromEntries(this.#environment);
  }

  /** What the functions find in `process.env`. */
  fullEnvironment(): Record<string, string> {
    return { ...this.deps.builtInEnvironment, ...this.environment() };
  }

  /** Creates the tables and indexes that the push needs and starts to fill and check them. */
  prepareSchema(manifest: PushManifest): Promise<void> {
    // One after the other: of two at once neither would see the other, and both would go on.
    const begun = this.#beginning.then(() => this.#prepareSchema(manifest));
    this.#beginning = begun.catch(() => undefined);
    return begun;
  }

  async #prepareSchema(manifest: PushManifest): Promise<void> {
    if (this.#preparation !== null) {
      this.#preparation.superseded = true;
      await this.#preparation.finished;
    }
    const { engine } = this.deps;
    const former = this.#active === null ? null : this.#folder(this.#active.id);
    const prepared = await engine.operate("schema.prepare", {
      folder: this.#folder(manifest.id),
      former,
    });
    const preparation: Preparation = {
      pushId: manifest.id,
      prepared,
      state: { type: "inProgress", backfilled: {}, validated: {} },
      finished: Promise.resolve(),
      superseded: false,
    };
    this.#preparation = preparation;
    preparation.finished = this.#prepareData(preparation).catch((error: unknown) => {
      preparation.state = {
        type: "failed",
        error: String(error),
        componentPath: "",
        tableName: "",
      };
    });
  }

  /** How far the push's preparation is, after waiting for its end for at most so many milliseconds. */
  async schemaSettled(pushId: string, milliseconds: number): Promise<SchemaState> {
    const preparation = this.#preparation;
    if (preparation?.pushId !== pushId) return TAKEN_OVER;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([preparation.finished, enough]);
    clearTimeout(timer);
    return preparation.superseded ? TAKEN_OVER : preparation.state;
  }

  /**
   * Switches to the push.
   * @throws when its schema is not ready, or a document breaks it
   */
  async activate(manifest: PushManifest): Promise<Prepared> {
    return this.#exclusively(async () => {
      if (this.#preparation?.pushId !== manifest.id) await this.prepareSchema(manifest);
      const preparation = this.#preparation;
      if (preparation === null) throw new Error("The push was not prepared.");
      await preparation.finished;
      if (preparation.state.type !== "complete") {
        throw new Error(
          preparation.state.type === "failed"
            ? preparation.state.error
            : "The schema is not ready.",
        );
      }
      const { engine } = this.deps;
      const { prepared } = preparation;
      const folder = this.#folder(manifest.id);
      await engine.activate(this.#activation(manifest.id), manifest, () =>
        engine.operate("schema.commit", { folder, pushId: manifest.id, prepared }),
      );
      this.#active = manifest;
      this.#preparation = null;
      void this.sweep();
      return prepared;
    });
  }

  /** Sets (value) and removes (null) variables; the functions see them at once. */
  async setEnvironment(changes: { name: string; value: string | null }[]): Promise<void> {
    await this.#exclusively(async () => {
      const next = new Map(this.#environment);
      for (const { name, value } of changes) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      const { engine } = this.deps;
      const former = this.#environment;
      this.#environment = next;
      try {
        await engine.activate(this.#activation(this.#active?.id ?? null), this.#active, () =>
          engine.operate("environment.set", { changes }),
        );
      } catch (failure) {
        this.#environment = former;
        throw failure;
      }
      await this.refreshAuth();
    });
  }

  /**
   * Learns the auth providers anew: auth.config.ts may depend on the environment. What it gave before
   * stays when it cannot be evaluated now.
   */
  async refreshAuth(): Promise<void> {
    const active = this.#active;
    if (active === null) return;
    try {
      const auth = await this.deps.evaluateAuth(this.#folder(active.id), this.fullEnvironment());
      if (this.#active === active) this.#active = { ...active, auth };
    } catch (error) {
      this.deps.log(
        `The auth providers stay as they were: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /**
   * Exchanges documents without telling anybody which (imports): `commit` does it, in one transaction,
   * between the last mutation before and the first one after. A push that is being prepared begins anew,
   * because it has looked at other documents.
   */
  async replaceData(commit: () => Promise<unknown>): Promise<void> {
    await this.#exclusively(async () => {
      await this.#abandonPreparation();
      const activation = this.#activation(this.#active?.id ?? null);
      await this.deps.engine.activate(activation, this.#active, commit);
      // One may have begun meanwhile.
      await this.#abandonPreparation();
      void this.sweep();
    });
  }

  async #abandonPreparation(): Promise<void> {
    const preparation = this.#preparation;
    if (preparation === null) return;
    preparation.superseded = true;
    await preparation.finished;
    if (this.#preparation === preparation) this.#preparation = null;
  }

  /** Removes what dropped indexes left behind, a little at a time. */
  async sweep(): Promise<void> {
    for (;;) {
      const { remaining } = await this.deps.engine.operate("schema.sweep", null);
      if (!remaining) return;
    }
  }

  async #prepareData(preparation: Preparation): Promise<void> {
    const { engine } = this.deps;
    const state: SchemaState & { type: "inProgress" } = {
      type: "inProgress",
      backfilled: {},
      validated: {},
    };
    preparation.state = state;
    for (const pending of preparation.prepared.validating) {
      for (let after: string | null = null; ; ) {
        if (preparation.superseded) return;
        const step: { next: string | null; problem: string | null } = await engine.operate(
          "schema.validate",
          {
            folder: this.#folder(preparation.pushId),
            ...pending,
            after,
          },
        );
        if (step.problem !== null) {
          preparation.state = {
            type: "failed",
            error: step.problem,
            componentPath: pending.component,
            tableName: pending.table,
          };
          return;
        }
        if (step.next === null) break;
        after = step.next;
      }
      state.validated[pending.component] = true;
    }
    for (const index of preparation.prepared.filling) {
      const progress = { done: 0, complete: false };
      state.backfilled[`${index.component}\0${index.table}.${index.name}`] = progress;
      for (let after: string | null = null; ; ) {
        if (preparation.superseded) return;
        const step: { next: string | null; done: number } = await engine.operate(
          "schema.backfill",
          { index: index.id, after },
        );
        progress.done += step.done;
        if (step.next === null) break;
        after = step.next;
      }
      progress.complete = true;
    }
    preparation.state = { type: "complete" };
  }

  #activation(pushId: string | null): Activation {
    return {
      pushFolder: pushId === null ? null : this.#folder(pushId),
      env: this.fullEnvironment(),
    };
  }

  #folder(pushId: string): string {
    return join(this.deps.pushesFolder, pushId);
  }

  #exclusively<T>(body: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(body);
    this.#tail = run.catch(() => undefined);
    return run;
  }
}

/** The manifest of a push on the disk; null when its folder is gone. */
export function readManifest(pushesFolder: string, pushId: string): PushManifest | null {
  const file = join(pushesFolder, pushId, "manifest.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as PushManifest) : null;
}
