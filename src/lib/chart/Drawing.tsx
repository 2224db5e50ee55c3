import { Text } from "@mantine/core";
import { createContext, memo, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Scatter,
  ResponsiveContainer,
  Tooltip,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from "recharts";
import { addDays, daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../formatting";
import { type ChartData, type ChartGoal, type Place, thinOut } from "./chartData";
import type { ChartEntry, ChartTexts } from "./ProgressChart";
import classes from "./ProgressChart.module.css";
import { isHollow, markPath } from "./shapes";

/** Parts of the axis that are told apart: a few pixels each. At most four points of each are painted. */
const PARTS = 80;

/** The point that is being read: the chart itself stays as it is when another one is. */
export const ReadingContext = createContext<ChartEntry | null>(null);

const still = {
  ...{ dataKey: "value", dot: false, activeDot: false, isAnimationActive: false },
  tooltipType: "none" as const,
};

type Drawn = Place & { id: string; phase: number };

export const Drawing = memo(function Drawing(props: Parameters<typeof Painted>[0]) {
  return (
    <ResponsiveContainer width="100%" height={320}>
      <Painted {...props} />
    </ResponsiveContainer>
  );
});

function Painted({
  goal,
  data,
  entries,
  texts,
  logarithmic,
  ...size
}: {
  goal: ChartGoal;
  data: ChartData;
  entries: readonly ChartEntry[];
  texts: ChartTexts;
  logarithmic: boolean;
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
        // It is there to be pointed at; all marks of a phase are one path.
        shape={unseen}
        isAnimationActive={false}
      />
      <Marks points={drawn.points} />
      <Ring firstDate={data.firstDate} />
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

const unseen = () => null as unknown as React.ReactElement;

/** A path for each phase: hundreds of elements would be looked through at every move of the pointer. */
const Marks = memo(function Marks({ points }: { points: readonly Drawn[] }) {
  const [x, y] = [useXAxisScale(), useYAxisScale()];
  if (x === undefined || y === undefined) return null;
  const phases = new Map<number, string[]>();
  for (const { day, value, phase } of points) {
    const paths = phases.get(phase) ?? [];
    paths.push(markPath(x(day) ?? 0, y(value) ?? 0, phase));
    phases.set(phase, paths);
  }
  return [...phases].map(([phase, paths]) => (
    <path
      key={phase}
      d={paths.join("")}
      fill={isHollow(phase) ? "var(--trellis-surface)" : "var(--mantine-color-text)"}
      stroke="var(--mantine-color-text)"
      strokeWidth={1.5}
    />
  ));
});

/** Around the point that is being read. */
function Ring({ firstDate }: { firstDate: string }) {
  const reading = useContext(ReadingContext);
  const [x, y] = [useXAxisScale(), useYAxisScale()];
  if (reading === null || x === undefined || y === undefined) return null;
  return (
    <circle
      cx={x(daysBetween(firstDate, reading.date))}
      cy={y(reading.value)}
      r={10}
      fill="none"
      stroke="var(--mantine-primary-color-filled)"
      strokeWidth={3}
    />
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
