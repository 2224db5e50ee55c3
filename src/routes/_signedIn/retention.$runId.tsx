import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { RunPage } from "../../features/retention/RunPage";

export const Route = createFileRoute("/_signedIn/retention/$runId")({
  component: function Run() {
    const { runId } = Route.useParams();
    return <RunPage runId={runId as Id<"destructionRuns">} />;
  },
});
