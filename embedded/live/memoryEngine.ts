/**
 * An engine for tests: a versioned map in memory, functions that are plain closures, and the same
 * promises as the real one (serial mutations, pinned snapshots, recorded requests, commits told in
 * order). Tests may hold back what the real one may delay: notifications and the reader's answers.
 */
import type {
  Commit,
  Engine,
  FunctionCall,
  Json,
  LiveQuery,
  LiveResult,
  LiveSource,
  MutationOutcome,
  Outcome,
  ReadRange,
  RequestKey,
} from "../engine/types.ts";
import { missingFunction } from "../engine/failures.ts";

type Data = ReadonlyMap<string, Json>;

/** What a function may do; keys are those of the only index, number 1. */
export interface MemoryTransaction {
  get(key: string): Json | undefined;
  /** Rows with lo <= key < hi in order, read one by one: `take` ends the range that counts as read. */
  scan(lo: string, hi: string, take?: number): [string, Json][];
  set(key: string, value: Json): void;
  journal: string | null;
}

export type MemoryFunction = (
  tx: MemoryTransaction,
  args: Record<string, Json>,
  call: FunctionCall,
) => Json;

/** Thrown by a test's function as user code throws a ConvexError. */
export class MemoryConvexError extends Error {
  constructor(readonly data: Json) {
    super("ConvexError");
  }
}

class Transaction implements MemoryTransaction {
  readonly reads: ReadRange[] = [];
  readonly writes = new Map<string, Json>();

  constructor(
    private readonly data: Data,
    public journal: string | null,
  ) {}

  get(key: string): Json | undefined {
    this.reads.push({ index: 1, lo: key, hi: `${key}\0` });
    return this.writes.get(key) ?? this.data.get(key);
  }

  scan(lo: string, hi: string, take = Infinity): [string, Json][] {
    const rows = [...this.data].filter(([key]) => key >= lo && key < hi).sort();
    const taken = rows.slice(0, take);
    const last = taken.at(-1);
    this.reads.push({ index: 1, lo, hi: rows.length > take && last ? `${last[0]}\0` : hi });
    return taken;
  }

  set(key: string, value: Json): void {
    this.writes.set(key, value);
  }
}

/** See the top of the file. */
export class MemoryEngine implements LiveSource, Pick<Engine, "mutate" | "act" | "live"> {
  readonly live: LiveSource = this;
  /** Every state that ever was, oldest first. */
  readonly history: { ts: bigint; data: Data }[];
  readonly executed: FunctionCall[] = [];
  lastCommit: bigint;
  /** Awaited before `run` and `runPinned` answer; may reject like a reader that died. */
  readerGate: () => Promise<void> = () => Promise.resolve();
  /** Gets each notification, to be called in order; by default at once. */
  deliver: (notify: () => void) => void = (notify) => notify();
  actions: Record<string, (args: Record<string, Json>, call: FunctionCall) => Promise<Json>> = {};
  /** Whether a query that ran is kept fresh: its next results come with the commits that touch it. */
  adopts: (query: LiveQuery) => boolean = () => false;
  readonly #adopted = new Map<number, { query: LiveQuery; reads: ReadRange[] }>();
  #resetsSoFar = 0;
  #pinned: Data | null = null;
  readonly #commits = new Set<(commit: Commit) => void>();
  readonly #resets = new Set<() => void>();
  readonly #recorded = new Map<string, Promise<MutationOutcome>>();

  constructor(
    public functions: Record<string, MemoryFunction>,
    start = 1_000n,
  ) {
    this.history = [{ ts: start, data: new Map() }];
    this.lastCommit = start;
  }

  get newest(): { ts: bigint; data: Data } {
    const newest = this.history.at(-1);
    if (newest === undefined) throw new Error("History begins with a state");
    return newest;
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#commits.add(listener);
    return () => this.#commits.delete(listener);
  }

  onReset(listener: () => void): () => void {
    this.#resets.add(listener);
    return () => this.#resets.delete(listener);
  }

  reset(): void {
    this.#adopted.clear();
    this.#resetsSoFar += 1;
    for (const listener of this.#resets) listener();
  }

  /** Runs a query as of `ts`, outside of everything: the oracle. */
  at(ts: bigint, call: FunctionCall): Outcome {
    const state = this.history.findLast((version) => version.ts <= ts);
    return this.#execute(call, new Transaction(state?.data ?? new Map(), null));
  }

  async run(queries: LiveQuery[]): Promise<{ ts: bigint; results: LiveResult[] }> {
    if (this.#pinned !== null) throw new Error("A snapshot is pinned already");
    const { ts, data } = this.newest;
    this.#pinned = data;
    try {
      const results = this.#runAll(queries, data);
      await this.readerGate();
      return { ts, results };
    } catch (error) {
      this.#pinned = null;
      throw error;
    }
  }

  async runPinned(queries: LiveQuery[]): Promise<LiveResult[]> {
    if (this.#pinned === null) throw new Error("No snapshot is pinned");
    const results = this.#runAll(queries, this.#pinned);
    await this.readerGate();
    return results;
  }

  release(): void {
    this.#pinned = null;
  }

  forget(keys: number[]): void {
    for (const key of keys) this.#adopted.delete(key);
  }

  mutate(call: FunctionCall, key: RequestKey | null): Promise<MutationOutcome> {
    const name = key === null ? null : `${key.session}/${key.request}`;
    const recorded = name === null ? undefined : this.#recorded.get(name);
    if (recorded !== undefined) return recorded;
    const outcome = this.#commit(call);
    // Failures leave no record: their transaction was rolled back, record and all.
    if (name !== null && outcome.ok) this.#recorded.set(name, Promise.resolve(outcome));
    return Promise.resolve(outcome);
  }

  async act(call: FunctionCall): Promise<Outcome> {
    const action = this.actions[call.path];
    if (action === undefined) return this.#missing(call);
    try {
      const value = await action(JSON.parse(call.args) as Record<string, Json>, call);
      return { ok: true, value: JSON.stringify(value), logLines: [] };
    } catch (error) {
      return failed(error);
    }
  }

  #runAll(queries: LiveQuery[], data: Data): LiveResult[] {
    return queries.map((query) => {
      const { key, call, journal } = query;
      const tx = new Transaction(data, journal);
      this.executed.push(call);
      this.#adopted.delete(key);
      const outcome = this.#execute(call, tx);
      if (this.adopts(query)) {
        const kept = { ...query, journal: tx.journal ?? journal };
        this.#adopted.set(key, { query: kept, reads: tx.reads });
      }
      return { key, outcome, journal: tx.journal, reads: tx.reads, milliseconds: 0 };
    });
  }

  #commit(call: FunctionCall): MutationOutcome {
    const before = this.newest;
    const tx = new Transaction(before.data, null);
    const outcome = this.#execute(call, tx);
    if (!outcome.ok) return { ...outcome, ts: before.ts };
    const ts = before.ts + 1n;
    this.history.push({ ts, data: new Map([...before.data, ...tx.writes]) });
    const writes = [...tx.writes.keys()].map((key) => ({ index: 1, key }));
    const touched = [...this.#adopted.values()].filter(({ reads }) =>
      reads.some(({ lo, hi }) => writes.some(({ key }) => key >= lo && key < hi)),
    );
    const fresh = this.#runAll(
      touched.map(({ query }) => query),
      this.newest.data,
    );
    const resets = this.#resetsSoFar;
    this.deliver(() => {
      this.lastCommit = ts;
      // As in the real engine, no result of the old code is told of after the reset.
      const isFresh = fresh.length > 0 && resets === this.#resetsSoFar;
      const commit: Commit = isFresh ? { ts, writes, fresh } : { ts, writes };
      for (const listener of this.#commits) listener(commit);
    });
    return { ...outcome, ts };
  }

  #execute(call: FunctionCall, tx: Transaction): Outcome {
    const run = this.functions[call.path];
    if (run === undefined) return this.#missing(call);
    try {
      const value = run(tx, JSON.parse(call.args) as Record<string, Json>, call);
      return { ok: true, value: JSON.stringify(value), logLines: [] };
    } catch (error) {
      return failed(error);
    }
  }

  #missing(call: FunctionCall): Outcome {
    return { ok: false, failure: missingFunction(call.component, call.path), logLines: [] };
  }
}

function failed(error: unknown): Outcome {
  const text = error instanceof Error ? error.message : String(error);
  const failure = { code: "thrown", message: `Uncaught Error: ${text}` } as const;
  if (!(error instanceof MemoryConvexError)) return { ok: false, failure, logLines: [] };
  return { ok: false, failure: { ...failure, data: JSON.stringify(error.data) }, logLines: [] };
}
