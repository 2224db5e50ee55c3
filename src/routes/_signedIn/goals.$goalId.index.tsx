import { createFileRoute } from "@tanstack/react-router";
import { lazy } from "react";
import type { Id } from "../../../convex/_generated/dataModel";
import { AssignmentsPanel } from "../../features/goals/AssignmentsPanel";
import { GoalActions } from "../../features/goals/GoalActions";
import { GoalLifePanel } from "../../features/goals/GoalLifePanel";
import { GoalPage } from "../../features/progress/GoalPage";
import { LaterPart } from "../../lib/LaterPart";

const ObjectivesPanel = lazy(async () => ({
  default: (await import("../../features/goals/ObjectivesPanel")).ObjectivesPanel,
}));

export const Route = createFileRoute("/_signedIn/goals/$goalId/")({
  component: function Goal() {
    const { goalId } = Route.useParams();
    return (
      <GoalPage
        goalId={goalId as Id<"goals">}
        actions={(goal) => <GoalActions goal={goal} />}
        panels={(goal) => (
          <>
            <ObjectivesPanel goal={goal} />
            <GoalLifePanel goal={goal} />
            <LaterPart>
              <AssignmentsPanel goal={goal} />
            </LaterPart>
          </>
        )}
      />
    );
  },
});
