import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { NextPlanPage } from "../../features/ieps/carry/NextPlanPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/ieps/next")({
  component: function NextPlan() {
    const { studentId } = Route.useParams();
    return <NextPlanPage studentId={studentId as Id<"students">} />;
  },
});
