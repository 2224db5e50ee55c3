/**
 * The live queries of all sessions. Sessions that ask for the same function with the same arguments
 * as the same caller share one entry, hence one execution. An entry knows the span of time for which
 * its result holds: from the snapshot it ran in until the first commit that wrote what it read.
 */
import type {
  Caller,
  Commit,
  FunctionCall,
  LiveQuery,
  LiveResult,
  Outcome,
  ReadRange,
} from "../engine/types.ts";
import { IntervalMap, type Handle } from "./intervals.ts";

/** Turns a result into the text that sessions send; equal texts mean "unchanged". */
export type Render = (call: FunctionCall, outcome: Outcome, journal: string | null) => string;

/** One session's share in an entry. Compared by identity. */
export interface Subscription<Follower> {
  readonly follower: Follower;
  readonly entry: LiveEntry<Follower>;
}

/** A shared live query. Only the registry changes it. */
export class LiveEntry<Follower> {
  readonly subscriptions = new Set<Subscription<Follower>>();
  /** The newest result as sessions send it; null before the first execution. */
  rendered: string | null = null;
  /** Timestamp of the snapshot that the newest execution read. */
  ranAt = 0n;
  /** Timestamp of the first commit that touched what it read; null while there is none. */
  invalidFrom: bigint | null = null;
  reads: readonly ReadRange[] = [];
  handles: Handle[] = [];

  constructor(
    readonly key: number,
    readonly shareKey: string,
    readonly call: FunctionCall,
    public journal: string | null,
  ) {}

  /** Whether the newest result is what the function returns at `ts`. */
  isValidAt(ts: bigint): boolean {
    return (
      this.rendered !== null &&
      this.ranAt <= ts &&
      (this.invalidFrom === null || ts < this.invalidFrom)
    );
  }

  /** The question to the engine. A repeated execution continues its own journal. */
  toLiveQuery(): LiveQuery {
    return { key: this.key, call: this.call, journal: this.journal };
  }
}

/** All live queries, found by what they are and by what they read. */
export class LiveRegistry<Follower> {
  readonly #byShareKey = new Map<string, LiveEntry<Follower>>();
  readonly #byKey = new Map<number, LiveEntry<Follower>>();
  readonly #intervals = new IntervalMap<LiveEntry<Follower>>();
  /** Entries whose result is missing or outdated. */
  readonly stale = new Set<LiveEntry<Follower>>();
  readonly #render: Render;
  #nextKey = 1;

  constructor(render: Render) {
    this.#render = render;
  }

  /** Number of different queries. */
  get size(): number {
    return this.#byKey.size;
  }

  /** Joins the entry for this call, or makes one, which is then stale. */
  subscribe(
    follower: Follower,
    call: FunctionCall,
    journal: string | null,
  ): Subscription<Follower> {
    const shareKey = shareKeyOf(call, journal);
    let entry = this.#byShareKey.get(shareKey);
    if (entry === undefined) {
      entry = new LiveEntry<Follower>(this.#nextKey++, shareKey, call, journal);
      this.#byShareKey.set(shareKey, entry);
      this.#byKey.set(entry.key, entry);
      this.stale.add(entry);
    }
    const subscription = { follower, entry };
    entry.subscriptions.add(subscription);
    return subscription;
  }

  /** Leaves the entry; the last one to leave takes the entry away at once. */
  unsubscribe(subscription: Subscription<Follower>): void {
    const { entry } = subscription;
    if (!entry.subscriptions.delete(subscription) || entry.subscriptions.size > 0) return;
    this.#byShareKey.delete(entry.shareKey);
    this.#byKey.delete(entry.key);
    this.stale.delete(entry);
    for (const handle of entry.handles) this.#intervals.remove(handle);
    entry.handles = [];
  }

  /** Whether the entry still has subscribers. */
  has(entry: LiveEntry<Follower>): boolean {
    return this.#byKey.get(entry.key) === entry;
  }

  hasKey(key: number): boolean {
    return this.#byKey.has(key);
  }

  /** Marks the entries that read what the commit wrote; costs nothing for the others. */
  invalidate(commit: Commit): void {
    for (const write of commit.writes) {
      this.#intervals.stab(write.index, write.key, (entry) => {
        // Replayed commits may be older than the execution; those it has seen.
        if (commit.ts > entry.ranAt) this.#mark(entry, commit.ts);
      });
    }
  }

  /** Marks every entry as holding at no time at all: other code is active. */
  invalidateAll(): void {
    for (const entry of this.#byKey.values()) {
      entry.invalidFrom = 0n;
      this.stale.add(entry);
    }
  }

  /**
   * Takes the results of an execution in the snapshot `ts`. Returns the entries whose text changed.
   * Commits after `ts` that are known already must be given to `invalidate` again, because they were
   * compared with what the previous execution had read.
   */
  install(results: readonly LiveResult[], ts: bigint): LiveEntry<Follower>[] {
    const changed: LiveEntry<Follower>[] = [];
    for (const result of results) {
      const entry = this.#byKey.get(result.key);
      if (entry === undefined) continue;
      entry.journal = result.journal ?? entry.journal;
      entry.ranAt = ts;
      entry.invalidFrom = null;
      this.stale.delete(entry);
      this.#watch(entry, result.reads);
      const rendered = this.#render(entry.call, result.outcome, entry.journal);
      if (rendered === entry.rendered) continue;
      entry.rendered = rendered;
      changed.push(entry);
    }
    return changed;
  }

  #mark(entry: LiveEntry<Follower>, ts: bigint): void {
    if (entry.invalidFrom === null || ts < entry.invalidFrom) entry.invalidFrom = ts;
    this.stale.add(entry);
  }

  #watch(entry: LiveEntry<Follower>, reads: readonly ReadRange[]): void {
    if (sameReads(entry.reads, reads)) return;
    for (const handle of entry.handles) this.#intervals.remove(handle);
    entry.reads = reads;
    entry.handles = reads.map((read) => this.#intervals.add(read.index, read.lo, read.hi, entry));
  }
}

function sameReads(a: readonly ReadRange[], b: readonly ReadRange[]): boolean {
  return (
    a.length === b.length &&
    a.every((read, i) => {
      const other = b[i];
      return read.index === other?.index && read.lo === other.lo && read.hi === other.hi;
    })
  );
}

const callerTexts = new WeakMap<Caller, string>();

function shareKeyOf(call: FunctionCall, journal: string | null): string {
  let caller = callerTexts.get(call.caller);
  if (caller === undefined) {
    caller = JSON.stringify(call.caller);
    callerTexts.set(call.caller, caller);
  }
  // A JSON array ends where it ends, so nothing that a client writes can imitate another key.
  return JSON.stringify([caller, call.reach, call.component, call.path, journal]) + call.args;
}
