/**
 * A drawing as a value: lines, marks and letters at their places. The page and the PDF paint the same, so neither can
 * show what the other leaves out.
 */

/** `goal`: the level that is to be reached. */
export type LineLook = "grid" | "data" | "aim" | "trend" | "phase" | "goal";

export type FigurePart =
  | { kind: "line"; look: LineLook; points: { x: number; y: number }[] }
  /** Each phase has a shape of its own. */
  | { kind: "mark"; x: number; y: number; phase: number; size: number }
  | { kind: "text"; x: number; y: number; text: string; anchor: "start" | "middle" | "end" };

export interface Figure {
  width: number;
  height: number;
  /** What it shows, for whoever does not see it. */
  label: string;
  parts: FigurePart[];
}

/** Of the letters, in the units of the figure. */
export const LETTERS = 12;

/** How a line is drawn; the data's and the trend's differ in weight, the aim line's is dashed, in print as on a screen. */
export const LINES: Record<LineLook, { width: number; dash?: [number, number] }> = {
  grid: { width: 0.6 },
  data: { width: 1 },
  aim: { width: 1.6, dash: [6, 4] },
  trend: { width: 2.6 },
  phase: { width: 1.2 },
  goal: { width: 0.8, dash: [1.5, 3] },
};
