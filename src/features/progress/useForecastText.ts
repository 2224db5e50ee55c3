import { useTranslation } from "react-i18next";
import type { Forecast } from "../../../convex/domain/progress/bands";
import { valueRange } from "../../../convex/domain/progress/charted";
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
  return (forecast, goal, name) => {
    if (forecast.status === "notEnoughData")
      return t("forecast.notEnough", {
        ...{ needed: forecast.needed.points, have: forecast.have.points },
        ...{ neededWeeks: forecast.needed.weeks, haveWeeks: forecast.have.weeks },
      });
    const say = (charted: number) => value(rounded(within(charted, goal)), goal.measurement);
    const [low, high] = [say(forecast.between.low), say(forecast.between.high)];
    return t(`forecast.${forecast.words}`, {
      name,
      expected: say(forecast.expected),
      // At the end of a scale both may be the same: that is no range.
      range: low === high ? "" : t("forecast.range", { low, high }),
      date: date(goal.targetCriteria.timeframe),
      target: value(goal.targetCriteria.target, goal.measurement),
    });
  };
}

/** A forecast has no decimals to be sure of. */
const rounded = (value: number) => (Math.abs(value) >= 10 ? Math.round(value) : value);
