import { createFileRoute } from "@tanstack/react-router";
import { lazy } from "react";
import type { Id } from "../../../convex/_generated/dataModel";
import { LaterPart } from "../../lib/LaterPart";

const PrintReportPage = lazy(async () => ({
  default: (await import("../../features/output/PrintReportPage")).PrintReportPage,
}));

export const Route = createFileRoute("/_signedIn/students/$studentId/reports/$reportId/print")({
  component: function PrintReport() {
    const { studentId, reportId } = Route.useParams();
    return (
      <LaterPart>
        <PrintReportPage
          studentId={studentId as Id<"students">}
          reportId={reportId as Id<"progressReports">}
        />
      </LaterPart>
    );
  },
});
