import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { aimLineValue, aimOf } from "../../../convex/domain/progress/aimLine";
import { chartedSeries, scaleOf } from "../../../convex/domain/progress/charted";
import type { ChartDates } from "../../lib/chart/chartData";
import { type ChartEntry, ProgressChart } from "../../lib/chart/ProgressChart";
import { useFormatting } from "../../lib/formatting";
import type { GoalProgress } from "./GoalPage";
import { clockTime } from "../../lib/measuredText";
import { useMeasurementText } from "./measurementText";

/** The chart of one goal, from its data. */
export function GoalChart({ progress, dates }: { progress: GoalProgress; dates?: ChartDates }) {
  const { t } = useTranslation("progress");
  const { raw, value } = useMeasurementText();
  const { date, number } = useFormatting();
  const { goal, progressData } = progress;
  const entries = useMemo(() => {
    const own = progressData.map((point) => entryOf(point, goal, { t, raw }));
    // Of single events a day's sum is one point.
    return chartedSeries(goal.measurement.kind, own).map((entry) =>
      goal.measurement.kind === "abc"
        ? { ...entry, raw: value(entry.value, goal.measurement) }
        : entry,
    );
  }, [progressData, goal, t, raw, value]);
  const steps = useMemo(
    () =>
      goal.objectives.flatMap(({ by }, index) => {
        // An objective says in words what is to be reached; its step is as high as the aim line on its day.
        const level = aimLineValue(aimOf(goal), by);
        return level === null ? [] : [{ date: by, value: level, label: String(index + 1) }];
      }),
    [goal],
  );
  const texts = useMemo(
    () => ({
      tick: (charted: number) =>
        scaleOf(goal.measurement.kind) === "clock" ? clockTime(charted) : number(charted),
      value: (charted: number) => value(charted, goal.measurement),
    }),
    [goal, number, value],
  );
  return (
    <ProgressChart
      goal={goal}
      entries={entries}
      steps={steps}
      texts={texts}
      fileName={t("goalTitle", { number: goal.goalNumber, domain: t(`domains.${goal.domain}`) })}
      byFactors={scaleOf(goal.measurement.kind) === "number"}
      {...(dates === undefined ? {} : { dates })}
      label={t("chart.label", {
        count: entries.length,
        baseline: value(goal.baselineData.value, goal.measurement),
        target: value(goal.targetCriteria.target, goal.measurement),
        date: date(goal.targetCriteria.timeframe),
      })}
    />
  );
}

function entryOf(
  point: GoalProgress["progressData"][number],
  goal: GoalProgress["goal"],
  {
    t,
    raw,
  }: {
    t: ReturnType<typeof useTranslation<"progress">>["t"];
    raw: ReturnType<typeof useMeasurementText>["raw"];
  },
): ChartEntry {
  return {
    id: point._id,
    date: point.recordedDate,
    value: point.measurementValue,
    raw: raw(point.measurement, goal.measurement),
    details: [
      point.recordedByName,
      t(`settings.${point.settingType}` as "settings.other"),
      point.promptLevel === undefined
        ? ""
        : t(`prompts.${point.promptLevel}` as "prompts.independent"),
      point.observationNotes ?? "",
    ]
      .filter((part) => part !== "")
      .join(" · "),
  };
}
