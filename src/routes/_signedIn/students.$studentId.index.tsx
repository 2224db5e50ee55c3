import { createFileRoute } from "@tanstack/react-router";
import { lazy } from "react";
import type { Id } from "../../../convex/_generated/dataModel";
import { PlansPanel } from "../../features/ieps/PlansPanel";
import { GlancePanel } from "../../features/output/GlancePanel";
import { ReportsPanel } from "../../features/reports/ReportsPanel";
import { StatementsPanel } from "../../features/rights/StatementsPanel";
import { StudentPage } from "../../features/students/StudentPage";
import { VersionsPanel } from "../../features/versions/VersionsPanel";
import { LaterPart } from "../../lib/LaterPart";

// The last of a long page, with dialogs of their own: nobody waits for them.
const DocumentsPanel = lazy(async () => ({
  default: (await import("../../features/documents/DocumentsPanel")).DocumentsPanel,
}));
const HoldPanel = lazy(async () => ({
  default: (await import("../../features/retention/HoldPanel")).HoldPanel,
}));
const RightsPanel = lazy(async () => ({
  default: (await import("../../features/rights/RightsPanel")).RightsPanel,
}));

export const Route = createFileRoute("/_signedIn/students/$studentId/")({
  component: function Student() {
    const { studentId } = Route.useParams();
    return (
      <StudentPage
        studentId={studentId as Id<"students">}
        plans={({ _id, abilities }) => (
          <>
            {abilities["statement.read"] ? <StatementsPanel studentId={_id} /> : null}
            <GlancePanel studentId={_id} />
            {abilities["version.read"] ? <VersionsPanel studentId={_id} /> : null}
            <PlansPanel studentId={_id} canCreate={abilities["iep.create"]} />
            {abilities["report.read"] ? <ReportsPanel studentId={_id} /> : null}
            <LaterPart>
              {abilities["document.readList"] ? <DocumentsPanel studentId={_id} /> : null}
              {abilities["rights.read"] ? <RightsPanel studentId={_id} /> : null}
              {abilities["record.hold"] ? <HoldPanel studentId={_id} /> : null}
            </LaterPart>
          </>
        )}
      />
    );
  },
});
