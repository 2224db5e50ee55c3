import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { AssignmentsPanel } from "../../features/goals/AssignmentsPanel";
import { GoalActions } from "../../features/goals/GoalActions";
import { GoalPage } from "../../features/progress/GoalPage";

export const Route = createFileRoute("/_signedIn/goals/$goalId/")({
  component: function Goal() {
    const { goalId } = Route.useParams();
    return (
      <GoalPage
        goalId={goalId as Id<"goals">}
        actions={(goal) => <GoalActions goal={goal} />}
        panels={(goal) => <AssignmentsPanel goal={goal} />}
      />
    );
  },
});
