/** What a team decides when a rule asks, and what came of it. */
import { isCalendarDate } from "../calendar/calendarDate";
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { betterSign } from "./charted";
import type { GoalMeasurement } from "./shape";
import { ordinaryLeastSquares, type DatedValue, type Trend } from "./trend";

export const CHOICES = ["continue", "changeInstruction", "raiseGoal", "newPhase"] as const;
export type Choice = (typeof CHOICES)[number];

export interface DecisionInput {
  choice: Choice;
  reason: string;
  /** Of a new phase. */
  phaseName?: string;
  phaseStart?: string;
}

export function checkDecision(input: DecisionInput): Problem[] {
  const problems = checkText("reason", input.reason, { required: true, max: LIMITS.text });
  if (input.choice !== "newPhase") return problems;
  return [
    ...problems,
    ...checkText("phaseName", input.phaseName ?? "", { required: true, max: LIMITS.name }),
    ...(isCalendarDate(input.phaseStart ?? "") ? [] : [problem("phaseStart", "notADate")]),
  ];
}

export interface Effect {
  /** Trends of the points that the decision was made from, and of those that came after it. */
  before: Trend;
  after: Trend;
  /** Change per week after less before, in the goal's direction; null while one of them is missing. */
  gain: number | null;
}

/**
 * The trend before and after. Both are described, neither is proof: other things change, too.
 * @param points valid ones of the goal
 */
export function effectOf(
  decision: { since: string; throughDate: string },
  points: readonly DatedValue[],
  measurement: Pick<GoalMeasurement, "direction" | "keep">,
): Effect {
  const { since, throughDate } = decision;
  const before = ordinaryLeastSquares(
    points.filter(({ date }) => date >= since && date <= throughDate),
  );
  const after = ordinaryLeastSquares(points.filter(({ date }) => date > throughDate));
  const better = betterSign(measurement);
  const gain =
    before.status === "computed" && after.status === "computed"
      ? better * (after.slopePerWeek - before.slopePerWeek)
      : null;
  return { before, after, gain };
}
