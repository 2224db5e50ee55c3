/**
 * Shared memory through which the main thread sees what a writer or reader is running, even when the
 * worker's own event loop is blocked by code that never ends.
 */

import type { NativeGuard } from "../store/nativeCalls.ts";

/** Stands for work that belongs to no item: live queries that the writer keeps fresh. */
export const NO_ITEM = 0x7fffffff;

/** No single statement takes that long; a thread that still is inside hangs. */
const MOST_NATIVE_MS = 20_000;

/** How often a living thread shows that it lives. */
const BEAT_MS = 500;

/**
 * Slot 0: sequence number of the running item, 0 when idle. Slot 1: its start. Slot 2: when the thread's
 * event loop last came round, 0 before the first time. Slot 3: 1 while the thread is inside native code.
 * Slot 4: 1 when it is to be ended, and must not go into native code any more.
 */
export class Watch implements NativeGuard {
  readonly #slots: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(20)) {
    this.#slots = new Int32Array(memory);
  }

  enter(): void {
    Atomics.store(this.#slots, 3, 1);
    // Each side first says what it does and then looks at the other: one of them always sees the other.
    if (Atomics.load(this.#slots, 4) === 0) return;
    Atomics.store(this.#slots, 3, 0);
    for (;;) Atomics.wait(this.#slots, 4, 1);
  }

  leave(): void {
    Atomics.store(this.#slots, 3, 0);
  }

  /** Resolves when the thread is outside native code and stays there, or after `MOST_NATIVE_MS`. */
  async outside(): Promise<void> {
    Atomics.store(this.#slots, 4, 1);
    const end = performance.now() + MOST_NATIVE_MS;
    while (Atomics.load(this.#slots, 3) === 1 && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 1));
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
