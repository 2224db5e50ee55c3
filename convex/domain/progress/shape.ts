/** What is observed, and how a goal is measured (D1: kinds of data). */
export const MEASUREMENT_KINDS = [
  "trials",
  "trialByTrial",
  "percent",
  "workSample",
  "taskAnalysis",
  "count",
  "rate",
  "duration",
  "latency",
  "interResponse",
  "interval",
  "rating",
  "yesNo",
  "oralReading",
  "digitsCorrect",
  "maze",
  "abc",
] as const;
export type MeasurementKind = (typeof MEASUREMENT_KINDS)[number];

/** From none to full help. */
export const PROMPT_LEVELS = [
  "independent",
  "gestural",
  "verbal",
  "model",
  "partialPhysical",
  "fullPhysical",
] as const;
export type PromptLevel = (typeof PROMPT_LEVELS)[number];

/**
 * How an interval is scored: `partial` if the behavior was seen at any moment of it, `whole` if it lasted all of it,
 * `momentary` if it was seen at its last moment.
 */
export const INTERVAL_METHODS = ["partial", "whole", "momentary"] as const;
export type IntervalMethod = (typeof INTERVAL_METHODS)[number];

/** Nobody watched during a `missed` interval: it counts neither way. */
export type IntervalMark = "yes" | "no" | "missed";
/** A step of a task: with how much help it was done, or that it was not done. */
export type StepResult = PromptLevel | "notDone";

/** One trial of a discrete-trial session. */
export interface Trial {
  correct: boolean;
  prompt: PromptLevel;
}

/**
 * One raw observation, as it was taken. What is charted is computed from it alone (`chartedValue`), so it also holds
 * the rule of its day where there is one: up to how much help a trial or step counts.
 */
export type Measurement =
  | { kind: "trials"; correct: number; total: number }
  | { kind: "trialByTrial"; trials: Trial[]; countsUpTo: PromptLevel }
  | { kind: "percent"; percent: number }
  | { kind: "workSample"; points: number; possible: number }
  | { kind: "taskAnalysis"; steps: StepResult[]; countsUpTo: PromptLevel }
  | { kind: "count"; count: number }
  | { kind: "rate"; count: number; seconds: number }
  | { kind: "duration"; seconds: number }
  /** From the signal to the beginning of the answer. */
  | { kind: "latency"; seconds: number }
  /** Seconds between the end of one response and the beginning of the next. */
  | { kind: "interResponse"; gaps: number[] }
  | { kind: "interval"; method: IntervalMethod; intervalSeconds: number; marks: IntervalMark[] }
  | { kind: "rating"; level: number }
  | { kind: "yesNo"; yes: boolean }
  /** A timed reading aloud: `words` attempted, of which `errors` were wrong. */
  | { kind: "oralReading"; words: number; errors: number; seconds: number }
  | { kind: "digitsCorrect"; correct: number; errors: number; seconds: number }
  | { kind: "maze"; correct: number; errors: number; seconds: number }
  /** One event with antecedent, behavior and consequence beside it; 0: watched, and nothing happened. */
  | { kind: "abc"; occurrences: number };

export type MeasurementOf<Kind extends MeasurementKind> = Extract<Measurement, { kind: Kind }>;

/** `maintain`: keep the level of the target, see `keep`. */
export const DIRECTIONS = ["increase", "decrease", "maintain"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface GoalMeasurement {
  kind: MeasurementKind;
  direction: Direction;
  /** In words, such as "words a minute"; what is charted is described by `measurementUnit`. */
  unit: string;
  /** When the level is to be maintained: which side of the target is good; `atLeast` if nobody said so. */
  keep?: "atLeast" | "atMost";
  /** Digits after the point that are shown, 0 to 3. */
  decimals?: number;
  /** Smallest and largest charted value; of kinds without a scale of their own. */
  min?: number;
  max?: number;
  trialsPerSession?: number;
  /** Level n is `ratingLevels[n - 1]`; 2 to 10 levels. */
  ratingLevels?: string[];
  /** Of the task, in order; 2 to 40. */
  steps?: string[];
  /** The levels of help that are offered, from none to most; all of them if nobody chose. */
  promptLevels?: PromptLevel[];
  /** The most help with which a trial or a step still counts; `independent` if nobody said so. */
  countsUpTo?: PromptLevel;
  intervalMethod?: IntervalMethod;
  intervalSeconds?: number;
  intervals?: number;
  /** Length of a timing: a minute of reading, three minutes of maze, an observation of a rate. */
  timingSeconds?: number;
  pointsPossible?: number;
}

/** Why there is no number: an entry of its own kind that is never charted, least of all as zero. */
export const MARKS = ["absent", "declined", "noOpportunity", "makeUp"] as const;
export type Mark = (typeof MARKS)[number];

export const SETTINGS = [
  "specialEducationClassroom",
  "generalEducationClassroom",
  "therapyRoom",
  "hallwayCafeteriaPlayground",
  "community",
  "home",
  "other",
] as const;
export type Setting = (typeof SETTINGS)[number];

export type MasteryLevel = "emerging" | "developing" | "proficient" | "mastered";
