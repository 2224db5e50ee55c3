/**
 * A frame is one running function. User code reaches the server through `globalThis.Convex`, which is
 * one object for everybody in the thread; the frame that is asking is found by async context.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type {
  Caller,
  ComponentPath,
  ReadRange,
  RequestMetadata,
  FunctionCall,
} from "../engine/types.ts";
import type { ReadTransaction } from "../store/types.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";
import type { OpenQuery } from "./openQuery.ts";
import type { Usage } from "./usage.ts";
import { inspect } from "node:util";

export type FrameKind = "query" | "mutation" | "action";

/** Pagination's memory: where the first page of a live query ended, so that it ends there again. */
export interface Journal {
  given: string | null;
  taken: string | null;
  used: boolean;
}

export interface Frame {
  readonly kind: FrameKind;
  readonly component: ComponentPath;
  readonly path: string;
  readonly caller: Caller;
  readonly request: RequestMetadata;
  /** Id of the scheduled function that this is a run of, if it is one. */
  readonly scheduledId: string | null;
  readonly authToken: string | null;
  /** Null in actions. */
  readonly read: ReadTransaction | null;
  /** Null but in mutations. */
  readonly write: WriteBatch | null;
  /** What a live query read; shared with its sub-queries. Null when nobody asks. */
  readonly reads: ReadRange[] | null;
  readonly usage: Usage;
  readonly journal: Journal;
  readonly logLines: string[];
  /** Milliseconds; `Date.now()` inside queries and mutations. */
  readonly now: number;
  readonly random: () => number;
  readonly depth: number;
  readonly openQueries: Map<number, OpenQuery>;
  /** Set while a sub-function runs in the same transaction: the parent's own database calls wait for it. */
  child: Promise<unknown> | null;
  /** No syscall is answered after the function, or one that called it, ended or was stopped. */
  closed: boolean;
  /** The function that called this one in the same transaction. */
  readonly parent: Frame | null;
}

const storage = new AsyncLocalStorage<Frame>();

/** The frame that the calling code runs in; undefined while modules are loaded. */
export function currentFrame(): Frame | undefined {
  return storage.getStore();
}

export function runInFrame<T>(frame: Frame, body: () => T): T {
  return storage.run(frame, body);
}

/** Takes the code that follows out of every frame (the server's own work inside a callback of user code). */
export function leaveFrames<T>(body: () => T): T {
  return storage.exit(body);
}

/** Small fast generator (mulberry32); each transaction gets its own seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MAX_LOG_LINES = 256;
const MAX_LOG_LINE = 32768;

/** Adds one console call to the frame's log, in the form that Convex's clients show. */
export function logToFrame(frame: Frame, level: string, values: unknown[]): void {
  if (frame.logLines.length > MAX_LOG_LINES) return;
  if (frame.logLines.length === MAX_LOG_LINES) {
    frame.logLines.push("[WARN] 'Log overflow (maximum 256). Remaining log lines omitted.'");
    return;
  }
  const text = values.map((value) => inspect(value, { depth: 6 })).join(" ");
  frame.logLines.push(
    `[${level}] ${text.length > MAX_LOG_LINE ? `${text.slice(0, MAX_LOG_LINE)} (truncated)` : text}`,
  );
}

export interface NewFrame {
  call: FunctionCall;
  kind: FrameKind;
  read: ReadTransaction | null;
  write: WriteBatch | null;
  reads: ReadRange[] | null;
  usage: Usage;
  journal: Journal;
  now: number;
  scheduledId?: string | null;
  authToken?: string | null;
}

export function newFrame(parts: NewFrame): Frame {
  return {
    kind: parts.kind,
    component: parts.call.component,
    path: parts.call.path,
    caller: parts.call.caller,
    request: parts.call.request,
    scheduledId: parts.scheduledId ?? null,
    authToken: parts.authToken ?? null,
    read: parts.read,
    write: parts.write,
    reads: parts.reads,
    usage: parts.usage,
    journal: parts.journal,
    logLines: [],
    now: parts.now,
    random: seededRandom(Math.floor(trueRandom() * 4294967296)),
    depth: 0,
    openQueries: new Map(),
    child: null,
    closed: false,
    parent: null,
  };
}

/** Captured before `Math.random` is replaced. */
const trueRandom = Math.random.bind(Math);

/** The frame of a function called by another one in the same transaction. */
export function childFrame(
  parent: Frame,
  kind: FrameKind,
  component: ComponentPath,
  path: string,
): Frame {
  let hasEnded = false;
  return {
    ...parent,
    parent,
    kind,
    component,
    path,
    // Who is signed in is the app's affair: it does not cross into a component, nor out of one.
    caller: component === parent.component ? parent.caller : { kind: "anonymous" },
    depth: parent.depth + 1,
    openQueries: new Map(),
    child: null,
    // A caller that did not wait, or ran out of time, takes its callees with it.
    get closed() {
      return hasEnded || parent.closed;
    },
    set closed(closed) {
      hasEnded = closed;
    },
  };
}
