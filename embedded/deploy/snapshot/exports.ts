/** `convex export`: one at a time, in a thread of its own; the newest ZIP file is kept for its download. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../engine/types.ts";
import { HttpError } from "../../http/router.ts";
import { nameOf } from "./layout.ts";
import type { SnapshotThreads } from "./snapshotThread.ts";
import { EXPORT_KEY, type ExportState } from "./transferState.ts";

export interface ExportsDeps {
  engine: Pick<Engine, "operate">;
  threads: SnapshotThreads;
  database: string;
  filesFolder: string;
  /** Where the ZIP files are. */
  folder: string;
  log: (line: string) => void;
}

export class Exports {
  #running: Promise<void> | null = null;

  constructor(private readonly deps: ExportsDeps) {}

  /** Forgets what the process before this one left half-done. */
  async recover(found: string | null): Promise<void> {
    await mkdir(this.deps.folder, { recursive: true, mode: 0o700 });
    const state = found === null ? null : (JSON.parse(found) as ExportState);
    if (state?.state === "in_progress") await this.#set({ state: "failed" });
    await this.#keepOnly(state?.state === "completed" ? nameOf(state.startTs) : null);
  }

  /** Begins an export. @throws HttpError when one is under way */
  async request(includeStorage: boolean): Promise<void> {
    if (this.#running !== null)
      throw new HttpError(400, "ExportInProgress", "There is already an export in progress.");
    const begun = this.#set({ state: "in_progress", includeStorage });
    this.#running = begun
      .then(() => this.#export(includeStorage))
      .catch(async (error: unknown) => {
        this.deps.log(
          `The export failed: ${error instanceof Error ? String(error.stack) : String(error)}`,
        );
        await this.#set({ state: "failed" });
      })
      .catch((error: unknown) => {
        this.deps.log(String(error));
      })
      .finally(() => {
        this.#running = null;
      });
    await begun;
  }

  /** The ZIP file of the export that began at that timestamp. */
  fileOf(ts: string): string | null {
    return /^\d+$/.test(ts) ? join(this.deps.folder, nameOf(ts)) : null;
  }

  async #export(includeStorage: boolean): Promise<void> {
    const { threads, database, filesFolder, folder } = this.deps;
    const done = await threads.run({
      kind: "export",
      job: { database, filesFolder, folder, includeStorage },
    });
    if (done.type !== "exported") throw new Error("The export answered something else.");
    const startTs = String(done.ts);
    await this.#keepOnly(nameOf(startTs));
    const completeTs = String(BigInt(Date.now()) * 1_000_000n);
    await this.#set({ state: "completed", startTs, completeTs });
  }

  async #keepOnly(name: string | null): Promise<void> {
    for (const other of await readdir(this.deps.folder)) {
      if (other !== name) await rm(join(this.deps.folder, other), { force: true });
    }
  }

  async #set(state: ExportState): Promise<void> {
    await this.deps.engine.operate("transfer.state", {
      key: EXPORT_KEY,
      value: JSON.stringify(state),
    });
  }
}
