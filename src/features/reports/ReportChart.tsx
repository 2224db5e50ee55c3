import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { aimLineValue } from "../../../convex/domain/progress/aimLine";
import { daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import classes from "./Report.module.css";
import { useValueText } from "./reportWords";
import type { FiguresView } from "./reportTypes";

const [WIDTH, HEIGHT] = [600, 200];
const EDGE = { left: 46, right: 12, top: 12, bottom: 26 };

/** The data of a goal with dates to scale, and the aim line; the same as a table beneath. Shapes differ, not colours alone. */
export function ReportChart({ goal }: { goal: FiguresView }) {
  const { t } = useTranslation("reports");
  const { date, dateShort } = useFormatting();
  const value = useValueText(goal.measurement);
  const { chart, baseline, target, goalNumber } = goal;
  const last = chart.at(-1);
  if (last === undefined) return <Text c="dimmed">{t("noData")}</Text>;
  const first = chart[0]?.date ?? baseline.date;
  const from = first < baseline.date ? first : baseline.date;
  const until = last.date > target.date ? last.date : target.date;
  const values = [...chart.map((point) => point.value), baseline.value, target.value, 0];
  const [low, high] = [Math.min(...values), Math.max(...values, 1)];
  const x = (day: string) =>
    EDGE.left +
    (daysBetween(from, day) / Math.max(1, daysBetween(from, until))) *
      (WIDTH - EDGE.left - EDGE.right);
  const y = (amount: number) =>
    HEIGHT - EDGE.bottom - ((amount - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const aim = {
    ...{ baselineDate: baseline.date, baselineValue: baseline.value },
    ...{ targetDate: target.date, targetValue: target.value },
  };
  const hasAim = aimLineValue(aim, baseline.date) !== null;
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        role="img"
        aria-label={t("chart", {
          ...{ number: goalNumber, points: chart.length, value: value(last.value) },
        })}
      >
        {[low, high].map((amount) => (
          <g key={amount}>
            <line
              className={classes.grid}
              {...{ x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(amount), y2: y(amount) }}
            />
            <text className={classes.axis} x={EDGE.left - 6} y={y(amount) + 4} textAnchor="end">
              {value(amount)}
            </text>
          </g>
        ))}
        <text className={classes.axis} x={EDGE.left} y={HEIGHT - 8}>
          {dateShort(from)}
        </text>
        <text className={classes.axis} x={WIDTH - EDGE.right} y={HEIGHT - 8} textAnchor="end">
          {dateShort(until)}
        </text>
        {hasAim ? (
          <line
            className={classes.aim}
            {...{ x1: x(baseline.date), y1: y(baseline.value) }}
            {...{ x2: x(target.date), y2: y(target.value) }}
          />
        ) : null}
        {chart.map((point, index) => (
          <circle
            key={index}
            className={classes.point}
            {...{ cx: x(point.date), cy: y(point.value), r: 4 }}
          />
        ))}
      </svg>
      <figcaption className={classes.legend}>
        <span>● {t("dataLegend")}</span>
        {hasAim ? <span>╌ {t("aimLegend")}</span> : null}
      </figcaption>
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
