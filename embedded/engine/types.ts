/**
 * The words that every room of the server shares: what a function call is, who makes it, what comes
 * back, and what a running function read and wrote.
 *
 * Values travel between rooms and threads as *convex JSON text* (the JSON encoding of
 * `convexToJson`), never as parsed objects, so that a document read from the disk can be spliced
 * into an answer without being parsed.
 */

/** JSON encoding of a Convex value, parsed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a component instance hangs in the tree: "" is the app, "aggregate" a child, "presence/batchWorker" a grandchild. */
export type ComponentPath = string;

/** What `ctx.auth.getUserIdentity()` returns: standard attributes in camelCase and custom claims under their own names. */
export interface UserIdentity {
  tokenIdentifier: string;
  issuer: string;
  subject: string;
  [attribute: string]: Json | undefined;
}

export type Caller =
  | { kind: "anonymous" }
  | { kind: "user"; identity: UserIdentity }
  /** Holder of the admin key; may impersonate a user for `getUserIdentity`. */
  | { kind: "admin"; impersonating?: UserIdentity }
  /** The server itself: scheduled functions and crons. */
  | { kind: "system" };

export interface RequestMetadata {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

export interface FunctionCall {
  component: ComponentPath;
  /** Canonical name, `dir/module:function`; a bare module means `module:default`. */
  path: string;
  /** Convex JSON text of the *argument object*: `{"a":1}`. */
  args: string;
  caller: Caller;
  /** "public": only public functions are found; "any": internal ones too (admins, the scheduler, sibling functions). */
  reach: "public" | "any";
  request: RequestMetadata;
}

export type FailureCode =
  /** Thrown by the function. */
  | "thrown"
  /** No such function, or not reachable by this caller. */
  | "notFound"
  /** Arguments or returned value do not match their validator, or a document its schema. */
  | "invalid"
  /** Stopped at its time limit. */
  | "timeout"
  /** One of Convex's limits (documents read, bytes, sizes, depth). */
  | "limit"
  /** The server's own fault. */
  | "internal";

export interface FunctionFailure {
  code: FailureCode;
  /** For developers: name, message and stack, e.g. `Uncaught Error: no\n    at handler (…)`. */
  message: string;
  /** Convex JSON text of `ConvexError.data`, when a ConvexError was thrown. */
  data?: string;
}

export type Outcome =
  | { ok: true; value: string; logLines: string[] }
  | { ok: false; failure: FunctionFailure; logLines: string[] };

/** What a mutation answers once it is durable; `ts` is its commit timestamp. */
export type MutationOutcome = Outcome & { ts: bigint };

/** Identifies a mutation for ever: the same key is executed once, and answered from the record afterwards. */
export interface RequestKey {
  session: string;
  request: number;
}

/**
 * A half-open range [lo, hi) of one index that a function read.
 * `index` > 0 is an index id; `index` < 0 is the documents of table `-index`, keyed by internal id.
 * Keys are byte strings held one byte per character (latin1).
 */
export interface ReadRange {
  index: number;
  lo: string;
  hi: string;
}

/** A key of an index (or of a table's documents, see ReadRange) that a commit wrote. */
export interface WrittenKey {
  index: number;
  key: string;
}

export interface Commit {
  ts: bigint;
  writes: WrittenKey[];
  /** Results, at exactly this commit, of live queries that it touched, when the engine has them already. */
  fresh?: LiveResult[];
}

export interface LiveQuery {
  /** Chosen by the caller, returned with the result. */
  key: number;
  call: FunctionCall;
  journal: string | null;
}

export interface LiveResult {
  key: number;
  outcome: Outcome;
  journal: string | null;
  reads: ReadRange[];
  /** How long it took. */
  milliseconds: number;
}

/** Subscriptions' view of the engine. One user at a time: run → (runPinned)* → release. */
export interface LiveSource {
  /** Timestamp of the newest commit that listeners have been told of. */
  readonly lastCommit: bigint;
  /** Called for each commit, in order, once it is durable and visible. Returns the unsubscriber. */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Called when other code or another environment became active: every result may differ now. */
  onReset(listener: () => void): () => void;
  /** Pins the newest snapshot, runs the queries in it, keeps it pinned. `ts` may be newer than `lastCommit`. */
  run(queries: LiveQuery[]): Promise<{ ts: bigint; results: LiveResult[] }>;
  /** Runs more queries in the snapshot that `run` pinned. */
  runPinned(queries: LiveQuery[]): Promise<LiveResult[]>;
  /** Lets the pinned snapshot go. */
  release(): void;
  /** Nobody wants these queries any more (their keys came with a commit's fresh results). */
  forget(keys: number[]): void;
}

/** Log lines of one finished execution, for `convex logs`. */
export interface ExecutionLog {
  call: FunctionCall;
  udfType: "Query" | "Mutation" | "Action" | "HttpAction";
  outcome: Outcome;
  startedAt: number;
  milliseconds: number;
  cached?: boolean;
}

export interface HttpActionRequest {
  method: string;
  /** Absolute URL on the site address. */
  url: string;
  headers: [string, string][];
  body: ReadableStream<Uint8Array> | null;
  request: RequestMetadata;
  caller: Caller;
  /** The bearer token as it came, for `getRequestMetadata().authToken`. */
  authToken: string | null;
  /** Aborted when the client goes away. Stays on the main thread. */
  signal?: AbortSignal;
}

export interface HttpActionResponse {
  status: number;
  statusText: string;
  /** `set-cookie` may occur several times. */
  headers: [string, string][];
  body: ReadableStream<Uint8Array> | null;
}

/** Everything the network rooms (sync, http, scheduler) may ask of the engine. All of it runs user code off the main thread. */
export interface Engine {
  query(call: FunctionCall): Promise<Outcome & { ts: bigint }>;
  /** Resolves when the mutation is durable (or failed). With a key, a repeated call answers from the record. */
  mutate(call: FunctionCall, key: RequestKey | null): Promise<MutationOutcome>;
  act(call: FunctionCall): Promise<Outcome>;
  /** `convex run`: whichever of the three the function is. */
  runAny(call: FunctionCall): Promise<Outcome>;
  /** Null when no route matches. */
  serveHttpAction(request: HttpActionRequest): Promise<HttpActionResponse | null>;
  readonly live: LiveSource;
  /** Runs one of the server's own operations in a write transaction of its own; resolves when durable. */
  operate<Name extends keyof Operations>(
    name: Name,
    input: Operations[Name]["input"],
  ): Promise<Operations[Name]["output"]>;
  /** Called after each finished execution of user code. */
  onExecution(listener: (log: ExecutionLog) => void): () => void;
}

/** The server's own write operations; each room adds its own by declaration merging and registers it in `engine/operations.ts`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Operations {}
