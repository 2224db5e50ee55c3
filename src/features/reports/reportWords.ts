/** The words of progress reports in the reader's language. */
import { useTranslation } from "react-i18next";
import { MOST_CERTAIN } from "../../../convex/domain/progress/forecast";
import { readability } from "../../../convex/domain/reports/readability";
import {
  type Measured,
  type ReportLanguage,
  valueText,
} from "../../../convex/domain/reports/valueText";
import { useFormatting } from "../../lib/formatting";

export function useReportLanguage(): ReportLanguage {
  const { i18n } = useTranslation();
  return i18n.language.startsWith("es") ? "es" : "en";
}

export function useValueText(measured: Measured): (value: number) => string {
  const language = useReportLanguage();
  return (value) => valueText(value, measured, language);
}

/** A likelihood as it is said: at the ends of what is said, with "or more", "or less". */
export function useProbabilityText(): (probability: number) => string {
  const { t } = useTranslation("reports");
  const { percent } = useFormatting();
  return (probability) => {
    const said = percent(probability * 100);
    if (probability >= MOST_CERTAIN) return t("figures.atLeast", { percent: said });
    return probability <= 1 - MOST_CERTAIN ? t("figures.atMost", { percent: said }) : said;
  };
}

/** How hard a text is to read, with the name of the formula; "" for one without words. */
export function useReadingLevel(): (text: string, language: ReportLanguage) => string {
  const { t, i18n } = useTranslation("reports");
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (text, language) => {
    const found = readability(text, language);
    if (found === null) return "";
    return found.formula === "fleschKincaid"
      ? t("readingEnglish", { grade: number.format(Math.max(0, found.value)) })
      : t("readingSpanish", { value: number.format(found.value), band: t(`bands.${found.band}`) });
  };
}
