/**
 * Marks the time that a thread spends inside SQLite's native code. A thread that is terminated in there
 * takes the whole process with it: the binding throws a C++ exception that nobody catches. So whoever
 * wants to end a thread waits until it is outside, and a thread that is to be ended does not go in again.
 */
export interface NativeGuard {
  /** Does not return in a thread that is about to be ended. */
  enter(): void;
  leave(): void;
}

let guard: NativeGuard | null = null;
let depth = 0;

/** To be called once per thread, before the first call. Threads that nobody ends early need no guard. */
export function guardNativeCalls(given: NativeGuard): void {
  guard = given;
}

/** Runs `call`, which goes into SQLite, while the thread cannot be ended. */
export function native<T>(call: () => T): T {
  if (guard === null) return call();
  if (depth === 0) guard.enter();
  depth += 1;
  try {
    return call();
  } finally {
    depth -= 1;
    if (depth === 0) guard.leave();
  }
}
