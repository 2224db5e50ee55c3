/** The plain figures beside a goal's chart; what they mean is `judgement`'s. One calculation for server, browser and reports. */
import { compareDates } from "../calendar/calendarDate";
import { aimLineValue, aimOf } from "./aimLine";
import { betterSign } from "./charted";
import type { GoalMeasurement } from "./shape";
import type { DatedValue } from "./trend";

export interface GoalToSummarize {
  baselineData: { date: string; value: number };
  targetCriteria: { timeframe: string; target: number };
  measurement: Pick<GoalMeasurement, "direction" | "keep">;
}

export interface ProgressSummary {
  /** Points since the baseline. */
  count: number;
  latest: DatedValue | null;
  changeSinceBaseline: number | null;
  /** 0 at the baseline, 1 at the target, more beyond, negative on the other side; null if they are the same. */
  fractionOfTheWay: number | null;
  best: number | null;
  /** The aim line on the latest point's date. */
  expectedAtLatest: number | null;
}

/**
 * @param points valid ones, in any order; of several on one date the one that comes last counts as later. Those from
 *   before the baseline belong to the chart, not to the summary.
 */
export function summarizeProgress(
  points: readonly DatedValue[],
  goal: GoalToSummarize,
): ProgressSummary {
  const { date: baselineDate, value: baseline } = goal.baselineData;
  const since = points.filter(({ date }) => date >= baselineDate);
  since.sort((a, b) => compareDates(a.date, b.date));
  const latest = since.at(-1) ?? null;
  const expected = latest === null ? null : aimLineValue(aimOf(goal), latest.date);
  const better = betterSign(goal.measurement);
  const distance = goal.targetCriteria.target - baseline;
  const values = since.map(({ value }) => value);
  return {
    count: since.length,
    latest,
    changeSinceBaseline: latest === null ? null : latest.value - baseline,
    fractionOfTheWay:
      latest === null || distance === 0 ? null : (latest.value - baseline) / distance,
    best: values.length === 0 ? null : better * Math.max(...values.map((value) => better * value)),
    expectedAtLatest: expected,
  };
}
