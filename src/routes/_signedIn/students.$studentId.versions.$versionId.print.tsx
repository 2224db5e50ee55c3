import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { PrintVersionPage } from "../../features/output/PrintPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/versions/$versionId/print")({
  component: function PrintVersion() {
    const { studentId, versionId } = Route.useParams();
    return (
      <PrintVersionPage
        studentId={studentId as Id<"students">}
        versionId={versionId as Id<"iepVersions">}
      />
    );
  },
});
