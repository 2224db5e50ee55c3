/**
 * The main thread's end of the writer. Keeps every unanswered item, so that a writer that had to be
 * stopped (a mutation that never ends, a crash) is replaced and its work submitted again; what was
 * committed was answered, so nothing runs twice.
 */
import type { Worker } from "node:worker_threads";
import type { FromWriter, ToWriter, WriterAnswer, WriterItem } from "../runtime/messages.ts";
import { Watch } from "../runtime/watch.ts";
import type { Commit } from "./types.ts";
import type { Activation, WorkerFactory } from "./workers.ts";

type ItemBody = WriterItem extends infer Item
  ? Item extends { seq: number }
    ? Omit<Item, "seq">
    : never
  : never;

interface Pending {
  item: WriterItem;
  resolve(answer: AnswerWithTs): void;
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

export class WriterLink {
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #outbox: WriterItem[] = [];
  #flushing = false;
  /** Items that were submitted and have not run. */
  #unexecuted = 0;
  #paused = false;
  #seq = 0;
  #watch = new Watch();
  #lastTs = 0n;
  #durableTs = 0n;
  /** Who may not go on before a commit is durable. */
  #waiting: { ts: bigint; resolve: () => void }[] = [];
  #ready: Promise<void> = Promise.resolve();
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
    const { worker, watch } = await this.#load(this.activation);
    await this.#go(worker, watch);
  }

  /** The writer need not keep these live queries fresh any longer. */
  forget(keys: number[]): void {
    this.#worker?.postMessage({ type: "forget", keys } satisfies ToWriter);
  }

  /** Nothing is left to run; what ran may still be on its way to the disk. */
  get idle(): boolean {
    return this.#unexecuted === 0 && this.#worker !== null && !this.#paused;
  }

  /** Submits one item; resolves when it is answered, and what it wrote is durable. */
  submit(body: ItemBody): Promise<AnswerWithTs> {
    this.#seq = (this.#seq % 0x7ffffffe) + 1;
    const item = { ...body, seq: this.#seq };
    return new Promise((resolve) => {
      this.#pending.set(item.seq, { item, resolve, deaths: 0 });
      this.#unexecuted += 1;
      this.#send(item);
    });
  }

  /**
   * Replaces the code: the new writer loads it first, then the old one finishes what it has; `last` runs
   * on the old writer as its very last item. When `last` fails the old writer goes on as if nothing was.
   * @throws when the new code cannot be loaded or `last` throws
   */
  async swap(activation: Activation, last: () => Promise<void>): Promise<void> {
    const { worker, watch } = await this.#load(activation);
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
      void worker.terminate();
      this.#flush();
      throw failure;
    }
    await this.#retire();
    this.activation = activation;
    await this.#go(worker, watch);
    this.#paused = false;
    this.#flush();
  }

  /** Lets everything submitted finish, then closes the file. */
  async stop(): Promise<void> {
    this.#flush();
    await this.#drained();
    this.#closing = true;
    clearInterval(this.#timer);
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

  async #drained(): Promise<void> {
    const sent = () => this.#pending.size > this.#outbox.length;
    while (sent()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async #load(activation: Activation): Promise<{ worker: Worker; watch: Watch }> {
    const watch = new Watch();
    const worker = this.factory.start("writer", activation, watch.memory);
    await new Promise<void>((resolve, reject) => {
      worker.once("message", () => {
        resolve();
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error("The writer ended while it was starting."));
      });
    });
    worker.removeAllListeners("error");
    worker.removeAllListeners("exit");
    return { worker, watch };
  }

  /** Makes a loaded worker the writer. */
  async #go(worker: Worker, watch: Watch): Promise<void> {
    this.#watch = watch;
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
        }
      });
      worker.on("error", (error) => {
        this.events.log(`The writer failed: ${error.stack ?? error.message}`);
        reject(error);
      });
      worker.on("exit", () => {
        reject(new Error("The writer ended."));
        if (worker === this.#worker) this.#replace();
      });
    });
    this.#ready = ready;
    worker.postMessage({ type: "go" } satisfies ToWriter);
    await ready;
    this.#worker = worker;
    this.#flush();
  }

  async #retire(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    const gone = new Promise<void>((resolve) => {
      worker.once("exit", () => {
        resolve();
      });
    });
    worker.postMessage({ type: "stop" } satisfies ToWriter);
    await gone;
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
      pending?.resolve({ ...answer, ts: message.ts });
    }
  }

  /** Stops a writer whose current function overran its limit so far that its own thread must be blocked. */
  #look(): void {
    const running = this.#watch.running();
    const worker = this.#worker;
    if (
      running === null ||
      worker === null ||
      running.milliseconds < this.limits.functionTimeoutMs + GRACE_MS
    )
      return;
    this.#fail(
      running.seq,
      "timeout",
      `Function execution timed out (maximum duration: ${this.limits.functionTimeoutMs / 1000}s)`,
    );
    this.#watch.idle();
    void worker.terminate();
  }

  /** The writer is gone: a new one takes over everything that was not answered. */
  #replace(): void {
    this.#worker = null;
    if (this.#closing) return;
    this.events.replaced();
    const running = this.#watch.running();
    this.#watch.idle();
    const culprit = running === null ? undefined : this.#pending.get(running.seq);
    if (culprit !== undefined) {
      culprit.deaths += 1;
      if (culprit.deaths >= MAX_DEATHS)
        this.#fail(culprit.item.seq, "internal", "The server could not execute this function.");
    }
    void this.#load(this.activation)
      .then(async ({ worker, watch }) => {
        this.#outbox = [...this.#pending.values()].map((pending) => pending.item);
        this.#unexecuted = this.#outbox.length;
        await this.#go(worker, watch);
      })
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
