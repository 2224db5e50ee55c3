/** The main thread's end of the reader: one-shot queries, and the snapshots of live ones. */
import type { FromReader, ToReader } from "../runtime/messages.ts";
import { loadWorker, type LoadedWorker } from "./loadedWorker.ts";
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
  /** How often a reader died while it ran this query. */
  deaths: number;
}

interface PendingLive {
  queries: LiveQuery[];
  resolve(answer: { ts: bigint; results: LiveResult[] }): void;
  reject(error: Error): void;
}

const GRACE_MS = 500;
const LOOK_EVERY_MS = 100;
const MAX_DEATHS = 2;

/** Thrown to the publisher when the reader was replaced: its snapshot is gone, everything must run again. */
export class ReaderReplaced extends Error {}

export class ReaderLink {
  readonly #queries = new Map<number, PendingQuery>();
  readonly #lives = new Map<number, PendingLive>();
  /** Live queries that never ended: answered with their failure until the code changes. */
  readonly #condemned = new Map<string, LiveResult["outcome"]>();
  /** How often a reader died while it ran a live query, by call. */
  readonly #liveDeaths = new Map<string, number>();
  #current: LoadedWorker | null = null;
  #id = 0;
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
    this.#adopt(await this.load(this.activation));
  }

  /** Starts a reader with other code, for `swap`. @throws when the code cannot be loaded */
  load(activation: Activation): Promise<LoadedWorker> {
    return loadWorker(this.factory, "reader", activation, { log: this.log });
  }

  /** @throws when the server is about to end */
  query(call: FunctionCall): Promise<Queried> {
    if (this.#closing) return Promise.reject(new Error("The server is shutting down."));
    this.#id = (this.#id % 0x7ffffffe) + 1;
    const id = this.#id;
    return new Promise((resolve) => {
      this.#queries.set(id, { call, resolve, deaths: 0 });
      this.#post({ type: "query", id, call });
    });
  }

  /** @throws ReaderReplaced when the reader died meanwhile */
  async live(
    queries: LiveQuery[],
    pinned: boolean,
  ): Promise<{ ts: bigint; results: LiveResult[] }> {
    const worker = this.#current?.worker;
    if (worker === undefined) throw new ReaderReplaced("The reader is being replaced.");
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
    this.#post({ type: "release" });
  }

  /** Goes over to a reader that `load` has made, then lets the old one go. */
  async swap(activation: Activation, next: LoadedWorker): Promise<void> {
    const former = this.#current;
    this.activation = activation;
    this.#condemned.clear();
    this.#liveDeaths.clear();
    this.#adopt(next);
    if (former !== null) await this.#retire(former);
  }

  /** Lets everything that was asked finish, each within its own limit. */
  async stop(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    const current = this.#current;
    this.#current = null;
    if (current !== null) await this.#retire(current);
    for (const query of this.#queries.values())
      query.resolve(failed(Date.now(), 0, "internal", "The server was stopped."));
    this.#queries.clear();
  }

  #post(message: ToReader): void {
    this.#current?.worker.postMessage(message);
  }

  #adopt(loaded: LoadedWorker): void {
    const { worker, exited, terminate } = loaded;
    worker.on("message", (message: FromReader) => {
      // The file is closed. Timers of the app's modules would keep the thread alive for ever.
      if (message.type === "stopped") terminate();
      else if (message.type !== "ready") this.#answer(message);
    });
    this.#current = loaded;
    void exited.then((failure) => {
      if (loaded === this.#current) this.#replace(loaded, failure);
    });
    this.#rejectLives();
    for (const [id, query] of this.#queries)
      worker.postMessage({ type: "query", id, call: query.call } satisfies ToReader);
  }

  #rejectLives(): void {
    for (const live of this.#lives.values())
      live.reject(new ReaderReplaced("The reader was replaced."));
    this.#lives.clear();
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

  async #retire({ worker, exited, terminate }: LoadedWorker): Promise<void> {
    worker.postMessage({ type: "stop" } satisfies ToReader);
    const impatience = setTimeout(terminate, this.functionTimeoutMs + GRACE_MS);
    await exited;
    clearTimeout(impatience);
  }

  /** Stops a reader that is blocked by a query that never ends, and fails that query alone. */
  #look(): void {
    const current = this.#current;
    if (current === null) return;
    const running = current.watch.running();
    const limit = this.functionTimeoutMs + GRACE_MS;
    if (running !== null && running.milliseconds >= limit) {
      current.watch.idle();
      const message = `Function execution timed out (maximum duration: ${this.functionTimeoutMs / 1000}s)`;
      this.#failCulprit(running, "timeout", message);
      current.terminate();
    } else if (running === null && current.watch.silence() >= 2 * limit) {
      // Between queries nothing takes long, unless a timer of the app's modules never ends.
      current.terminate();
    }
  }

  /** Answers what ran, now and (a live query) until the code changes. */
  #failCulprit(
    running: { seq: number; milliseconds: number },
    code: "timeout" | "internal",
    message: string,
  ): void {
    const { seq, milliseconds } = running;
    const failure = failed(Date.now() - milliseconds, milliseconds, code, message);
    if (seq < 0) {
      this.#queries.get(-seq)?.resolve(failure);
      this.#queries.delete(-seq);
      return;
    }
    const call = this.#liveCall(seq);
    if (call !== undefined) this.#condemned.set(callKey(call), failure.outcome);
  }

  #liveCall(key: number): FunctionCall | undefined {
    for (const live of this.#lives.values()) {
      const found = live.queries.find((query) => query.key === key);
      if (found !== undefined) return found.call;
    }
    return undefined;
  }

  /** Counts a death of the reader against the query that ran. */
  #blame(seq: number): number {
    if (seq < 0) {
      const query = this.#queries.get(-seq);
      if (query === undefined) return 0;
      query.deaths += 1;
      return query.deaths;
    }
    const call = this.#liveCall(seq);
    if (call === undefined) return 0;
    const deaths = (this.#liveDeaths.get(callKey(call)) ?? 0) + 1;
    this.#liveDeaths.set(callKey(call), deaths);
    return deaths;
  }

  /** The reader is gone: another one takes over, and whoever killed it twice is not tried again. */
  #replace(gone: LoadedWorker | null, failure: string | null): void {
    this.#current = null;
    if (this.#closing) return;
    const running = gone?.watch.running() ?? null;
    if (running !== null && this.#blame(running.seq) >= MAX_DEATHS) {
      const why = failure ?? "it ended its thread";
      this.#failCulprit(running, "internal", `The server could not execute this function: ${why}`);
    }
    this.#rejectLives();
    const { activation } = this;
    this.load(activation)
      .then((loaded) => {
        // Other code may have come into force, or the end, while this one was loading.
        if (this.#current === null && !this.#closing && activation === this.activation)
          this.#adopt(loaded);
        else loaded.terminate();
      })
      .catch((error: unknown) => {
        this.log(`The reader cannot be started again: ${String(error)}`);
        setTimeout(() => {
          if (this.#current === null) this.#replace(null, null);
        }, 1000).unref();
      });
  }
}

function failed(
  startedAt: number,
  milliseconds: number,
  code: "timeout" | "internal",
  message: string,
): Queried {
  const outcome: Outcome = { ok: false, failure: { code, message }, logLines: [] };
  return { ts: 0n, outcome, startedAt, milliseconds };
}

function callKey(call: FunctionCall): string {
  return `${call.component}\0${call.path}\0${call.args}\0${JSON.stringify(call.caller)}`;
}
