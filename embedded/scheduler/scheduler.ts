/**
 * The scheduler's clock, on the main thread: one timer for whatever is due next. It decides when;
 * what runs, and that it runs once, is the writer's business (`jobs.ts`).
 */
import type { Engine, FunctionCall, Outcome } from "../engine/types.ts";
import type { JobRef } from "./jobs.ts";
import "./operations.ts";

/** What became of starting a job. */
export type JobStart =
  /** It was a mutation and has run, well or badly, or there was nothing left to run. */
  | { kind: "done" }
  /** Its run had to be stopped from outside; it still stands as pending and must not be tried again. */
  | { kind: "failed"; error: string }
  /** It is an action, now marked as in progress, and is to be run. */
  | { kind: "action"; call: FunctionCall; scheduledId: string };

export interface SchedulerDeps {
  operate: Engine["operate"];
  /** Starts a job; rejects when that failed for a passing reason. Jobs must start in the order of the calls. */
  runJob(job: JobRef): Promise<JobStart>;
  act(call: FunctionCall, scheduledId: string): Promise<Outcome>;
  now(): number;
}

/** Scheduled actions in progress at the same time; while there are so many, no other job begins. */
export const MAX_ACTIONS = 64;

const BATCH = 100;
const PRUNE_BATCH = 200;
const PRUNE_EVERY_MS = 60 * 60 * 1000;
const FIRST_BACKOFF_MS = 500;
const LAST_BACKOFF_MS = 60_000;
/** Timers are never longer, so that a clock that was set is noticed, and far below setTimeout's 2^31. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

export class Scheduler {
  readonly #deps: SchedulerDeps;
  #state: "new" | "running" | "stopped" = "new";
  #due: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #pruneTimer: NodeJS.Timeout | undefined;
  #round: Promise<void> | null = null;
  #actions = 0;
  #faults = 0;
  /** Times that starting a job failed in a row, by job. */
  readonly #attempts = new Map<string, number>();

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
  }

  /** Settles what the last server left running, then begins. @throws what the engine throws */
  async start(): Promise<void> {
    if (this.#state !== "new") return;
    await this.#deps.operate("jobs.recover", null);
    if (this.#isStopped()) return;
    this.#state = "running";
    this.wake(this.#deps.now());
    this.#prune();
  }

  /** Says when the next job or cron is due, milliseconds; null when none is. */
  wake(dueMs: number | null): void {
    this.#due = dueMs;
    this.#arm();
  }

  /** Starts no more jobs. Resolves when no start is under way; actions in progress go on. */
  async stop(): Promise<void> {
    this.#state = "stopped";
    clearTimeout(this.#timer);
    clearTimeout(this.#pruneTimer);
    await this.#round;
  }

  #isStopped(): boolean {
    return this.#state === "stopped";
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#state !== "running" || this.#due === null || this.#round !== null) return;
    if (this.#actions >= MAX_ACTIONS) return;
    const wait = Math.min(Math.max(0, this.#due - this.#deps.now()), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => {
      this.#onTimer();
    }, wait);
    this.#timer.unref();
  }

  #onTimer(): void {
    if (this.#due === null || this.#due > this.#deps.now()) {
      this.#arm();
      return;
    }
    this.#due = null;
    this.#round = this.#runRound().then((next) => {
      this.#round = null;
      // What was heard meanwhile may be sooner.
      if (next !== null) this.#due = Math.min(next, this.#due ?? Infinity);
      this.#arm();
    });
  }

  /** Starts what is due; returns when to look again. Never rejects. */
  async #runRound(): Promise<number | null> {
    try {
      const limit = Math.min(BATCH, MAX_ACTIONS - this.#actions);
      const { jobs, next } = await this.#deps.operate("jobs.due", { now: this.#deps.now(), limit });
      if (this.#isStopped()) return null;
      // All at once, in order: the writer takes them one after another, and commits them together.
      await Promise.all(jobs.map((job) => this.#start(job)));
      this.#faults = 0;
      // The answer's `next` is of before these ran, so it is only good when there were none.
      return jobs.length === 0 ? next : this.#deps.now();
    } catch {
      this.#faults += 1;
      return this.#deps.now() + backoff(this.#faults);
    }
  }

  async #start(job: JobRef): Promise<void> {
    const name = `${job.table}:${job.internal}`;
    let started: JobStart;
    try {
      started = await this.#deps.runJob(job);
    } catch {
      if (this.#isStopped()) return;
      const attempts = (this.#attempts.get(name) ?? 0) + 1;
      this.#attempts.set(name, attempts);
      await this.#deps.operate("jobs.postpone", {
        job,
        dueMs: this.#deps.now() + backoff(attempts),
      });
      return;
    }
    this.#attempts.delete(name);
    if (started.kind === "failed") {
      await this.#deps.operate("jobs.finish", { job, result: { ok: false, error: started.error } });
    } else if (started.kind === "action") {
      this.#actions += 1;
      void this.#act(job, started).finally(() => {
        this.#actions -= 1;
        this.#arm();
      });
    }
  }

  /** Runs an action and records its end. Never rejects. */
  async #act(job: JobRef, started: JobStart & { kind: "action" }): Promise<void> {
    const result = await this.#deps.act(started.call, started.scheduledId).then(
      (outcome) =>
        outcome.ok ? { ok: true as const } : { ok: false as const, error: outcome.failure.message },
      (thrown: unknown) => ({
        ok: false as const,
        error: thrown instanceof Error ? thrown.message : String(thrown),
      }),
    );
    for (let attempts = 1; ; attempts++) {
      try {
        await this.#deps.operate("jobs.finish", { job, result });
        return;
      } catch {
        // Without its end on record the action would look as if it ran for ever. After a stop, the next start fails it.
        if (this.#isStopped()) return;
        await pause(backoff(attempts));
      }
    }
  }

  #prune(): void {
    const later = (wait: number) => {
      if (this.#isStopped()) return;
      this.#pruneTimer = setTimeout(() => {
        this.#prune();
      }, wait);
      this.#pruneTimer.unref();
    };
    const now = this.#deps.now();
    this.#deps.operate("jobs.prune", { now, limit: PRUNE_BATCH }).then(
      ({ next }) => {
        // In small steps, between which mutations get their turn.
        later(next !== null && next <= now ? 100 : PRUNE_EVERY_MS);
      },
      () => {
        later(PRUNE_EVERY_MS);
      },
    );
  }
}

function backoff(failures: number): number {
  return Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
