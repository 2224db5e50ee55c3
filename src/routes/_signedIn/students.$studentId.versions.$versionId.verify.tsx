import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { VerifyPage } from "../../features/versions/VerifyPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/versions/$versionId/verify")({
  /** `hash`: the fingerprint of a link, or of paper. */
  validateSearch: ({ hash }): { hash?: string } => (typeof hash === "string" ? { hash } : {}),
  component: function Verify() {
    const { studentId, versionId } = Route.useParams();
    const { hash = "" } = Route.useSearch();
    return (
      <VerifyPage
        key={versionId}
        studentId={studentId as Id<"students">}
        versionId={versionId as Id<"iepVersions">}
        hash={hash}
      />
    );
  },
});
