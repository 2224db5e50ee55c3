/**
 * Time limits of running functions. One coarse tick looks at all of them: a timer for each would cost
 * more than many a query.
 */
import { Refusal } from "./failure.ts";
import type { Frame } from "./frame.ts";

/** How late a function may be stopped. */
const TICK_MS = 50;

interface Deadline {
  frame: Frame;
  milliseconds: number;
  at: number;
  miss(failure: unknown): void;
}

const running = new Set<Deadline>();
let ticker: NodeJS.Timeout | null = null;

export function timeLimit(milliseconds: number): Refusal {
  return new Refusal(
    "timeout",
    `Function execution timed out (maximum duration: ${milliseconds / 1000}s)`,
  );
}

function tick(): void {
  const now = performance.now();
  for (const deadline of running) {
    if (now < deadline.at) continue;
    running.delete(deadline);
    // Whatever the function still does, it no longer reaches the server.
    deadline.frame.closed = true;
    deadline.miss(timeLimit(deadline.milliseconds));
  }
  if (running.size === 0 && ticker !== null) {
    clearInterval(ticker);
    ticker = null;
  }
}

/**
 * Fails a running function before its time, and with it whatever it runs within.
 * @returns false when it does not run any more
 */
export function failDeadline(frame: Frame, failure: unknown): boolean {
  let root = frame;
  while (root.parent !== null) root = root.parent;
  for (const deadline of running) {
    if (deadline.frame !== root) continue;
    running.delete(deadline);
    root.closed = true;
    deadline.miss(failure);
    return true;
  }
  return false;
}

/** `passed` rejects when the time is over before `end` was called; the frame is closed then. */
export function startDeadline(
  frame: Frame,
  milliseconds: number,
): { passed: Promise<never>; end(): void } {
  const deadline: Deadline = {
    frame,
    milliseconds,
    at: performance.now() + milliseconds,
    miss: () => undefined,
  };
  const passed = new Promise<never>((_, reject) => {
    deadline.miss = reject;
  });
  running.add(deadline);
  if (ticker === null) {
    ticker = setInterval(tick, TICK_MS);
    ticker.unref();
  }
  return {
    passed,
    end: () => {
      running.delete(deadline);
    },
  };
}
