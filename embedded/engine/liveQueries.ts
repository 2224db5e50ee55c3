/**
 * Where live queries run. The reader is the place for them: they hold up nobody there. But a few small
 * ones, right behind the commit that touched them, are run by the writer when it has nothing else to
 * do: it has just worked on the same data, and keeps them fresh from then on (`AdoptedQueries`), so
 * that the result reaches the clients together with the commit.
 */
import type { LiveQuery, LiveResult, LiveSource } from "./types.ts";
import { ReaderReplaced, type ReaderLink } from "./readerLink.ts";
import type { WriterLink } from "./writerLink.ts";

/** A function is small when no run of it on the reader took longer lately. */
const SMALL_MILLISECONDS = 1;
const FEW = 16;
/** After the writer moved on too early, the next tries are the reader's. */
const RETRY_ON_READER_MS = 20;
/** How long the reader runs everything after a query had to be stopped on the writer. */
const CAUTION_MS = 60_000;

type Answer = { ts: bigint; results: LiveResult[] };

export class LiveQueries implements Pick<LiveSource, "run" | "runPinned" | "release" | "forget"> {
  readonly #paces = new Map<string, number>();
  /** Whose snapshot is pinned. The writer's is over as soon as it writes again. */
  #pinnedBy: "reader" | "writer" = "reader";
  #cautiousUntil = 0;

  constructor(
    private readonly writer: WriterLink,
    private readonly reader: ReaderLink,
    private readonly ran: (queries: LiveQuery[], results: LiveResult[], startedAt: number) => void,
  ) {}

  async run(queries: LiveQuery[]): Promise<Answer> {
    const startedAt = Date.now();
    const answer = this.#isForWriter(queries)
      ? await this.#onWriter(queries)
      : await this.#onReader(queries, false);
    // Nobody hears of what might yet be lost.
    await this.writer.durable(answer.ts);
    this.ran(queries, answer.results, startedAt);
    return answer;
  }

  /** @throws ReaderReplaced when the snapshot is gone; everything must run again then */
  async runPinned(queries: LiveQuery[]): Promise<LiveResult[]> {
    if (this.#pinnedBy === "writer") {
      this.#cautiousUntil = Math.max(this.#cautiousUntil, Date.now() + RETRY_ON_READER_MS);
      throw new ReaderReplaced("The writer has moved on.");
    }
    const startedAt = Date.now();
    const { results } = await this.#onReader(queries, true);
    this.ran(queries, results, startedAt);
    return results;
  }

  release(): void {
    if (this.#pinnedBy === "reader") this.reader.release();
  }

  forget(keys: number[]): void {
    this.writer.forget(keys);
  }

  /** The writer had to be replaced, perhaps because of a live query: none runs there for a while. */
  beCautious(): void {
    this.#cautiousUntil = Date.now() + CAUTION_MS;
  }

  /** Other code became active: what was learnt of its pace is void. */
  forgetPaces(): void {
    this.#paces.clear();
  }

  #isForWriter(queries: LiveQuery[]): boolean {
    if (queries.length === 0 || queries.length > FEW || !this.writer.idle) return false;
    if (Date.now() < this.#cautiousUntil) return false;
    return queries.every((query) => {
      if (query.call.path.startsWith("_system/")) return false;
      return (this.#paces.get(nameOf(query)) ?? Infinity) <= SMALL_MILLISECONDS;
    });
  }

  async #onWriter(queries: LiveQuery[]): Promise<Answer> {
    this.#pinnedBy = "writer";
    const answer = await this.writer.submit({ kind: "live", queries });
    if (answer.kind === "lived") return { ts: answer.ts, results: answer.results };
    this.beCautious();
    return this.#onReader(queries, false);
  }

  async #onReader(queries: LiveQuery[], pinned: boolean): Promise<Answer> {
    this.#pinnedBy = "reader";
    const answer = await this.reader.live(queries, pinned);
    const names = new Map(queries.map((query) => [query.key, nameOf(query)]));
    for (const result of answer.results) {
      const name = names.get(result.key);
      if (name === undefined) continue;
      // A slow run is forgotten slowly.
      const former = this.#paces.get(name) ?? 0;
      this.#paces.set(name, Math.max(result.milliseconds, former * 0.9));
    }
    return answer;
  }
}

function nameOf(query: LiveQuery): string {
  return `${query.call.component}\0${query.call.path}`;
}
