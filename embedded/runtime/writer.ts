/**
 * The writer: executes mutations one after another, which makes them serializable, and commits many at
 * once, which makes them fast. Nothing is answered before the commit that holds it is on the disk.
 */
import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import type { FunctionCall, LiveQuery, LiveResult, Outcome, RequestKey } from "../engine/types.ts";
import { runOperation } from "../engine/operations.ts";
import { finishJob, loadJob, nextDue, startJob } from "../scheduler/jobs.ts";
import type { TableInfo } from "../store/types.ts";
import type { DocumentCheck, WriteBatch, Writer } from "../store/writeTransaction.ts";
import { validateDocument } from "../values/validators.ts";
import { AdoptedQueries } from "./adoptedQueries.ts";
import type { App } from "./app.ts";
import { failureOf } from "./failure.ts";
import { newFrame } from "./frame.ts";
import { invokeWithin, requireKind, tableNamer } from "./invoke.ts";
import type { FromWriter, ToWriter, WriterAnswer, WriterItem } from "./messages.ts";
import { findForCaller, runQuery, type QueryRunner } from "./queries.ts";
import { forgetOldRequests, recordedAnswer, recordAnswer } from "./requests.ts";
import { Usage } from "./usage.ts";
import { NO_ITEM, type Watch } from "./watch.ts";

/** A batch ends when it has this many items or has taken this long; what waits then goes into the next one. */
const BATCH_ITEMS = 500;
const BATCH_MILLISECONDS = 8;

interface CommittedBatch {
  ts: bigint;
  answers: WriterAnswer[];
  nextDue: number | null | undefined;
  callbacks: (() => void)[];
}

export interface WriterDeps {
  writer: Writer;
  app: App;
  port: MessagePort;
  watch: Watch;
  functionTimeoutMs: number;
  runner: QueryRunner;
}

export class WriterLoop {
  readonly #queue: WriterItem[] = [];
  readonly #check: DocumentCheck;
  #wake: (() => void) | null = null;
  #stopping = false;
  /** Committed batches whose way to the disk has not begun. */
  #unflushed: CommittedBatch[] = [];
  #flushing = false;
  readonly #adopted = new AdoptedQueries();
  #flushed: (() => void) | null = null;
  #due: number | null = null;

  constructor(private readonly deps: WriterDeps) {
    this.#check = schemaCheck(deps);
  }

  accept(message: ToWriter): void {
    if (message.type === "stop") this.#stopping = true;
    else if (message.type === "work") this.#queue.push(...message.items);
    else if (message.type === "forget") for (const key of message.keys) this.#adopted.forget(key);
    this.#wake?.();
  }

  /** Runs until it is told to stop and has answered everything that came before. */
  async run(): Promise<void> {
    for (;;) {
      this.#drainPort();
      if (this.#queue.length === 0) {
        if (this.#stopping) {
          await this.#allFlushed();
          return;
        }
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = null;
        continue;
      }
      await this.#batch();
      // Lets timers and the port's own events in between two batches.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** Takes what has arrived meanwhile without waiting for the event loop. */
  #drainPort(): void {
    for (
      let next = receiveMessageOnPort(this.deps.port);
      next !== undefined;
      next = receiveMessageOnPort(this.deps.port)
    ) {
      this.accept(next.message as ToWriter);
    }
  }

  async #batch(): Promise<void> {
    const { writer, port, watch } = this.deps;
    const answers: WriterAnswer[] = [];
    const batch = writer.begin();
    batch.check = this.#check;
    const started = performance.now();
    try {
      while (
        this.#queue.length > 0 &&
        answers.length < BATCH_ITEMS &&
        performance.now() - started < BATCH_MILLISECONDS
      ) {
        const item = this.#queue[0];
        if (item === undefined) break;
        watch.started(item.seq);
        answers.push(await this.#item(batch, item));
        watch.idle();
        this.#queue.shift();
        // What live queries saw must be the state that the batch ends with.
        if (item.kind === "live") break;
        if (this.#queue.length === 0) this.#drainPort();
      }
      if (answers.every((answer) => answer.kind === "lived")) {
        batch.discard();
        port.postMessage({ type: "read", ts: writer.lastTs, answers } satisfies FromWriter);
        return;
      }
      forgetOldRequests(batch, Date.now());
    } catch (fault) {
      // Not a function's failure but the server's own: nothing of this batch may count.
      batch.abandon();
      throw fault;
    }
    const due = nextDue(batch);
    const { ts, writes, callbacks } = batch.commit();
    const nextDueChange = due === this.#due ? undefined : due;
    this.#due = due;
    const touched = this.#adopted.touchedBy(writes);
    if (touched.length === 0) {
      port.postMessage({
        type: "committed",
        ts,
        writes,
        items: answers.length,
      } satisfies FromWriter);
      this.#unflushed.push({ ts, answers, nextDue: nextDueChange, callbacks });
      this.#flush();
      return;
    }
    const fresh = await this.#refresh(touched);
    // Fresh results may be sent as soon as they are told of, so the disk comes first.
    writer.flushNow();
    // One message: this commit's answers with its results, after those of the commits before it.
    this.#tellDurable(this.#unflushed);
    this.#unflushed = [];
    port.postMessage({
      type: "committedFresh",
      ts,
      writes,
      items: answers.length,
      fresh,
      answers,
      nextDue: nextDueChange,
    } satisfies FromWriter);
    for (const callback of callbacks) callback();
  }

  async #refresh(touched: LiveQuery[]): Promise<LiveResult[]> {
    const { writer, watch, runner } = this.deps;
    const fresh: LiveResult[] = [];
    for (const query of touched) {
      watch.started(NO_ITEM);
      const result = await runQuery(runner, query.call, writer.reading(), query);
      watch.idle();
      this.#adopted.adopt(query, result);
      fresh.push(result);
    }
    return fresh;
  }

  #tellDurable(batches: CommittedBatch[]): void {
    for (const { ts, answers, nextDue, callbacks } of batches) {
      this.deps.port.postMessage({ type: "durable", ts, answers, nextDue } satisfies FromWriter);
      for (const callback of callbacks) callback();
    }
  }

  /**
   * Puts all committed batches on the disk. The next batch and live queries run meanwhile; the answers
   * wait for it.
   */
  #flush(): void {
    if (this.#flushing) return;
    const batches = this.#unflushed;
    if (batches.length === 0) {
      this.#flushed?.();
      return;
    }
    this.#unflushed = [];
    this.#flushing = true;
    this.deps.writer.flush((failure) => {
      // Without its log on the disk the writer cannot promise anything; a new one starts from what is there.
      if (failure !== null) throw failure;
      this.#flushing = false;
      this.#tellDurable(batches);
      this.#flush();
    });
  }

  async #allFlushed(): Promise<void> {
    if (!this.#flushing && this.#unflushed.length === 0) return;
    await new Promise<void>((resolve) => (this.#flushed = resolve));
  }

  async #item(batch: WriteBatch, item: WriterItem): Promise<WriterAnswer> {
    batch.now = Date.now();
    switch (item.kind) {
      case "mutate": {
        const startedAt = batch.now;
        const before = performance.now();
        const recorded = item.key === null ? null : recordedAnswer(batch, item.key);
        const outcome = recorded ?? (await this.#mutate(batch, item.call, item.key));
        return {
          seq: item.seq,
          kind: "mutated",
          outcome,
          startedAt,
          milliseconds: performance.now() - before,
          replayed: recorded !== null,
        };
      }
      case "live":
        return this.#live(batch, item);
      case "operate":
        return this.#operate(batch, item);
      case "job":
        return this.#job(batch, item);
    }
  }

  async #mutate(
    batch: WriteBatch,
    call: FunctionCall,
    key: RequestKey | null,
    scheduledId: string | null = null,
  ): Promise<Outcome> {
    const mark = batch.savepoint();
    const outcome = await this.#invoke(batch, call, scheduledId);
    try {
      if (outcome.ok) {
        // What it left unfinished goes first, lest the record of the answer go with it.
        batch.rollbackWithin(mark);
        if (key !== null) recordAnswer(batch, key, outcome);
        batch.release(mark);
      } else batch.rollback(mark);
      return outcome;
    } catch (thrown) {
      batch.rollback(mark);
      return { ok: false, failure: failureOf(thrown), logLines: outcome.logLines };
    }
  }

  async #invoke(
    batch: WriteBatch,
    call: FunctionCall,
    scheduledId: string | null,
  ): Promise<Outcome> {
    try {
      const found = findForCaller(this.deps.app, call);
      requireKind(found, "mutation");
      const journal = { given: null, taken: null, used: false };
      const frame = newFrame({
        call,
        kind: "mutation",
        read: batch,
        write: batch,
        reads: null,
        usage: new Usage(),
        journal,
        now: batch.now,
        scheduledId,
      });
      return await invokeWithin(frame, found, call.args, {
        milliseconds: this.deps.functionTimeoutMs,
        tableOf: tableNamer(batch, call.component),
      });
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [] };
    }
  }

  /** Small live queries right behind the commit that touched them, where everything they need is at hand. */
  async #live(batch: WriteBatch, item: WriterItem & { kind: "live" }): Promise<WriterAnswer> {
    const results: LiveResult[] = [];
    for (const query of item.queries) {
      const result = await runQuery(this.deps.runner, query.call, batch, query);
      this.#adopted.adopt(query, result);
      results.push(result);
    }
    return { seq: item.seq, kind: "lived", results };
  }

  #operate(batch: WriteBatch, item: WriterItem & { kind: "operate" }): WriterAnswer {
    const mark = batch.savepoint();
    try {
      const output = runOperation(batch, item.name, item.input);
      batch.release(mark);
      return { seq: item.seq, kind: "operated", ok: true, output };
    } catch (thrown) {
      batch.rollback(mark);
      return {
        seq: item.seq,
        kind: "operated",
        ok: false,
        error: thrown instanceof Error ? thrown.message : String(thrown),
      };
    }
  }

  /** A scheduled function that is due: a mutation runs here, in the transaction that also marks it as done. */
  async #job(batch: WriteBatch, item: WriterItem & { kind: "job" }): Promise<WriterAnswer> {
    const startedAt = batch.now;
    const before = performance.now();
    const done = (call: FunctionCall | null, outcome: Outcome | null): WriterAnswer => ({
      seq: item.seq,
      kind: "jobDone",
      call,
      outcome,
      startedAt,
      milliseconds: performance.now() - before,
    });
    const job = loadJob(batch, { table: item.table, internal: item.internal });
    if (job === null || job.state !== "pending") return done(null, null);
    const request = { requestId: job.id, ip: null, userAgent: null };
    const call: FunctionCall = {
      component: job.component,
      path: job.path,
      args: job.args,
      caller: { kind: "system" },
      reach: "any",
      request,
    };
    const found = this.deps.app.find(job.component, job.path);
    startJob(batch, job);
    if (found?.entry.udfType === "Action")
      return { seq: item.seq, kind: "jobAction", call, scheduledId: job.id };
    const outcome = await this.#mutate(batch, call, null, job.id);
    finishJob(
      batch,
      job,
      outcome.ok ? { ok: true } : { ok: false, error: outcome.failure.message },
    );
    return done(call, outcome);
  }
}

/** The active schema's demand on each written document. */
function schemaCheck(deps: WriterDeps): DocumentCheck {
  return (table: TableInfo, document) => {
    if (table.name.startsWith("_")) return null;
    const schema = deps.app.tableSchema(table.component, table.name);
    if (!schema.enforced) return null;
    if (schema.table === undefined) return `Table "${table.name}" is not declared in the schema.`;
    const tableOf = tableNamer(deps.writer, table.component);
    return validateDocument(schema.table.documentType, document, table.name, tableOf);
  };
}
