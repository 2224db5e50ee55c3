/** `convex import`: uploads in parts, a look at what came, the question, and the import itself, one at a time. */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Activator } from "../../engine/activator.ts";
import type { Engine } from "../../engine/types.ts";
import { HttpError } from "../../http/router.ts";
import type { PushManifest } from "../manifest.ts";
import type { ScannedTable } from "./import.ts";
import type { ImportMode, TableName } from "./importPlan.ts";
import { ImportRefused } from "./refusal.ts";
import type { SnapshotThreads } from "./snapshotThread.ts";
import type { SourceOptions } from "./source.ts";
import { IMPORT_PREFIX, type ImportState } from "./transferState.ts";

export interface ImportsDeps {
  engine: Pick<Engine, "operate">;
  activator: Activator;
  threads: SnapshotThreads;
  pushesFolder: string;
  filesFolder: string;
  /** Where uploads are kept until they are imported. */
  folder: string;
  log: (line: string) => void;
}

export type ImportRequest = Omit<SourceOptions, "file"> & { mode: ImportMode };

interface Waiting {
  request: ImportRequest;
  source: SourceOptions;
  tables: ScannedTable[];
}

/** States of finished imports that are remembered. */
const REMEMBERED = 20;

export class Imports {
  readonly #uploads = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #known: string[] = [];
  /** Imports follow each other: what one leaves staged another must not remove. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: ImportsDeps) {}

  /** Removes what the process before this one left half-done. @param known keys of remembered states with their values */
  async recover(known: { key: string; value: string }[]): Promise<void> {
    await rm(this.deps.folder, { recursive: true, force: true });
    await mkdir(this.deps.folder, { recursive: true, mode: 0o700 });
    for (const { key, value } of known) {
      const importId = key.slice(IMPORT_PREFIX.length);
      this.#known.push(importId);
      const { state } = JSON.parse(value) as ImportState;
      if (state === "completed" || state === "failed") continue;
      const error = "The server was stopped during the import. Nothing was imported.";
      await this.#set(importId, { state: "failed", error });
    }
    await this.#discard();
  }

  async startUpload(): Promise<string> {
    const token = randomUUID();
    await mkdir(join(this.deps.folder, token), { mode: 0o700 });
    this.#uploads.add(token);
    return token;
  }

  /** @returns what names the part when the upload ends. @throws HttpError when the upload is unknown */
  async uploadPart(token: string, part: string, body: Readable): Promise<string> {
    if (!this.#uploads.has(token) || !/^\d{1,5}$/.test(part)) throw unknownUpload();
    await pipeline(body, createWriteStream(join(this.deps.folder, token, part)));
    return part;
  }

  /** Puts the parts together and begins to look at them. @returns the import's id */
  async finishUpload(token: string, parts: unknown[], request: ImportRequest): Promise<string> {
    if (!this.#uploads.delete(token)) throw unknownUpload();
    const file = join(this.deps.folder, `${token}.upload`);
    const folder = join(this.deps.folder, token);
    for (const part of parts) {
      if (typeof part !== "string" || !/^\d{1,5}$/.test(part)) throw unknownUpload();
      await pipeline(createReadStream(join(folder, part)), createWriteStream(file, { flags: "a" }));
    }
    // Of an empty file there are no parts.
    if (parts.length === 0) await pipeline([], createWriteStream(file));
    await rm(folder, { recursive: true });
    const importId = randomUUID();
    this.#known.push(importId);
    const forgotten = this.#known.length > REMEMBERED ? this.#known.shift() : undefined;
    if (forgotten !== undefined && !this.#waiting.has(forgotten)) await this.#forget(forgotten);
    await this.#set(importId, { state: "uploaded" });
    const { format, component, table } = request;
    this.#attempt(importId, file, () =>
      this.#scan(importId, request, { file, format, component, table }),
    );
    return importId;
  }

  /** Goes on with an import that waits for that. @throws HttpError when none does */
  async perform(importId: string): Promise<void> {
    const waiting = this.#waiting.get(importId);
    if (waiting === undefined)
      throw new HttpError(400, "ImportNotWaiting", "This import does not wait for a confirmation.");
    this.#waiting.delete(importId);
    await this.#set(importId, { state: "in_progress", done: [], doing: "Importing" });
    const run = this.#tail.then(() => this.#import(importId, waiting));
    this.#tail = run.catch(() => undefined);
    this.#attempt(importId, waiting.source.file, async () => {
      await run.finally(() => rm(waiting.source.file, { force: true }));
    });
  }

  async #scan(importId: string, request: ImportRequest, source: SourceOptions): Promise<void> {
    requireComponent(this.deps.activator.active(), request.component);
    const scanned = await this.deps.threads.run({ kind: "scan", source });
    if (scanned.type !== "scanned") throw new Error("The scan answered something else.");
    const { tables } = scanned;
    this.#waiting.set(importId, { request, source, tables });
    const replaces = request.mode === "replace" || request.mode === "replaceAll";
    await this.#set(importId, {
      state: "waiting_for_confirmation",
      message: replaces ? question(request, tables) : "",
      mustConfirm: replaces,
    });
  }

  async #import(importId: string, { request, source, tables }: Waiting): Promise<void> {
    const { engine, activator, threads, pushesFolder, filesFolder } = this.deps;
    const active = activator.active();
    const plan = await engine.operate("import.plan", {
      importId,
      mode: request.mode,
      base: request.component,
      tables: tables.map(({ component, name, number }) => ({ component, name, number })),
      declared: declaredTables(active),
      activePush: active?.id ?? null,
    });
    try {
      const done: string[] = [];
      const pushFolder = active === null ? null : join(pushesFolder, active.id);
      await threads.run(
        { kind: "stage", job: { source, plan, pushFolder, filesFolder } },
        {
          write: (staged, rows) => engine.operate("import.stage", { staged, rows }),
          finished: (table, rows) => {
            done.push(`Read ${rows} documents of ${table}`);
            void this.#set(importId, { state: "in_progress", done, doing: "Importing" });
          },
        },
      );
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const completed: ImportState = { state: "completed", rows };
      const state = { key: IMPORT_PREFIX + importId, value: JSON.stringify(completed) };
      await activator.replaceData(() =>
        engine.operate("import.commit", { plan, filesFolder, state }),
      );
    } finally {
      await this.#discard();
    }
  }

  /** Runs a step whose failure is the import's. */
  #attempt(importId: string, file: string, step: () => Promise<void>): void {
    step()
      .catch(async (failure: unknown) => {
        const error = failure instanceof Error ? failure.message : String(failure);
        if (!(failure instanceof ImportRefused)) this.deps.log(`An import failed: ${error}`);
        await rm(file, { force: true });
        await this.#set(importId, { state: "failed", error });
      })
      .catch((error: unknown) => {
        this.deps.log(String(error));
      });
  }

  async #discard(): Promise<void> {
    const { engine, filesFolder } = this.deps;
    while ((await engine.operate("import.discard", { filesFolder })).remaining);
  }

  async #set(importId: string, state: ImportState): Promise<void> {
    const value = JSON.stringify(state);
    await this.deps.engine.operate("transfer.state", { key: IMPORT_PREFIX + importId, value });
  }

  async #forget(importId: string): Promise<void> {
    const key = IMPORT_PREFIX + importId;
    await this.deps.engine.operate("transfer.state", { key, value: null });
  }
}

function unknownUpload(): HttpError {
  return new HttpError(400, "UnknownUpload", "This upload is not known to the server.");
}

/** A snapshot may bring components of its own; whoever names one means one that is there. */
function requireComponent(active: PushManifest | null, component: string): void {
  if (component === "" || active?.components.some(({ path }) => path === component)) return;
  throw new ImportRefused(`The deployment has no component "${component}".`);
}

function declaredTables(active: PushManifest | null): TableName[] {
  return (active?.components ?? []).flatMap(({ path, definitionPath }) => {
    const definition = active?.definitions.find((entry) => entry.path === definitionPath);
    return (definition?.schema?.tables ?? []).map((table) => ({
      component: path,
      name: table.tableName,
    }));
  });
}

function question({ mode }: ImportRequest, tables: ScannedTable[]): string {
  const lines = tables.map(
    ({ component, name, rows }) =>
      `  ${component === "" ? name : `${name} (in ${component})`}: ${rows} documents`,
  );
  const rest = mode === "replaceAll" ? "\nThe documents of all other tables are deleted." : "";
  return `The import replaces all documents of these tables:\n${lines.join("\n")}${rest}`;
}
