import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { addDays, daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../formatting";
import { type ChartData, type ChartGoal, type Place, thinOut } from "./chartData";
import type { ChartEntry, ChartTexts } from "./ProgressChart";
import classes from "./ProgressChart.module.css";
import { Mark } from "./shapes";

/** Parts of the axis that are told apart: a few pixels each. */
const PARTS = 150;

const still = {
  ...{ dataKey: "value", dot: false, activeDot: false, isAnimationActive: false },
  tooltipType: "none" as const,
};

type Drawn = Place & { id: string; phase: number };

export function Drawing({
  goal,
  data,
  entries,
  texts,
  logarithmic,
  reading,
  ...size
}: {
  goal: ChartGoal;
  data: ChartData;
  entries: readonly ChartEntry[];
  texts: ChartTexts;
  logarithmic: boolean;
  /** The point that is being read. */
  reading: ChartEntry | null;
}) {
  const { t } = useTranslation("judgement");
  const { dateShort } = useFormatting();
  const drawn = useMemo(() => drawnOf(data, logarithmic), [data, logarithmic]);
  const { target } = goal.targetCriteria;
  const lowest = lowestOf(drawn.points);
  const dateOf = (day: number) => addDays(data.firstDate, Math.round(day));
  return (
    <ComposedChart
      {...size}
      // The keys belong to the frame around it, which reads whole sentences.
      accessibilityLayer={false}
      margin={{ top: 36, right: 16, bottom: 8, left: 0 }}
    >
      <CartesianGrid stroke="var(--trellis-line)" vertical={false} />
      <XAxis
        dataKey="day"
        type="number"
        domain={[0, data.lastDay]}
        ticks={data.ticks.map(({ day }) => day)}
        tickFormatter={(day: number) => dateShort(dateOf(day))}
        stroke="var(--mantine-color-dimmed)"
        tickLine={false}
        allowDataOverflow
      />
      <YAxis
        dataKey="value"
        type="number"
        scale={logarithmic ? "log" : "linear"}
        domain={logarithmic ? decades(lowest, data.maximum) : [data.minimum, data.maximum]}
        {...(logarithmic ? { ticks: decadeTicks(lowest, data.maximum) } : {})}
        tickFormatter={texts.tick}
        // What lies on the ends of the scale is seen whole.
        padding={{ top: 8, bottom: 8 }}
        width={52}
        stroke="var(--mantine-color-dimmed)"
        tickLine={false}
        allowDataOverflow
      />
      {data.breaks.map(({ from, to }) => (
        <ReferenceArea
          key={from}
          x1={from}
          x2={to}
          fill="var(--trellis-line)"
          fillOpacity={0.35}
          label={{ value: t("chart.noData"), fill: "var(--mantine-color-dimmed)", fontSize: 11 }}
        />
      ))}
      {logarithmic && target <= 0 ? null : (
        <ReferenceLine
          y={target}
          stroke="var(--trellis-good)"
          strokeWidth={1}
          label={{
            value: t("chart.target", { value: texts.value(target) }),
            position: "insideTopLeft",
            fill: "var(--trellis-good)",
            fontSize: 12,
          }}
        />
      )}
      {phaseLines(data)}
      {data.steps.length === 0 || logarithmic ? null : (
        <Line
          {...still}
          data={data.steps}
          stroke="var(--trellis-good)"
          strokeWidth={1.5}
          strokeDasharray="2 3"
        />
      )}
      {logarithmic ? null : (
        <Line
          {...still}
          data={data.aim}
          stroke="var(--trellis-good)"
          strokeWidth={2}
          strokeDasharray="7 5"
        />
      )}
      {drawn.lines.map((points, index) => (
        <Line
          {...still}
          key={points[0]?.id ?? index}
          data={[...points]}
          stroke="var(--mantine-color-dimmed)"
          strokeWidth={1}
        />
      ))}
      {data.segments.map(({ trend, points }, index) =>
        trend === null ? null : (
          <Line
            {...still}
            key={`trend-${points[0]?.id ?? String(index)}`}
            data={trend}
            stroke="var(--trellis-info)"
            strokeWidth={3}
          />
        ),
      )}
      <Scatter
        data={drawn.points}
        dataKey="value"
        shape={(props: { cx?: number; cy?: number; payload?: Drawn }) => (
          <Mark x={props.cx ?? 0} y={props.cy ?? 0} phase={props.payload?.phase ?? 0} />
        )}
        isAnimationActive={false}
      />
      {reading === null ? null : (
        <ReferenceDot
          x={daysBetween(data.firstDate, reading.date)}
          y={reading.value}
          r={10}
          fill="none"
          stroke="var(--mantine-primary-color-filled)"
          strokeWidth={3}
        />
      )}
      <Tooltip
        cursor={{ stroke: "var(--mantine-color-dimmed)", strokeDasharray: "2 3" }}
        content={({ active, payload }) => {
          const entry = active ? entryOf(payload, entries) : undefined;
          if (entry === undefined) return null;
          return (
            <div className={classes.tooltip}>
              <Text size="sm" fw={600}>
                {dateShort(entry.date)}: {entry.raw}
              </Text>
              <Text size="xs" dir="auto">
                {entry.details}
              </Text>
            </div>
          );
        }}
      />
    </ComposedChart>
  );
}

/** Lines close to each other have their names at two heights. */
const phaseLines = ({ phaseLines: lines }: ChartData) =>
  lines.map(({ day, name }, index) => (
    <ReferenceLine
      key={`${name}${String(day)}`}
      x={day}
      stroke="var(--mantine-color-text)"
      strokeWidth={1.5}
      label={{
        value: name,
        position: "top",
        dy: index % 2 === 0 ? 0 : -14,
        fill: "var(--mantine-color-text)",
        fontSize: 12,
      }}
    />
  ));

/** What is painted: a multiplication has no zero, and nobody sees two thousand points side by side. */
function drawnOf(
  data: ChartData,
  logarithmic: boolean,
): { points: Drawn[]; lines: (readonly Drawn[])[] } {
  const lines = data.segments.map(({ points, index }) => {
    const own = points
      .filter(({ value }) => !logarithmic || value > 0)
      .map((point) => ({ ...point, phase: index }));
    return thinOut(own, PARTS);
  });
  return { points: lines.flat(), lines };
}

const lowestOf = (points: readonly Place[]) =>
  points.reduce((least, { value }) => (value > 0 && value < least ? value : least), 1);

/** Whole powers of ten around the values. */
const decades = (low: number, high: number): [number, number] => [
  10 ** Math.floor(Math.log10(low)),
  10 ** Math.ceil(Math.log10(Math.max(high, 10))),
];

function decadeTicks(low: number, high: number): number[] {
  const [first, last] = decades(low, high);
  const ticks: number[] = [];
  for (let power = first; power <= last * 1.001; power *= 10)
    for (const factor of [1, 2, 5]) if (factor * power <= last * 1.001) ticks.push(factor * power);
  return ticks;
}

function entryOf(
  payload: readonly { payload?: unknown }[],
  entries: readonly ChartEntry[],
): ChartEntry | undefined {
  for (const { payload: row } of payload)
    if (typeof row === "object" && row !== null && "id" in row)
      return entries.find(({ id }) => id === row.id);
  return undefined;
}
