import { createFileRoute } from "@tanstack/react-router";
import { CaseloadDashboard } from "../../features/dashboards/CaseloadDashboard";
import { OrganizationDashboard } from "../../features/dashboards/OrganizationDashboard";
import { useAbility } from "../../lib/session";

export const Route = createFileRoute("/_signedIn/dashboard/")({
  component: function Dashboard() {
    return useAbility("dashboard.organization") ? <OrganizationDashboard /> : <CaseloadDashboard />;
  },
});
