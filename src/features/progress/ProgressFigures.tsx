import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { summarizeProgress } from "../../../convex/domain/progress/summary";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge } from "../../ui/StatusBadge";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";
import { standingTone } from "./standing";
import classes from "./ProgressFigures.module.css";

/** The figures beside the chart, a sentence in plain words, and how each figure is computed. */
export function ProgressFigures({
  progress,
  firstName,
}: {
  progress: GoalProgress;
  firstName: string;
}) {
  const { t } = useTranslation("progress");
  const { date, dateShort, percent } = useFormatting();
  const text = useMeasurementText();
  const { goal, progressData } = progress;
  const { measurement } = goal;
  const summary = summarizeProgress(
    progressData.map(({ recordedDate, measurementValue }) => ({
      date: recordedDate,
      value: measurementValue,
    })),
    goal,
  );
  const { latest, trend, expectedAtLatest, latestAgainstAimLine: standing } = summary;
  const target = text.value(goal.targetCriteria.target, measurement);
  const baseline = text.value(goal.baselineData.value, measurement);
  const figures = [
    {
      name: t("figures.latest"),
      value: latest === null ? t("figures.noneYet") : text.value(latest.value, measurement),
      note: latest === null ? "" : dateShort(latest.date),
    },
    {
      name: t("figures.change"),
      value:
        summary.changeSinceBaseline === null
          ? "–"
          : text.change(summary.changeSinceBaseline, measurement),
      note: t("figures.fromBaseline", { value: baseline, date: dateShort(goal.baselineData.date) }),
    },
    {
      name: t("figures.way"),
      value: summary.fractionOfTheWay === null ? "–" : percent(summary.fractionOfTheWay * 100),
      note: t("figures.toTarget", {
        value: target,
        date: dateShort(goal.targetCriteria.timeframe),
      }),
    },
    {
      name: t("figures.trend"),
      value:
        trend.status === "computed"
          ? t("figures.perWeek", { value: text.change(trend.slopePerWeek, measurement) })
          : t("figures.notEnough"),
      note:
        trend.status === "computed"
          ? t("figures.trendOf", { count: trend.points })
          : t("figures.needs", { needed: trend.needed, have: trend.have }),
    },
  ];
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" component="dl" m={0}>
        {figures.map(({ name, value, note }) => (
          <div key={name} className={classes.figure}>
            <dt>{name}</dt>
            <dd>
              <span className={classes.value}>{value}</span>
              <span className={classes.note}>{note}</span>
            </dd>
          </div>
        ))}
      </SimpleGrid>
      <Group gap="sm" align="baseline">
        <StatusBadge tone={standingTone(standing)}>
          {standing === null ? t("standing.unknown") : t(`standing.${standing}`)}
        </StatusBadge>
        <Text>
          {latest === null || expectedAtLatest === null
            ? t("plain.noData", {
                name: firstName,
                baseline,
                target,
                date: date(goal.targetCriteria.timeframe),
              })
            : t("plain.sentence", {
                name: firstName,
                baseline,
                target,
                latest: text.value(latest.value, measurement),
                latestDate: date(latest.date),
                expected: text.value(expectedAtLatest, measurement),
                date: date(goal.targetCriteria.timeframe),
              })}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t("figures.formula")}
      </Text>
    </Stack>
  );
}
