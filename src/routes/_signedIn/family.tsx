import { createFileRoute } from "@tanstack/react-router";
import { PlanPdfButton } from "../../features/output/PlanPdfButton";
import { FamilyPage } from "../../features/progress/FamilyPage";

export const Route = createFileRoute("/_signedIn/family")({
  component: function Family() {
    return <FamilyPage planActions={(plan) => <PlanPdfButton {...plan} />} />;
  },
});
