/**
 * The syscalls of queries and mutations, and those that actions share with them. What only actions
 * have is in `actionSyscalls.ts`.
 */
import type { Json, Outcome } from "../engine/types.ts";
import { cancelJob, scheduleJob } from "../scheduler/jobs.ts";
import { storageSyscall } from "../storage/syscalls.ts";
import { MAX_KEY } from "../values/keys.ts";
import type { App, FoundFunction } from "./app.ts";
import {
  getDocument,
  insertDocument,
  normalizeId,
  patchDocument,
  removeDocument,
  replaceDocument,
} from "./documents.ts";
import { errorForCaller, failureOf } from "./failure.ts";
import { childFrame, type Frame, type FrameKind } from "./frame.ts";
import type { Syscalls } from "./globals.ts";
import { invoke, tableNamer } from "./invoke.ts";
import { OpenQuery, type QueryContext, type SerializedQuery } from "./openQuery.ts";
import { CursorCodec, queryPage, type PageRequest } from "./pagination.ts";

/** A function may call functions that call functions, but not without end. */
const MAX_DEPTH = 8;

type Arguments = Record<string, Json>;

export interface SyscallDeps {
  app: App;
  cursors: CursorCodec;
  cloudUrl: string;
  filesFolder: string;
  /** Only in action workers. */
  action: {
    asyncSyscall(frame: Frame, name: string, argument: Arguments): Promise<string>;
    jsSyscall(frame: Frame, name: string, argument: Record<string, unknown>): unknown;
  } | null;
}

export class ServerSyscalls implements Syscalls {
  #queryId = 0;

  constructor(private readonly deps: SyscallDeps) {}

  syscall(frame: Frame, name: string, argument: string): string {
    const parsed = JSON.parse(argument) as Arguments;
    switch (name) {
      case "1.0/queryStream": {
        const query = parsed.query as unknown as SerializedQuery;
        this.#queryId += 1;
        frame.openQueries.set(this.#queryId, new OpenQuery(queryContext(frame), query));
        return `{"queryId":${this.#queryId}}`;
      }
      case "1.0/queryCleanup": {
        const id = Number(parsed.queryId);
        frame.openQueries.get(id)?.close();
        frame.openQueries.delete(id);
        return "{}";
      }
      case "1.0/db/normalizeId":
        return normalizeId(frame, parsed as unknown as { table: string; idString: string });
      case "1.0/getSnapshotTs":
        if (frame.read === null)
          throw new Error("getSnapshotTs() can only be called from a query or mutation.");
        return JSON.stringify({ $integer: littleEndian(frame.read.ts) });
      default:
        throw new Error(`Unknown operation ${name}`);
    }
  }

  async asyncSyscall(frame: Frame, name: string, argument: string): Promise<string> {
    // A sub-function has the transaction to itself; its caller's own calls wait their turn.
    while (frame.child !== null) await frame.child;
    if (frame.closed) throw new Error("The function has already ended.");
    switch (name) {
      case "1.0/queryStreamNext":
        return this.#next(frame, JSON.parse(argument) as { queryId: number });
      case "1.0/get":
        return getDocument(frame, JSON.parse(argument) as { id: Json });
      case "1.0/insert":
        return insertDocument(frame, JSON.parse(argument) as { table: string; value: Json });
      case "1.0/shallowMerge":
        return patchDocument(frame, JSON.parse(argument) as { id: Json; value: Json });
      case "1.0/replace":
        return replaceDocument(frame, JSON.parse(argument) as { id: Json; value: Json });
      case "1.0/remove":
        return removeDocument(frame, JSON.parse(argument) as { id: Json });
      case "1.0/queryPage":
        return queryPage(
          frame,
          queryContext(frame),
          JSON.parse(argument) as PageRequest,
          this.deps.cursors,
        );
      default:
        return this.#rare(frame, name, JSON.parse(argument) as Arguments);
    }
  }

  jsSyscall(frame: Frame, name: string, argument: Record<string, unknown>): unknown {
    if (this.deps.action === null || frame.kind !== "action")
      throw new Error(`Unknown operation ${name}`);
    return this.deps.action.jsSyscall(frame, name, argument);
  }

  async #rare(frame: Frame, name: string, argument: Arguments): Promise<string> {
    switch (name) {
      case "1.0/count":
        return countTable(frame, argument as unknown as { table: string });
      case "1.0/runUdf":
        return this.#runUdf(frame, argument);
      case "1.0/createFunctionHandle":
        return JSON.stringify(this.deps.app.handle(this.#resolve(frame, argument)));
      case "1.0/getUserIdentity":
        return JSON.stringify(identityOf(frame));
      case "1.0/getFunctionMetadata":
        return JSON.stringify({ name: frame.path, componentPath: frame.component });
      case "1.0/getRequestMetadata":
        if (frame.kind === "query")
          throw new Error("getRequestMetadata() can only be called from a mutation or action.");
        return JSON.stringify({
          ...frame.request,
          scheduledFunctionId: frame.scheduledId,
          authToken: frame.authToken,
        });
      case "1.0/getDeploymentMetadata":
        return JSON.stringify({ name: "trellis-embedded", region: null, class: "embedded" });
      case "1.0/getTransactionMetrics":
        if (frame.read === null)
          throw new Error("Unknown async operation 1.0/getTransactionMetrics");
        return JSON.stringify(frame.usage.metrics());
      case "1.0/auditLog":
        return "null";
      case "1.0/schedule":
        return this.#schedule(frame, argument);
      case "1.0/cancel_job": {
        if (frame.write === null)
          throw new Error("Scheduled functions can only be cancelled in mutations and actions.");
        cancelJob(frame.write, frame.component, (argument as unknown as { id: string }).id);
        return "{}";
      }
      case "1.0/storageGetUrl":
      case "1.0/storageGetMetadata":
      case "1.0/storageGenerateUploadUrl":
      case "1.0/storageDelete":
      case "1.0/storageStore":
      case "1.0/storageGet":
        if (frame.kind === "action") break;
        if (frame.write === null) return storageSyscall(frame, name, argument, this.deps);
        return frame.write.atomically(() => storageSyscall(frame, name, argument, this.deps));
      default:
        break;
    }
    if (this.deps.action !== null && frame.kind === "action")
      return this.deps.action.asyncSyscall(frame, name, argument);
    throw new Error(`Unknown async operation ${name}`);
  }

  #next(frame: Frame, argument: { queryId: number }): string {
    const query = frame.openQueries.get(argument.queryId);
    if (query === undefined)
      throw new Error("This query is closed and can't emit any more values.");
    const json = query.next();
    return json === null ? '{"value":null,"done":true}' : `{"value":${json},"done":false}`;
  }

  #resolve(frame: Frame, argument: Arguments): FoundFunction {
    return this.deps.app.resolve(frame.component, argument);
  }

  /** A function of the same transaction: a query, or a mutation whose writes roll back alone when it throws. */
  async #runUdf(frame: Frame, argument: Arguments): Promise<string> {
    if (frame.kind === "action") throw new Error("Unknown async operation 1.0/runUdf");
    const kind: FrameKind = argument.udfType === "mutation" ? "mutation" : "query";
    if (kind === "mutation" && frame.kind !== "mutation")
      throw new Error("Queries cannot run mutations.");
    if (frame.depth >= MAX_DEPTH)
      throw new Error(`Cross-component call depth limit exceeded (limit: ${MAX_DEPTH}).`);
    const found = this.#resolve(frame, argument);
    const child = childFrame(frame, kind, found.component, found.path);
    const run = this.#inSavepoint(child, found, JSON.stringify(argument.args ?? {}));
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    frame.child = settled;
    try {
      return await run;
    } finally {
      if (frame.child === settled) frame.child = null;
    }
  }

  async #inSavepoint(child: Frame, found: FoundFunction, args: string): Promise<string> {
    const batch = child.kind === "mutation" ? child.write : null;
    const mark = batch?.savepoint();
    try {
      const result = await invoke(child, found, args, tableNamer(child.read, child.component));
      if (mark !== undefined) batch?.release(mark);
      return result;
    } catch (thrown) {
      if (mark !== undefined) batch?.rollback(mark);
      const outcome: Outcome & { ok: false } = {
        ok: false,
        failure: failureOf(thrown),
        logLines: [],
      };
      throw errorForCaller(outcome);
    }
  }

  #schedule(frame: Frame, argument: Arguments): string {
    if (frame.write === null)
      throw new Error("Functions can only be scheduled in mutations and actions.");
    const found = this.#resolve(frame, argument);
    if (found.entry.udfType !== "Mutation" && found.entry.udfType !== "Action") {
      throw new Error(
        `${found.path} is a ${found.entry.udfType}; only mutations and actions can be scheduled.`,
      );
    }
    const args = JSON.stringify(argument.args ?? {});
    frame.usage.schedule(args.length);
    const job = {
      component: found.component,
      path: found.path,
      args,
      dueMs: Number(argument.ts) * 1000,
      owner: frame.component,
      parentJob: frame.scheduledId,
    };
    const batch = frame.write;
    return batch.atomically(() => JSON.stringify(scheduleJob(batch, job)));
  }
}

export function queryContext(frame: Frame): QueryContext {
  if (frame.read === null)
    throw new Error(
      "The database is not available in actions; use ctx.runQuery or ctx.runMutation.",
    );
  return {
    read: frame.read,
    write: frame.write,
    reads: frame.reads,
    usage: frame.usage,
    component: frame.component,
  };
}

export function identityOf(frame: Frame): Json {
  const { caller } = frame;
  if (caller.kind === "user") return caller.identity as Json;
  if (caller.kind === "admin") return (caller.impersonating ?? null) as Json;
  return null;
}

function countTable(frame: Frame, { table: name }: { table: string }): string {
  const context = queryContext(frame);
  const table = context.read.catalog.table(context.component, name);
  if (table === undefined) return "0";
  context.reads?.push({ index: -table.number, lo: "", hi: MAX_KEY });
  return JSON.stringify(
    Number(
      context.read.sql("SELECT count(*) AS n FROM documents WHERE t = ?", table.number)[0]?.n ?? 0,
    ),
  );
}

function littleEndian(value: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.toString("base64");
}
