import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { VersionPage } from "../../features/versions/VersionPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/versions/$versionId/")({
  component: function Version() {
    const { studentId, versionId } = Route.useParams();
    return (
      <VersionPage
        key={versionId}
        studentId={studentId as Id<"students">}
        versionId={versionId as Id<"iepVersions">}
      />
    );
  },
});
