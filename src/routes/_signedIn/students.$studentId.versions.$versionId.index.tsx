import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { PlanOutput } from "../../features/output/PlanOutput";
import { VersionPage } from "../../features/versions/VersionPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/versions/$versionId/")({
  component: function Version() {
    const params = Route.useParams();
    const ids = {
      studentId: params.studentId as Id<"students">,
      versionId: params.versionId as Id<"iepVersions">,
    };
    return <VersionPage key={ids.versionId} {...ids} output={<PlanOutput {...ids} />} />;
  },
});
