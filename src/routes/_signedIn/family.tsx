import { createFileRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { FamilyPage } from "../../features/progress/FamilyPage";

// How the goals stand comes first, over a slow line, too.
const PlanPdfButton = lazy(async () => ({
  default: (await import("../../features/output/PlanPdfButton")).PlanPdfButton,
}));

export const Route = createFileRoute("/_signedIn/family")({
  component: function Family() {
    return (
      <FamilyPage
        planActions={(plan) => (
          // As high as the button, so that nothing moves when it is there.
          <div style={{ minHeight: 30 }}>
            <Suspense>
              <PlanPdfButton {...plan} />
            </Suspense>
          </div>
        )}
      />
    );
  },
});
