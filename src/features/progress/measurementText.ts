/** Observations and charted values in words. */
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { chartedValue, readingAccuracy, scaleOf } from "../../../convex/domain/progress/charted";
import type { GoalMeasurement, Measurement } from "../../../convex/domain/progress/shape";
import { type Formatting, useFormatting } from "../../lib/formatting";
import { clockTime } from "../../lib/measuredText";

type Described = Pick<GoalMeasurement, "kind" | "unit" | "ratingLevels" | "decimals">;
type Words = TFunction<"progress">;

/** A charted value with its unit: "62 %", "12:05 min", "3 (with some help)". */
export function valueText(
  value: number,
  goal: Described,
  { number, percent, t }: Pick<Formatting, "number" | "percent"> & { t: Words },
): string {
  switch (scaleOf(goal.kind)) {
    case "percent":
      return percent(value);
    case "number":
      return `${number(value, goal.decimals ?? 1)} ${goal.unit}`;
    case "clock":
      return `${clockTime(value)} min`;
    case "yesNo":
      return value === 1 ? t("yes") : value === 0 ? t("no") : number(value);
    case "level": {
      // Between two levels there is no word.
      const level = Number.isInteger(value) ? goal.ratingLevels?.[value - 1] : undefined;
      return level === undefined ? number(value) : `${number(value)} · ${level}`;
    }
  }
}

/** The raw numbers where they say more than the charted one, which then follows. */
function rawText(
  measurement: Measurement,
  goal: GoalMeasurement,
  words: Pick<Formatting, "number" | "percent"> & { t: Words },
): string {
  const { number, percent, t } = words;
  const value = valueText(chartedValue(measurement), goal, words);
  switch (measurement.kind) {
    case "trials":
      return t("trialsOf", {
        correct: number(measurement.correct),
        total: number(measurement.total),
      });
    case "trialByTrial":
      return t("raw.shareOf", { value, count: measurement.trials.length });
    case "taskAnalysis":
      return t("raw.stepsOf", { value, count: measurement.steps.length });
    case "interval":
      return t("raw.intervals", {
        value,
        count: measurement.marks.filter((mark) => mark !== "missed").length,
      });
    case "workSample":
      return t("raw.points", {
        points: number(measurement.points),
        possible: number(measurement.possible),
        value,
      });
    case "rate":
      return t("raw.rate", {
        value,
        responses: number(measurement.count),
        time: clockTime(measurement.seconds),
      });
    case "interResponse":
      return t("raw.gaps", { value, count: measurement.gaps.length });
    case "oralReading": {
      const accuracy = readingAccuracy(measurement);
      return t("raw.reading", {
        value,
        words: number(measurement.words),
        errors: number(measurement.errors),
        accuracy: accuracy === null ? "–" : percent(accuracy),
      });
    }
    case "digitsCorrect":
    case "maze":
      return t("raw.probe", {
        value,
        correct: number(measurement.correct),
        errors: number(measurement.errors),
        time: clockTime(measurement.seconds),
      });
    default:
      return value;
  }
}

interface MeasurementTexts {
  value: (value: number, goal: Described) => string;
  raw: (measurement: Measurement, goal: GoalMeasurement) => string;
  /** A difference of two values, with its sign. */
  change: (difference: number, goal: GoalMeasurement) => string;
}

export function useMeasurementText(): MeasurementTexts {
  const { t } = useTranslation("progress");
  const formatting = useFormatting();
  // The same functions at every rendering: what is made of thousands of observations is made once.
  return useMemo(() => textsOf({ ...formatting, t }), [formatting, t]);
}

function textsOf(
  words: Pick<Formatting, "number" | "percent" | "change"> & { t: Words },
): MeasurementTexts {
  const { change, t } = words;
  return {
    value: (value, goal) => valueText(value, goal, words),
    raw: (measurement, goal) => rawText(measurement, goal, words),
    change: (difference, goal) => {
      switch (scaleOf(goal.kind)) {
        case "percent":
          return t("points", { value: change(difference, 0) });
        case "clock":
          return `${change(difference).charAt(0)}${clockTime(Math.abs(difference))} min`;
        case "number":
          return `${change(difference, goal.decimals ?? 1)} ${goal.unit}`;
        case "level":
          return t("levels", { value: change(difference) });
        case "yesNo":
          return change(difference);
      }
    },
  };
}
