/** What the main thread and its workers say to each other. Everything is structured-cloneable; values are JSON text. */
import type {
  FunctionCall,
  HttpActionRequest,
  HttpActionResponse,
  LiveQuery,
  LiveResult,
  Outcome,
  RequestKey,
  WrittenKey,
} from "../engine/types.ts";

export type WorkerRole = "writer" | "reader" | "action";

export interface WorkerSettings {
  role: WorkerRole;
  database: string;
  /** Folder of the active push; null before the first one. */
  pushFolder: string | null;
  cloudUrl: string;
  siteUrl: string;
  filesFolder: string;
  /** Encrypts pagination cursors; 32 bytes, hex. */
  cursorKey: string;
  functionTimeoutMs: number;
  /** Int32 slots, see Watch in `runtime/watch.ts`. */
  watch: SharedArrayBuffer;
}

/**
 * One piece of the writer's work. `seq` grows by one from item to item and is answered once. What writes
 * has a key: should the writer die between its commit and its answer, the item comes again, and must be
 * answered from the record instead of being done twice.
 */
export type WriterItem = { seq: number } & (
  | { kind: "mutate"; call: FunctionCall; key: RequestKey }
  | { kind: "operate"; name: string; input: unknown; key: RequestKey }
  | { kind: "job"; table: number; internal: string; key: RequestKey }
  | { kind: "live"; queries: LiveQuery[] }
);

export type WriterAnswer = { seq: number } & (
  | {
      kind: "mutated";
      outcome: Outcome;
      startedAt: number;
      milliseconds: number;
      replayed: boolean;
    }
  | { kind: "operated"; ok: true; output: unknown }
  | { kind: "operated"; ok: false; error: string }
  /** A scheduled mutation ran (or there was nothing left to run). */
  | {
      kind: "jobDone";
      call: FunctionCall | null;
      outcome: Outcome | null;
      startedAt: number;
      milliseconds: number;
    }
  /** It could not be written (a full disk, say), and nothing of it was. */
  | { kind: "unwritten"; error: string }
  | { kind: "lived"; results: LiveResult[] }
  /** The live queries were not run; nothing is known of them. */
  | { kind: "liveFailed" }
  /** The run had to be stopped from outside; the job still stands as pending. */
  | { kind: "jobFailed"; outcome: Outcome & { ok: false } }
  /** A scheduled action is marked as in progress and is to be run now. */
  | { kind: "jobAction"; call: FunctionCall; scheduledId: string }
);

export type ToWriter =
  | { type: "go" }
  | { type: "forget"; keys: number[] }
  | { type: "work"; items: WriterItem[] }
  | { type: "stop" };

export type FromWriter =
  | { type: "loaded" }
  | { type: "ready"; ts: bigint }
  /** Readers see the commit from now on. */
  | { type: "committed"; ts: bigint; writes: WrittenKey[]; items: number }
  /** Live queries ran alone; there was nothing to commit. */
  | { type: "read"; ts: bigint; answers: WriterAnswer[] }
  /** A commit that readers see, that is on the disk, and that brings the results of live queries. */
  | {
      type: "committedFresh";
      ts: bigint;
      writes: WrittenKey[];
      items: number;
      fresh: LiveResult[];
      answers: WriterAnswer[];
      nextDue: number | null | undefined;
    }
  /** The commit is on the disk; `nextDue` is left out when it did not change. */
  | { type: "durable"; ts: bigint; answers: WriterAnswer[]; nextDue: number | null | undefined }
  | { type: "stopped" };

export type ToReader =
  | { type: "live"; id: number; queries: LiveQuery[]; pinned: boolean }
  | { type: "release" }
  | { type: "query"; id: number; call: FunctionCall }
  | { type: "stop" };

export type FromReader =
  | { type: "ready" }
  /** The snapshot to run in is no longer there. */
  | { type: "unpinned"; id: number }
  | { type: "lived"; id: number; ts: bigint; results: LiveResult[] }
  | {
      type: "queried";
      id: number;
      ts: bigint;
      outcome: Outcome;
      startedAt: number;
      milliseconds: number;
    }
  | { type: "stopped" };

/** What an action may ask of the main thread while it runs. */
export type ActionQuestion =
  | { kind: "mutate"; call: FunctionCall }
  | { kind: "operate"; name: string; input: unknown };

export type ToAction =
  | { type: "act"; id: number; call: FunctionCall; scheduledId: string | null }
  | { type: "http"; id: number; request: HttpActionRequest }
  /** The client has gone away (the action may go on), or, when final, its time is over. */
  | { type: "abort"; id: number; final: boolean }
  | { type: "mutated"; question: number; outcome: Outcome }
  | {
      type: "operated";
      question: number;
      result: { ok: true; output: unknown } | { ok: false; error: string };
    }
  | { type: "stop" };

export type FromAction =
  | { type: "ready" }
  | { type: "acted"; id: number; outcome: Outcome }
  /** The response has begun; its body may still stream. Null: no route. */
  | { type: "responded"; id: number; response: HttpActionResponse | null }
  /** The http action failed before it gave a response. */
  | { type: "httpFailed"; id: number; outcome: Outcome & { ok: false } }
  /** The action, and the body it streamed, are finished: the worker is free. */
  | { type: "finished"; id: number; logLines: string[] }
  | { type: "ask"; question: number; about: ActionQuestion }
  | { type: "stopped" };
