import { useTranslation } from "react-i18next";
import { type Forecast, MOST_CERTAIN } from "../../../convex/domain/progress/forecast";
import { useFormatting } from "../../lib/formatting";

/** A likelihood as it is said: at the ends of what is said, with "or more", "or less". */
export function useProbabilityText(): (probability: number) => string {
  const { t } = useTranslation("judgement");
  const { percent } = useFormatting();
  return (probability) => {
    const said = percent(probability * 100);
    if (probability >= MOST_CERTAIN) return t("likelihood.atLeast", { percent: said });
    return probability <= 1 - MOST_CERTAIN ? t("likelihood.atMost", { percent: said }) : said;
  };
}

/** Whether the goal will be reached, as a figure: a word, and what stands beside it. */
export function useLikelihoodText(): (forecast: Forecast) => { value: string; note: string } {
  const { t } = useTranslation("judgement");
  const { dateShort } = useFormatting();
  const probabilityText = useProbabilityText();
  return ({ expected, because, by, projected, enough, possibleFrom }) => {
    const probability = projected?.probability;
    const words = {
      ...{ needed: enough?.needed.points ?? 0, have: enough?.have.points ?? 0 },
      ...{ neededWeeks: enough?.needed.weeks ?? 0, haveWeeks: enough?.have.weeks ?? 0 },
      from: possibleFrom === undefined ? "" : dateShort(possibleFrom),
      date: dateShort(by),
    };
    const percent =
      probability === undefined
        ? ""
        : t("likelihood.percent", { percent: probabilityText(probability), date: dateShort(by) });
    switch (because) {
      case "reached":
        return { value: t("likelihood.reached"), note: "" };
      case "trendReaches":
      case "trendFallsShort":
        return { value: t(`likelihood.${expected}`), note: percent };
      case "bandCrosses":
        return { value: t("likelihood.eitherWay"), note: percent };
      default:
        return {
          value: t(`likelihood.${expected}`),
          note: t(`likelihood.because.${because}`, words),
        };
    }
  };
}
