/**
 * The main thread's end of the writer. Keeps every unanswered item, so that a writer that had to be
 * stopped (a mutation that never ends, a crash) is replaced and its work submitted again. A writer may
 * die after its commit and before its answer; so every item has a key, under which the next writer finds
 * the answer instead of doing it twice.
 */
import { randomUUID } from "node:crypto";
import type { Worker } from "node:worker_threads";
import type { FromWriter, ToWriter, WriterAnswer, WriterItem } from "../runtime/messages.ts";
import { loadWorker, type LoadedWorker } from "./loadedWorker.ts";
import type { Commit, RequestKey } from "./types.ts";
import type { Activation, WorkerFactory } from "./workers.ts";

type ItemBody = WriterItem extends infer Item
  ? Item extends { kind: "mutate" | "live" }
    ? Omit<Item, "seq">
    : Item extends { seq: number }
      ? Omit<Item, "seq" | "key">
      : never
  : never;

interface Pending {
  item: WriterItem;
  resolve(answer: AnswerWithTs): void;
  reject(error: Error): void;
  /** How often a writer died while it ran this item. */
  deaths: number;
}

export type AnswerWithTs = WriterAnswer & { ts: bigint };

export interface WriterEvents {
  committed(commit: Commit): void;
  /** The data changed in a way that cannot be told: everything that depends on it is out of date. */
  unheardCommit(): void;
  /** The writer had to be replaced. */
  replaced(): void;
  /** The next scheduled function's time, when it changed. */
  due(next: number | null): void;
  log: (line: string) => void;
}

export interface WriterLimits {
  functionTimeoutMs: number;
}

/** How long the writer may overrun its own time limit before it is stopped from outside. */
const GRACE_MS = 500;
const LOOK_EVERY_MS = 100;
const MAX_DEATHS = 2;
/** How long a stop waits for what was submitted before it. */
const STOP_MS = 10_000;

/** How long a writer that has loaded its code may take to open the file. */
const OPENING_MS = 60_000;

/** Nothing of the item was written, through no fault of its own. */
export class NotWritten extends Error {}

export class WriterLink {
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #terminate: () => void = () => undefined;
  #exited: Promise<unknown> = Promise.resolve();
  /** Items that no writer has got yet. */
  #outbox: WriterItem[] = [];
  #flushing = false;
  /** Items that were submitted and have not run. */
  #unexecuted = 0;
  #paused = false;
  #seq = 0;
  #watch: LoadedWorker["watch"] | null = null;
  /** Keys of items that have none of their own. */
  readonly #session = `items:${randomUUID()}`;
  #keys = 0;
  #lastTs = 0n;
  #durableTs = 0n;
  /** Who may not go on before a commit is durable. */
  #waiting: { ts: bigint; resolve: () => void }[] = [];
  #closing = false;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly factory: WorkerFactory,
    private activation: Activation,
    private readonly limits: WriterLimits,
    private readonly events: WriterEvents,
  ) {
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  get lastTs(): bigint {
    return this.#lastTs;
  }

  /** Resolves when everything up to `ts` is on the disk. */
  durable(ts: bigint): Promise<void> | undefined {
    if (ts <= this.#durableTs) return undefined;
    return new Promise((resolve) => this.#waiting.push({ ts, resolve }));
  }

  async start(): Promise<void> {
    await this.#go(await this.#load(this.activation));
  }

  /** The writer need not keep these live queries fresh any longer. */
  forget(keys: number[]): void {
    this.#worker?.postMessage({ type: "forget", keys } satisfies ToWriter);
  }

  /** Nothing is left to run; what ran may still be on its way to the disk. */
  get idle(): boolean {
    return this.#unexecuted === 0 && this.#worker !== null && !this.#paused;
  }

  /**
   * Submits one item; resolves when it is answered, and what it wrote is durable.
   * @throws NotWritten when the disk did not take it, or the server is about to end
   */
  submit(body: ItemBody): Promise<AnswerWithTs> {
    if (this.#closing) return Promise.reject(new NotWritten("The server is shutting down."));
    this.#seq = (this.#seq % 0x7ffffffe) + 1;
    const item: WriterItem =
      body.kind === "mutate" || body.kind === "live"
        ? { ...body, seq: this.#seq }
        : { ...body, seq: this.#seq, key: this.#newKey() };
    return new Promise((resolve, reject) => {
      this.#pending.set(item.seq, { item, resolve, reject, deaths: 0 });
      this.#unexecuted += 1;
      this.#send(item);
    });
  }

  #newKey(): RequestKey {
    this.#keys += 1;
    return { session: this.#session, request: this.#keys };
  }

  /**
   * Replaces the code: the new writer loads it first, then the old one finishes what it has; `last` runs
   * on the old writer as its very last item. When `last` fails the old writer goes on as if nothing was.
   * @throws when the new code cannot be loaded or `last` throws
   */
  async swap(activation: Activation, last: () => Promise<void>): Promise<void> {
    const next = await this.#load(activation);
    this.#paused = true;
    try {
      await this.#drained();
      this.#paused = false;
      const committing = last();
      this.#flush();
      this.#paused = true;
      await committing;
    } catch (failure) {
      this.#paused = false;
      next.terminate();
      this.#flush();
      throw failure;
    }
    // From here on the new code is the active one, whatever happens to this worker.
    this.activation = activation;
    await this.#retire();
    this.#paused = false;
    await this.#go(next).catch(() => {
      this.#replace();
    });
    if (this.#closing) await this.#retire();
  }

  /** Lets everything submitted finish (within reason), then closes the file. */
  async stop(): Promise<void> {
    const end = performance.now() + this.limits.functionTimeoutMs + STOP_MS;
    while (this.#pending.size > 0 && performance.now() < end) await pause();
    this.#closing = true;
    clearInterval(this.#timer);
    for (const pending of this.#pending.values())
      pending.reject(new NotWritten("The server is shutting down."));
    this.#pending.clear();
    await this.#retire();
  }

  #send(item: WriterItem): void {
    this.#outbox.push(item);
    // An idle writer gets its item at once.
    if (this.#unexecuted === 1) {
      this.#flush();
      return;
    }
    if (this.#flushing) return;
    this.#flushing = true;
    // After this turn's input: what arrived together travels together.
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#paused || this.#worker === null || this.#outbox.length === 0) return;
    this.#worker.postMessage({ type: "work", items: this.#outbox } satisfies ToWriter);
    this.#outbox = [];
  }

  /** Resolves when everything that was sent is answered, if need be by the writer's successor. */
  async #drained(): Promise<void> {
    while (this.#pending.size > this.#outbox.length || this.#worker === null) {
      if (this.#closing) throw new NotWritten("The server is shutting down.");
      await pause();
    }
  }

  #load(activation: Activation): Promise<LoadedWorker> {
    return loadWorker(this.factory, "writer", activation, this.events);
  }

  /** Makes a loaded worker the writer. @throws when it dies before it is ready */
  async #go({ worker, watch, exited, terminate }: LoadedWorker): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      worker.on("message", (message: FromWriter) => {
        if (message.type === "ready") {
          const unheard = this.#lastTs !== 0n && message.ts > this.#lastTs;
          if (message.ts > this.#lastTs) this.#lastTs = message.ts;
          // A writer that died between its commit and its message left a commit that nobody was told of.
          this.#durable({ ts: message.ts, answers: [], nextDue: undefined });
          if (unheard) this.events.unheardCommit();
          resolve();
        } else if (message.type === "committed" || message.type === "committedFresh")
          this.#committed(message);
        else if (message.type === "durable") this.#durable(message);
        else if (message.type === "read") {
          this.#unexecuted -= message.answers.length;
          this.#settle(message);
        } else if (message.type === "stopped") {
          // The file is closed. Timers of the app's modules would keep the thread alive for ever.
          terminate();
        }
      });
      void exited.then(() => {
        reject(new Error("The writer ended."));
        if (worker === this.#worker) this.#replace();
      });
    });
    worker.postMessage({ type: "go" } satisfies ToWriter);
    const impatience = setTimeout(terminate, OPENING_MS);
    await ready.finally(() => {
      clearTimeout(impatience);
    });
    this.#worker = worker;
    this.#terminate = terminate;
    this.#exited = exited;
    this.#watch = watch;
    this.#resend(worker);
    this.#flush();
  }

  /** Gives a new writer what the one before it got and did not answer. */
  #resend(worker: Worker): void {
    const unsent = new Set(this.#outbox);
    const items = [...this.#pending.values()]
      .map((pending) => pending.item)
      .filter((item) => !unsent.has(item));
    this.#unexecuted = items.length + unsent.size;
    if (items.length > 0) worker.postMessage({ type: "work", items } satisfies ToWriter);
  }

  async #retire(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    worker.postMessage({ type: "stop" } satisfies ToWriter);
    // Nothing is left to be done; only the app's own timers could hold it up.
    const impatience = setTimeout(this.#terminate, STOP_MS);
    await this.#exited;
    clearTimeout(impatience);
  }

  #committed(message: FromWriter & { type: "committed" | "committedFresh" }): void {
    this.#unexecuted -= message.items;
    this.#lastTs = message.ts;
    const { ts, writes } = message;
    if (message.type === "committed") {
      this.events.committed({ ts, writes });
      return;
    }
    this.events.committed({ ts, writes, fresh: message.fresh });
    this.#durable(message);
  }

  #durable(message: Pick<FromWriter & { type: "durable" }, "ts" | "answers" | "nextDue">): void {
    if (message.ts > this.#durableTs) this.#durableTs = message.ts;
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ ts, resolve }) => {
      if (ts > message.ts) return true;
      resolve();
      return false;
    });
    this.#settle(message);
    if (message.nextDue !== undefined) this.events.due(message.nextDue);
  }

  #settle(message: { ts: bigint; answers: WriterAnswer[] }): void {
    for (const answer of message.answers) {
      const pending = this.#pending.get(answer.seq);
      this.#pending.delete(answer.seq);
      if (answer.kind === "unwritten") pending?.reject(new NotWritten(answer.error));
      else pending?.resolve({ ...answer, ts: message.ts });
    }
  }

  /** Stops a writer whose current function overran its limit so far that its own thread must be blocked. */
  #look(): void {
    const worker = this.#worker;
    const watch = this.#watch;
    if (worker === null || watch === null) return;
    const running = watch.running();
    const limit = this.limits.functionTimeoutMs + GRACE_MS;
    if (running !== null && running.milliseconds >= limit) {
      this.#fail(
        running.seq,
        "timeout",
        `Function execution timed out (maximum duration: ${this.limits.functionTimeoutMs / 1000}s)`,
      );
      watch.idle();
      this.#terminate();
    } else if (running === null && watch.silence() >= 2 * limit) {
      // Between functions nothing takes long, unless a timer of the app's modules never ends.
      this.#terminate();
    }
  }

  /** The writer is gone: a new one takes over everything that was not answered. */
  #replace(): void {
    this.#worker = null;
    if (this.#closing) return;
    this.events.replaced();
    const running = this.#watch?.running() ?? null;
    this.#watch = null;
    const culprit = running === null ? undefined : this.#pending.get(running.seq);
    if (culprit !== undefined) {
      culprit.deaths += 1;
      if (culprit.deaths >= MAX_DEATHS)
        this.#fail(culprit.item.seq, "internal", "The server could not execute this function.");
    }
    this.#load(this.activation)
      .then((loaded) => this.#go(loaded))
      .catch((error: unknown) => {
        this.events.log(`The writer cannot be started again: ${String(error)}`);
        setTimeout(() => {
          if (this.#worker === null) this.#replace();
        }, 1000).unref();
      });
  }

  #fail(seq: number, code: "timeout" | "internal", message: string): void {
    const pending = this.#pending.get(seq);
    if (pending === undefined) return;
    this.#pending.delete(seq);
    const base = { seq, ts: this.#lastTs };
    const outcome = { ok: false as const, failure: { code, message }, logLines: [] };
    const { item } = pending;
    switch (item.kind) {
      case "mutate":
        pending.resolve({
          ...base,
          kind: "mutated",
          outcome,
          startedAt: Date.now(),
          milliseconds: 0,
          replayed: false,
        });
        return;
      case "operate":
        pending.resolve({ ...base, kind: "operated", ok: false, error: message });
        return;
      case "live":
        pending.resolve({ ...base, kind: "liveFailed" });
        return;
      case "job":
        pending.resolve({ ...base, kind: "jobFailed", outcome });
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
