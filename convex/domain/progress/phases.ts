/** Phases of instruction. No line is drawn across the border of two, and each has its own trend (D4, D7). */
export interface Phase {
  name: string;
  startDate: string;
}

/** The phase that a date falls in; null before the first. */
export function phaseAt<P extends Phase>(phases: readonly P[], date: string): P | null {
  let current: P | null = null;
  for (const phase of phases)
    if (phase.startDate <= date && (current === null || phase.startDate >= current.startDate))
      current = phase;
  return current;
}

/** The points, in their order, in groups of one phase each. */
export function segments<Point extends { date: string }, P extends Phase>(
  points: readonly Point[],
  phases: readonly P[],
): { phase: P | null; points: Point[] }[] {
  const groups: { phase: P | null; points: Point[] }[] = [];
  for (const point of points) {
    const phase = phaseAt(phases, point.date);
    const last = groups.at(-1);
    if (last !== undefined && last.phase === phase) last.points.push(point);
    else groups.push({ phase, points: [point] });
  }
  return groups;
}
