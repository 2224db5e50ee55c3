import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";

export type Report = FunctionReturnType<typeof api.reports.getReport>;
export type Issued = NonNullable<Report["issued"]>;
export type IssuedGoal = Issued["content"]["goals"][number];
export type Draft = NonNullable<Report["draft"]>;
export type DraftGoal = Draft["goals"][number];
/** What a goal's data say, in a draft as in an issued report. */
export type FiguresView = Pick<
  IssuedGoal,
  | "goalNumber"
  | "measurement"
  | "baseline"
  | "target"
  | "latest"
  | "expectedNow"
  | "slopePerWeek"
  | "points"
  | "pointsInPeriod"
  | "chart"
  | "phases"
  | "forecast"
>;
