/** How long nobody has done anything, in whichever tab: what an idle time-out is measured by. */

const KEY = "trellis.lastActivity";
/** So often at most is it written down. */
const EVERY_MS = 2000;
/** Warned so long before the end. */
export const WARNING_SECONDS = 60;

export type IdleState = { kind: "active" } | { kind: "warned"; seconds: number } | { kind: "over" };

/**
 * @param last when somebody last did something (ms)
 * @param minutes after how many minutes without anything a session ends
 */
export function idleState(last: number, now: number, minutes: number): IdleState {
  const left = Math.ceil((last + minutes * 60_000 - now) / 1000);
  if (left <= 0) return { kind: "over" };
  return left <= WARNING_SECONDS ? { kind: "warned", seconds: left } : { kind: "active" };
}

/** For all tabs of this browser: work in one keeps the others. */
export function lastActivity(): number | null {
  const stored = Number(localStorage.getItem(KEY) ?? Number.NaN);
  return Number.isFinite(stored) ? stored : null;
}

export function noteActivity(now: number): void {
  const last = lastActivity();
  if (last === null || now - last >= EVERY_MS) localStorage.setItem(KEY, String(now));
}
