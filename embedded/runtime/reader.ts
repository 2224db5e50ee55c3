/** The reader: runs queries in snapshots. Live ones share one snapshot per publication; a one-shot query gets the newest. */
import type { MessagePort } from "node:worker_threads";
import type { LiveQuery, LiveResult } from "../engine/types.ts";
import { SnapshotReader, type Reading } from "../store/readTransaction.ts";
import type { FromReader, ToReader } from "./messages.ts";
import { runQuery, type QueryRunner } from "./queries.ts";
import type { Watch } from "./watch.ts";

export interface ReaderDeps {
  runner: QueryRunner;
  database: string;
  port: MessagePort;
  watch: Watch;
  /** Ends the thread: the server's own fault, after which another reader begins anew. */
  fail: (fault: unknown) => void;
}

export class ReaderLoop {
  readonly #live: SnapshotReader;
  readonly #oneShot: SnapshotReader;
  #pinned: Reading | null = null;
  /** Work is done strictly one after another: nothing is gained by interleaving what never waits. */
  #tail: Promise<void> = Promise.resolve();

  constructor(private readonly deps: ReaderDeps) {
    this.#live = SnapshotReader.open(deps.database);
    this.#oneShot = SnapshotReader.open(deps.database);
  }

  accept(message: ToReader): void {
    this.#tail = this.#tail.then(() => this.#handle(message)).catch(this.deps.fail);
  }

  /** Resolves when everything that was accepted is done. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  close(): void {
    this.#live.close();
    this.#oneShot.close();
  }

  async #handle(message: ToReader): Promise<void> {
    switch (message.type) {
      case "live":
        return this.#runLive(message.id, message.queries, message.pinned);
      case "release":
        this.#pinned = null;
        this.#live.release();
        return;
      case "query":
        return this.#runOnce(message);
      case "stop":
        return;
    }
  }

  async #runLive(id: number, queries: LiveQuery[], pinned: boolean): Promise<void> {
    if (!pinned) this.#pinned = this.#live.pin();
    const read = this.#pinned;
    if (read === null) {
      // The snapshot went with a former reader; another one would not be consistent with its results.
      this.#post({ type: "unpinned", id });
      return;
    }
    const results: LiveResult[] = [];
    for (const query of queries) {
      this.deps.watch.started(query.key);
      results.push(await runQuery(this.deps.runner, query.call, read, query));
      this.deps.watch.idle();
    }
    this.#post({ type: "lived", id, ts: read.ts, results });
  }

  async #runOnce(message: ToReader & { type: "query" }): Promise<void> {
    const startedAt = Date.now();
    const before = performance.now();
    const read = this.#oneShot.pin();
    try {
      this.deps.watch.started(-message.id);
      const { outcome } = await runQuery(this.deps.runner, message.call, read, null);
      this.#post({
        type: "queried",
        id: message.id,
        ts: read.ts,
        outcome,
        startedAt,
        milliseconds: performance.now() - before,
      });
    } finally {
      this.deps.watch.idle();
      this.#oneShot.release();
    }
  }

  #post(message: FromReader): void {
    this.deps.port.postMessage(message);
  }
}
