/**
 * The chart of a report. Dates run from the baseline to the goal's date, and the scale follows the measure and the goal,
 * so the charts of two reports of one goal lie on each other.
 */
import type { GoalReport } from "../../../convex/domain/reports/content";
import { reportScale } from "../../../convex/domain/reports/valueText";
import { MEASUREMENT_KINDS } from "../../../convex/domain/progress/shape";
import { type Figure, type FigurePart, LETTERS, type LineLook } from "./figure";
import { type ChartData, chartData, type Place } from "./chartData";

export type ReportedGoal = Pick<
  GoalReport,
  "goalNumber" | "measurement" | "baseline" | "target" | "chart" | "phases"
>;

interface FigureWords {
  label: string;
  /** A value at the axis. */
  tick: (value: number) => string;
  /** A day below the axis. */
  day: (date: string) => string;
  /** Of the goal's level. */
  goal: string;
  data: string;
  aim: string;
  trend: string;
}

/** How wide a letter is taken to be where nobody can measure it. */
const LETTER = LETTERS * 0.54;
/** Half the height of a mark. */
const [SMALLEST, LARGEST] = [1.8, 3.6];
const HEIGHT = 230;
const EDGE = { left: 50, right: 14, top: 30, bottom: 22 };

const widthOf = (text: string): number => text.length * LETTER;
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;

/** @param width of the figure: letters keep their size, the drawing gets the rest */
export function reportFigure(goal: ReportedGoal, words: FigureWords, width = 600): Figure {
  const data = dataOf(goal);
  const plot = { width: width - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const span = Math.max(1e-9, data.maximum - data.minimum);
  const x = (day: number) => EDGE.left + (day / Math.max(1, data.lastDay)) * plot.width;
  const y = (value: number) => EDGE.top + ((data.maximum - value) / span) * plot.height;
  const at = ({ day, value }: Place) => ({ x: x(day), y: y(value) });
  const across = (value: number) => [
    { x: EDGE.left, y: y(value) },
    { x: width - EDGE.right, y: y(value) },
  ];
  const line = (look: LineLook, points: readonly { x: number; y: number }[]): FigurePart => ({
    ...{ kind: "line", look },
    points: [...points],
  });
  const text = (
    label: string,
    place: { x: number; y: number },
    anchor: "start" | "middle" | "end" = "start",
  ): FigurePart => ({ kind: "text", text: label, ...place, anchor });
  const upright = (day: number) => [
    { x: x(day), y: EDGE.top },
    { x: x(day), y: EDGE.top + plot.height },
  ];
  const phases = data.phaseLines.flatMap(({ day, name }, index, all): FigurePart[] => {
    const room = x(all[index + 1]?.day ?? data.lastDay) - x(day);
    // Names of phases that are close to each other stand at two heights.
    const height = index % 2 === 0 ? EDGE.top - 5 : EDGE.top - 17;
    const most = Math.floor(Math.max(room, plot.width / 4) / LETTER);
    const isLate = x(day) > EDGE.left + plot.width * 0.75;
    return [
      line("phase", upright(day)),
      text(shortened(name, most), { x: x(day), y: height }, isLate ? "end" : "start"),
    ];
  });
  const legend = legendOf(data, words, width);
  // Marks of many points of a few weeks stay apart.
  const apart = (x(data.segments.at(-1)?.points.at(-1)?.day ?? 0) - EDGE.left) / goal.chart.length;
  const size = Math.max(SMALLEST, Math.min(LARGEST, apart * 0.6));
  return {
    width,
    height: HEIGHT + legend.height,
    label: words.label,
    parts: [
      ...scaleTicks(goal, data).flatMap((value): FigurePart[] => [
        line("grid", across(value)),
        text(words.tick(value), { x: EDGE.left - 6, y: y(value) + LETTERS / 3 }, "end"),
      ]),
      ...dayTicks(data, plot.width).map(({ day, date }) =>
        text(words.day(date), { x: x(day), y: HEIGHT - 6 }, day === 0 ? "start" : "middle"),
      ),
      line("goal", across(goal.target.value)),
      ...phases,
      line("aim", data.aim.map(at)),
      ...data.segments.flatMap(({ points, trend }) => [
        ...(points.length < 2 ? [] : [line("data", points.map(at))]),
        ...(trend === null ? [] : [line("trend", trend.map(at))]),
      ]),
      ...data.segments.flatMap(({ points, index }) =>
        points.map((point): FigurePart => ({ kind: "mark", ...at(point), phase: index, size })),
      ),
      ...legend.parts,
    ],
  };
}

/**
 * How far the scale goes where a score lies above what the goal alone would ask for; null where it does not. Then the
 * chart of an earlier report is higher, which has to be said.
 */
export function scaleBeyondGoal(goal: ReportedGoal): number | null {
  const { maximum } = dataOf(goal);
  return maximum > dataOf({ ...goal, chart: [] }).maximum ? maximum : null;
}

/** A kind that is not known here is drawn as a number. */
function dataOf({ measurement, baseline, target, chart, phases = [] }: ReportedGoal): ChartData {
  const kind = MEASUREMENT_KINDS.find((one) => one === measurement.kind) ?? "count";
  return chartData(
    {
      baselineData: baseline,
      targetCriteria: { timeframe: target.date, target: target.value },
      measurement: { ...measurement, kind },
      phases,
    },
    chart.map((point, index) => ({ ...point, id: String(index) })),
    "plan",
  );
}

function scaleTicks({ measurement }: ReportedGoal, { minimum, maximum }: ChartData): number[] {
  const scale = reportScale(measurement);
  if (scale === "yesNo") return [0, 1];
  if (scale === "level")
    return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
  if (minimum < 0) return [minimum, 0, maximum];
  const parts = scale === "percent" ? 4 : 5;
  return Array.from(
    { length: parts + 1 },
    (_, index) => minimum + ((maximum - minimum) * index) / parts,
  );
}

/** As many as stand beside each other. */
function dayTicks({ ticks, lastDay }: ChartData, width: number): ChartData["ticks"] {
  const every = Math.max(1, Math.ceil((ticks.length * 62) / width));
  return ticks.filter(
    ({ day }, index) => index % every === 0 && (day / Math.max(1, lastDay)) * width < width - 20,
  );
}

const SAMPLE = 26;

/** A sample of each sign and what it means, in as many rows as it takes. */
function legendOf(
  { segments }: ChartData,
  words: FigureWords,
  width: number,
): { parts: FigurePart[]; height: number } {
  const phases = new Map(segments.map(({ index, phase }) => [index, phase]));
  const marks = [...phases].map(([phase, name]) => ({
    name: shortened(phases.size < 2 || name === null ? words.data : name, 40),
    sample: (x: number, y: number): FigurePart => ({
      ...({ kind: "mark", x: x + SAMPLE / 2 } as const),
      ...{ y, phase, size: LARGEST },
    }),
  }));
  const sampleOf = (look: LineLook) => (x: number, y: number) => ({
    ...({ kind: "line", look } as const),
    points: [
      { x, y },
      { x: x + SAMPLE, y },
    ],
  });
  const lines = [
    { name: words.goal, sample: sampleOf("goal") },
    { name: words.aim, sample: sampleOf("aim") },
    ...(segments.some(({ trend }) => trend !== null)
      ? [{ name: words.trend, sample: sampleOf("trend") }]
      : []),
  ];
  const parts: FigurePart[] = [];
  let [x, y] = [EDGE.left, HEIGHT + 10];
  for (const { name, sample } of [...marks, ...lines]) {
    const wide = SAMPLE + 6 + widthOf(name) + 16;
    if (x + wide > width && x > EDGE.left) [x, y] = [EDGE.left, y + LETTERS * 1.6];
    parts.push(sample(x, y), {
      ...({ kind: "text", anchor: "start", text: name } as const),
      ...{ x: x + SAMPLE + 6, y: y + LETTERS / 3 },
    });
    x += wide;
  }
  return { parts, height: y + LETTERS - HEIGHT };
}
