/** What is observed, and how a goal is measured (D1: kinds of data). */
export type MeasurementKind = "trials" | "percent" | "count" | "duration" | "rating";

export const MEASUREMENT_KINDS: readonly MeasurementKind[] = [
  "trials",
  "percent",
  "count",
  "duration",
  "rating",
];

/** One raw observation. */
export type Measurement =
  | { kind: "trials"; correct: number; total: number }
  | { kind: "percent"; percent: number }
  | { kind: "count"; count: number }
  | { kind: "duration"; seconds: number }
  | { kind: "rating"; level: number };

export interface GoalMeasurement {
  kind: MeasurementKind;
  direction: "increase" | "decrease";
  /** In words, such as "words a minute"; what is charted is described by `measurementUnit`. */
  unit: string;
  trialsPerSession?: number;
  /** Level n is `ratingLevels[n - 1]`; 2 to 10 levels. */
  ratingLevels?: string[];
}

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
