/** What a transaction has used of Convex's limits. Shared by a function and everything it calls in the same transaction. */
import { LIMITS, OVER_LIMIT_HELP } from "../values/limits.ts";

export class LimitExceeded extends Error {}

type Metric =
  | "bytesRead"
  | "bytesWritten"
  | "databaseQueries"
  | "documentsRead"
  | "documentsWritten"
  | "functionsScheduled"
  | "scheduledFunctionArgsBytes";

const CEILING: Record<Metric, number> = {
  bytesRead: LIMITS.bytesRead,
  bytesWritten: LIMITS.bytesWritten,
  databaseQueries: LIMITS.databaseQueries,
  documentsRead: LIMITS.documentsRead,
  documentsWritten: LIMITS.documentsWritten,
  functionsScheduled: LIMITS.functionsScheduled,
  scheduledFunctionArgsBytes: LIMITS.scheduledFunctionArgsBytes,
};

const READS = new Set<Metric>(["bytesRead", "documentsRead", "databaseQueries"]);

export class Usage {
  readonly used: Record<Metric, number> = {
    bytesRead: 0,
    bytesWritten: 0,
    databaseQueries: 0,
    documentsRead: 0,
    documentsWritten: 0,
    functionsScheduled: 0,
    scheduledFunctionArgsBytes: 0,
  };

  /** @throws LimitExceeded */
  databaseQuery(): void {
    this.#add("databaseQueries", 1, "Too many reads in a single function execution");
  }

  /** @throws LimitExceeded */
  readDocument(bytes: number): void {
    this.#add("documentsRead", 1, "Too many documents read in a single function execution");
    this.#add("bytesRead", bytes, "Too many bytes read in a single function execution");
  }

  /** @throws LimitExceeded */
  writeDocument(bytes: number): void {
    this.#add("documentsWritten", 1, "Too many writes in a single function execution");
    this.#add("bytesWritten", bytes, "Too many bytes written in a single function execution");
  }

  /** @throws LimitExceeded */
  schedule(argumentBytes: number): void {
    this.#add("functionsScheduled", 1, "Too many functions scheduled by this mutation");
    this.#add(
      "scheduledFunctionArgsBytes",
      argumentBytes,
      "Too large total size of the arguments of scheduled functions",
    );
  }

  /** For `getTransactionMetrics`. */
  metrics(): Record<Metric, { used: number; remaining: number }> {
    const entries = (Object.keys(CEILING) as Metric[]).map((metric) => [
      metric,
      { used: this.used[metric], remaining: CEILING[metric] - this.used[metric] },
    ]);
    return Object.fromEntries(entries) as Record<Metric, { used: number; remaining: number }>;
  }

  #add(metric: Metric, amount: number, words: string): void {
    const total = this.used[metric] + amount;
    if (total > CEILING[metric]) {
      const help = READS.has(metric) ? ` ${OVER_LIMIT_HELP}` : "";
      throw new LimitExceeded(`${words} (limit: ${CEILING[metric]}).${help}`);
    }
    this.used[metric] = total;
  }
}
