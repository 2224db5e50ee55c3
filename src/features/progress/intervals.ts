/** Which interval of a recording runs, by the wall clock: a locked screen or a reload loses none. */
export interface IntervalPlace {
  /** From 0; the number of intervals that have ended. */
  index: number;
  /** Seconds until it ends. */
  left: number;
  /** All planned ones have ended. */
  over: boolean;
}

export function intervalAt(
  recording: { runningSince: number | null; seconds: number; planned?: number | undefined },
  now: number,
): IntervalPlace | null {
  const { runningSince, seconds, planned } = recording;
  if (runningSince === null) return null;
  const passed = Math.max(0, now - runningSince) / 1000;
  const index = Math.floor(passed / seconds);
  if (planned !== undefined && index >= planned) return { index: planned, left: 0, over: true };
  return { index, left: Math.ceil(seconds * (index + 1) - passed), over: false };
}

/** One interval marked; those before it that were not marked stay open. */
export function withMark(marks: readonly string[], index: number, mark: string): string[] {
  const next = marksUntil(marks, Math.max(marks.length, index + 1));
  next[index] = mark;
  return next;
}

/** The marks of the first `count` intervals, open where there is none yet. */
export function marksUntil(marks: readonly string[], count: number): string[] {
  return Array.from({ length: Math.max(count, marks.length) }, (_, index) => marks[index] ?? "");
}
