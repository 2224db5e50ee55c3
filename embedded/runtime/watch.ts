/**
 * Shared memory through which the main thread sees what a writer or reader is running, even when the
 * worker's own event loop is blocked by code that never ends.
 */

/** Stands for work that belongs to no item: live queries that the writer keeps fresh. */
export const NO_ITEM = 0x7fffffff;

/** How often a living thread shows that it lives. */
const BEAT_MS = 500;

/**
 * Slot 0: sequence number of the running item, 0 when idle. Slot 1: its start. Slot 2: when the thread's
 * event loop last came round, 0 before the first time.
 */
export class Watch {
  readonly #slots: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(12)) {
    this.#slots = new Int32Array(memory);
  }

  started(seq: number): void {
    Atomics.store(this.#slots, 1, clock());
    Atomics.store(this.#slots, 0, seq);
  }

  idle(): void {
    Atomics.store(this.#slots, 0, 0);
  }

  /** To be called once, in the watched thread: shows from now on that its event loop comes round. */
  beat(): void {
    Atomics.store(this.#slots, 2, clock());
    setInterval(() => {
      Atomics.store(this.#slots, 2, clock());
    }, BEAT_MS).unref();
  }

  /** Milliseconds since the thread's event loop last came round; 0 when it never began to tell. */
  silence(): number {
    const last = Atomics.load(this.#slots, 2);
    return last === 0 ? 0 : clock() - last;
  }

  /** What runs now and for how many milliseconds; null when idle. */
  running(): { seq: number; milliseconds: number } | null {
    const seq = Atomics.load(this.#slots, 0);
    if (seq === 0) return null;
    return { seq, milliseconds: clock() - Atomics.load(this.#slots, 1) };
  }
}

/** Milliseconds of a monotonic clock that all threads of the process share; fits 31 bits for 24 days, then wraps for everybody. */
function clock(): number {
  return Number((process.hrtime.bigint() / 1_000_000n) & 0x7fffffffn);
}
