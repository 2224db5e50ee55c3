import { Stack } from "@mantine/core";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { LaterPart } from "../../lib/LaterPart";
import { DefinitionList } from "../../ui/DefinitionList";
import type { FiguresView } from "./reportTypes";
import { useProbabilityText, useValueText } from "./reportWords";

const ReportChart = lazy(async () => ({ default: (await import("./ReportChart")).ReportChart }));

/** What the data say of one goal: the chart, and the figures that the sentences are made of. */
export function Figures({ goal }: { goal: FiguresView }) {
  const { t } = useTranslation("reports");
  const { date, change } = useFormatting();
  const value = useValueText(goal.measurement);
  const probabilityText = useProbabilityText();
  const { baseline, target, latest, expectedNow, slopePerWeek, points, pointsInPeriod } = goal;
  const dated = (point: { date: string; value: number } | null) =>
    point === null ? t("figures.unknown") : `${value(point.value)} · ${date(point.date)}`;
  const { probability } = goal.forecast.projected ?? {};
  const likelihood =
    probability === undefined
      ? []
      : [
          {
            term: t("figures.likelihood", { date: date(goal.forecast.by) }),
            description: probabilityText(probability),
          },
        ];
  return (
    <Stack gap="sm">
      <LaterPart>
        <ReportChart goal={goal} />
      </LaterPart>
      <DefinitionList
        items={[
          { term: t("figures.baseline"), description: dated(baseline) },
          { term: t("figures.latest"), description: dated(latest) },
          {
            term: t("figures.line"),
            description: expectedNow === null ? t("figures.unknown") : value(expectedNow),
          },
          { term: t("figures.target"), description: dated(target) },
          {
            term: t("figures.slope"),
            description: slopePerWeek === null ? t("figures.unknown") : change(slopePerWeek, 2),
          },
          ...likelihood,
          {
            term: t("figures.points"),
            description: t("figures.pointsOf", { count: pointsInPeriod, all: points }),
          },
        ]}
      />
    </Stack>
  );
}
