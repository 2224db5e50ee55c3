/** The main thread's end of one action worker. */
import type { Worker } from "node:worker_threads";
import type { ActionQuestion, FromAction, ToAction } from "../runtime/messages.ts";
import { Watch } from "../runtime/watch.ts";
import { guardStream } from "./guardedStream.ts";
import type { FunctionCall, FunctionFailure, HttpActionResponse, Outcome } from "./types.ts";

/** What actions may ask of the server. */
export interface Questions {
  mutate: (call: FunctionCall) => Promise<Outcome>;
  operate: (name: string, input: unknown) => Promise<unknown>;
}

/** One action in a worker, as the pool sees it. */
export interface Task {
  id: number;
  /** The message that starts it, with what it transfers. */
  start: ToAction;
  transfer: ReadableStream<Uint8Array>[];
  /** An HTTP action has begun to answer; null when there is no route. */
  responded(response: HttpActionResponse | null): void;
  /** The action, and the body that it streams, are over. Called once. */
  ended(end: { outcome: Outcome | null; logLines: string[] }): void;
}

export interface WorkerEvents {
  /** A task ended: the worker may have room again. */
  freed(worker: ActionWorker): void;
  gone(worker: ActionWorker): void;
  log: (line: string) => void;
}

export class ActionWorker {
  /** Takes no more actions; ends when it has none. */
  draining = false;
  idleSince = Date.now();
  readonly exited: Promise<void>;
  readonly #tasks = new Map<number, Task>();
  #death: string | null = null;
  #die: (failure: Error) => void = () => undefined;
  /** Rejects when the worker is gone. */
  readonly #dead: Promise<never>;

  constructor(
    private readonly worker: Worker,
    private readonly watch: Watch,
    private readonly questions: Questions,
    private readonly events: WorkerEvents,
  ) {
    this.#dead = new Promise<never>((_, reject) => (this.#die = reject));
    this.#dead.catch(() => undefined);
    worker.on("message", (message: FromAction) => {
      this.#hear(message);
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      this.#death ??=
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "The action ran out of memory."
          : `The action's worker failed: ${error.message}`;
      events.log(`An action worker failed: ${error.stack ?? error.message}`);
    });
    this.exited = new Promise((resolve) => {
      worker.once("exit", () => {
        this.#bury();
        resolve();
      });
    });
  }

  get load(): number {
    return this.#tasks.size;
  }

  run(task: Task): void {
    this.#tasks.set(task.id, task);
    // Node's types do not know yet that streams are transferable.
    this.worker.postMessage(task.start, task.transfer as never);
  }

  /** Tells an HTTP action that its client has gone away. */
  abort(id: number): void {
    if (this.#tasks.has(id)) this.#post({ type: "abort", id, final: false });
  }

  /**
   * Fails a task that may not go on. A worker of its own ends with it; one that is shared takes no
   * more tasks and ends when the others have ended, each within its own limit.
   */
  stopTask(id: number, failure: FunctionFailure): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    this.#endTask(task, { outcome: { ok: false, failure, logLines: [] }, logLines: [] });
    this.draining = true;
    if (this.load === 0) void this.worker.terminate();
    else this.#post({ type: "abort", id, final: true });
  }

  /** Ends the worker when it has no tasks (any more). */
  retire(): void {
    this.draining = true;
    if (this.load === 0) this.#post({ type: "stop" });
  }

  /** Ends the worker now. */
  kill(reason: string): void {
    this.#death ??= reason;
    this.draining = true;
    void this.worker.terminate();
  }

  /** Milliseconds for which the worker's thread has been in one query; null when it is in none. */
  queryMilliseconds(): number | null {
    return this.watch.running()?.milliseconds ?? null;
  }

  #hear(message: FromAction): void {
    switch (message.type) {
      case "acted":
        this.#finish(message.id, { outcome: message.outcome, logLines: message.outcome.logLines });
        return;
      case "responded":
        this.#tasks.get(message.id)?.responded(this.#guarded(message.response));
        return;
      case "httpFailed":
        this.#finish(message.id, { outcome: message.outcome, logLines: message.outcome.logLines });
        return;
      case "finished":
        this.#finish(message.id, { outcome: null, logLines: message.logLines });
        return;
      case "ask":
        void this.#answer(message.question, message.about);
        return;
      case "ready":
      case "stopped":
        return;
    }
  }

  /** A body from a worker that dies would neither end nor fail by itself. */
  #guarded(response: HttpActionResponse | null): HttpActionResponse | null {
    if (response === null || response.body === null) return response;
    return { ...response, body: guardStream(response.body, this.#dead) };
  }

  async #answer(question: number, about: ActionQuestion): Promise<void> {
    if (about.kind === "mutate") {
      const outcome = await this.questions.mutate(about.call).catch(unavailable);
      this.#post({ type: "mutated", question, outcome });
      return;
    }
    try {
      const output = await this.questions.operate(about.name, about.input);
      this.#post({ type: "operated", question, result: { ok: true, output } });
    } catch (failure) {
      const error = failure instanceof Error ? failure.message : String(failure);
      this.#post({ type: "operated", question, result: { ok: false, error } });
    }
  }

  #finish(id: number, end: { outcome: Outcome | null; logLines: string[] }): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    this.#endTask(task, end);
    if (!this.draining) this.events.freed(this);
    else if (this.load === 0) this.#post({ type: "stop" });
  }

  #endTask(task: Task, end: { outcome: Outcome | null; logLines: string[] }): void {
    this.#tasks.delete(task.id);
    this.idleSince = Date.now();
    task.ended(end);
  }

  #bury(): void {
    const message = this.#death ?? "The action ended its worker (process.exit or the like).";
    this.#die(new Error(message));
    for (const task of [...this.#tasks.values()]) {
      const failure: FunctionFailure = { code: "internal", message };
      this.#endTask(task, { outcome: { ok: false, failure, logLines: [] }, logLines: [] });
    }
    this.draining = true;
    this.events.gone(this);
  }

  #post(message: ToAction): void {
    this.worker.postMessage(message);
  }
}

function unavailable(failure: unknown): Outcome {
  const message = failure instanceof Error ? failure.message : String(failure);
  return { ok: false, failure: { code: "internal", message }, logLines: [] };
}
