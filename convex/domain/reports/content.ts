/** What a progress report says, as one value: frozen when it is issued, hashed, shown, printed. */
import { JUDGED_POINTS } from "../progress/trend";
import type { Phase } from "../progress/phases";
import type { GoalMeasurement } from "../progress/shape";
import type { Forecast } from "../progress/forecast";
import type { ProgressCode } from "./code";
import type { ReportLanguage } from "./valueText";

export interface GoalReport {
  goalId: string;
  goalNumber: number;
  domain: string;
  description: string;
  measurement: Pick<GoalMeasurement, "direction" | "unit" | "min" | "max"> & {
    kind: string;
    ratingLevels?: string[];
  };
  baseline: { date: string; value: number };
  target: { date: string; value: number };
  /** Of the whole plan up to the report's day. */
  points: number;
  pointsInPeriod: number;
  latest: { date: string; value: number } | null;
  /** The aim line on the latest point's day. */
  expectedNow: number | null;
  slopePerWeek: number | null;
  forecast: Forecast;
  /** The chart, oldest first; of more than `CHART_POINTS`, the newest. */
  chart: { date: string; value: number }[];
  /** No line of the chart crosses the beginning of one. Reports from before they were kept have none. */
  phases?: Phase[];
  code: ProgressCode;
  /** The teacher's words, and their translation if somebody wrote one. */
  narrative: string;
  narrativeSpanish: string;
  /** Why there are no data, where there are none. */
  explanation: string;
  plain: Record<ReportLanguage, string>;
}

/** As many as are judged: the trend that is drawn is the one whose slope is told. */
export const CHART_POINTS = JUDGED_POINTS;

export interface ReportContent {
  student: { firstName: string; lastName: string; gradeLevel: string; schoolName: string };
  organization: string;
  period: { name: string; start: string; end: string; issueBy?: string };
  /** The day that the figures are of. */
  asOf: string;
  issuedBy: string;
  goals: GoalReport[];
}
