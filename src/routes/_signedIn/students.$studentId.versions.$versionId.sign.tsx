import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { SignPage } from "../../features/versions/SignPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/versions/$versionId/sign")({
  component: function Sign() {
    const { studentId, versionId } = Route.useParams();
    return (
      <SignPage
        key={versionId}
        studentId={studentId as Id<"students">}
        versionId={versionId as Id<"iepVersions">}
      />
    );
  },
});
