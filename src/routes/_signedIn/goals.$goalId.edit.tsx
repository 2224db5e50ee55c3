import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { EditGoalPage } from "../../features/goals/EditGoalPage";

export const Route = createFileRoute("/_signedIn/goals/$goalId/edit")({
  component: function EditGoal() {
    const { goalId } = Route.useParams();
    return <EditGoalPage goalId={goalId as Id<"goals">} />;
  },
});
