import type { Id } from "../../../convex/_generated/dataModel";
import { daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import classes from "./LifeChart.module.css";

interface ChartedYear {
  goalId: Id<"goals">;
  effectiveDate: string;
  baseline: { date: string; value: number };
  target: { date: string; value: number };
  points: { date: string; value: number }[];
}

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 44;
const RIGHT = 16;
const TOP = 14;
const BOTTOM = 30;

/** All years on one scale: aim lines dashed, observations as dots, joined within a year and never across. */
export function LifeChart({
  years,
  current,
  label,
}: {
  years: readonly ChartedYear[];
  current: Id<"goals">;
  label: string;
}) {
  const { number, dateShort, date } = useFormatting();
  const marks = years.flatMap(({ baseline, target, points }) => [baseline, target, ...points]);
  const dates = marks.map((mark) => mark.date).sort();
  const first = dates[0] ?? "";
  const span = Math.max(1, daysBetween(first, dates.at(-1) ?? first));
  const values = marks.map(({ value }) => value);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1);
  const x = (day: string) => LEFT + ((WIDTH - LEFT - RIGHT) * daysBetween(first, day)) / span;
  const y = (value: number) =>
    TOP + ((HEIGHT - TOP - BOTTOM) * (high - value)) / Math.max(1e-9, high - low);
  const steps = [low, low + (high - low) / 2, high];
  return (
    <svg
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      role="img"
      aria-label={label}
      className={classes.chart}
    >
      {steps.map((value) => (
        <g key={value}>
          <line className={classes.grid} x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
          <text className={classes.text} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {number(value)}
          </text>
        </g>
      ))}
      {years.map(({ goalId, effectiveDate, baseline, target, points }) => (
        <g key={goalId} data-current={goalId === current} className={classes.year}>
          <line
            className={classes.aim}
            x1={x(baseline.date)}
            y1={y(baseline.value)}
            x2={x(target.date)}
            y2={y(target.value)}
          />
          <rect
            className={classes.mark}
            x={x(baseline.date) - 4}
            y={y(baseline.value) - 4}
            width={8}
            height={8}
          />
          <polyline
            className={classes.line}
            points={points.map((p) => `${x(p.date).toFixed(1)},${y(p.value).toFixed(1)}`).join(" ")}
          />
          {points.map((point, index) => (
            <circle
              key={`${point.date}${String(index)}`}
              className={classes.dot}
              cx={x(point.date)}
              cy={y(point.value)}
              r={2.6}
            />
          ))}
          <text
            className={classes.text}
            x={Math.min(x(baseline.date), WIDTH - RIGHT - 60)}
            y={HEIGHT - 8}
          >
            {dateShort(baseline.date)} {baseline.date.slice(0, 4)}
            <title>{date(effectiveDate)}</title>
          </text>
        </g>
      ))}
    </svg>
  );
}
