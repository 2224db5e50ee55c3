/**
 * The loop of an action worker: runs actions and HTTP actions, and asks the main thread for what they
 * may not do themselves. Usually one runs at a time; when the machine is crowded several share a
 * worker. The main thread keeps the time limit, because code that never ends cannot stop itself.
 */
import type { MessagePort, Transferable } from "node:worker_threads";
import type { FunctionCall, HttpActionRequest, Outcome } from "../engine/types.ts";
import { failureOf } from "./failure.ts";
import {
  currentFrame,
  leaveFrames,
  logToFrame,
  newFrame,
  runInFrame,
  type Frame,
} from "./frame.ts";
import { findRoute } from "./httpRoutes.ts";
import { invoke, tableNamer } from "./invoke.ts";
import type { ActionQuestion, FromAction, ToAction, WorkerSettings } from "./messages.ts";
import { findForCaller, runQuery, type QueryRunner } from "./queries.ts";
import { streamWithin } from "./responseBody.ts";
import { SnapshotPool } from "./snapshotPool.ts";
import { Usage } from "./usage.ts";
import { Watch } from "./watch.ts";

export interface ActionLoopDeps {
  runner: QueryRunner;
  settings: WorkerSettings;
  port: MessagePort;
}

/** One action, with everything that it calls in this worker. */
interface Running {
  frame: Frame;
  /** The frames of actions that it called. */
  nested: Frame[];
  /** Tells an HTTP action that its client has gone away. */
  abort: AbortController;
  /** Held because a Request's signal follows another one only while the Request itself is alive. */
  request: Request | null;
  /** Rejects when something of it failed where nobody waited for it. */
  failed: Promise<never>;
  fail(failure: unknown): void;
}

interface Question {
  resolve(answer: ToAction): void;
}

export class ActionLoop {
  readonly snapshots: SnapshotPool;
  readonly #running = new Map<number, Running>();
  readonly #owners = new WeakMap<Frame, Running>();
  readonly #questions = new Map<number, Question>();
  readonly #watch: Watch;
  #queries = 0;
  #question = 0;
  #stopping = false;

  constructor(private readonly deps: ActionLoopDeps) {
    this.snapshots = new SnapshotPool(deps.settings.database);
    this.#watch = new Watch(deps.settings.watch);
    // What user code leaves unhandled fails the action that it belongs to, not its neighbours.
    process.on("uncaughtException", (failure) => {
      this.#unhandled(failure);
    });
    process.on("unhandledRejection", (failure) => {
      this.#unhandled(failure);
    });
  }

  accept(message: ToAction): void {
    switch (message.type) {
      case "act":
        void this.#act(message);
        return;
      case "http":
        void this.#http(message.id, message.request);
        return;
      case "abort":
        this.#abort(message.id, message.final);
        return;
      case "mutated":
      case "operated":
        this.#questions.get(message.question)?.resolve(message);
        this.#questions.delete(message.question);
        return;
      case "stop":
        this.#stopping = true;
        this.#stopWhenIdle();
        return;
    }
  }

  /** Runs a mutation in the writer; resolves when it is durable, or has failed. */
  async mutate(call: FunctionCall): Promise<Outcome> {
    const answer = await this.#ask({ kind: "mutate", call });
    if (answer.type !== "mutated") throw new Error("The server answered something else.");
    return answer.outcome;
  }

  /**
   * Runs one of the server's write operations; resolves when it is durable.
   * @throws with the operation's own words
   */
  async operate(name: string, input: unknown): Promise<unknown> {
    const answer = await this.#ask({ kind: "operate", name, input });
    if (answer.type !== "operated") throw new Error("The server answered something else.");
    if (!answer.result.ok) throw new Error(answer.result.error);
    return answer.result.output;
  }

  /** Runs a query here, in the newest snapshot. */
  async query(call: FunctionCall): Promise<Outcome> {
    const { outcome } = await this.snapshots.read(async (reading) => {
      // Watched from outside: a query that never gives the thread back cannot be stopped from here.
      this.#queries += 1;
      this.#watch.started(1);
      try {
        return await runQuery(this.deps.runner, call, reading, null);
      } finally {
        this.#queries -= 1;
        if (this.#queries === 0) this.#watch.idle();
        else this.#watch.started(1);
      }
    });
    return outcome;
  }

  /** Runs another action as a part of the one whose frame is `parent`. */
  async act(call: FunctionCall, parent: Frame): Promise<Outcome> {
    const frame = this.#newFrame(call, { scheduledId: parent.scheduledId, authToken: null });
    const owner = this.#owners.get(parent);
    if (owner !== undefined) {
      this.#owners.set(frame, owner);
      owner.nested.push(frame);
    }
    return this.#invoke(frame, call);
  }

  async #act(message: ToAction & { type: "act" }): Promise<void> {
    const { id, call, scheduledId } = message;
    const frame = this.#newFrame(call, { scheduledId, authToken: null });
    const running = this.#begin(id, frame);
    const failed = running.failed.catch((failure: unknown) => failedOutcome(frame, failure));
    const outcome = await Promise.race([this.#invoke(frame, call), failed]);
    this.#end(id);
    this.#post({ type: "acted", id, outcome });
    this.#stopWhenIdle();
  }

  async #invoke(frame: Frame, call: FunctionCall): Promise<Outcome> {
    try {
      const found = findForCaller(this.deps.runner.app, call);
      const value = await invoke(frame, found, call.args, this.#tableOf(call.component));
      return { ok: true, value, logLines: frame.logLines };
    } catch (thrown) {
      return failedOutcome(frame, thrown);
    }
  }

  async #http(id: number, request: HttpActionRequest): Promise<void> {
    let frame: Frame | null = null;
    const finish = () => {
      if (!this.#running.has(id)) return;
      this.#end(id);
      this.#post({ type: "finished", id, logLines: frame?.logLines ?? [] });
      this.#stopWhenIdle();
    };
    const { pathname } = new URL(request.url);
    const call = callOf(request, pathname);
    frame = this.#newFrame(call, { scheduledId: null, authToken: request.authToken });
    const running = this.#begin(id, frame);
    try {
      const route = await findRoute(this.deps.runner.app, pathname, request.method);
      if (route === null) {
        this.#post({ type: "responded", id, response: null });
        finish();
        return;
      }
      if (route.component !== "") {
        frame = { ...frame, component: route.component };
        this.#owners.set(frame, running);
        running.frame = frame;
      }
      const webRequest = toWebRequest(request, running.abort.signal);
      running.request = webRequest;
      const answered = runInFrame(frame, () => route.action.invokeHttpAction?.(webRequest));
      const response = await Promise.race([answered, running.failed]);
      this.#respond(id, running, { response, isHead: request.method === "HEAD", finish });
    } catch (thrown) {
      this.#post({ type: "httpFailed", id, outcome: failedOutcome(frame, thrown) });
      finish();
    }
  }

  #respond(
    id: number,
    running: Running,
    answer: { response: unknown; isHead: boolean; finish: () => void },
  ): void {
    const { response, finish } = answer;
    const { frame } = running;
    if (!(response instanceof Response)) {
      throw new TypeError("The HTTP action did not return a Response.");
    }
    const body = answer.isHead ? null : (response.body as ReadableStream<Uint8Array> | null);
    if (answer.isHead) void response.body?.cancel().catch(() => undefined);
    const stream =
      body === null
        ? null
        : streamWithin(frame, body, {
            failed: running.failed,
            ended: (failure) => {
              if (failure !== undefined) logToFrame(frame, "ERROR", [failure]);
              finish();
            },
          });
    const { status, statusText } = response;
    const headers = [...response.headers];
    const message: FromAction = {
      type: "responded",
      id,
      response: { status, statusText, headers, body: stream },
    };
    // Node's types do not know yet that streams are transferable.
    this.#post(message, stream === null ? [] : [stream as unknown as Transferable]);
    if (stream === null) finish();
  }

  #abort(id: number, final: boolean): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.abort.abort();
    if (!final) return;
    // Its time is over: whatever of it still runs gets nothing any more.
    closeFrames(running);
    running.fail(new Error("The action was stopped."));
  }

  #newFrame(
    call: FunctionCall,
    parts: { scheduledId: string | null; authToken: string | null },
  ): Frame {
    const journal = { given: null, taken: null, used: false };
    return newFrame({
      call,
      kind: "action",
      read: null,
      write: null,
      reads: null,
      usage: new Usage(),
      journal,
      now: Date.now(),
      ...parts,
    });
  }

  #begin(id: number, frame: Frame): Running {
    let fail: (failure: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    // It may fail when nobody looks any more.
    failed.catch(() => undefined);
    const running: Running = {
      ...{ frame, nested: [], abort: new AbortController(), request: null, failed, fail },
    };
    this.#running.set(id, running);
    this.#owners.set(frame, running);
    return running;
  }

  #end(id: number): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    closeFrames(running);
    this.#running.delete(id);
  }

  #unhandled(failure: unknown): void {
    const frame = currentFrame();
    const owner = frame === undefined ? undefined : this.#owners.get(frame);
    if (owner !== undefined) owner.fail(failure);
    else {
      leaveFrames(() => {
        console.error("Unhandled in an action worker:", failure);
      });
    }
  }

  /** Which table an id belongs to; looks again before it says "none", since tables come into being at any time. */
  #tableOf(component: string): (id: string) => string | null {
    let known = this.snapshots.readNow((reading) => tableNamer(reading, component));
    return (id) => {
      const name = known(id);
      if (name !== null) return name;
      known = this.snapshots.readNow((reading) => tableNamer(reading, component));
      return known(id);
    };
  }

  #ask(about: ActionQuestion): Promise<ToAction> {
    this.#question += 1;
    const question = this.#question;
    return new Promise((resolve) => {
      this.#questions.set(question, { resolve });
      this.#post({ type: "ask", question, about });
    });
  }

  #stopWhenIdle(): void {
    if (!this.#stopping || this.#running.size > 0) return;
    this.snapshots.close();
    this.#post({ type: "stopped" });
    this.deps.port.close();
  }

  #post(message: FromAction, transfer: Transferable[] = []): void {
    this.deps.port.postMessage(message, transfer);
  }
}

function failedOutcome(frame: Frame, thrown: unknown): Outcome & { ok: false } {
  frame.closed = true;
  return { ok: false, failure: failureOf(thrown), logLines: frame.logLines };
}

function callOf(request: HttpActionRequest, pathname: string): FunctionCall {
  return {
    component: "",
    path: `${request.method} ${pathname}`,
    args: "{}",
    caller: request.caller,
    reach: "any",
    request: request.request,
  };
}

/** From now on nothing of it is answered any more. */
function closeFrames(running: Running): void {
  for (const frame of [running.frame, ...running.nested]) frame.closed = true;
}

function toWebRequest(request: HttpActionRequest, signal: AbortSignal): Request {
  const { method, url, headers, body } = request;
  // A body that is a stream needs `duplex`, which the DOM's types do not have.
  const init: RequestInit & { duplex: "half" } = { method, headers, body, signal, duplex: "half" };
  return new Request(url, init);
}
