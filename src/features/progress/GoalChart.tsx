import { Group, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import { scaleOf } from "../../../convex/domain/progress/charted";
import { useFormatting } from "../../lib/formatting";
import {
  type ChartGoal,
  chartData,
  type ChartPoint,
  type ChartRange,
  type Place,
} from "./chartData";
import classes from "./GoalChart.module.css";
import { clockTime, useMeasurementText } from "./measurementText";

/** More to say about a point than where it is. */
export type ChartEntry = ChartPoint & { raw: string; details: string };

/**
 * Dates to scale, the aim line dashed, the trend solid and thin, points as shapes, phases as labelled lines that no line
 * crosses. The table beside it says the same in words.
 */
export function GoalChart({
  goal,
  entries,
  label,
}: {
  goal: ChartGoal;
  entries: readonly ChartEntry[];
  label: string;
}) {
  const { t } = useTranslation("progress");
  const { dateShort, number } = useFormatting();
  const text = useMeasurementText();
  const [range, setRange] = useState<ChartRange>("data");
  const data = chartData(goal, entries, range);
  const dateOf = (day: number) => addDays(data.firstDate, Math.round(day));
  const tick = (value: number) =>
    scaleOf(goal.measurement.kind) === "clock" ? clockTime(value) : number(value);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return (
    <figure className={classes.figure} aria-label={label}>
      <Group justify="flex-end" mb="xs" data-no-print>
        <SegmentedControl
          size="sm"
          aria-label={t("chart.range")}
          value={range}
          data={(["data", "plan"] as const).map((value) => ({
            value,
            label: t(`chart.ranges.${value}`),
          }))}
          onChange={(value) => setRange(value)}
        />
      </Group>
      <ResponsiveContainer width="100%" height={320}>
        <ComposedChart margin={{ top: 36, right: 16, bottom: 8, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--trellis-line)" vertical={false} />
          <XAxis
            dataKey="day"
            type="number"
            domain={[0, data.lastDay]}
            ticks={data.ticks.map(({ day }) => day)}
            tickFormatter={(day: number) => dateShort(dateOf(day))}
            stroke="var(--mantine-color-dimmed)"
            tickLine={false}
          />
          <YAxis
            dataKey="value"
            type="number"
            domain={[data.minimum, data.maximum]}
            tickFormatter={tick}
            width={52}
            stroke="var(--mantine-color-dimmed)"
            tickLine={false}
            allowDataOverflow
          />
          <ReferenceLine
            y={goal.targetCriteria.target}
            stroke="var(--trellis-good)"
            strokeWidth={1}
            label={{
              value: t("chart.target", {
                value: text.value(goal.targetCriteria.target, goal.measurement),
              }),
              position: "insideTopLeft",
              fill: "var(--trellis-good)",
              fontSize: 12,
            }}
          />
          {data.phaseLines.map(({ day, name }, index) => (
            <ReferenceLine
              key={`${name}${String(day)}`}
              x={day}
              stroke="var(--mantine-color-dimmed)"
              strokeWidth={1.5}
              label={{
                value: name,
                position: "top",
                // Lines close to each other have their names at two heights.
                dy: index % 2 === 0 ? 0 : -14,
                fill: "var(--mantine-color-text)",
                fontSize: 12,
              }}
            />
          ))}
          <Line
            data={data.aim}
            dataKey="value"
            stroke="var(--trellis-good)"
            strokeWidth={2}
            strokeDasharray="7 5"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            tooltipType="none"
          />
          {data.segments.map(({ points, trend }, index) => (
            <SegmentLines key={points[0]?.id ?? index} points={points} trend={trend} />
          ))}
          <Scatter
            data={data.segments.flatMap(({ points }) => points)}
            dataKey="value"
            shape="circle"
            fill="var(--mantine-color-text)"
            isAnimationActive={false}
          />
          <Tooltip
            cursor={{ stroke: "var(--mantine-color-dimmed)", strokeDasharray: "2 3" }}
            content={({ active, payload }) => {
              const id = (
                payload.find(({ payload: row }) => hasId(row))?.payload as
                  | { id: string }
                  | undefined
              )?.id;
              const entry = id === undefined ? undefined : byId.get(id);
              if (!active || entry === undefined) return null;
              return (
                <div className={classes.tooltip}>
                  <Text size="sm" fw={600}>
                    {dateShort(entry.date)}: {entry.raw}
                  </Text>
                  <Text size="xs">{entry.details}</Text>
                </div>
              );
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
      <figcaption className={classes.legend}>
        <span>
          <svg width="14" height="14" aria-hidden>
            <circle cx="7" cy="7" r="4.5" fill="currentColor" />
          </svg>
          {t("chart.observation")}
        </span>
        <span className={classes.aim}>
          <svg width="30" height="10" aria-hidden>
            <path d="M0 5h30" stroke="currentColor" strokeWidth="2.5" strokeDasharray="7 5" />
          </svg>
          {t("chart.aimLine")}
        </span>
        <span className={classes.trend}>
          <svg width="30" height="10" aria-hidden>
            <path d="M0 5h30" stroke="currentColor" strokeWidth="2" />
          </svg>
          {t("chart.trend")}
        </span>
      </figcaption>
    </figure>
  );
}

const hasId = (row: unknown): boolean => typeof row === "object" && row !== null && "id" in row;

/** What joins the points of one phase, and their trend. */
function SegmentLines({ points, trend }: { points: Place[]; trend: [Place, Place] | null }) {
  return (
    <>
      <Line
        data={points}
        dataKey="value"
        stroke="var(--mantine-color-dimmed)"
        strokeWidth={1}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        tooltipType="none"
      />
      {trend === null ? null : (
        <Line
          data={trend}
          dataKey="value"
          stroke="var(--trellis-info)"
          strokeWidth={2}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          tooltipType="none"
        />
      )}
    </>
  );
}
