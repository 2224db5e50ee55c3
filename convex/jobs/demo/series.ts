/** Invented but plausible data: the same for the same goal, so that a second first start shows the same demonstration. */
import { addDays, isWeekend } from "../../domain/calendar/calendarDate";
import type { Measurement } from "../../domain/progress/shape";
import type { DemoGoal } from "./students";

/** Weekdays, the last of them `lastDay` or the one before it; `count` of them, every `step`-th, oldest first. */
export function schoolDays(lastDay: string, count: number, step = 1): string[] {
  const days: string[] = [];
  let day = lastDay;
  let skipped = 0;
  while (days.length < count) {
    if (!isWeekend(day)) {
      if (skipped % step === 0) days.unshift(day);
      skipped += 1;
    }
    day = addDays(day, -1);
  }
  return days;
}

/** Numbers from 0 to 1 that follow from the text alone. */
function* noise(text: string): Generator<number, never> {
  let state = 2166136261;
  for (const character of text)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    yield (state >>> 0) / 2 ** 32;
  }
}

/** Observations from the baseline towards the target, with the ups and downs of real ones. */
export function inventSeries(goal: DemoGoal, length: number): Measurement[] {
  const random = noise(goal.description);
  const distance = goal.target - goal.baseline;
  return Array.from({ length }, (_, index) => {
    const way = (goal.reached * (index + 1)) / length;
    const spread = Math.abs(distance) * 0.16;
    const value = goal.baseline + distance * way + (random.next().value - 0.5) * 2 * spread;
    return measurementOf(goal, value);
  });
}

/** The raw observation whose charted value is nearest to a value that this goal can have. */
export function measurementOf(goal: DemoGoal, value: number): Measurement {
  const atLeast = Math.max(0, value);
  switch (goal.kind) {
    case "trials": {
      const total = goal.trials ?? 10;
      return {
        kind: "trials",
        correct: Math.min(total, Math.round((atLeast / 100) * total)),
        total,
      };
    }
    case "percent":
      return { kind: "percent", percent: Math.min(100, Math.round(atLeast)) };
    case "count":
      return { kind: "count", count: Math.round(atLeast) };
    case "duration":
      return { kind: "duration", seconds: Math.round(atLeast / 5) * 5 };
    case "taskAnalysis": {
      const length = goal.steps?.length ?? 0;
      const done = Math.min(length, Math.round((atLeast / 100) * length));
      return {
        kind: "taskAnalysis",
        steps: Array.from({ length }, (_, index) => (index < done ? "independent" : "gestural")),
        countsUpTo: "independent",
      };
    }
    case "trialByTrial": {
      const length = goal.trials ?? 10;
      const right = Math.min(length, Math.round((atLeast / 100) * length));
      return {
        kind: "trialByTrial",
        trials: Array.from({ length }, (_, index) => ({
          correct: index < right || index % 2 === 0,
          prompt: index < right ? ("independent" as const) : ("verbal" as const),
        })),
        countsUpTo: "independent",
      };
    }
    case "oralReading": {
      const errors = 3;
      return { kind: "oralReading", words: Math.round(atLeast) + errors, errors, seconds: 60 };
    }
    case "rating": {
      const levels = goal.ratingLevels?.length ?? 4;
      return { kind: "rating", level: Math.min(levels, Math.max(1, Math.round(value))) };
    }
  }
}
