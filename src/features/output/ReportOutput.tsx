import type { FunctionReturnType } from "convex/server";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { createFormatting, TimeZoneContext } from "../../lib/formatting";
import type { Language } from "../../lib/i18n";
import { OutputButtons } from "./OutputButtons";
import { useSavePdf } from "./useSavePdf";

type Report = FunctionReturnType<typeof api.reports.getReport>;

/** A progress report's PDF, in either language, and the way to the printer. */
export function ReportOutput({ report }: { report: Report }) {
  const { i18n } = useTranslation();
  const timeZone = useContext(TimeZoneContext) ?? "UTC";
  const { isMaking, save } = useSavePdf();
  const { studentId, _id: reportId } = report;
  const savePdf = (language: Language) =>
    save(async () => {
      // What makes it is loaded when somebody asks for one.
      const [{ reportDocument }, { printedWords }] = await Promise.all([
        import("./reportDocument"),
        import("../../lib/i18n"),
      ]);
      const formatting = createFormatting(language, timeZone);
      return reportDocument(report, { t: await printedWords(language), language, formatting });
    });
  return (
    <OutputButtons
      language={i18n.language === "es" ? "es" : "en"}
      isMaking={isMaking}
      save={(language) => void savePdf(language)}
      toPrint={`/students/${studentId}/reports/${reportId}/print`}
    />
  );
}
