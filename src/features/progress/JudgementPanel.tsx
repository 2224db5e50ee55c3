import { Button, Table, Text } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { celeration } from "../../../convex/domain/progress/celeration";
import { scaleOf } from "../../../convex/domain/progress/charted";
import { LIKELY, MOST_CERTAIN, UNCERTAIN } from "../../../convex/domain/progress/forecast";
import { currentPhase, type Judgement } from "../../../convex/domain/progress/judgement";
import type { RuleResult } from "../../../convex/domain/progress/rules";
import type { Trend } from "../../../convex/domain/progress/trend";
import { useFormatting } from "../../lib/formatting";
import { useAbility } from "../../lib/session";
import { Panel } from "../../ui/Panel";
import { chartedPoints } from "./chartedPoints";
import type { GoalProgress } from "./GoalPage";
import classes from "./JudgementPanel.module.css";
import { useMeasurementText } from "./measurementText";
import { within } from "./useForecastText";
import { useLikelihoodText, useProbabilityText } from "./useLikelihoodText";

type Band = Judgement["leastSquaresBand"];

interface Figures {
  progress: GoalProgress;
  judgement: Judgement;
}

/** Every figure with the formula that it comes from; for families, who read it in plain words above, on demand. */
export function JudgementPanel(figures: Figures) {
  const { t } = useTranslation("judgement");
  const isFamily = useAbility("family.view");
  const [isOpen, setOpen] = useState(!isFamily);
  const id = useId();
  return (
    <Panel
      title={t("figures.title")}
      actions={
        isFamily ? (
          <Button
            variant="default"
            size="sm"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? "figures.hide" : "figures.show")}
          </Button>
        ) : undefined
      }
    >
      <div id={id}>{isOpen ? <FigureTable {...figures} /> : null}</div>
    </Panel>
  );
}

function FigureTable({ progress, judgement }: Figures) {
  const { t } = useTranslation("judgement");
  const { date } = useFormatting();
  const { phase, since, points } = judgement;
  const rows = useRows(progress, judgement);
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {phase === null
          ? t("figures.sinceBaseline", { count: points, date: date(since) })
          : t("figures.sincePhase", { count: points, name: phase.name, date: date(since) })}
      </Text>
      <Table className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {(["figure", "value", "formula"] as const).map((column) => (
              <Table.Th key={column} scope="col">
                {t(`figures.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, value, formula }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>{value}</Table.Td>
              <Table.Td className={classes.formula}>{formula}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function useRows(progress: GoalProgress, judgement: Judgement) {
  const { t } = useTranslation(["judgement", "progress"]);
  const { number, percent, date } = useFormatting();
  const text = useMeasurementText();
  const likelihoodText = useLikelihoodText();
  const probabilityText = useProbabilityText();
  const { goal } = progress;
  const perWeek = (slope: number) =>
    t("figures.perWeek", { value: text.change(slope, goal.measurement) });
  const trendText = (trend: Trend, band: Band) => {
    if (trend.status !== "computed")
      return t("figures.notEnough", { needed: trend.needed, have: trend.have });
    if (band === null) return perWeek(trend.slopePerWeek);
    return `${perWeek(trend.slopePerWeek)} (${t("figures.between", {
      low: text.change(band.low, goal.measurement),
      high: text.change(band.high, goal.measurement),
    })})`;
  };
  const { forecast, needed } = judgement;
  const percents = {
    ...{ likely: percent(LIKELY * 100), uncertain: percent(UNCERTAIN * 100) },
    ...{ most: percent(MOST_CERTAIN * 100), least: percent((1 - MOST_CERTAIN) * 100) },
  };
  const { projected } = forecast;
  const likelihood = likelihoodText(forecast);
  return [
    {
      name: t("figures.standing"),
      value: t(`progress:standing.${judgement.standing}`),
      formula: t("formulas.standing"),
    },
    {
      name: t("figures.needed"),
      value: needed === null ? "–" : perWeek(needed),
      formula: t("formulas.needed"),
    },
    {
      name: t("figures.leastSquares"),
      value: trendText(judgement.leastSquares, judgement.leastSquaresBand),
      formula: t("formulas.leastSquares"),
    },
    {
      name: t("figures.theilSen"),
      value: trendText(judgement.theilSen, judgement.theilSenBand),
      formula: t("formulas.theilSen"),
    },
    ...factorRow(progress, t("figures.factor"), (factor) => ({
      value: t("figures.times", { factor: number(factor, 2) }),
      formula: t("formulas.factor"),
    })),
    {
      name: t("figures.likelihood", { date: date(goal.targetCriteria.timeframe) }),
      value:
        projected?.probability === undefined
          ? [likelihood.value, likelihood.note].filter((part) => part !== "").join(": ")
          : t("figures.likelihoodValue", {
              percent: probabilityText(projected.probability),
              expected: text.value(within(projected.value, goal), goal.measurement),
            }),
      formula: t("formulas.likelihood", percents),
    },
    ...judgement.rules
      .filter(({ status }) => status !== "off")
      .map((result) => ({
        name: t(`rules.${result.rule}`),
        value: ruleText(result, t),
        formula: t(`formulas.${result.rule}`),
      })),
  ];
}

function ruleText(
  result: RuleResult,
  t: ReturnType<typeof useTranslation<"judgement">>["t"],
): string {
  if (result.status === "notEnoughData")
    return t("figures.notEnoughWeeks", {
      ...enoughOf(result),
    });
  return result.status === "off" ? "" : t(`advice.${result.advice}`);
}

/** What there is of what is needed: more than that is not missing. */
function enoughOf({ needed, have }: Record<"needed" | "have", { points: number; weeks: number }>) {
  return {
    ...{ needed: needed.points, have: Math.min(needed.points, have.points) },
    ...{ neededWeeks: needed.weeks, haveWeeks: Math.min(needed.weeks, have.weeks) },
  };
}

/** Change by a factor means something for counts alone. */
function factorRow<Row>(
  progress: GoalProgress,
  name: string,
  row: (factor: number) => Row,
): (Row & { name: string })[] {
  const { goal } = progress;
  if (scaleOf(goal.measurement.kind) !== "number") return [];
  const { points } = currentPhase(chartedPoints(progress), {
    baselineDate: goal.baselineData.date,
    phases: goal.phases,
  });
  const { factor } = celeration(points);
  return factor === null ? [] : [{ name, ...row(factor) }];
}
