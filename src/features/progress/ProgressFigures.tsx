import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Judgement } from "../../../convex/domain/progress/judgement";
import { summarizeProgress } from "../../../convex/domain/progress/summary";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge } from "../../ui/StatusBadge";
import { chartedPoints } from "./chartedPoints";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";
import { standingTone } from "./standing";
import { useForecastText } from "./useForecastText";
import { useLikelihoodText } from "./useLikelihoodText";
import classes from "./ProgressFigures.module.css";

/** The figures beside the chart, a sentence in plain words, and how each figure is computed. */
export function ProgressFigures({
  progress,
  firstName,
  judgement,
}: {
  progress: GoalProgress;
  firstName: string;
  /** Null while it is being computed. */
  judgement: Judgement | null;
}) {
  const { t } = useTranslation(["progress", "judgement"]);
  const { date, dateShort, percent } = useFormatting();
  const text = useMeasurementText();
  const { goal } = progress;
  const { measurement } = goal;
  const summary = summarizeProgress(chartedPoints(progress), goal);
  const forecastText = useForecastText();
  const likelihoodText = useLikelihoodText();
  const { latest, expectedAtLatest } = summary;
  const target = text.value(goal.targetCriteria.target, measurement);
  const baseline = text.value(goal.baselineData.value, measurement);
  const trendFigure = ({ leastSquares: trend, needed }: Judgement) => ({
    name: t("figures.trend"),
    value:
      trend.status === "computed"
        ? t("figures.perWeek", { value: text.change(trend.slopePerWeek, measurement) })
        : t("figures.notEnough"),
    note:
      trend.status === "notEnoughData"
        ? t("figures.needs", { needed: trend.needed, have: trend.have })
        : needed === null
          ? ""
          : t("judgement:figures.needs", {
              value: t("figures.perWeek", { value: text.change(needed, measurement) }),
            }),
  });
  const likelihoodFigure = ({ forecast }: Judgement) => ({
    name: t("judgement:likelihood.name"),
    ...likelihoodText(forecast),
  });
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
    ...(judgement === null ? [] : [trendFigure(judgement), likelihoodFigure(judgement)]),
  ];
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" component="dl" m={0}>
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
        {judgement === null ? null : (
          <StatusBadge tone={standingTone(judgement.standing)}>
            {t(`standing.${judgement.standing}`)}
          </StatusBadge>
        )}
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
      {judgement === null ? null : <Text>{forecastText(judgement.forecast, goal, firstName)}</Text>}
    </Stack>
  );
}
