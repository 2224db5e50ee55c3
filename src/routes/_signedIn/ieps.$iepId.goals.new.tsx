import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { NewGoalPage } from "../../features/goals/NewGoalPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/goals/new")({
  component: function NewGoal() {
    const { iepId } = Route.useParams();
    return <NewGoalPage iepId={iepId as Id<"ieps">} />;
  },
});
