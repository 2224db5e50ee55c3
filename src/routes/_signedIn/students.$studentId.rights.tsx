import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { RightsPage } from "../../features/rights/RightsPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/rights")({
  component: function Rights() {
    const { studentId } = Route.useParams();
    return <RightsPage studentId={studentId as Id<"students">} />;
  },
});
