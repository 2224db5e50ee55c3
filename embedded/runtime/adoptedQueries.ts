/**
 * Small live queries that the writer keeps fresh itself: when a commit touches what one of them read,
 * it runs again right there, before anybody else is told, and its result travels with the commit.
 * Everything about it is a favour: a query that is forgotten is run by the reader like all the others.
 */
import type { LiveQuery, LiveResult, WrittenKey } from "../engine/types.ts";
import { IntervalMap, type Handle } from "../live/intervals.ts";

/** More than this, and the commit would wait for them. */
const FEW = 16;
/** A query that takes longer is not small. */
const SMALL_MILLISECONDS = 1;
const MOST = 5000;

interface Adopted {
  query: LiveQuery;
  handles: Handle[];
}

export class AdoptedQueries {
  readonly #byKey = new Map<number, Adopted>();
  readonly #intervals = new IntervalMap<Adopted>();

  /** Keeps the query fresh from now on, unless it proved not to be small. */
  adopt(query: LiveQuery, result: LiveResult): void {
    this.forget(query.key);
    if (result.milliseconds > SMALL_MILLISECONDS || this.#byKey.size >= MOST) return;
    const adopted: Adopted = {
      query: { ...query, journal: result.journal ?? query.journal },
      handles: [],
    };
    adopted.handles = result.reads.map((read) =>
      this.#intervals.add(read.index, read.lo, read.hi, adopted),
    );
    this.#byKey.set(query.key, adopted);
  }

  forget(key: number): void {
    const adopted = this.#byKey.get(key);
    if (adopted === undefined) return;
    this.#byKey.delete(key);
    for (const handle of adopted.handles) this.#intervals.remove(handle);
  }

  /** The queries that the writes touch. When they are many they are all forgotten, and none is returned. */
  touchedBy(writes: readonly WrittenKey[]): LiveQuery[] {
    if (this.#byKey.size === 0) return [];
    const touched = new Set<Adopted>();
    for (const write of writes) {
      this.#intervals.stab(write.index, write.key, (adopted) => {
        touched.add(adopted);
      });
    }
    if (touched.size <= FEW) return [...touched].map((adopted) => adopted.query);
    for (const adopted of touched) this.forget(adopted.query.key);
    return [];
  }
}
