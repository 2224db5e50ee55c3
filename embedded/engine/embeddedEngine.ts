/** The engine: one writer, one reader, a pool of action workers, and the code that is active in them. */
import type {
  Commit,
  Engine,
  ExecutionLog,
  FunctionCall,
  HttpActionRequest,
  HttpActionResponse,
  LiveQuery,
  LiveResult,
  LiveSource,
  MutationOutcome,
  Operations,
  Outcome,
  RequestKey,
} from "./types.ts";
import type { PushManifest } from "../deploy/manifest.ts";
import { randomUUID } from "node:crypto";
import { ActionPool } from "./actionPool.ts";
import { LiveQueries } from "./liveQueries.ts";
import { ReaderLink } from "./readerLink.ts";
import type { Activation, WorkerFactory } from "./workers.ts";
import { WriterLink, type AnswerWithTs } from "./writerLink.ts";

export interface EngineOptions {
  functionTimeoutMs: number;
  actionTimeoutMs: number;
  log: (line: string) => void;
}

export interface JobRef {
  table: number;
  internal: string;
}

type Listener<T> = (value: T) => void;

export class EmbeddedEngine implements Engine {
  readonly live: LiveSource;
  readonly #writer: WriterLink;
  readonly #reader: ReaderLink;
  readonly #commitListeners = new Set<Listener<Commit>>();
  readonly #resetListeners = new Set<() => void>();
  readonly #executionListeners = new Set<Listener<ExecutionLog>>();
  readonly #dueListeners = new Set<Listener<number | null>>();
  /** Session of the mutations that come without a key of their own. */
  readonly #ownSession = `server:${randomUUID()}`;
  #ownRequest = 0;
  #writerReplaced: () => void = () => undefined;
  #actions: ActionPool;
  /** Kinds of the active app's functions, for `runAny`. */
  #manifest: PushManifest | null;

  constructor(
    private readonly factory: WorkerFactory,
    activation: Activation,
    manifest: PushManifest | null,
    private readonly options: EngineOptions,
  ) {
    this.#manifest = manifest;
    this.#writer = new WriterLink(factory, activation, options, {
      committed: (commit) => {
        for (const listener of this.#commitListeners) listener(commit);
      },
      replaced: () => {
        this.#writerReplaced();
      },
      unheardCommit: () => {
        for (const listener of this.#resetListeners) listener();
      },
      due: (next) => {
        for (const listener of this.#dueListeners) listener(next);
      },
      log: options.log,
    });
    this.#reader = new ReaderLink(factory, activation, options.functionTimeoutMs, options.log);
    this.#actions = this.#newPool(activation);
    this.live = this.#liveSource();
  }

  async start(): Promise<void> {
    // The writer makes the file that the reader opens.
    await this.#writer.start();
    await this.#reader.start();
  }

  async stop(graceMs: number): Promise<void> {
    await this.#actions.stop(graceMs);
    await this.#reader.stop();
    await this.#writer.stop();
  }

  async query(call: FunctionCall): Promise<Outcome & { ts: bigint }> {
    const { outcome, ts, startedAt, milliseconds } = await this.#reader.query(call);
    await this.#writer.durable(ts);
    this.#executed({ call, udfType: "Query", outcome, startedAt, milliseconds });
    return { ...outcome, ts };
  }

  async mutate(call: FunctionCall, key: RequestKey | null): Promise<MutationOutcome> {
    const answer = await this.#writer.submit({ kind: "mutate", call, key: key ?? this.#ownKey() });
    if (answer.kind !== "mutated") throw new Error("The writer answered something else.");
    const { outcome, startedAt, milliseconds } = answer;
    if (!answer.replayed)
      this.#executed({ call, udfType: "Mutation", outcome, startedAt, milliseconds });
    return { ...outcome, ts: answer.ts };
  }

  async act(call: FunctionCall, scheduledId: string | null = null): Promise<Outcome> {
    const startedAt = Date.now();
    const before = performance.now();
    const outcome = await this.#actions.act(call, scheduledId);
    this.#executed({
      call,
      udfType: "Action",
      outcome,
      startedAt,
      milliseconds: performance.now() - before,
    });
    return outcome;
  }

  async runAny(call: FunctionCall): Promise<Outcome> {
    switch (this.#kindOf(call)) {
      case "Mutation":
        return this.mutate(call, null);
      case "Action":
        return this.act(call);
      default:
        return this.query(call);
    }
  }

  serveHttpAction(request: HttpActionRequest): Promise<HttpActionResponse | null> {
    return this.#actions.serveHttp(request);
  }

  async operate<Name extends keyof Operations>(
    name: Name,
    input: Operations[Name]["input"],
  ): Promise<Operations[Name]["output"]> {
    return (await this.#operate(name, input)) as Operations[Name]["output"];
  }

  onExecution(listener: Listener<ExecutionLog>): () => void {
    this.#executionListeners.add(listener);
    return () => this.#executionListeners.delete(listener);
  }

  /** Hears when the next scheduled function is due (ms), whenever that changes. */
  onDue(listener: Listener<number | null>): () => void {
    this.#dueListeners.add(listener);
    return () => this.#dueListeners.delete(listener);
  }

  /** Starts a scheduled function that is due: a mutation has run when this resolves, an action is to be run by the caller. */
  async runJob(
    job: JobRef,
  ): Promise<
    | { kind: "done" }
    | { kind: "failed"; error: string }
    | { kind: "action"; call: FunctionCall; scheduledId: string }
  > {
    const answer = await this.#writer.submit({ kind: "job", ...job });
    if (answer.kind === "jobAction")
      return { kind: "action", call: answer.call, scheduledId: answer.scheduledId };
    if (answer.kind === "jobFailed")
      return { kind: "failed", error: answer.outcome.failure.message };
    if (answer.kind === "jobDone" && answer.call !== null && answer.outcome !== null) {
      const { call, outcome, startedAt, milliseconds } = answer;
      this.#executed({ call, udfType: "Mutation", outcome, startedAt, milliseconds });
    }
    return { kind: "done" };
  }

  /**
   * Switches all workers to other code or another environment. `commit` runs on the writer between the
   * last mutation of the old code and the first of the new; if it fails nothing has changed.
   */
  async activate(
    activation: Activation,
    manifest: PushManifest | null,
    commit: (() => Promise<unknown>) | null,
  ): Promise<void> {
    // First whatever may fail: from the commit on, the new code is the active one.
    const reader = await this.#reader.load(activation);
    try {
      await this.#writer.swap(activation, async () => {
        await commit?.();
      });
    } catch (failure) {
      reader.terminate();
      throw failure;
    }
    await this.#reader.swap(activation, reader);
    const former = this.#actions;
    this.#actions = this.#newPool(activation);
    this.#manifest = manifest;
    for (const listener of this.#resetListeners) listener();
    // Actions that run go on with the code they began with.
    void former.retire();
  }

  #newPool(activation: Activation): ActionPool {
    return new ActionPool(this.factory, activation, {
      actionTimeoutMs: this.options.actionTimeoutMs,
      log: this.options.log,
      mutate: (call) => this.mutate(call, null),
      operate: (name, input) => this.#operate(name, input),
      httpExecuted: (log) => {
        this.#executed(log);
      },
    });
  }

  async #operate(name: string, input: unknown): Promise<unknown> {
    const answer: AnswerWithTs = await this.#writer.submit({ kind: "operate", name, input });
    if (answer.kind !== "operated") throw new Error("The writer answered something else.");
    if (!answer.ok) throw new Error(answer.error);
    return answer.output;
  }

  #ownKey(): RequestKey {
    this.#ownRequest += 1;
    return { session: this.#ownSession, request: this.#ownRequest };
  }

  #kindOf(call: FunctionCall): string | undefined {
    const component = this.#manifest?.components.find(
      (candidate) => candidate.path === call.component,
    );
    const definition = this.#manifest?.definitions.find(
      (candidate) => candidate.path === component?.definitionPath,
    );
    const colon = call.path.lastIndexOf(":");
    const functions = definition?.functions[`${call.path.slice(0, colon)}.js`];
    return functions?.find((entry) => entry.name === call.path.slice(colon + 1))?.udfType;
  }

  #executed(log: ExecutionLog): void {
    for (const listener of this.#executionListeners) listener(log);
  }

  #liveSource(): LiveSource {
    const writer = this.#writer;
    const queries = new LiveQueries(writer, this.#reader, (run, results, startedAt) => {
      this.#logLive(run, results, startedAt);
    });
    this.#writerReplaced = () => {
      queries.beCautious();
    };
    this.#resetListeners.add(() => {
      queries.forgetPaces();
    });
    const listen = <T>(listeners: Set<T>, listener: T) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    };
    return {
      get lastCommit() {
        return writer.lastTs;
      },
      onCommit: (listener) => listen(this.#commitListeners, listener),
      onReset: (listener) => listen(this.#resetListeners, listener),
      run: (run) => queries.run(run),
      runPinned: (run) => queries.runPinned(run),
      release: () => {
        queries.release();
      },
      forget: (keys) => {
        queries.forget(keys);
      },
    };
  }

  /** Only failing and talking queries are worth a line; the rest would drown the log. */
  #logLive(queries: LiveQuery[], results: LiveResult[], startedAt: number): void {
    if (this.#executionListeners.size === 0) return;
    const calls = new Map(queries.map((query) => [query.key, query.call]));
    for (const result of results) {
      const call = calls.get(result.key);
      if (call === undefined || call.path.startsWith("_system/")) continue;
      this.#executed({
        call,
        udfType: "Query",
        outcome: result.outcome,
        startedAt,
        milliseconds: 0,
      });
    }
  }
}
