import { Group, Text, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../formatting";
import { Segments } from "../../ui/Segments";
import { ChartExport } from "./ChartExport";
import { ChartLegend } from "./ChartLegend";
import {
  type ChartDates,
  type ChartGoal,
  chartData,
  type ChartPoint,
  type ChartRange,
  type ChartStep,
} from "./chartData";
import { Drawing, ReadingContext } from "./Drawing";
import classes from "./ProgressChart.module.css";

/** More to say about a point than where it is: its raw observation, and who, where, with what help. */
export type ChartEntry = ChartPoint & { raw: string; details: string };

export interface ChartTexts {
  /** A value on the axis, short, and in words. */
  tick: (value: number) => string;
  value: (value: number) => string;
}

/**
 * Dates to scale, the aim line dashed, objectives as steps, the trend of each phase solid, points of each phase with a
 * shape of its own, phases as labelled lines that no line crosses. The points can be read by arrow keys; the table beside
 * the chart says the same in words. Everything that it shows comes by its properties.
 */
export function ProgressChart({
  goal,
  entries,
  label,
  texts,
  fileName,
  steps,
  dates,
  byFactors = false,
  plain = false,
}: {
  goal: ChartGoal;
  entries: readonly ChartEntry[];
  label: string;
  texts: ChartTexts;
  /** Of what is saved, without its ending. */
  fileName: string;
  steps?: readonly ChartStep[];
  /** Of charts that are compared: one axis for all of them. */
  dates?: ChartDates;
  /** Whether change by factors can be shown, too. */
  byFactors?: boolean;
  /** Without controls, as in a report. */
  plain?: boolean;
}) {
  const { t } = useTranslation("judgement");
  const [range, setRange] = useState<ChartRange>("data");
  const drawing = useRef<HTMLDivElement>(null);
  const shown = byFactors || range !== "factor" ? range : "data";
  const data = useMemo(
    () =>
      chartData(goal, entries, shown, {
        ...(dates === undefined ? {} : { dates }),
        ...(steps === undefined ? {} : { steps }),
      }),
    [goal, entries, shown, dates, steps],
  );
  const reading = useReading(entries);
  const ranges: ChartRange[] = byFactors ? ["data", "plan", "factor"] : ["data", "plan"];
  return (
    <figure className={classes.figure} aria-label={label}>
      {plain ? null : (
        <Group justify="flex-end" mb="xs" gap="xs" data-no-print>
          {dates === undefined ? (
            <Segments
              size="sm"
              aria-label={t("chart.range")}
              value={shown}
              data={ranges.map((value) => ({ value, label: t(`chart.ranges.${value}`) }))}
              onChange={(value) => setRange(value)}
            />
          ) : null}
          <ChartExport drawing={drawing} entries={entries} fileName={fileName} />
        </Group>
      )}
      <div
        ref={drawing}
        className={classes.drawing}
        role="application"
        aria-roledescription={t("chart.role")}
        aria-label={t("chart.keys")}
        tabIndex={0}
        onKeyDown={reading.onKeyDown}
        onBlur={reading.stop}
      >
        <ReadingContext value={reading.entry}>
          <Drawing
            goal={goal}
            data={data}
            entries={entries}
            texts={texts}
            logarithmic={shown === "factor"}
          />
        </ReadingContext>
      </div>
      <Reading entry={reading.entry} place={reading.place} count={entries.length} />
      <ChartLegend phases={data.segments} steps={data.steps.length > 0} />
    </figure>
  );
}

/** Which point is being read. */
function useReading(entries: readonly ChartEntry[]) {
  const [place, setPlace] = useState<number | null>(null);
  const last = entries.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const here = place === null ? last + 1 : Math.min(place, last);
    const next: Partial<Record<string, number>> = {
      ArrowLeft: here - 1,
      ArrowRight: place === null ? last : here + 1,
      Home: 0,
      End: last,
    };
    const wanted = next[event.key];
    if (event.key === "Escape") setPlace(null);
    if (wanted === undefined || last < 0) return;
    event.preventDefault();
    setPlace(Math.max(0, Math.min(last, wanted)));
  };
  return {
    place,
    entry: place === null ? null : (entries[Math.min(place, last)] ?? null),
    onKeyDown,
    stop: () => setPlace(null),
  };
}

/** The point in words, for eyes below the chart and for ears. */
function Reading({
  entry,
  place,
  count,
}: {
  entry: ChartEntry | null;
  place: number | null;
  count: number;
}) {
  const { t } = useTranslation("judgement");
  const { date } = useFormatting();
  const words =
    entry === null
      ? ""
      : t("chart.reading", {
          ...{ place: (place ?? 0) + 1, count, date: date(entry.date), value: entry.raw },
          details: entry.details,
        });
  return (
    <>
      <VisuallyHidden role="status" aria-live="assertive">
        {words}
      </VisuallyHidden>
      <Text size="sm" className={classes.reading} aria-hidden data-no-print>
        {words}
      </Text>
    </>
  );
}
