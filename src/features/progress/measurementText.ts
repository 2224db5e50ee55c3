/** Observations and charted values in words. */
import { useTranslation } from "react-i18next";
import type { GoalMeasurement, Measurement } from "../../../convex/domain/progress/shape";
import { type Formatting, useFormatting } from "../../lib/formatting";

/** Minutes and seconds as a clock shows them: 12:05. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, "0")}`;
}

/** A charted value with its unit: "62 %", "12:05 min", "3 (with some help)". */
export function valueText(
  value: number,
  goal: Pick<GoalMeasurement, "kind" | "unit" | "ratingLevels">,
  { number, percent }: Pick<Formatting, "number" | "percent">,
): string {
  switch (goal.kind) {
    case "trials":
    case "percent":
      return percent(value);
    case "count":
      return `${number(value)} ${goal.unit}`;
    case "duration":
      return `${clockTime(value)} min`;
    case "rating": {
      // Between two levels there is no word.
      const level = Number.isInteger(value) ? goal.ratingLevels?.[value - 1] : undefined;
      return level === undefined ? number(value) : `${number(value)} · ${level}`;
    }
  }
}

export function useMeasurementText(): {
  value: (value: number, goal: Pick<GoalMeasurement, "kind" | "unit" | "ratingLevels">) => string;
  raw: (measurement: Measurement, goal: GoalMeasurement) => string;
  /** A difference of two values, with its sign. */
  change: (difference: number, goal: GoalMeasurement) => string;
} {
  const { t } = useTranslation("progress");
  const formatting = useFormatting();
  const { number } = formatting;
  return {
    value: (value, goal) => valueText(value, goal, formatting),
    raw: (measurement, goal) =>
      measurement.kind === "trials"
        ? t("trialsOf", {
            correct: number(measurement.correct),
            total: number(measurement.total),
          })
        : valueText(
            measurement.kind === "percent"
              ? measurement.percent
              : measurement.kind === "count"
                ? measurement.count
                : measurement.kind === "duration"
                  ? measurement.seconds
                  : measurement.level,
            goal,
            formatting,
          ),
    change: (difference, goal) => {
      const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
      const size = Math.abs(difference);
      switch (goal.kind) {
        case "trials":
        case "percent":
          return t("points", { value: `${sign}${number(size, 0)}` });
        case "duration":
          return `${sign}${clockTime(size)} min`;
        case "count":
          return `${sign}${number(size)} ${goal.unit}`;
        case "rating":
          return t("levels", { value: `${sign}${number(size)}` });
      }
    },
  };
}
