import { createFileRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { FamilyPage } from "../../features/progress/FamilyPage";

// How the goals stand comes first, over a slow line, too.
const PlanPdfButton = lazy(() => import("../../features/output/PlanPdfButton"));

export const Route = createFileRoute("/_signedIn/family")({
  component: function Family() {
    return (
      <FamilyPage
        planActions={(plan) => (
          <Suspense>
            <PlanPdfButton {...plan} />
          </Suspense>
        )}
      />
    );
  },
});
