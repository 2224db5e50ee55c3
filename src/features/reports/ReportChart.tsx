import { Table, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { tickText } from "../../../convex/domain/reports/valueText";
import { FigureView } from "../../lib/chart/FigureView";
import { reportFigure, scaleBeyondGoal } from "../../lib/chart/reportFigure";
import { useFormatting } from "../../lib/formatting";
import classes from "./Report.module.css";
import type { FiguresView } from "./reportTypes";
import { useReportLanguage, useValueText } from "./reportWords";

/** As wide as it is printed, until it is known how wide the page is. */
const PRINTED_WIDTH = 600;
const NARROWEST = 260;

/** The data of a goal with dates to scale, its aim line and trend; the same as a table beneath. */
export function ReportChart({ goal }: { goal: FiguresView }) {
  const { t } = useTranslation("reports");
  const { date, dateShort } = useFormatting();
  const language = useReportLanguage();
  const value = useValueText(goal.measurement);
  const { ref, width } = useElementSize();
  const { chart, goalNumber } = goal;
  const last = chart.at(-1);
  if (last === undefined) return <Text c="dimmed">{t("noData")}</Text>;
  const words = {
    label: t("chart", { number: goalNumber, points: chart.length, value: value(last.value) }),
    tick: (amount: number) => tickText(amount, goal.measurement, language),
    day: dateShort,
    goal: `${t("figures.target")}: ${value(goal.target.value)}`,
    ...{ data: t("dataLegend"), aim: t("aimLegend"), trend: t("trendLegend") },
  };
  const wide = width === 0 ? PRINTED_WIDTH : Math.max(NARROWEST, Math.round(width));
  const beyond = scaleBeyondGoal(goal);
  return (
    <figure className={classes.chart} ref={ref}>
      <FigureView figure={reportFigure(goal, words, wide)} />
      {beyond === null ? null : (
        <Text size="sm" c="dimmed">
          {t("scaleBeyond", { value: value(beyond) })}
        </Text>
      )}
      <details className={classes.table}>
        <summary>{t("chartTable")}</summary>
        <Table aria-label={t("chartTable")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("date")}</Table.Th>
              <Table.Th ta="right">{t("value")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {chart.map((point, index) => (
              <Table.Tr key={index}>
                <Table.Td>{date(point.date)}</Table.Td>
                <Table.Td ta="right">{value(point.value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </figure>
  );
}
