import { useTranslation } from "react-i18next";
import { valueRange } from "../../../convex/domain/progress/charted";
import { type Forecast, FRESH_DAYS } from "../../../convex/domain/progress/forecast";
import { useFormatting } from "../../lib/formatting";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";

/** A line knows no end of the scale; what is said of it does. */
export function within(value: number, goal: GoalProgress["goal"]): number {
  const { min, max } = valueRange(goal.measurement);
  return Math.max(min, Math.min(max, value));
}

/** Whether the goal will be reached, in a sentence that anybody understands. */
export function useForecastText(): (
  forecast: Forecast,
  goal: GoalProgress["goal"],
  name: string,
) => string {
  const { t } = useTranslation("judgement");
  const { date } = useFormatting();
  const { value } = useMeasurementText();
  return ({ because, projected, enough, possibleFrom, level }, goal, name) => {
    const say = (charted: number | null | undefined) =>
      typeof charted === "number"
        ? value(rounded(within(charted, goal)), goal.measurement)
        : t("forecast.nothing");
    const [low, high] = [say(projected?.low), say(projected?.high)];
    return t(`forecast.${because}`, {
      ...{ name, expected: say(projected?.value), level: say(level) },
      // At the end of a scale both may be the same: that is no range.
      range: low === high ? "" : t("forecast.range", { low, high }),
      ...{ needed: enough?.needed.points ?? 0, have: enough?.have.points ?? 0 },
      ...{ neededWeeks: enough?.needed.weeks ?? 0, haveWeeks: enough?.have.weeks ?? 0 },
      days: FRESH_DAYS,
      from: possibleFrom === undefined ? "" : date(possibleFrom),
      date: date(goal.targetCriteria.timeframe),
      target: value(goal.targetCriteria.target, goal.measurement),
    });
  };
}

/** A forecast has no decimals to be sure of. */
const rounded = (value: number) => (Math.abs(value) >= 10 ? Math.round(value) : value);
