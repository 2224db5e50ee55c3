import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { PrintPage } from "../../features/output/PrintPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/print")({
  component: function PrintPlan() {
    const { iepId } = Route.useParams();
    return <PrintPage iepId={iepId as Id<"ieps">} />;
  },
});
