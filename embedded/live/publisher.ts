/**
 * Keeps every session's picture of the data whole. One round at a time: run what is stale in one
 * pinned snapshot S, wait until all commits up to S are known, run again in S what those commits
 * touched, and let every session that is affected move to S. A session none of whose queries is
 * stale moves without a round, because its results hold at the newest commit as they are.
 */
import type { Commit, FunctionCall, LiveResult, LiveSource } from "../engine/types.ts";
import { LiveRegistry, type LiveEntry, type Render, type Subscription } from "./registry.ts";

/** The two timestamps at which results may be complete. */
export interface Moment {
  /** The newest commit that is known. */
  current: bigint;
  /** The snapshot of the newest round. */
  round: bigint;
}

/**
 * How a follower stands after it tried to move: nothing to wait for, waiting for stale queries, or
 * waiting for a newer commit.
 */
export type Standing = "settled" | "stale" | "behind";

/** A session, as the publisher sees it. */
export interface Follower {
  /** Sends what can be sent at one of the moment's timestamps. One that throws is not asked again. */
  settle(moment: Moment): Standing;
}

export type LiveSubscription = Subscription<Follower>;

const longestPause = 1_000;

/** Runs live queries again when their data changes, and tells the followers. One per server. */
export class Publisher {
  readonly #live: LiveSource;
  readonly #registry: LiveRegistry<Follower>;
  readonly #report: (error: unknown) => void;
  readonly #unlisten: (() => void)[];
  /** Followers to try at the next tick. */
  #ready = new Set<Follower>();
  /** Followers that wait for the next round's results. */
  #blocked = new Set<Follower>();
  #moment: Moment;
  #tick: NodeJS.Immediate | null = null;
  #running = false;
  #stopped = false;
  /** Commits that arrived since the running round began. */
  #newCommits: Commit[] = [];
  /** Grows when other code becomes active; results of an older epoch are thrown away. */
  #epoch = 0;
  /** Ends what the running round waits for when something happens. */
  #alarm: (() => void) | null = null;

  /** @param report hears of executions that the engine could not finish; they are tried again */
  constructor(live: LiveSource, render: Render, report: (error: unknown) => void) {
    this.#live = live;
    this.#registry = new LiveRegistry<Follower>(render);
    this.#report = report;
    this.#moment = { current: live.lastCommit, round: 0n };
    this.#unlisten = [
      live.onCommit((commit) => this.#onCommit(commit)),
      live.onReset(() => this.#onReset()),
    ];
  }

  /** Number of different queries that are kept live. */
  get queries(): number {
    return this.#registry.size;
  }

  /** Keeps the query live for the follower; its result may be there already. The follower wakes itself. */
  subscribe(follower: Follower, call: FunctionCall, journal: string | null): LiveSubscription {
    return this.#registry.subscribe(follower, call, journal);
  }

  /** Ends a subscription; a query that nobody wants is dropped at once. */
  unsubscribe(subscription: LiveSubscription): void {
    this.#registry.unsubscribe(subscription);
  }

  /** Has `settle` called soon, after everything else that is already happening in this turn. */
  wake(follower: Follower): void {
    this.#blocked.delete(follower);
    this.#ready.add(follower);
    this.#schedule();
  }

  /** Forgets a follower, whose subscriptions must have ended. */
  leave(follower: Follower): void {
    this.#ready.delete(follower);
    this.#blocked.delete(follower);
  }

  /** Stops listening and running; followers hear nothing more. */
  stop(): void {
    this.#stopped = true;
    for (const unlisten of this.#unlisten) unlisten();
    if (this.#tick !== null) clearImmediate(this.#tick);
    this.#alarm?.();
  }

  #onCommit(commit: Commit): void {
    if (commit.ts > this.#moment.current) this.#moment.current = commit.ts;
    if (this.#running) this.#newCommits.push(commit);
    this.#registry.invalidate(commit);
    if (commit.fresh !== undefined) this.#takeFresh(commit.fresh, commit.ts);
    if (this.#ready.size > 0 || this.#registry.stale.size > 0) this.#schedule();
    this.#alarm?.();
  }

  /**
   * Results that came with a commit spare a round. While a round is running they are left aside: it
   * works towards a snapshot at which all queries of a session hold, and these would be newer.
   */
  #takeFresh(fresh: LiveResult[], ts: bigint): void {
    const unwanted = fresh.filter((result) => !this.#registry.hasKey(result.key));
    if (unwanted.length > 0) this.#live.forget(unwanted.map((result) => result.key));
    if (this.#running) return;
    for (const entry of this.#registry.install(fresh, ts)) {
      for (const { follower } of entry.subscriptions) this.#ready.add(follower);
    }
  }

  #onReset(): void {
    this.#epoch += 1;
    // A writer that died may have committed without a word; a reset covers such commits.
    if (this.#live.lastCommit > this.#moment.current) this.#moment.current = this.#live.lastCommit;
    this.#registry.invalidateAll();
    this.#schedule();
    this.#alarm?.();
  }

  #schedule(): void {
    if (this.#tick !== null || this.#stopped) return;
    // After the I/O of this turn: the answers of one group commit then travel together.
    this.#tick = setImmediate(() => {
      this.#tick = null;
      this.#settleReady();
      if (!this.#running && this.#registry.stale.size > 0) void this.#runRounds();
    });
  }

  #settleReady(): void {
    if (this.#stopped) return;
    const ready = this.#ready;
    this.#ready = new Set();
    for (const follower of ready) {
      try {
        const standing = follower.settle(this.#moment);
        if (standing === "stale") this.#blocked.add(follower);
        else if (standing === "behind") this.#ready.add(follower);
      } catch (error) {
        // One broken session must not end the loop that serves all.
        this.#report(error);
      }
    }
  }

  async #runRounds(): Promise<void> {
    this.#running = true;
    let failures = 0;
    while (!this.#stopped && this.#registry.stale.size > 0) {
      try {
        await this.#round();
        failures = 0;
      } catch (error) {
        this.#report(error);
        await this.#pause(Math.min(longestPause, 5 * 2 ** failures));
        failures += 1;
      }
      for (const follower of this.#blocked) this.#ready.add(follower);
      this.#blocked.clear();
      this.#settleReady();
    }
    this.#running = false;
    this.#newCommits = [];
  }

  async #round(): Promise<void> {
    const batch = [...this.#registry.stale];
    const epoch = this.#epoch;
    const known = this.#moment.current;
    this.#newCommits = [];
    const { ts, results } = await this.#live.run(batch.map((entry) => entry.toLiveQuery()));
    try {
      if (ts < known) throw new Error(`Snapshot ${ts} is older than the known commit ${known}`);
      await this.#caughtUp(ts, epoch);
      if (this.#isVoid(epoch)) return;
      this.#install(batch, results, ts);
      // Commits up to S that arrived meanwhile touched queries outside the batch: sessions see S
      // whole only when those have run in S, too.
      const late = [...this.#registry.stale].filter(
        (entry) => entry.invalidFrom !== null && entry.invalidFrom <= ts,
      );
      if (late.length > 0) {
        const more = await this.#live.runPinned(late.map((entry) => entry.toLiveQuery()));
        if (this.#isVoid(epoch)) return;
        this.#install(late, more, ts);
      }
      this.#moment.round = ts;
    } finally {
      this.#live.release();
    }
  }

  #install(asked: LiveEntry<Follower>[], results: LiveResult[], ts: bigint): void {
    for (const entry of this.#registry.install(results, ts)) {
      for (const { follower } of entry.subscriptions) this.#ready.add(follower);
    }
    // Newer commits were compared with what the previous execution had read: compare them again.
    for (const commit of this.#newCommits) {
      if (commit.ts > ts) this.#registry.invalidate(commit);
    }
    if (asked.some((entry) => this.#registry.has(entry) && entry.ranAt !== ts)) {
      throw new Error("The engine left a live query unanswered");
    }
  }

  /** Whether results of that epoch count no more. To be asked after every `await`. */
  #isVoid(epoch: number): boolean {
    return this.#stopped || epoch !== this.#epoch;
  }

  /** Resolves when all commits up to `ts` are known, or when the round has become void. */
  async #caughtUp(ts: bigint, epoch: number): Promise<void> {
    while (this.#moment.current < ts && !this.#isVoid(epoch)) {
      await new Promise<void>((resolve) => (this.#alarm = resolve));
      this.#alarm = null;
    }
  }

  /** Waits before another try; a reset (the engine came back) or the end cuts it short. */
  async #pause(milliseconds: number): Promise<void> {
    const epoch = this.#epoch;
    const end = performance.now() + milliseconds;
    while (!this.#isVoid(epoch) && performance.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - performance.now());
        this.#alarm = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#alarm = null;
    }
  }
}
