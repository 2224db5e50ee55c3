/** The main thread's end of the reader: one-shot queries, and the snapshots of live ones. */
import type { Worker } from "node:worker_threads";
import type { FromReader, ToReader } from "../runtime/messages.ts";
import { Watch } from "../runtime/watch.ts";
import type { FunctionCall, LiveQuery, LiveResult, Outcome } from "./types.ts";
import type { Activation, WorkerFactory } from "./workers.ts";

export interface Queried {
  ts: bigint;
  outcome: Outcome;
  startedAt: number;
  milliseconds: number;
}

interface PendingQuery {
  call: FunctionCall;
  resolve(answer: Queried): void;
}

interface PendingLive {
  queries: LiveQuery[];
  resolve(answer: { ts: bigint; results: LiveResult[] }): void;
  reject(error: Error): void;
}

const GRACE_MS = 500;
const LOOK_EVERY_MS = 100;

/** Thrown to the publisher when the reader was replaced: its snapshot is gone, everything must run again. */
export class ReaderReplaced extends Error {}

export class ReaderLink {
  readonly #queries = new Map<number, PendingQuery>();
  readonly #lives = new Map<number, PendingLive>();
  /** Live queries that never ended: answered with their failure until the code changes. */
  readonly #condemned = new Map<string, LiveResult["outcome"]>();
  #worker: Worker | null = null;
  #id = 0;
  #watch = new Watch();
  #closing = false;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly factory: WorkerFactory,
    private activation: Activation,
    private readonly functionTimeoutMs: number,
    private readonly log: (line: string) => void,
  ) {
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async start(): Promise<void> {
    await this.#spawn(this.activation);
  }

  query(call: FunctionCall): Promise<Queried> {
    this.#id = (this.#id % 0x7ffffffe) + 1;
    const id = this.#id;
    return new Promise((resolve) => {
      this.#queries.set(id, { call, resolve });
      this.#post({ type: "query", id, call });
    });
  }

  /** @throws ReaderReplaced when the reader died meanwhile */
  async live(
    queries: LiveQuery[],
    pinned: boolean,
  ): Promise<{ ts: bigint; results: LiveResult[] }> {
    const worker = this.#worker;
    if (worker === null) throw new ReaderReplaced("The reader is being replaced.");
    const condemned = queries.filter((query) => this.#condemned.has(callKey(query.call)));
    const healthy =
      condemned.length === 0 ? queries : queries.filter((query) => !condemned.includes(query));
    this.#id = (this.#id % 0x7ffffffe) + 1;
    const id = this.#id;
    const answer = await new Promise<{ ts: bigint; results: LiveResult[] }>((resolve, reject) => {
      this.#lives.set(id, { queries: healthy, resolve, reject });
      worker.postMessage({ type: "live", id, queries: healthy, pinned } satisfies ToReader);
    });
    for (const query of condemned) {
      const outcome = this.#condemned.get(callKey(query.call));
      if (outcome !== undefined)
        answer.results.push({ key: query.key, outcome, journal: null, reads: [], milliseconds: 0 });
    }
    return answer;
  }

  release(): void {
    this.#worker?.postMessage({ type: "release" } satisfies ToReader);
  }

  /** Starts a reader with other code, then lets the old one go. */
  async swap(activation: Activation): Promise<void> {
    const former = this.#worker;
    this.activation = activation;
    this.#condemned.clear();
    await this.#spawn(activation);
    if (former !== null) await this.#retire(former);
  }

  async stop(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    if (this.#worker !== null) await this.#retire(this.#worker);
    this.#worker = null;
  }

  #post(message: ToReader): void {
    this.#worker?.postMessage(message);
  }

  async #spawn(activation: Activation): Promise<void> {
    const watch = new Watch();
    const worker = this.factory.start("reader", activation, watch.memory);
    await new Promise<void>((resolve, reject) => {
      worker.on("error", (error) => {
        this.log(`The reader failed: ${error.stack ?? error.message}`);
        reject(error);
      });
      worker.on("exit", () => {
        reject(new Error("The reader ended while it was starting."));
        if (worker === this.#worker) this.#replace();
      });
      worker.on("message", (message: FromReader) => {
        if (message.type === "ready") resolve();
        else this.#answer(message);
      });
    });
    this.#worker = worker;
    this.#watch = watch;
    for (const live of this.#lives.values())
      live.reject(new ReaderReplaced("The reader was replaced."));
    this.#lives.clear();
    for (const [id, query] of this.#queries)
      worker.postMessage({ type: "query", id, call: query.call } satisfies ToReader);
  }

  #answer(message: FromReader): void {
    if (message.type === "queried") {
      const pending = this.#queries.get(message.id);
      this.#queries.delete(message.id);
      pending?.resolve(message);
    } else if (message.type === "unpinned") {
      const pending = this.#lives.get(message.id);
      this.#lives.delete(message.id);
      pending?.reject(new ReaderReplaced("The snapshot is gone."));
    } else if (message.type === "lived") {
      const pending = this.#lives.get(message.id);
      this.#lives.delete(message.id);
      pending?.resolve(message);
    }
  }

  async #retire(worker: Worker): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      worker.once("exit", () => {
        resolve();
      });
    });
    worker.postMessage({ type: "stop" } satisfies ToReader);
    const impatience = setTimeout(() => void worker.terminate(), this.functionTimeoutMs + GRACE_MS);
    await gone;
    clearTimeout(impatience);
  }

  /** Stops a reader that is blocked by a query that never ends, and fails that query alone. */
  #look(): void {
    const running = this.#watch.running();
    const worker = this.#worker;
    if (
      running === null ||
      worker === null ||
      running.milliseconds < this.functionTimeoutMs + GRACE_MS
    )
      return;
    this.#watch.idle();
    const outcome: Outcome = {
      ok: false,
      failure: {
        code: "timeout",
        message: `Function execution timed out (maximum duration: ${this.functionTimeoutMs / 1000}s)`,
      },
      logLines: [],
    };
    if (running.seq < 0) {
      const pending = this.#queries.get(-running.seq);
      this.#queries.delete(-running.seq);
      pending?.resolve({
        ts: 0n,
        outcome,
        startedAt: Date.now() - running.milliseconds,
        milliseconds: running.milliseconds,
      });
    } else {
      for (const live of this.#lives.values()) {
        const culprit = live.queries.find((query) => query.key === running.seq);
        if (culprit !== undefined) this.#condemned.set(callKey(culprit.call), outcome);
      }
    }
    void worker.terminate();
  }

  #replace(): void {
    this.#worker = null;
    if (this.#closing) return;
    for (const live of this.#lives.values())
      live.reject(new ReaderReplaced("The reader was replaced."));
    this.#lives.clear();
    this.#spawn(this.activation).catch((error: unknown) => {
      this.log(`The reader cannot be started again: ${String(error)}`);
      setTimeout(() => {
        if (this.#worker === null) this.#replace();
      }, 1000).unref();
    });
  }
}

function callKey(call: FunctionCall): string {
  return `${call.component}\0${call.path}\0${call.args}\0${JSON.stringify(call.caller)}`;
}
