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
import { distrustMemory, forgetOldRequests, recordedAnswer, recordAnswer } from "./requests.ts";
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
  /** Committed batches on their way to the disk. */
  #underWay: CommittedBatch[] = [];
  #flushing = false;
  /** The next so many items get a batch each. */
  #alone = 0;
  /** Why the writer cannot go on. */
  #fault: Error | null = null;
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

  /**
   * Runs until it is told to stop and has answered everything that came before.
   * @throws when the disk fails, after which nothing may be promised
   */
  async run(): Promise<void> {
    for (;;) {
      if (this.#fault !== null) throw this.#fault;
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
    const { writer, port } = this.deps;
    const items: WriterItem[] = [];
    const answers: WriterAnswer[] = [];
    let batch: WriteBatch | null = null;
    let due: number | null;
    let committed: ReturnType<WriteBatch["commit"]>;
    try {
      batch = writer.begin();
      batch.check = this.#check;
      await this.#runItems(batch, items, answers);
      if (answers.every((answer) => answer.kind === "lived")) {
        batch.discard();
        port.postMessage({ type: "read", ts: writer.lastTs, answers } satisfies FromWriter);
        return;
      }
      forgetOldRequests(batch, Date.now());
      due = nextDue(batch);
      committed = batch.commit();
    } catch (fault) {
      // Not a function's failure but the server's own (a full disk, say): nothing of this batch counts.
      batch?.abandon();
      this.#recover(items, fault);
      return;
    }
    this.#alone = Math.max(0, this.#alone - items.length);
    const { ts, writes, callbacks } = committed;
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
    // One message: this commit's answers with its results, after those of all commits before it, lest an
    // older one's word on what is due next come last.
    this.#tellDurable([...this.#underWay, ...this.#unflushed]);
    this.#underWay = [];
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

  /** Runs what waits, as much of it as one batch takes. */
  async #runItems(batch: WriteBatch, items: WriterItem[], answers: WriterAnswer[]): Promise<void> {
    const { writer, watch } = this.deps;
    const most = this.#alone > 0 ? 1 : BATCH_ITEMS;
    const started = performance.now();
    while (items.length < most && performance.now() - started < BATCH_MILLISECONDS) {
      const item = this.#queue.shift();
      if (item === undefined) return;
      items.push(item);
      watch.started(item.seq);
      answers.push(await this.#item(batch, item));
      watch.idle();
      // Whoever caught the error of a failing disk must not be told that all went well.
      if (writer.fault !== null) throw writer.fault;
      // What live queries saw must be the state that the batch ends with.
      if (item.kind === "live") return;
      if (this.#queue.length === 0) this.#drainPort();
    }
  }

  /**
   * A batch could not be written. Its items are tried again, each alone, so that only those fail that
   * cannot be written even then.
   */
  #recover(items: WriterItem[], fault: unknown): void {
    const { writer, port, watch } = this.deps;
    watch.idle();
    distrustMemory();
    if (items.length > 1) {
      this.#queue.unshift(...items);
      this.#alone = items.length;
      return;
    }
    const item = items[0] ?? this.#queue.shift();
    if (item === undefined) return;
    this.#alone = Math.max(0, this.#alone - 1);
    const error = fault instanceof Error ? fault.message : String(fault);
    console.error("A write failed:", fault);
    const answer: WriterAnswer =
      item.kind === "live"
        ? { seq: item.seq, kind: "liveFailed" }
        : { seq: item.seq, kind: "unwritten", error };
    port.postMessage({
      type: "read",
      ts: writer.lastTs,
      answers: [answer],
    } satisfies FromWriter);
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
    this.#underWay = batches;
    this.#flushing = true;
    this.deps.writer.flush((failure) => {
      if (failure !== null) {
        // Without its log on the disk the writer cannot promise anything; a new one starts from what is there.
        this.#fault = failure;
        this.#wake?.();
        return;
      }
      this.#flushing = false;
      const flushed = this.#underWay;
      this.#underWay = [];
      this.#tellDurable(flushed);
      this.#flush();
    });
  }

  async #allFlushed(): Promise<void> {
    if (!this.#flushing && this.#unflushed.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#flushed = resolve;
      this.#wake = resolve;
    });
    if (this.#fault !== null) throw this.#fault;
  }

  async #item(batch: WriteBatch, item: WriterItem): Promise<WriterAnswer> {
    batch.now = Date.now();
    switch (item.kind) {
      case "mutate": {
        const startedAt = batch.now;
        const before = performance.now();
        const recorded = recordedAnswer(batch, item.key);
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
    const recorded = recordedAnswer(batch, item.key);
    if (recorded?.ok === true) {
      const output: unknown = JSON.parse(recorded.value);
      return { seq: item.seq, kind: "operated", ok: true, output };
    }
    const mark = batch.savepoint();
    try {
      const output = runOperation(batch, item.name, item.input);
      const value = JSON.stringify(output ?? null);
      recordAnswer(batch, item.key, { ok: true, value, logLines: [] });
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
    const begun = recordedAnswer(batch, item.key);
    if (begun?.ok === true) {
      // An earlier writer marked the action as in progress and died before it could say so.
      const start = JSON.parse(begun.value) as { call: FunctionCall; scheduledId: string };
      return { seq: item.seq, kind: "jobAction", ...start };
    }
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
    if (found?.entry.udfType === "Action") {
      const start = { call, scheduledId: job.id };
      recordAnswer(batch, item.key, { ok: true, value: JSON.stringify(start), logLines: [] });
      return { seq: item.seq, kind: "jobAction", ...start };
    }
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
