/**
 * The action workers of one activation of the code. Actions are slow and do what they like, so each
 * gets a worker of its own while there are fewer than the most; beyond that they share the least
 * loaded one. Whoever has a worker to himself fails alone, whatever he does: hangs, exits, eats the
 * memory. Those who share one share its death, but never a mere time limit.
 */
import { Watch } from "../runtime/watch.ts";
import { ActionWorker, type Questions, type Task } from "./actionWorker.ts";
import type {
  ExecutionLog,
  FunctionCall,
  FunctionFailure,
  HttpActionRequest,
  HttpActionResponse,
  Outcome,
} from "./types.ts";
import type { Activation, WorkerFactory } from "./workers.ts";

export interface PoolDeps extends Questions {
  /** Milliseconds that an action may run, its streamed response included. */
  actionTimeoutMs: number;
  /** Default 8. */
  maxWorkers?: number;
  /** Milliseconds after which a worker without work ends; one is always kept. Default 30 s. */
  idleMs?: number;
  log: (line: string) => void;
  /** Told of each HTTP action that has ended. */
  httpExecuted?(log: ExecutionLog): void;
}

/** An HTTP action that threw, was stopped or died before it gave a response. */
export class HttpActionFailed extends Error {
  constructor(readonly failure: FunctionFailure) {
    super(failure.message);
  }
}

const LOOK_EVERY_MS = 250;
/** How long a query may overrun its own limit before its worker is taken to be blocked. */
const QUERY_GRACE_MS = 500;

export class ActionPool {
  readonly #workers = new Set<ActionWorker>();
  readonly #timer: NodeJS.Timeout;
  #task = 0;
  #closed = false;

  constructor(
    private readonly factory: WorkerFactory,
    private readonly activation: Activation,
    private readonly deps: PoolDeps,
  ) {
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Workers that run, those that are about to end included. */
  get workers(): number {
    return this.#workers.size;
  }

  /** Starts a worker ahead of the first action. */
  warm(): void {
    if (!this.#closed && this.#workers.size === 0) this.#spawn();
  }

  /** Runs an action; resolves when it has ended, in whatever way. */
  act(call: FunctionCall, scheduledId: string | null): Promise<Outcome> {
    return new Promise((resolve) => {
      const id = this.#nextId();
      this.#run({
        id,
        start: { type: "act", id, call, scheduledId },
        transfer: [],
        responded: () => undefined,
        ended: ({ outcome, logLines }) => {
          resolve(outcome ?? { ok: true, value: "null", logLines });
        },
      });
    });
  }

  /**
   * Runs the HTTP action that the request is for; null when there is none. The response's body may
   * still be streaming when this resolves, and fails when the action does.
   * @throws HttpActionFailed
   */
  serveHttp(request: HttpActionRequest): Promise<HttpActionResponse | null> {
    const { signal, ...message } = request;
    const id = this.#nextId();
    const startedAt = Date.now();
    const before = performance.now();
    return new Promise((resolve, reject) => {
      let isRouted = true;
      const worker = this.#run({
        id,
        start: { type: "http", id, request: message },
        transfer: request.body === null ? [] : [request.body],
        responded: (response) => {
          isRouted = response !== null;
          resolve(response);
        },
        ended: ({ outcome, logLines }) => {
          signal?.removeEventListener("abort", abort);
          if (outcome?.ok === false) reject(new HttpActionFailed(outcome.failure));
          if (!isRouted) return;
          this.deps.httpExecuted?.({
            call: logged(request),
            udfType: "HttpAction",
            outcome: outcome ?? { ok: true, value: "null", logLines },
            startedAt,
            milliseconds: performance.now() - before,
          });
        },
      });
      const abort = () => {
        worker.abort(id);
      };
      if (signal?.aborted === true) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Takes no more actions; resolves when those that run have ended and the workers are gone. */
  async retire(): Promise<void> {
    this.#closed = true;
    const all = [...this.#workers];
    for (const worker of all) worker.retire();
    await Promise.all(all.map((worker) => worker.exited));
    clearInterval(this.#timer);
  }

  /** Like `retire`, but what still runs after `graceMs` is failed. */
  async stop(graceMs: number): Promise<void> {
    const impatience = setTimeout(() => {
      for (const worker of this.#workers) worker.kill("The server was stopped.");
    }, graceMs);
    await this.retire();
    clearTimeout(impatience);
  }

  #nextId(): number {
    this.#task += 1;
    return this.#task;
  }

  #run(task: Task): ActionWorker {
    const limit = this.deps.actionTimeoutMs;
    const worker = this.#choose();
    const timer = setTimeout(() => {
      worker.stopTask(task.id, {
        code: "timeout",
        message: `Function execution timed out (maximum duration: ${limit / 1000}s)`,
      });
    }, limit);
    worker.run({
      ...task,
      ended: (end) => {
        clearTimeout(timer);
        task.ended(end);
      },
    });
    return worker;
  }

  /** An idle worker, a new one, or the least loaded one. */
  #choose(): ActionWorker {
    const open = [...this.#workers].filter((worker) => !worker.draining);
    let best: ActionWorker | undefined;
    for (const worker of open) if (best === undefined || worker.load < best.load) best = worker;
    if (best === undefined || (best.load > 0 && open.length < (this.deps.maxWorkers ?? 8))) {
      return this.#spawn();
    }
    return best;
  }

  #spawn(): ActionWorker {
    const watch = new Watch();
    const worker = new ActionWorker(
      this.factory.start("action", this.activation, watch.memory),
      watch,
      this.deps,
      {
        freed: () => {
          this.#look();
        },
        gone: (gone) => {
          this.#workers.delete(gone);
        },
        log: (line) => {
          this.deps.log(line);
        },
      },
    );
    this.#workers.add(worker);
    if (this.#closed) worker.draining = true;
    return worker;
  }

  /** Ends workers that are not needed, and those that a query without end has blocked. */
  #look(): void {
    const now = Date.now();
    const queryLimit = this.factory.common.functionTimeoutMs;
    for (const worker of this.#workers) {
      const blocked = worker.queryMilliseconds();
      if (blocked !== null && blocked > queryLimit + QUERY_GRACE_MS) {
        worker.kill(`Function execution timed out (maximum duration: ${queryLimit / 1000}s)`);
      }
    }
    const open = [...this.#workers].filter((worker) => !worker.draining);
    const idle = open.filter((worker) => worker.load === 0);
    // One worker stays warm, busy or not.
    const spare = Math.min(idle.length, open.length - 1);
    for (const worker of idle.slice(0, Math.max(0, spare))) {
      if (now - worker.idleSince >= (this.deps.idleMs ?? 30_000)) worker.retire();
    }
  }
}

function logged(request: HttpActionRequest): FunctionCall {
  return {
    component: "",
    path: `${request.method} ${new URL(request.url).pathname}`,
    args: "{}",
    caller: request.caller,
    reach: "any",
    request: request.request,
  };
}
