/** The newest log lines of the deployment, for `convex logs` and `convex dev`: a ring that readers follow by cursor. */
import { randomUUID } from "node:crypto";
import type { ExecutionLog } from "../engine/types.ts";

/** One finished execution in the shape that the official CLI prints. */
export interface LogEntry {
  kind: "Completion";
  udfType: ExecutionLog["udfType"];
  /** "dir/module:function" */
  identifier: string;
  componentPath: string | null;
  logLines: string[];
  /** Seconds since the epoch. */
  timestamp: number;
  cachedResult: boolean;
  /** Seconds. */
  executionTime: number;
  success: null;
  error: string | null;
  requestId: string;
  executionId: string;
}

const CAPACITY = 1000;
const LONGEST_WAIT_MS = 20_000;

export class LogHub {
  readonly #entries: { at: number; entry: LogEntry }[] = [];
  readonly #waiting = new Set<() => void>();
  #cursor: number;

  /** Cursors are milliseconds, made unique: one from before a restart is simply an old one. */
  constructor(private readonly now: () => number = Date.now) {
    this.#cursor = now();
  }

  add(log: ExecutionLog): void {
    this.#cursor = Math.max(this.#cursor + 1, this.now());
    const { call, outcome } = log;
    const entry: LogEntry = {
      kind: "Completion",
      udfType: log.udfType,
      identifier: call.path,
      componentPath: call.component === "" ? null : call.component,
      logLines: outcome.logLines,
      timestamp: log.startedAt / 1000,
      cachedResult: log.cached ?? false,
      executionTime: log.milliseconds / 1000,
      success: null,
      error: outcome.ok ? null : outcome.failure.message,
      requestId: call.request.requestId,
      executionId: randomUUID(),
    };
    this.#entries.push({ at: this.#cursor, entry });
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    for (const wake of this.#waiting) wake();
  }

  /** Entries after the cursor; waits for the first one, at most as long as a poll may take or until `signal`. */
  async after(
    cursor: number,
    signal: AbortSignal,
  ): Promise<{ entries: LogEntry[]; newCursor: number }> {
    if (!this.#has(cursor)) await this.#next(signal);
    const entries = this.#entries.filter(({ at }) => at > cursor).map(({ entry }) => entry);
    return { entries, newCursor: Math.max(this.#cursor, cursor) };
  }

  /** Lets every waiting reader go. */
  close(): void {
    for (const wake of this.#waiting) wake();
  }

  #has(cursor: number): boolean {
    const newest = this.#entries[this.#entries.length - 1];
    return newest !== undefined && newest.at > cursor;
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, LONGEST_WAIT_MS);
      this.#waiting.add(done);
      signal.addEventListener("abort", done);
    });
  }
}
