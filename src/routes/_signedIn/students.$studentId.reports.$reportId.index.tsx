import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { ReportOutput } from "../../features/output/ReportOutput";
import { ReportPage } from "../../features/reports/ReportPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/reports/$reportId/")({
  component: function Report() {
    const { studentId, reportId } = Route.useParams();
    return (
      <ReportPage
        // What was typed for one report is not for the next one.
        key={reportId}
        studentId={studentId as Id<"students">}
        reportId={reportId as Id<"progressReports">}
        output={(report) => <ReportOutput report={report} />}
      />
    );
  },
});
