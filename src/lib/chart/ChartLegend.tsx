import { useTranslation } from "react-i18next";
import type { ChartSegment } from "./chartData";
import classes from "./ProgressChart.module.css";
import { Mark } from "./shapes";

/** What each sign of the chart means; with several phases, each one's shape. */
export function ChartLegend({
  phases,
  steps,
}: {
  phases: readonly ChartSegment[];
  steps: boolean;
}) {
  const { t } = useTranslation("judgement");
  const byIndex = new Map(phases.map(({ index, phase }) => [index, phase]));
  const shapes = [...byIndex].map(([index, phase]) => ({
    index,
    name: byIndex.size < 2 || phase === null ? t("chart.observation") : phase,
  }));
  return (
    <figcaption className={classes.legend}>
      {shapes.map(({ index, name }) => (
        <span key={index} dir="auto">
          <svg width="14" height="14" aria-hidden>
            <Mark x={7} y={7} phase={index} />
          </svg>
          {name}
        </span>
      ))}
      <span className={classes.aim}>
        <svg width="30" height="10" aria-hidden>
          <path d="M0 5h30" stroke="currentColor" strokeWidth="2.5" strokeDasharray="7 5" />
        </svg>
        {t("chart.aimLine")}
      </span>
      <span className={classes.trend}>
        <svg width="30" height="10" aria-hidden>
          <path d="M0 5h30" stroke="currentColor" strokeWidth="3" />
        </svg>
        {t("chart.trend")}
      </span>
      {steps ? (
        <span className={classes.aim}>
          <svg width="30" height="12" aria-hidden>
            <path d="M0 10h15v-8h15" fill="none" stroke="currentColor" strokeDasharray="2 2" />
          </svg>
          {t("chart.objectives")}
        </span>
      ) : null}
    </figcaption>
  );
}
