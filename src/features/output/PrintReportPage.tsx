import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { Preview } from "./Preview";
import { reportDocument } from "./reportDocument";

/** A progress report as the paper shows it: issued, or the draft. */
export function PrintReportPage(of: {
  studentId: Id<"students">;
  reportId: Id<"progressReports">;
}) {
  const { t } = useTranslation("reports");
  const report = useQuery(api.reports.getReport, of);
  const to = `/students/${of.studentId}/reports/${of.reportId}`;
  return (
    <Preview
      compose={report === undefined ? null : (labels) => reportDocument(report, labels)}
      back={{ to, label: t("printed.back") }}
    />
  );
}
